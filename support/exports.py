"""What can be fetched from the lists as a file: which columns there are, and what stands in them for each row.

Nothing of how to reach someone with a protected identity is ever in a file, whatever is ticked.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.enums import SupportKind
from groups.models import Enabler, Group, Member
from people.calendar import STOCKHOLM
from people.enums import SpokenLanguage
from people.models import Contact
from people.phone_numbers import readable
from support.models import CheckIn, IntakeMeeting, LogEntry, SupportPeriod, SupportRequest

Value = Callable[[Any], str]


@dataclass(frozen=True)
class ExportColumn:
    """A column that can be chosen. Without `is_safe` it must be ticked: addresses, names and what only we may read."""

    name: str
    label: Promise
    value: Value
    is_safe: bool = True


@dataclass(frozen=True)
class Export:
    """How one kind of row is written. `prepare` fetches what the columns need, a few queries for many rows."""

    title: Promise
    prepare: Callable[[QuerySet[Any]], QuerySet[Any]]
    columns: Sequence[ExportColumn]
    contacts: Callable[[Any], Sequence[Contact]]
    office: Callable[[Any], int | None] = lambda row: row.office_id

    def chosen(self, names: Sequence[str]) -> list[ExportColumn]:
        return [column for column in self.columns if column.name in names]

    def cells(self, row: Any, columns: Sequence[ExportColumn]) -> list[str]:
        """The row in the chosen columns, and last whether someone in it has a protected identity."""
        is_protected = any(contact.protected for contact in self.contacts(row))
        return [*(column.value(row) for column in columns), str(PROTECTED) if is_protected else ""]


PROTECTED = gettext_lazy("skyddad identitet")


def day(value: date | None) -> str:
    return value.isoformat() if value else ""


def moment(value: datetime | None) -> str:
    return f"{value.astimezone(STOCKHOLM):%Y-%m-%d %H:%M}" if value else ""


def _attribute(path: str) -> Value:
    """The text at a path such as `group.alias`; nothing where there is none."""

    def value(row: Any) -> str:
        for name in path.split("."):
            row = getattr(row, name, None)
        return "" if row is None else str(row)

    return value


def _label(name: str) -> Value:
    return lambda row: str(getattr(row, f"get_{name}_display")())


def _day(name: str) -> Value:
    return lambda row: day(getattr(row, name))


def _moment(name: str) -> Value:
    return lambda row: moment(getattr(row, name))


def _supports(row: Any) -> str:
    return ", ".join(str(SupportKind(kind).label) for kind in row.supports)


def _of_contacts(contacts: Callable[[Any], Sequence[Contact]], value: Callable[[Contact], str]) -> Value:
    """Of everyone in the row who may be reached through it, and has no protected identity."""
    return lambda row: ", ".join(
        filter(None, (value(contact) for contact in contacts(row) if not contact.protected and not contact.erased_at))
    )


def _languages(contact: Contact) -> str:
    named = [SpokenLanguage(one).plain_name for one in contact.languages if one != SpokenLanguage.OTHER]
    return ", ".join([*named, *filter(None, [contact.other_language])])


def _contact_columns(contacts: Callable[[Any], Sequence[Contact]]) -> list[ExportColumn]:
    by_channel = {"sms": "phone", "call": "phone", "email": "email"}

    def address(name: str) -> Callable[[Contact], str]:
        return lambda one: readable(one.address) if by_channel.get(one.channel) == name else ""

    return [
        ExportColumn(
            "channel", gettext_lazy("Kontaktsätt"), _of_contacts(contacts, lambda one: one.get_channel_display())
        ),
        ExportColumn("languages", gettext_lazy("Språk"), _of_contacts(contacts, _languages)),
        ExportColumn("called", gettext_lazy("Kontaktperson"), _of_contacts(contacts, lambda one: one.called), False),
        ExportColumn("phone", gettext_lazy("Telefon"), _of_contacts(contacts, address("phone")), False),
        ExportColumn("email", gettext_lazy("E-post"), _of_contacts(contacts, address("email")), False),
    ]


def _notes(row: Any) -> str:
    is_protected = any(one.protected for one in (_of_period if isinstance(row, SupportPeriod) else _of_request)(row))
    return "" if is_protected else "\n".join(f"{moment(line.at)} {line.text}" for line in row.export_notes)


NOTES = ExportColumn("notes", gettext_lazy("Interna anteckningar"), _notes, False)
INTERNAL = Prefetch("log", LogEntry.objects.filter(is_internal=True).order_by("at", "pk"), to_attr="export_notes")
PERSONS = Member.objects.contact_persons().select_related("contact").order_by("pk")


def _requests(rows: Any) -> QuerySet[Any]:
    related = ("contact", "leader", "group", "municipality", "office")
    return rows.with_codes().select_related(*related).prefetch_related(INTERNAL)


def _of_request(row: SupportRequest) -> list[Contact]:
    return [row.contact]


def _unless_protected(name: str) -> Value:
    """Their own words, and where they are, may tell who someone with a protected identity is."""
    return lambda row: "" if row.contact.protected else str(getattr(row, name))


REQUESTS = Export(
    gettext_lazy("Förfrågningar"),
    _requests,
    [
        ExportColumn("code", gettext_lazy("Kod"), _attribute("code")),
        ExportColumn("status", gettext_lazy("Läge"), _label("status")),
        ExportColumn("office", gettext_lazy("Ort"), _attribute("office")),
        ExportColumn("place", gettext_lazy("Plats"), _unless_protected("place")),
        ExportColumn("municipality", gettext_lazy("Kommun"), _attribute("municipality")),
        ExportColumn("area", gettext_lazy("Område"), _unless_protected("area")),
        ExportColumn("size", gettext_lazy("Hur många"), _label("size_band")),
        ExportColumn("supports", gettext_lazy("Stöd"), _supports),
        ExportColumn("urgency", gettext_lazy("Bråttom"), _label("urgency")),
        ExportColumn("received", gettext_lazy("Kom in"), _moment("received_at")),
        ExportColumn("promised", gettext_lazy("Svar senast"), _day("promised_by")),
        ExportColumn("answered", gettext_lazy("Första svaret"), _moment("first_answer_at")),
        ExportColumn("group", gettext_lazy("Grupp"), _attribute("group")),
        ExportColumn("leader", gettext_lazy("Utvecklingsledare"), _attribute("leader")),
        ExportColumn("step", gettext_lazy("Nästa steg"), _attribute("next_step")),
        ExportColumn("step_on", gettext_lazy("Nästa steg senast"), _day("next_step_on")),
        *_contact_columns(_of_request),
        ExportColumn("what", gettext_lazy("Vill förändra"), _unless_protected("what"), False),
        NOTES,
    ],
    _of_request,
)


def _periods(rows: Any) -> QuerySet[Any]:
    live = CheckIn.objects.live().filter(period=OuterRef("pk")).order_by("expected")
    return (
        rows.with_codes()
        .annotate(export_heard=Subquery(live.values("expected")[:1]))
        .select_related("group__municipality", "leader", "office")
        .prefetch_related(Prefetch("group__members", PERSONS, to_attr="export_persons"), INTERNAL)
    )


def _of_period(row: SupportPeriod) -> list[Contact]:
    return [member.contact for member in row.group.export_persons]  # type: ignore[attr-defined]


PERIODS = Export(
    gettext_lazy("Stödperioder"),
    _periods,
    [
        ExportColumn("group", gettext_lazy("Grupp"), _attribute("group.alias")),
        ExportColumn("code", gettext_lazy("Kod"), _attribute("code")),
        ExportColumn("office", gettext_lazy("Ort"), _attribute("office")),
        ExportColumn("municipality", gettext_lazy("Kommun"), _attribute("group.municipality")),
        ExportColumn("area", gettext_lazy("Område"), _attribute("group.area")),
        ExportColumn("size", gettext_lazy("Hur många"), lambda row: str(row.group.get_size_band_display())),
        ExportColumn("phase", gettext_lazy("Fas"), _label("phase")),
        ExportColumn("opened", gettext_lazy("Började"), _moment("opened_at")),
        ExportColumn("supports", gettext_lazy("Stöd"), _supports),
        ExportColumn("step", gettext_lazy("Nästa steg"), _attribute("next_step")),
        ExportColumn("step_on", gettext_lazy("Nästa steg senast"), _day("next_step_on")),
        ExportColumn("waits", gettext_lazy("Väntar på"), _label("waits_for")),
        ExportColumn("heard", gettext_lazy("Vi hörs"), _day("export_heard")),
        ExportColumn("leader", gettext_lazy("Utvecklingsledare"), _attribute("leader")),
        *_contact_columns(_of_period),
        NOTES,
    ],
    _of_period,
)


def _of_meeting(row: IntakeMeeting) -> list[Contact]:
    return [row.support_request.contact]


def _place(row: IntakeMeeting) -> str:
    """It may be a number to ring: not for someone protected."""
    return "" if row.support_request.contact.protected else row.place


MEETINGS = Export(
    gettext_lazy("Möten"),
    lambda rows: rows.select_related("support_request__contact", "support_request__office", "leader"),
    [
        ExportColumn("starts", gettext_lazy("Börjar"), _moment("starts_at")),
        ExportColumn("ends", gettext_lazy("Slutar"), _moment("ends_at")),
        ExportColumn("state", gettext_lazy("Läge"), _label("state")),
        ExportColumn("kind", gettext_lazy("Hur vi ses"), _label("place_kind")),
        ExportColumn("office", gettext_lazy("Ort"), _attribute("support_request.office")),
        ExportColumn("leader", gettext_lazy("Utvecklingsledare"), _attribute("leader")),
        ExportColumn("interpreter", gettext_lazy("Tolk"), _label("interpreter")),
        ExportColumn("interpreter_language", gettext_lazy("Tolk på"), _attribute("interpreter_language")),
        ExportColumn("place", gettext_lazy("Plats"), _place, False),
        *_contact_columns(_of_meeting),
    ],
    _of_meeting,
    lambda row: row.support_request.office_id,
)


def _of_group(row: Any) -> list[Contact]:
    return [member.contact for member in row.export_persons]


GROUPS = Export(
    gettext_lazy("Grupper"),
    lambda rows: rows.select_related("office", "municipality").prefetch_related(
        Prefetch("members", PERSONS, to_attr="export_persons"), "topics"
    ),
    [
        ExportColumn("alias", gettext_lazy("Grupp"), _attribute("alias")),
        ExportColumn("office", gettext_lazy("Ort"), _attribute("office")),
        ExportColumn("municipality", gettext_lazy("Kommun"), _attribute("municipality")),
        ExportColumn("area", gettext_lazy("Område"), _attribute("area")),
        ExportColumn("size", gettext_lazy("Hur många"), _label("size_band")),
        ExportColumn("in_common", gettext_lazy("Har gemensamt"), _attribute("in_common")),
        ExportColumn("topics", gettext_lazy("Teman"), lambda row: ", ".join(map(str, row.topics.all()))),
        ExportColumn("offers", gettext_lazy("Kan dela med sig av"), _attribute("offers")),
        ExportColumn("needs", gettext_lazy("Behöver"), _attribute("needs")),
        *_contact_columns(_of_group),
    ],
    _of_group,
)


def _of_enabler(row: Enabler) -> list[Contact]:
    return [row.contact]


ENABLERS = Export(
    gettext_lazy("Möjliggörare"),
    lambda rows: rows.select_related("contact", "office", "organisation"),
    [
        ExportColumn("office", gettext_lazy("Ort"), _attribute("office")),
        ExportColumn("organisation", gettext_lazy("Organisation"), _attribute("organisation")),
        ExportColumn("competences", gettext_lazy("Kan bidra med"), _attribute("competences")),
        ExportColumn("active", gettext_lazy("Aktiv"), lambda row: _("ja") if row.is_active else _("nej")),
        *_contact_columns(_of_enabler),
    ],
    _of_enabler,
)

EXPORTS: Mapping[str, Export] = {
    SupportRequest._meta.label_lower: REQUESTS,
    SupportPeriod._meta.label_lower: PERIODS,
    IntakeMeeting._meta.label_lower: MEETINGS,
    Group._meta.label_lower: GROUPS,
    Enabler._meta.label_lower: ENABLERS,
}
