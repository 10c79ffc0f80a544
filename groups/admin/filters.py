"""What narrows the lists of groups, and of those who stand around them, down."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from groups.enums import DutyBearerKind, Sector, SizeBand, Visibility
from groups.models import Group, Municipality, Topic
from people import clock
from people.admin.filters import AmongPick, OfficePick, Pick, RowPick, YesNoPick, pick
from people.enums import SpokenLanguage

YEAR = timedelta(days=365)


class MunicipalityPick(RowPick):
    title = _("Kommun")
    parameter_name = "municipality"
    column = "municipality"
    nobody = _("Ingen känd kommun")

    def rows(self, request: HttpRequest) -> Iterable[tuple[Any, str]]:
        return Municipality.objects.values_list("pk", "name")


class TopicPick(Pick):
    """Of the topics; a group can have several."""

    title = _("Tema")
    parameter_name = "topic"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(str(pk), name) for pk, name in Topic.objects.values_list("pk", "name")]

    def columns(self) -> tuple[str, ...]:
        return ()

    def keep(self, rows: Any, chosen: str) -> Any:
        return rows.filter(Exists(Group.topics.through.objects.filter(group=OuterRef("pk"), topic_id=int(chosen))))


class LanguagePick(AmongPick):
    """Of the languages, as staff call them."""

    title = _("Språk")
    parameter_name = "language"
    column = "languages"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(one.value, one.plain_name) for one in SpokenLanguage]


class ActivePick(YesNoPick):
    title = _("Tar uppdrag")
    parameter_name = "active"
    column = "is_active"


class InForcePick(YesNoPick):
    """Whether an agreement still holds."""

    title = _("Gäller")
    parameter_name = "in_force"
    column = "ended_at"
    yes = _("Gäller nu")
    no = _("Avslutade")

    def choices_of(self, row: Mapping[str, Any]) -> Collection[str]:
        return ["yes" if row[self.column] is None else "no"]

    def keep(self, rows: Any, chosen: str) -> Any:
        return rows.filter(ended_at__isnull=chosen == "yes")


class CheckedPick(Pick):
    """Whether what the register says has been checked within a year."""

    title = _("Kollad")
    parameter_name = "checked"
    column = "checked_on"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("lately", _("Det senaste året")), ("before", _("För mer än ett år sedan"))]

    def a_year_ago(self) -> date:
        return clock.today() - YEAR

    def choices_of(self, row: Mapping[str, Any]) -> Collection[str]:
        return ["lately" if row[self.column] >= self.a_year_ago() else "before"]

    def keep(self, rows: Any, chosen: str) -> Any:
        lately = {"checked_on__gte": self.a_year_ago()}
        return rows.filter(**lately) if chosen == "lately" else rows.exclude(**lately)


class HasOfficePick(Pick):
    """Whether an office answers for a municipality."""

    title = _("Vem svarar")
    parameter_name = "has_office"
    column = "office"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("En ort svarar")), ("no", _("Den gemensamma kön"))]

    def choices_of(self, row: Mapping[str, Any]) -> Collection[str]:
        return ["no" if row[self.column] is None else "yes"]

    def keep(self, rows: Any, chosen: str) -> Any:
        return rows.filter(office__isnull=chosen == "no")


SectorPick = pick(_("Sektor"), "sector", Sector)
WhoseSectorPick = pick(_("Organisationens sektor"), "organisation__sector", Sector)

GROUP_PICKS = (
    OfficePick,
    MunicipalityPick,
    TopicPick,
    pick(_("Vem får veta att gruppen finns"), "visibility", Visibility),
    pick(_("Hur många"), "size_band", SizeBand, parameter="size"),
)
ENABLER_PICKS = (OfficePick, ActivePick, LanguagePick, WhoseSectorPick)
DUTY_BEARER_PICKS = (pick(_("Slag"), "kind", DutyBearerKind), MunicipalityPick, CheckedPick)
