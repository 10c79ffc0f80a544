"""Spreadsheets in and out: what people keep in Excel as rows of plain text, and rows of text as a file to open there.

Nothing in a file is trusted. Its size is known before it is unpacked, formulas are not run on the way in, and what we
write is text: no cell begins a calculation in the program that opens it.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

from people.plain_text import plain_text

MOST_BYTES = 5_000_000
MOST_ROWS = 5_000
MOST_COLUMNS = 60
LONGEST_CELL = 2_000
MOST_UNPACKED = 30_000_000
"""Bytes of a xlsx file once unpacked: 5 000 rows of 60 columns are about 20 million."""
MOST_TEXT = 10_000_000
"""Signs in all cells together."""
LAST_ROW = 1_048_576
"""The last one that Excel has. A row of a higher number stands in no real file, and we would count up to it."""

XLSX, CSV = "xlsx", "csv"
TYPES = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv; charset=utf-8",
}

_BEGINS_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_NUMBER = re.compile(r"[+-]?[0-9][0-9  ().,\-]*")
"""A telephone number as +46…, or a sum below zero: no formula, and unreadable with a sign in front."""
_DELIMITERS = ";,\t"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")


class CannotRead(Exception):
    """The file is not one that we can take in; the words say what to do about it."""


@dataclass(frozen=True)
class Line:
    """One row of the file that is not empty, by the number it has there."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Sheet:
    """What a file holds. `skipped` are the names of further sheets with rows in them, that are not read."""

    headings: list[str]
    lines: list[Line]
    name: str = ""
    skipped: tuple[str, ...] = ()


def read_spreadsheet(data: bytes) -> Sheet:
    """The first sheet of a xlsx file, or a csv file in any usual writing, as plain text. Raises CannotRead."""
    if len(data) > MOST_BYTES:
        raise CannotRead(_("Filen är för stor. Den får vara högst 5 MB."))
    if data.startswith(b"PK\x03\x04"):
        return _read_xlsx(data)
    if data.startswith((_OLD_OFFICE, b"%PDF", b"{\\rtf", b"<")):
        raise CannotRead(_("Filen går inte att läsa. Spara den som xlsx eller csv, utan lösenord."))
    return _sheet(_rows_of_csv(_decoded(data)))


def _read_xlsx(data: bytes) -> Sheet:
    try:
        _check_package(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
        if not sheets:
            raise CannotRead(_("Filen är tom."))
        first, *others = sheets
        found = _sheet(_rows_of(first))
        skipped = tuple(sheet.title for sheet in others if any(any(row) for row in _rows_of(sheet)))
        return Sheet(found.headings, found.lines, first.title, skipped)
    except CannotRead:
        raise
    except Exception as error:  # whatever a broken file makes of the library that reads it
        words = _("Filen går inte att läsa. Öppna den, spara en ny kopia som xlsx eller csv och försök igen.")
        raise CannotRead(words) from error


def _check_package(data: bytes) -> None:
    """A file of a few bytes may unpack to gigabytes: what it says of its own size is read first, and holds."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = package.infolist()
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise CannotRead(_("Filen går inte att läsa. Spara den som xlsx eller csv, utan lösenord."))
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise CannotRead(_("Filen är för stor. Den får vara högst 5 000 rader."))


def _rows_of(sheet: Any) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # what a file says of its own extent may be wrong
    for row in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1, max_row=LAST_ROW):
        yield [] if row.count(None) == len(row) else [as_text(value) for value in row]


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in data[:200]:
        encodings = ["utf-16-le" if data[1:2] == b"\x00" else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1252", "latin-1"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _NOT_TEXT.search(text):
            return text
    raise CannotRead(_("Filen går inte att läsa. Spara den som xlsx eller csv, utan lösenord."))


def _rows_of_csv(text: str) -> Iterator[list[str]]:
    first, _newline, rest = text.partition("\n")
    delimiter = ""
    if first.lower().startswith("sep=") and len(first.strip()) <= len("sep=;"):
        delimiter, text = first.strip("\r")[4:5], f"\n{rest}"  # Excel's own line; the rows keep their numbers
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or _delimiter_of(text)):
            yield [as_text(value) for value in row]
    except csv.Error as error:
        raise CannotRead(_("Filen går inte att läsa. Spara den som xlsx i stället och försök igen.")) from error


def _delimiter_of(text: str) -> str:
    """The sign that splits the first lines in most columns, the semicolon of Swedish Excel before the others."""
    start = [line for line in text.splitlines()[:50] if line.strip()][:1]
    columns = {sign: len(next(csv.reader(start, delimiter=sign), [])) for sign in _DELIMITERS}
    return max(_DELIMITERS, key=lambda sign: columns[sign])


def as_text(value: Any) -> str:
    """A cell as a person would write it: days as 2026-09-01, numbers without .0, nothing at all as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.15g}".replace(".", ",")
    return plain_text(str(value)).strip()


def _sheet(rows: Iterable[list[str]]) -> Sheet:
    headings: list[str] = []
    lines: list[Line] = []
    signs = 0
    for number, cells in enumerate(rows, start=1):
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        _check_row(number, cells)
        signs += sum(map(len, cells))
        if not headings:
            headings = cells
            continue
        if len(lines) == MOST_ROWS:
            raise CannotRead(_("Filen har fler än 5 000 rader. Dela den i flera."))
        if signs > MOST_TEXT:
            raise CannotRead(_("Det är för mycket text i filen. Dela den i flera."))
        lines.append(Line(number, cells))
    if not lines:
        raise CannotRead(
            _("Filen har inga rader. Första raden ska vara rubriker, och under dem en rad för varje grupp.")
        )
    width = max(len(headings), *(len(line.cells) for line in lines))
    for row in (headings, *(line.cells for line in lines)):
        row.extend([""] * (width - len(row)))
    return Sheet(headings, lines)


def _check_row(number: int, cells: Sequence[str]) -> None:
    if len(cells) > MOST_COLUMNS:
        raise CannotRead(_("Rad %(row)s har fler än 60 kolumner. Ta bort dem som inte behövs.") % {"row": number})
    for column, cell in enumerate(cells, start=1):
        if len(cell) > LONGEST_CELL:
            words = _("Rad %(row)s, kolumn %(column)s: texten är för lång. Skriv högst 2 000 tecken.")
            raise CannotRead(words % {"row": number, "column": column})


def write_spreadsheet(file_format: str, headings: Sequence[str], rows: Iterable[Sequence[str]], *, title: str) -> bytes:
    """A file with a row of headings and then the rows, all of it text. `file_format` is XLSX or CSV."""
    return _write_csv(headings, rows) if file_format == CSV else _write_xlsx(headings, rows, title)


def _write_xlsx(headings: Sequence[str], rows: Iterable[Sequence[str]], title: str) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", title)[:31])
    sheet.freeze_panes = "A2"
    for row in chain([headings], rows):
        sheet.append([_text_cell(sheet, cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text_cell(sheet: Any, text: str) -> Any:
    """The library takes what begins with = for a formula; then the cell is told that it is text."""
    text = plain_text(text)
    if not text.startswith("="):
        return text
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell


def _write_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([not_a_formula(cell) for cell in headings])
    writer.writerows([not_a_formula(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def not_a_formula(text: str) -> str:
    """The text with ' before it where a program would take it for a formula; numbers stay as they are."""
    begins = text.lstrip(" ")[:1] or text[:1]
    is_safe = begins not in _BEGINS_FORMULA or bool(_NUMBER.fullmatch(text))
    return text if is_safe or not text else f"'{text}"
