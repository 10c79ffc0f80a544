"""What a leader does with a request: takes it, talks, decides. How it goes to someone else: `hand_over_commands.py`."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.utils.translation import gettext_lazy

from groups.models import Group
from people.delivery import previews
from people.form_pack import PortalForm
from people.models import Office, User, in_offices_of
from support.actions import decisions, handling
from support.admin.base import SupportCommand
from support.emails.handling import DECISIONS
from support.enums import LogKind, RequestStatus
from support.forms.joining import ask_about_joined
from support.forms.staff import AcceptForm, DecisionForm, LogForm
from support.models import SupportPeriod, SupportRequest

ALSO_IN_GROUP = gettext_lazy("Vilka fler vill vara med i gruppen?")
ALSO_IN_GROUP_HELP = gettext_lazy(
    "Kryssa bara i den som själv har sagt ja till dig. De andra kommer tillbaka i kön, så att du kan fråga dem."
)
ALSO_TOLD = gettext_lazy("Vilka fler får samma svar?")
ALSO_TOLD_HELP = gettext_lazy(
    "De får samma text på sitt eget trygga sätt. Skriv inget om någon annan. De andra kommer tillbaka i kön."
)


class OfRequest(SupportCommand):
    """A command on a request that waits for us. One that is joined to another waits there."""

    def is_possible(self, row: SupportRequest) -> bool:
        return row.is_open and row.joined_to_id is None


class TakeRequest(OfRequest):
    name = "take"
    label = gettext_lazy("Ta ärendet")
    done = gettext_lazy("Ärendet är ditt. Gruppen får veta att du har det.")
    is_main = True

    def is_possible(self, row: SupportRequest) -> bool:
        return super().is_possible(row) and row.leader is None

    def run(self, row: SupportRequest, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        handling.take_request(row, by=by, now=now)


class LogContact(SupportCommand):
    """For requests and periods alike."""

    name = "log"
    label = gettext_lazy("Logga samtal")
    done = gettext_lazy("Det är antecknat.")
    form_class = LogForm

    def run(self, row: Any, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        handling.log_contact(
            row, kind=LogKind(answers["kind"]), text=answers["text"], is_internal=answers["is_internal"], by=by, now=now
        )


class AcceptRequest(OfRequest):
    name = "accept"
    label = gettext_lazy("Ja, vi börjar")
    done = gettext_lazy("Ni har börjat. Här är gruppens stödperiod.")
    form_class = AcceptForm

    def make_form(self, row: SupportRequest, user: User, data: Any = None) -> PortalForm:
        groups = Group.objects.visible_to(user)
        form = AcceptForm(
            data,
            groups=groups.filter(office=row.office) if row.office else groups,
            offices=None if row.office else Office.objects.filter(in_offices_of(user, "pk"), is_active=True),
            initial={"supports": row.supports, "which": AcceptForm.NEW},
        )
        return ask_about_joined(form, row, label=ALSO_IN_GROUP, help_text=ALSO_IN_GROUP_HELP)

    def run(self, row: SupportRequest, answers: dict[str, Any], *, by: User, now: datetime) -> SupportPeriod:
        return decisions.accept_request(
            row,
            by=by,
            now=now,
            alias=answers["alias"],
            group=answers["group"],
            supports=answers["supports"],
            office=answers.get("office"),
            also=answers.get("also", ()),
        )


class ReferRequest(OfRequest):
    name = "refer"
    place = "more"
    label = gettext_lazy("Hänvisa vidare")
    done = gettext_lazy("Gruppen får veta vart de kan vända sig.")
    form_class = DecisionForm
    template = "admin/support/supportrequest/decide.html"
    status: ClassVar[RequestStatus] = RequestStatus.REFERRED

    def make_form(self, row: SupportRequest, user: User, data: Any = None) -> PortalForm:
        return ask_about_joined(DecisionForm(data), row, label=ALSO_TOLD, help_text=ALSO_TOLD_HELP)

    def preview(self, row: SupportRequest, answers: dict[str, Any], user: User) -> dict[str, Any]:
        """The message as it would leave now, and what stands on the group's own page."""
        said = {"reason": answers["reason"], "turn_to": answers["turn_to"]}
        context = {"phone": settings.PORTAL_PHONE, "office": row.office, "leader": row.leader or user, **said}
        return {"sent": previews.preview(DECISIONS[self.status].name, row.contact, context=context), **said}

    def run(self, row: SupportRequest, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        said = {"reason": answers["reason"], "turn_to": answers["turn_to"]}
        decisions.refer_request(row, **said, also=answers.get("also", ()), by=by, now=now)


class DeclineRequest(ReferRequest):
    name = "decline"
    place = "more"
    label = gettext_lazy("Säg att vi inte kan hjälpa till")
    done = gettext_lazy("Gruppen får veta varför, och vart de kan vända sig.")
    status = RequestStatus.DECLINED

    def run(self, row: SupportRequest, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        said = {"reason": answers["reason"], "turn_to": answers["turn_to"]}
        decisions.decline_request(row, **said, also=answers.get("also", ()), by=by, now=now)
