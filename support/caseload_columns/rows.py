"""A whole row: every cell read, and the way to reach the contact person decided on the safe side."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from groups.enums import SizeBand, SupportKind
from people.enums import Channel, SpokenLanguage, YesNoUnknown
from people.personnummer import find_personal_numbers
from people.phone_numbers import can_be_called, can_take_sms
from people.validators import email_to_send_to
from support.caseload_columns import cells
from support.caseload_columns.cells import Unclear
from support.caseload_columns.fields import CaseField
from support.enums import OPEN_PHASES, Phase

BY_PHONE = frozenset({Channel.SMS, Channel.CALL})


@dataclass
class CaseRow:
    """What a row says of a group. Addresses are there only when the chosen channel leads to them."""

    key: str = ""
    alias: str = ""
    place: str = ""
    area: str = ""
    size: SizeBand = SizeBand.UNKNOWN
    in_common: str = ""
    leader: str = ""
    phase: Phase = Phase.START
    began_on: date | None = None
    called: str = ""
    channel: Channel = Channel.NONE
    phone: str = ""
    email: str = ""
    languages: list[SpokenLanguage] = field(default_factory=list)
    other_language: str = ""
    interpreter: YesNoUnknown = YesNoUnknown.UNKNOWN
    may_say: bool = False
    never_leave: bool = True
    protected: bool = False
    next_step: str = ""
    next_step_on: date | None = None
    last_contact_on: date | None = None
    note: str = ""
    supports: list[SupportKind] = field(default_factory=list)

    @property
    def has_contact(self) -> bool:
        """Whether there is a person to write down: a name, a way to reach them, or something to respect."""
        return bool(self.called or self.channel != Channel.NONE or self.protected or self.languages)


@dataclass
class ReadRow:
    """A row as it was understood. `errors` stop it; `notes` are said and do not. `is_over`: there is nothing to do."""

    case: CaseRow
    errors: dict[CaseField | None, str] = field(default_factory=dict)
    notes: dict[CaseField | None, str] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        return self.case.phase == Phase.CLOSED


def _text(longest: int) -> Callable[[str, date], str]:
    return lambda text, today: cells.read_text(text, longest=longest)


READERS: Mapping[CaseField, Callable[[str, date], Any]] = {
    CaseField.KEY: _text(100),
    CaseField.ALIAS: _text(80),
    CaseField.PLACE: _text(80),
    CaseField.AREA: _text(80),
    CaseField.SIZE: lambda text, today: cells.read_size(text),
    CaseField.IN_COMMON: _text(200),
    CaseField.LEADER: _text(120),
    CaseField.PHASE: lambda text, today: cells.read_phase(text),
    CaseField.BEGAN_ON: cells.read_date,
    CaseField.CALLED: _text(60),
    CaseField.CHANNEL: lambda text, today: cells.read_channel(text),
    CaseField.PHONE: _text(40),
    CaseField.EMAIL: _text(120),
    CaseField.INTERPRETER: lambda text, today: cells.read_interpreter(text),
    CaseField.MAY_SAY: lambda text, today: cells.read_yes_no(text, empty=False),
    CaseField.NEVER_LEAVE: lambda text, today: cells.read_yes_no(text, empty=True),
    CaseField.PROTECTED: lambda text, today: cells.read_yes_no(text, empty=False),
    CaseField.NEXT_STEP: _text(200),
    CaseField.NEXT_STEP_ON: cells.read_date,
    CaseField.LAST_CONTACT_ON: cells.read_date,
    CaseField.NOTE: lambda text, today: text.strip(),
    CaseField.SUPPORTS: lambda text, today: cells.read_supports(text),
}


def read_row(line: Sequence[str], columns: Mapping[CaseField, int], today: date) -> ReadRow:
    """Reads the cells of a row by the columns that were chosen, and checks what can be checked without looking up."""
    row = ReadRow(CaseRow())
    for name, index in columns.items():
        text = line[index] if index < len(line) else ""
        try:
            if name == CaseField.LANGUAGES:
                row.case.languages, row.case.other_language = cells.read_languages(text)
            else:
                setattr(row.case, name, READERS[name](text, today))
        except Unclear as unclear:
            row.errors[name] = str(unclear)
    if any(find_personal_numbers(cell) for cell in line):
        row.errors[None] = _("Det står ett personnummer på raden. Ta bort det ur filen.")
    elif cells.is_broken_formula(line):
        row.errors[None] = _("En formel på raden har gått sönder. Skriv det som ska stå där.")
    _check_alias(row)
    _check_days(row, today)
    _settle_way(row)
    return row


def _check_alias(row: ReadRow) -> None:
    case = row.case
    if CaseField.ALIAS in row.errors:
        return
    if not case.alias:
        row.errors[CaseField.ALIAS] = _("Skriv det namn ni har bestämt med gruppen.")
    elif case.alias.casefold() == case.called.casefold():
        row.errors[CaseField.ALIAS] = _("Namnet är också vad vi kallar en person i gruppen. Välj ett annat alias.")


def _check_days(row: ReadRow, today: date) -> None:
    case = row.case
    for name in (CaseField.BEGAN_ON, CaseField.LAST_CONTACT_ON):
        if (day := getattr(case, name)) and day > today:
            row.errors[name] = _("Dagen har inte varit än. Kolla årtalet.")
    if case.began_on and case.last_contact_on and case.last_contact_on < case.began_on:
        row.errors.setdefault(CaseField.LAST_CONTACT_ON, _("Dagen ligger före den dag då ni började."))
    if case.phase in OPEN_PHASES and case.next_step_on and case.next_step_on < today:
        row.notes[CaseField.NEXT_STEP_ON] = _("Dagen har redan passerat, så steget visas som försenat.")


def _settle_way(row: ReadRow) -> None:
    """Only the stated channel, and only its address: an address without a channel, or of another, is left out."""
    case = row.case
    if {CaseField.CHANNEL, CaseField.PHONE, CaseField.EMAIL} & set(row.errors):
        return
    given = {CaseField.PHONE: case.phone, CaseField.EMAIL: case.email}
    used = CaseField.PHONE if case.channel in BY_PHONE else CaseField.EMAIL if case.channel == Channel.EMAIL else None
    if wrong := _wrong_address(case):
        row.errors[used] = wrong
    case.never_leave = case.never_leave and case.channel in BY_PHONE
    for name, address in given.items():
        if address and name != used:
            setattr(case, name, "")
            row.notes[name] = (
                _("Tas inte med, för raden säger inte hur personen vill bli nådd.")
                if case.channel == Channel.NONE
                else _("Tas inte med, för personen har valt ett annat kontaktsätt.")
            )


def _wrong_address(case: CaseRow) -> str:
    if case.channel == Channel.SMS and not can_take_sms(case.phone):
        return _("Kontaktsättet är sms. Skriv ett mobilnummer, till exempel 070-174 06 15.")
    if case.channel == Channel.CALL and not can_be_called(case.phone):
        return _("Kontaktsättet är samtal. Skriv hela numret, till exempel 070-174 06 15.")
    if case.channel == Channel.EMAIL:
        try:
            email_to_send_to(case.email)
        except ValidationError as error:
            return str(error.messages[0])
    return ""
