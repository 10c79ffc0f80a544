"""How the pages of an import show what a file holds, with what nobody should read over a shoulder left out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Contact
from people.spreadsheets import Sheet
from support.actions.caseload_rows import CheckedRow, Fate
from support.actions.caseload_writing import FIRST_STEP, contact_of
from support.caseload_columns import COLUMNS, CaseField
from support.enums import OPEN_PHASES
from support.forms.caseload import name_of_column

SAMPLES = 3
LONGEST_SAMPLE = 60
ADDRESSES = frozenset({CaseField.PHONE, CaseField.EMAIL})
_MANY_DIGITS = re.compile(r"(?:[0-9][^0-9]{0,2}){7,}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d.*|\d{1,2}[/.]\d{1,2}[ /.]\d{4}")

FATES: Mapping[Fate, Promise] = {
    Fate.NEW: gettext_lazy("Ny grupp"),
    Fate.EXISTS: gettext_lazy("Finns redan"),
    Fate.OVER: gettext_lazy("Avslutad, tas inte med"),
    Fate.WRONG: gettext_lazy("Behöver rättas"),
}


@dataclass(frozen=True)
class SampleColumn:
    """A column of the file: its name, a few cells of it, and what it is used for, if anything."""

    name: str
    cells: list[str]
    used_for: Promise | None


@dataclass(frozen=True)
class ShownLine:
    """A row as the page tells of it. `contact` is what the page of the case would say, protected as there."""

    number: int
    title: str
    fate: Fate
    words: Promise
    leader: str
    phase: str
    next_step: str
    contact: Contact | None
    errors: list[tuple[str, str]]
    notes: list[tuple[str, str]]
    period: int | None


def samples_of(sheet: Sheet, columns: Mapping[CaseField, int]) -> list[SampleColumn]:
    """Each column with the first cells that have something in them."""
    labels = {index: column.label for column in COLUMNS if (index := columns.get(column.field)) is not None}
    return [
        SampleColumn(name_of_column(index, heading), _cells(sheet, index), labels.get(index))
        for index, heading in enumerate(sheet.headings)
    ]


def _cells(sheet: Sheet, index: int) -> list[str]:
    filled = (line.cells[index] for line in sheet.lines if line.cells[index])
    return [masked(cell) for cell, _number in zip(filled, range(SAMPLES), strict=False)]


def masked(cell: str) -> str:
    """The cell without what leads to a person: here nobody knows yet whose address is protected."""
    if "@" in cell:
        return str(_("(en e-postadress)"))
    if _MANY_DIGITS.search(cell) and not _DAY.fullmatch(cell):
        return str(_("(ett nummer)"))
    return f"{cell[:LONGEST_SAMPLE]}…" if len(cell) > LONGEST_SAMPLE else cell


def line_of(row: CheckedRow, headings: Sequence[str], columns: Mapping[CaseField, int], now: datetime) -> ShownLine:
    """What the page says of a row."""
    case = row.read.case
    is_wrong = row.fate == Fate.WRONG
    step = case.next_step or str(FIRST_STEP)
    return ShownLine(
        number=row.line.number,
        title=case.alias or str(_("Utan alias")),
        fate=row.fate,
        words=FATES[row.fate],
        leader=row.leader.name if row.leader else "",
        phase=str(case.phase.label),
        next_step=f"{step} {case.next_step_on or ''}".strip() if case.phase in OPEN_PHASES else "",
        contact=contact_of(case, now) if row.fate == Fate.NEW and case.has_contact else None,
        errors=_told(row.read.errors, row, headings, columns) if is_wrong else [],
        notes=_told(row.read.notes, row, headings, columns) if row.fate in {Fate.NEW, Fate.WRONG} else [],
        period=row.period,
    )


def _told(
    words: Mapping[CaseField | None, str], row: CheckedRow, headings: Sequence[str], columns: Mapping[CaseField, int]
) -> list[tuple[str, str]]:
    """Where on the row, with what stands there, and what is to be said of it."""
    return [(_where(field, row, headings, columns), sentence) for field, sentence in words.items()]


def _where(field: CaseField | None, row: CheckedRow, headings: Sequence[str], columns: Mapping[CaseField, int]) -> str:
    if field is None:
        return str(_("Hela raden"))
    index = columns.get(field)
    if index is None:
        return str(next(column.label for column in COLUMNS if column.field == field))
    heading = headings[index] or name_of_column(index, "")
    cell = "" if field in ADDRESSES or None in row.read.errors else masked(row.line.cells[index])
    return f"{heading}: ”{cell}”" if cell else heading
