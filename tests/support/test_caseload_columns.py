"""What people call their columns and how they write their cells; what can mean two things is asked about."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.enums import SizeBand, SupportKind
from people.enums import Channel, SpokenLanguage, YesNoUnknown
from support.caseload_columns import CaseField, Unclear, cells, guess_columns, read_row
from support.enums import Phase

TODAY = date(2026, 9, 1)
F = CaseField


def read(**texts: str):
    fields = {"alias": "Värmegruppen"} | texts
    columns = {CaseField(name): index for index, name in enumerate(fields)}
    return read_row(list(fields.values()), columns, TODAY)


def unclear(read_cell, *args) -> str:
    with pytest.raises(Unclear) as refused:
        read_cell(*args)
    return str(refused.value)


def test_headings_are_known_in_swedish_and_english_and_with_other_marks() -> None:
    swedish = ["NR", "Gruppens namn:", "Kommun", "Mobilnr", "E-post", "Nästa steg", "Nästa steg senast", "Katt"]
    english = ["Group name", "Phone", "E-mail", "Last contact", "Notes"]

    assert guess_columns(swedish) == {
        F.KEY: 0,
        F.ALIAS: 1,
        F.PLACE: 2,
        F.EMAIL: 4,
        F.NEXT_STEP: 5,
        F.NEXT_STEP_ON: 6,
    }
    assert guess_columns(english) == {F.ALIAS: 0, F.PHONE: 1, F.EMAIL: 2, F.LAST_CONTACT_ON: 3, F.NOTE: 4}


def test_a_longer_heading_is_known_by_how_it_begins() -> None:
    assert guess_columns(["Alias (bestämt med gruppen)", "Telefon kontaktperson"]) == {F.ALIAS: 0, F.PHONE: 1}


@given(st.lists(st.text(max_size=12), max_size=20))
def test_no_column_is_guessed_for_two_things(headings: list[str]) -> None:
    found = guess_columns(headings)

    assert len(set(found.values())) == len(found)
    assert guess_columns(headings) == found


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-01",
        "1/9 2026",
        "1/9/2026",
        "01.09.2026",
        "1 sep 2026",
        "1 september 2026",
        "den 1 sept. 2026",
        "20260901",
    ],
)
def test_a_day_is_understood_as_swedes_write_it(text: str) -> None:
    assert cells.read_date(text, TODAY) == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1/9", "Årtalet saknas. Skriv dagen så här: 2026-09-01."),
        ("1 sep", "Årtalet saknas. Skriv dagen så här: 2026-09-01."),
        ("01/09/26", "Det går att läsa på flera sätt. Skriv dagen så här: 2026-09-01."),
        ("260901", "Det går att läsa på flera sätt. Skriv dagen så här: 2026-09-01."),
        ("31/2 2026", "Den dagen finns inte. Skriv dagen så här: 2026-09-01."),
        ("2026-13-01", "Den dagen finns inte. Skriv dagen så här: 2026-09-01."),
        ("1/9 1026", "Kolla årtalet i datumet."),
        ("snart", "Skriv dagen så här: 2026-09-01."),
    ],
)
def test_a_day_that_could_be_another_is_asked_for_again(text: str, words: str) -> None:
    assert unclear(cells.read_date, text, TODAY) == words


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_day_reads_the_same_however_it_is_written(day: date) -> None:
    ways = [day.isoformat(), f"{day.day}/{day.month} {day.year}", f"{day.day} {cells.MONTHS[day.month - 1]} {day.year}"]

    assert {cells.read_date(way, TODAY) for way in ways} == {day}


@pytest.mark.parametrize(
    ("text", "band"),
    [("", SizeBand.UNKNOWN), ("1", "1"), ("ca 3", "2-4"), ("5–9", "5-9"), ("10 till 24", "10-24"), ("25+", "25+")],
)
def test_how_many_becomes_a_band(text: str, band: str) -> None:
    assert cells.read_size(text) == band


def test_a_number_that_the_program_has_made_a_day_of_is_pointed_out() -> None:
    assert unclear(cells.read_size, "2026-09-05").startswith("Kalkylprogrammet har gjort om antalet till ett datum.")
    assert unclear(cells.read_size, "några") == "Skriv hur många med siffror, till exempel 7 eller 5–9."


def test_words_for_phase_channel_support_language_and_yes() -> None:
    assert [cells.read_phase(text) for text in ("", "UPPTAKT", "Förändringsarbete", "exit", "Självgående")] == [
        Phase.START,
        Phase.START,
        Phase.CHANGE,
        Phase.EXIT,
        Phase.SELF_RELIANT,
    ]
    assert [cells.read_channel(text) for text in ("", "SMS", "Ringa", "e-post", "hör av sig själv")] == [
        Channel.NONE,
        Channel.SMS,
        Channel.CALL,
        Channel.EMAIL,
        Channel.SELF,
    ]
    assert cells.read_supports("Uppstart, vägledning och kunskap") == [
        SupportKind.STARTUP,
        SupportKind.GUIDANCE,
        SupportKind.KNOWLEDGE,
    ]
    assert cells.read_languages("Arabiska och kurmanji") == (
        [SpokenLanguage.ARABIC, SpokenLanguage.OTHER],
        "kurmanji",
    )
    assert [cells.read_interpreter(text) for text in ("", "ja", "nej")] == [
        YesNoUnknown.UNKNOWN,
        YesNoUnknown.YES,
        YesNoUnknown.NO,
    ]


def test_two_channels_at_once_are_asked_about() -> None:
    assert unclear(cells.read_channel, "sms/samtal").startswith("Skriv ett av orden sms,")


def test_without_a_channel_no_address_comes_along() -> None:
    row = read(called="Dina", phone="070-174 06 15", email="dina@example.org")

    assert (row.case.channel, row.case.phone, row.case.email, row.errors) == (Channel.NONE, "", "", {})
    assert set(row.notes) == {F.PHONE, F.EMAIL}


def test_only_the_address_of_the_chosen_channel_comes_along() -> None:
    row = read(channel="e-post", phone="070-174 06 15", email="dina@example.org")

    assert (row.case.phone, row.case.email) == ("", "dina@example.org")
    assert row.notes == {F.PHONE: "Tas inte med, för personen har valt ett annat kontaktsätt."}


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"channel": "sms", "phone": "031-390 06 10"}, F.PHONE),
        ({"channel": "sms"}, F.PHONE),
        ({"channel": "samtal", "phone": "12"}, F.PHONE),
        ({"channel": "e-post", "email": "dina"}, F.EMAIL),
    ],
)
def test_a_channel_that_does_not_lead_anywhere_is_an_error(fields: dict[str, str], where: F) -> None:
    assert set(read(**fields).errors) == {where}


def test_what_is_not_said_is_taken_on_the_safe_side() -> None:
    case = read(channel="samtal", phone="070-174 06 15").case

    assert (case.may_say, case.never_leave, case.protected) == (False, True, False)


def test_a_number_as_excel_keeps_it_is_understood() -> None:
    assert read(channel="sms", phone="701740615").errors == {}


def test_a_personal_number_anywhere_stops_the_row() -> None:
    row = read_row(["Värmegruppen", "Född 121212-1212"], {F.ALIAS: 0}, TODAY)

    assert row.errors == {None: "Det står ett personnummer på raden. Ta bort det ur filen."}


def test_a_group_is_never_called_as_a_person_in_it() -> None:
    assert set(read(alias="Dina", called="dina").errors) == {F.ALIAS}
    assert set(read(alias="").errors) == {F.ALIAS}


def test_days_that_cannot_be_are_errors_and_a_late_step_is_only_said() -> None:
    row = read(began_on="2026-10-01", last_contact_on="2026-12-01", next_step_on="2026-08-01")

    assert (set(row.errors), set(row.notes)) == ({F.BEGAN_ON, F.LAST_CONTACT_ON}, {F.NEXT_STEP_ON})


def test_a_broken_formula_is_pointed_out() -> None:
    assert read(area="#REF!").errors == {None: "En formel på raden har gått sönder. Skriv det som ska stå där."}


@given(st.dictionaries(st.sampled_from([field.value for field in F]), st.text(max_size=30)))
def test_whatever_stands_in_a_row_is_answered_in_words(texts: dict[str, str]) -> None:
    row = read(**texts)

    assert all(words.endswith((".", "se")) for words in [*row.errors.values(), *row.notes.values()])
