"""What narrows the lists of cases down."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from groups.admin.filters import LanguagePick, MunicipalityPick
from groups.enums import SupportKind
from people import clock
from people.admin.filters import ALL, OfficePick, Pick, RowPick, Tabs, pick
from people.enums import Channel, YesNoUnknown
from people.models import StaffRole, User, in_offices_of
from support.enums import CheckInState, InterpreterState, OrganisationWish, Urgency, WaitsFor
from support.permissions import LEADING_ROLES

__all__ = ["ALL", "Tabs"]


class LeaderPick(RowPick):
    """Of those who lead or have led cases where the user works. The leaders of other offices are not named."""

    title = _("Utvecklingsledare")
    parameter_name = "leader"
    column = "leader"

    def rows(self, request: HttpRequest) -> Iterable[tuple[Any, str]]:
        here = StaffRole.objects.filter(in_offices_of(request.user), user=OuterRef("pk"), role__in=LEADING_ROLES)
        return User.objects.filter(Exists(here)).order_by("name", "pk").values_list("pk", "name")


class LeaderOrNobodyPick(LeaderPick):
    nobody = _("Ingen än")


class OfficeOrQueuePick(OfficePick):
    nobody = _("Den gemensamma kön")


class TurnPick(Pick):
    """Whose turn it is: ours, or who we wait for."""

    title = _("Väntar på")
    parameter_name = "waits"
    column = "waits_for"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("us", _("Oss")), *((str(value), words) for value, words in WaitsFor.choices)]

    def choices_of(self, row: Mapping[str, Any]) -> Collection[str]:
        return [row[self.column] or "us"]

    def keep(self, rows: Any, chosen: str) -> Any:
        return rows.filter(waits_for="" if chosen == "us" else chosen)


class RestPick(Pick):
    """Whether the group rests until a day."""

    title = _("Vilar")
    parameter_name = "rests"
    column = "paused_until"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Vilar nu")), ("no", _("Vilar inte"))]

    def choices_of(self, row: Mapping[str, Any]) -> Collection[str]:
        return ["yes" if row[self.column] and row[self.column] >= clock.today() else "no"]

    def keep(self, rows: Any, chosen: str) -> Any:
        rests = {"paused_until__gte": clock.today()}
        return rows.filter(**rests) if chosen == "yes" else rows.exclude(**rests)


class CheckInLeaderPick(LeaderPick):
    column = "period__leader"


class CheckInOfficePick(OfficePick):
    column = "period__office"


class CaseLanguagePick(LanguagePick):
    column = "contact__languages"


UrgencyPick = pick(_("Bråttom"), "urgency", Urgency)
SupportPick = pick(_("Stöd"), "supports", SupportKind, parameter="support", among=True)
InterpreterPick = pick(_("Vill ha tolk"), "contact__wants_interpreter", YesNoUnknown, parameter="interpreter")
ChannelPick = pick(_("Trygg kontakt"), "contact__channel", Channel)
BookedInterpreterPick = pick(_("Tolk"), "interpreter", InterpreterState)
CheckInStatePick = pick(_("Läge"), "state", CheckInState)

REQUEST_PICKS = (
    LeaderOrNobodyPick,
    OfficeOrQueuePick,
    MunicipalityPick,
    UrgencyPick,
    SupportPick,
    CaseLanguagePick,
    InterpreterPick,
    ChannelPick,
    TurnPick,
)
PERIOD_PICKS = (LeaderPick, OfficePick, SupportPick, TurnPick, RestPick)
MEETING_PICKS = (LeaderPick, OfficeOrQueuePick, BookedInterpreterPick)
WishPick = pick(_("Vill ha"), "wishes", OrganisationWish, parameter="wish", among=True)
ORGANISATION_PICKS = (LeaderOrNobodyPick, OfficeOrQueuePick, MunicipalityPick, UrgencyPick, WishPick)
CHECK_IN_PICKS = (CheckInLeaderPick, CheckInOfficePick, CheckInStatePick)
