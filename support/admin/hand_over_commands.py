"""A case goes over to someone else: a leader asks, a manager decides, and the one who is asked answers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from people import clock
from people.form_pack import PortalForm
from people.models import Office, StaffRole, User, in_offices_of
from support.actions import hand_overs
from support.actions.passing_on import give_period_to, give_request_to
from support.admin.base import SupportCommand
from support.enums import HandOverState
from support.forms.staff_hand_overs import AtOffice, GiveForm, OfferElsewhereForm, OfferForm, RefuseForm
from support.models import HandOver, SupportPeriod, SupportRequest
from support.permissions import LEADING_ROLES, answers_for, leaders_of, leads_at
from support.workload import Load, loads_of

Case = SupportRequest | SupportPeriod


def colleagues_of(case: Case) -> QuerySet[User]:
    """Who could have it instead, at the same office."""
    leaders = leaders_of(case.office, clock.today())
    return leaders.exclude(pk=case.leader_id or 0)


def loads_seen_by(user: User, leaders: QuerySet[User], office: Office | None) -> list[Load]:
    """What each of them has at the office; for the common queue at the offices of whoever looks."""
    seen = Office.objects.filter(in_offices_of(user, "pk")).values_list("pk", flat=True)
    return loads_of(leaders, [office.pk] if office else list(seen), clock.today())


def people_elsewhere(office_id: int | None) -> Mapping[int, AtOffice]:
    """Who leads groups at the other offices. Only their names: what they have is not for others to know."""
    roles = StaffRole.objects.active(clock.today()).filter(role__in=LEADING_ROLES, user__is_active=True)
    rows = roles.filter(office__is_active=True).exclude(office=office_id).order_by("office__name", "user__name", "user")
    found: dict[int, tuple[str, list[tuple[int, str]]]] = {}
    for office, name, user, called in rows.values_list("office", "office__name", "user", "user__name"):
        people = found.setdefault(office, (name, []))[1]
        if (user, called) not in people:
            people.append((user, called))
    return found


class OfCase(SupportCommand):
    """A command on an open request or period that is not joined to another one."""

    place = "more"
    shows_current = False

    def is_possible(self, row: Case) -> bool:
        return row.is_open and getattr(row, "joined_to_id", None) is None


class OfferHandOver(OfCase):
    name = "hand-over"
    label = _("Lämna över")
    done = _("Frågan är ställd. Inget ändras för gruppen innan någon har sagt ja.")
    intro = _("Du frågar någon om att ta över. När de säger ja följer allt med, och gruppen får veta vem de har.")
    template = "admin/support/handover/offer.html"

    def make_form(self, row: Case, user: User, data: Any = None) -> PortalForm:
        offices = Office.objects.filter(is_active=True)
        people = people_elsewhere(row.office_id)
        if row.office is None:
            return OfferElsewhereForm(data, offices=offices, people=people)
        colleagues = colleagues_of(row)
        return OfferForm(
            data,
            here=row.office,
            colleagues=colleagues,
            loads=loads_seen_by(user, colleagues, row.office),
            offices=offices.exclude(pk=row.office.pk),
            people=people,
        )

    def context(self, row: Case, user: User) -> dict[str, Any]:
        return {"waiting": row.hand_overs.waiting().select_related("from_user", "to_user", "to_office").first()}

    def run(self, row: Case, answers: dict[str, Any], *, by: User, now: datetime) -> HandOver:
        to_office, to_user = answers["receiver"]
        return hand_overs.offer_hand_over(
            row, to_office=to_office, to_user=to_user, note=answers["note"], by=by, now=now
        )


class GiveCase(OfCase):
    """Without asking: for those who answer for the office."""

    name = "give"
    label = _("Ge till en kollega")
    done = _("Din kollega har ärendet nu, och gruppen får veta det.")
    intro = _("Det sker på en gång, utan att någon frågas. Kollegan och gruppen får veta det.")
    form_class = GiveForm
    template = "admin/support/handover/give.html"

    def is_allowed(self, row: Case, user: User) -> bool:
        return answers_for(user, row.office_id)

    def make_form(self, row: Case, user: User, data: Any = None) -> PortalForm:
        colleagues = colleagues_of(row)
        return GiveForm(data, colleagues=colleagues, loads=loads_seen_by(user, colleagues, row.office))

    def run(self, row: Case, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        if isinstance(row, SupportPeriod):
            give_period_to(row, to=answers["to"], by=by, now=now)
        else:
            give_request_to(row, to=answers["to"], by=by, now=now)


class OfQuestion(SupportCommand):
    """A command on a hand-over that waits for an answer."""

    shows_current = False

    def is_possible(self, row: HandOver) -> bool:
        return row.state == HandOverState.OFFERED and not hand_overs.why_void(row)


class AcceptHandOver(OfQuestion):
    name = "accept"
    label = _("Ta över")
    done = _("Du har tagit över. Allt har följt med, och gruppen får veta att det är du.")
    is_main = True

    def is_allowed(self, row: HandOver, user: User) -> bool:
        return hand_overs.can_accept(user, row) and leads_at(user, row.to_office_id)

    def run(self, row: HandOver, answers: dict[str, Any], *, by: User, now: datetime) -> Case:
        return hand_overs.accept_hand_over(row, by=by, now=now).case


class RefuseHandOver(OfQuestion):
    name = "refuse"
    label = _("Säg nej")
    done = _("Din kollega får veta att du inte kan.")
    form_class = RefuseForm

    def is_allowed(self, row: HandOver, user: User) -> bool:
        return hand_overs.can_refuse(user, row)

    def run(self, row: HandOver, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        hand_overs.refuse_hand_over(row, answer=answers["answer"], by=by, now=now)


class TakeBackHandOver(OfQuestion):
    name = "take-back"
    label = _("Ta tillbaka frågan")
    done = _("Frågan är tillbakatagen. Inget har ändrats för gruppen.")

    def is_allowed(self, row: HandOver, user: User) -> bool:
        return hand_overs.can_take_back(user, row)

    def run(self, row: HandOver, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        hand_overs.take_back_hand_over(row, by=by, now=now)
