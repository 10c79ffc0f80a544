"""What would become of each row of a spreadsheet at an office: a new group, one that is there already, or an error."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from groups.models import Group, Municipality
from groups.models.places import SAID_AROUND_A_NAME
from people.models import Office, User
from people.spreadsheets import Line, Sheet
from support.caseload_columns import CaseField, ReadRow, read_row
from support.permissions import leaders_of

LONGEST_KEY = 120

NUMBERED = "nr "
"""Begins the key of a row that has a number of its own."""


class Fate(StrEnum):
    """What would become of a row."""

    NEW = "new"
    EXISTS = "exists"
    OVER = "over"
    WRONG = "wrong"


@dataclass
class CheckedRow:
    """A row of the file, how it was understood and what would become of it."""

    line: Line
    read: ReadRow
    key: str
    fate: Fate = Fate.NEW
    leader: User | None = None
    municipality: Municipality | None = None
    period: int | None = None
    """The case that is there already."""


def check_rows(
    sheet: Sheet, columns: Mapping[CaseField, int], *, office: Office, by: User, today: date
) -> list[CheckedRow]:
    """Every row of the file as it would fare at the office now, in the order of the file. Changes nothing."""
    found = _Office(office, by, today)
    return [found.check(line, read_row(line.cells, columns, today)) for line in sheet.lines]


def key_of(read: ReadRow) -> str:
    """What a row is known again by: its own number, or else the alias and the place."""
    case = read.case
    said = f"{NUMBERED}{case.key}" if case.key else f"{case.alias} | {case.place}"
    return said.casefold()[:LONGEST_KEY]


class _Office:
    """What there is at the office, read once; and which rows of the file came before."""

    def __init__(self, office: Office, by: User, today: date) -> None:
        leaders = list(leaders_of(office, today))
        self.importer = next((leader for leader in leaders if leader == by), None)
        self.leaders: dict[str, list[User]] = {}
        for leader in leaders:
            for name in (leader.email, leader.name):
                self.leaders.setdefault(name.casefold(), []).append(leader)
        self.municipalities = {one.name.casefold(): one for one in Municipality.objects.all()}
        self.imported: dict[str, int] = {}
        self.aliases: dict[str, tuple[str, int | None]] = {}
        groups = Group.objects.filter(office=office)
        whence = ("alias", "periods__imported_from__key", "periods__imported_from__period")
        for alias, key, period in groups.values_list(*whence):
            if period:
                self.imported[key] = period
            if period or alias.casefold() not in self.aliases:
                self.aliases[alias.casefold()] = (key or "", period)
        self.seen: dict[str, int] = {}

    def check(self, line: Line, read: ReadRow) -> CheckedRow:
        row = CheckedRow(line, read, key_of(read))
        alias = read.case.alias.casefold()
        row.period = self._case_of(row, alias)
        if row.period and None not in read.errors:
            row.fate = Fate.EXISTS
            return row
        if read.is_over and None not in read.errors:
            row.fate = Fate.OVER
            return row
        self._check_double(row, alias)
        self._find_leader(row)
        self._find_place(row)
        if read.errors:
            row.fate = Fate.WRONG
        return row

    def _case_of(self, row: CheckedRow, alias: str) -> int | None:
        """The case that the row became: by its key, or by the alias when only one of the two files had numbers."""
        if period := self.imported.get(row.key):
            return period
        key, period = self.aliases.get(alias, ("", None))
        return period if key.startswith(NUMBERED) != row.key.startswith(NUMBERED) else None

    def _check_double(self, row: CheckedRow, alias: str) -> None:
        errors, number = row.read.errors, row.line.number
        if not alias:
            return
        if alias in self.aliases:
            words = _(
                "Det finns redan en grupp på orten med det namnet. Är det samma: ta bort raden. Annars: byt alias."
            )
            errors.setdefault(CaseField.ALIAS, words)
        elif (same := self.seen.setdefault(f"alias {alias}", number)) != number:
            errors.setdefault(CaseField.ALIAS, _("Samma alias står på rad %(row)s.") % {"row": same})
        if row.read.case.key and (same := self.seen.setdefault(row.key, number)) != number:
            errors.setdefault(CaseField.KEY, _("Samma nummer står på rad %(row)s.") % {"row": same})

    def _find_leader(self, row: CheckedRow) -> None:
        said = row.read.case.leader
        named = self.leaders.get(said.casefold(), []) if said else [self.importer] if self.importer else []
        if len(named) == 1:
            row.leader = named[0]
            return
        if named:
            words = _("Flera på orten heter så. Skriv e-postadressen.")
        elif said:
            words = _("Hittar ingen utvecklingsledare på orten som heter så. Skriv e-postadressen.")
        else:
            words = _("Skriv vilken utvecklingsledare gruppen har.")
        row.read.errors.setdefault(CaseField.LEADER, words)

    def _find_place(self, row: CheckedRow) -> None:
        case = row.read.case
        if not case.place:
            return
        without_s = SAID_AROUND_A_NAME.sub("", case.place).casefold()
        row.municipality = self.municipalities.get(without_s) or self.municipalities.get(f"{without_s}s")
        if row.municipality is None and not case.area:
            case.area = case.place
            row.read.notes[CaseField.PLACE] = _("Ingen kommun heter så. Det skrivs som område.")
        elif row.municipality is None:
            row.read.notes[CaseField.PLACE] = _("Ingen kommun heter så. Det tas inte med.")
