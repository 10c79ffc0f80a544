"""Follow-ups that a leader takes care of: written down from the telephone, and those that lie in the basket."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from people import clock
from people.calendar import long_date
from people.form_pack import PortalForm
from people.models import Contact, User
from support.actions import check_ins
from support.admin import words
from support.admin.base import CaseAdmin, SupportCommand
from support.admin.filters import ALL, CHECK_IN_PICKS, Tabs
from support.enums import CheckInState, Drives, Going, Wish
from support.finding import find_periods
from support.forms.staff_periods import PhoneAnswerForm
from support.models import CheckIn, SupportPeriod

ANSWERABLE = frozenset({CheckInState.PLANNED, CheckInState.ASKED, CheckInState.MISSED})


def speaks_for(check_in: CheckIn) -> Contact | None:
    """The group's contact person, who was in it first where there are several."""
    member = check_in.period.group.members.contact_persons().select_related("contact").first()
    return member.contact if member else None


class AnswerOnPhone(SupportCommand):
    name = "answer"
    label = _("Skriv in svaret")
    done = _("Svaret är sparat, och nästa gång är bestämd.")
    intro = _("Skriv det gruppen sa. Deras önskan styr när ni hörs nästa gång.")
    form_class = PhoneAnswerForm

    def is_possible(self, row: CheckIn) -> bool:
        return row.state in ANSWERABLE

    def make_form(self, row: CheckIn, user: User, data: Any = None) -> PortalForm:
        asks = check_ins.questions_of(row, speaks_for(row), clock.today())
        return PhoneAnswerForm(data, asks_still_safe=asks.asks_still_safe, asks_capacity=asks.asks_capacity)

    def context(self, row: CheckIn, user: User) -> dict[str, Any]:
        return {"contact": speaks_for(row)}

    def run(self, row: CheckIn, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        check_ins.answer_check_in(
            row,
            going=Going(answers["going"]),
            drives=Drives(answers["drives"]),
            wish=Wish(answers["wish"]) if answers["wish"] else None,
            pause_until=answers["pause_until"],
            still_safe=answers["still_safe"],
            comment=answers["comment"],
            capacity=answers["capacity"],
            contact=speaks_for(row),
            by=by,
            now=now,
        )

    def comes_back_to(self, row: CheckIn) -> SupportPeriod:
        return row.period


class HandleBasket(SupportCommand):
    name = "handle"
    label = _("Klart")
    done = _("Den är borta ur korgen.")

    def is_possible(self, row: CheckIn) -> bool:
        return row.basket_at is not None and row.basket_done_at is None

    def run(self, row: CheckIn, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        check_ins.handle_basket(row, by=by, now=now)

    def comes_back_to(self, row: CheckIn) -> SupportPeriod:
        return row.period


class ShownCheckIns(Tabs):
    tabs = {"mine": _("I din korg"), "basket": _("I allas korgar"), "waiting": _("Väntar på svar"), **ALL}

    def rows(self, request: HttpRequest, queryset: Any, chosen: str) -> Any:
        return {
            "mine": queryset.in_basket().filter(period__leader=request.user),
            "basket": queryset.in_basket(),
            "waiting": queryset.filter(state=CheckInState.ASKED),
            "all": queryset,
        }[chosen]


@admin.register(CheckIn)
class CheckInAdmin(CaseAdmin):
    """The basket: nobody has answered, so a person gets in touch, in the way the group chose."""

    page_template = "admin/support/checkin/page.html"
    list_display = ("group", "state_in_words", "expected_day", "waited", "leader")
    list_display_links = ("group",)
    list_filter = (ShownCheckIns, *CHECK_IN_PICKS)
    search_fields = ("period__group__alias",)
    search_help_text = _("Sök på grupp, kommun, område eller kod.")
    office_path = "period__office"
    ordering = ("basket_at", "expected", "pk")
    ordering_of: ClassVar = {"all": ("-expected", "-pk")}
    list_select_related = ("period__group", "period__leader")
    commands = (AnswerOnPhone(), HandleBasket())

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """By the group: most have few follow-ups, and few groups are called the same."""
        found = find_periods(SupportPeriod.objects.visible_to(request.user), search_term, user=request.user)
        return queryset.filter(period__in=found.values("pk")), False

    @admin.display(description=_("grupp"), ordering="period__group__sort_key")
    def group(self, row: CheckIn) -> SafeString:
        return format_html("{}", row.period.group)

    @admin.display(description=_("läge"))
    def state_in_words(self, row: CheckIn) -> str:
        return str(row.get_state_display())

    @admin.display(description=_("skulle hörts"), ordering="expected")
    def expected_day(self, row: CheckIn) -> str:
        return long_date(row.expected, clock.today())

    @admin.display(description=_("när"), ordering="expected")
    def waited(self, row: CheckIn) -> SafeString:
        return words.due(row.expected, clock.today()).html()

    @admin.display(description=_("utvecklingsledare"))
    def leader(self, row: CheckIn) -> str:
        return str(row.period.leader)

    def title_of(self, row: Any) -> str:
        return str(_("Nästa gång vi hörs: %(group)s")) % {"group": row.period.group}

    def page_context(self, row: CheckIn, user: User | None) -> dict[str, Any]:
        members = row.period.group.members.contact_persons().select_related("contact")
        return {
            "contacts": [member.contact for member in members],
            "period_url": reverse("admin:support_supportperiod_change", args=[row.period_id]),
        }
