"""Files from the outside become rows of plain text or a sentence about why not, and what we write is never run."""

import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from people import spreadsheets
from people.spreadsheets import CSV, XLSX, CannotRead, as_text, not_a_formula, read_spreadsheet, write_spreadsheet

ROWS = [["Grupp", "Antal"], ["Värmegruppen", "7"], ["Lampan, på gården", "12"]]


def xlsx(*rows, more=None):
    """A workbook with these rows on its first sheet, and `more` sheets by their names."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Grupper"
    for row in rows:
        sheet.append(row)
    for name, lines in (more or {}).items():
        other = book.create_sheet(name)
        for row in lines:
            other.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_of(rows: list[list[str]], delimiter: str) -> str:
    return "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)


def read(data: bytes) -> list[list[str]]:
    sheet = read_spreadsheet(data)
    return [sheet.headings, *(line.cells for line in sheet.lines)]


def refusal(data: bytes) -> str:
    with pytest.raises(CannotRead) as refused:
        read_spreadsheet(data)
    return str(refused.value)


def test_an_excel_file_is_read_as_a_person_would_write_it() -> None:
    midnight, later = datetime(2026, 9, 1), datetime(2026, 9, 1, 14, 30)  # noqa: DTZ001 -- as Excel keeps them
    row = ["Värmegruppen", 7.0, 3.5, midnight, later, date(2026, 9, 2), True, None]

    found = read(xlsx(["a", "b", "c", "d", "e", "f", "g", "h"], row))

    assert found[1] == ["Värmegruppen", "7", "3,5", "2026-09-01", "2026-09-01 14:30", "2026-09-02", "ja", ""]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_csv_file_is_read_in_any_usual_writing(encoding: str, delimiter: str) -> None:
    assert read(csv_of(ROWS, delimiter).encode(encoding)) == ROWS


def test_the_line_of_excel_that_names_the_delimiter_is_no_heading() -> None:
    assert read(b"sep=;\r\nGrupp;Antal\r\nLampan;3\r\n") == [["Grupp", "Antal"], ["Lampan", "3"]]


def test_rows_keep_the_number_they_have_in_the_file() -> None:
    sheet = read_spreadsheet(xlsx(["Grupp"], ["Ett"], [None], [""], ["Fem"]))

    assert [(line.number, line.cells) for line in sheet.lines] == [(2, ["Ett"]), (5, ["Fem"])]


def test_the_sheets_that_are_not_read_are_named() -> None:
    sheet = read_spreadsheet(xlsx(["Grupp"], ["Ett"], more={"Gamla": [["Två"]], "Tom": []}))

    assert (sheet.name, sheet.skipped) == ("Grupper", ("Gamla",))


def test_a_formula_that_was_never_worked_out_is_an_empty_cell() -> None:
    assert read(xlsx(["Grupp", "Antal"], ["Ett", "=1+1"])) == [["Grupp", "Antal"], ["Ett", ""]]


@pytest.mark.parametrize("data", [b"\xd0\xcf\x11\xe0gammal xls", b"%PDF-1.7", b"<html>", b"a;b\n\x01\x02", b"{\\rtf1"])
def test_another_kind_of_file_is_answered_with_what_to_do(data: bytes) -> None:
    assert refusal(data) == "Filen går inte att läsa. Spara den som xlsx eller csv, utan lösenord."


def test_a_libreoffice_file_is_answered_with_what_to_do() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")

    assert refusal(out.getvalue()) == "Filen går inte att läsa. Spara den som xlsx eller csv, utan lösenord."


@pytest.mark.parametrize("cut", [100, 2000, -30])
def test_a_broken_file_is_answered_in_words(cut):
    words = "Filen går inte att läsa. Öppna den, spara en ny kopia som xlsx eller csv och försök igen."

    assert refusal(xlsx(*ROWS)[:cut]) == words


def test_a_zip_bomb_is_not_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"<a>" + b"0" * 90_000_000)

    assert len(out.getvalue()) < 200_000
    assert refusal(out.getvalue()) == "Filen är för stor. Den får vara högst 5 000 rader."


def test_a_file_that_makes_a_parser_expand_itself_is_refused():
    original = xlsx(*ROWS)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(original)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = b'<!DOCTYPE w [<!ENTITY a "aaaa">]>' + text.replace(b"7", b"&a;")
            new.writestr(name, text)

    assert refusal(out.getvalue()).startswith("Filen går inte att läsa.")


def test_what_is_too_much_is_said_with_the_row() -> None:
    assert refusal(b"x" * 5_000_001) == "Filen är för stor. Den får vara högst 5 MB."
    assert refusal(("a\n" + "b\n" * 5001).encode()) == "Filen har fler än 5 000 rader. Dela den i flera."
    assert refusal(b"a\n" + b";" * 60 + b"x") == "Rad 2 har fler än 60 kolumner. Ta bort dem som inte behövs."
    long = b"a;b\nx;y\nz;" + b"w" * 2001
    assert refusal(long) == "Rad 3, kolumn 2: texten är för lång. Skriv högst 2 000 tecken."


@pytest.mark.parametrize("data", [b"", b"Grupp;Antal\n", b"\n\n;;\n"])
def test_a_file_without_rows_says_what_it_should_hold(data: bytes) -> None:
    assert refusal(data).startswith("Filen har inga rader.")


def test_an_excel_file_of_ours_holds_text_and_no_formulas():
    rows = [["=1+1", "+46701740615"], ["@SUM(A1)", "-5"]]

    data = write_spreadsheet(XLSX, ["A", "B"], iter(rows), title="Grupper: våra/era")

    sheet = load_workbook(io.BytesIO(data)).active
    assert [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        [(text, "s") for text in row] for row in rows
    ]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+HYPERLINK(1)", "'+HYPERLINK(1)"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        (" =1+1", "' =1+1"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1+1", "'＝1+1"),
        ("-", "'-"),
        ("+46 70 174 06 15", "+46 70 174 06 15"),
        ("+46701740615", "+46701740615"),
        ("-12,5", "-12,5"),
        ("Värmegruppen = vi", "Värmegruppen = vi"),
        ("", ""),
    ],
)
def test_only_what_a_program_would_run_is_changed_in_a_csv_file(text: str, written: str) -> None:
    assert not_a_formula(text) == written


@given(st.lists(st.lists(st.text(alphabet='aå;,"\n 7', max_size=8), min_size=2, max_size=2), min_size=1, max_size=5))
def test_what_is_written_comes_back_the_same(rows: list[list[str]]) -> None:
    as_read = [[as_text(cell) for cell in row] for row in rows]
    kept = [row for row in as_read if any(row)]
    for file_format in (XLSX, CSV):
        data = write_spreadsheet(file_format, ["Ett", "Två"], as_read, title="Blad")
        if kept:
            assert read(data) == [["Ett", "Två"], *kept]


def test_the_limits_are_those_that_the_words_name() -> None:
    limits = (spreadsheets.MOST_BYTES, spreadsheets.MOST_ROWS, spreadsheets.MOST_COLUMNS, spreadsheets.LONGEST_CELL)

    assert limits == (5_000_000, 5_000, 60, 2_000)


def test_a_row_with_a_number_that_no_spreadsheet_has_is_not_counted_up_to():
    book, out = io.BytesIO(xlsx(["Alias"], ["Lampan"], ["Mattan"])), io.BytesIO()
    with zipfile.ZipFile(book) as whole, zipfile.ZipFile(out, "w") as forged:
        for part in whole.namelist():
            forged.writestr(part, whole.read(part).replace(b'<row r="3"', b'<row r="2000000000"'))

    assert read(out.getvalue()) == [["Alias"], ["Lampan"]]
