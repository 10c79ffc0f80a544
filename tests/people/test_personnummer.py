from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.se import orgnr, personnummer

from people.personnummer import find_personal_numbers, without


def numbers_in(text):
    return [found for _start, _end, found in find_personal_numbers(text)]


@st.composite
def people(draw, *, coordination):
    """The twelve digits of a person who could exist."""
    born = draw(st.dates(date(1900, 1, 1), date(2026, 12, 31)))
    day = born.day + (60 if coordination else 0)
    ten = f"{born:%y%m}{day:02}{draw(st.integers(0, 999)):03}"
    return f"{born.year // 100}{ten}{luhn.calc_check_digit(ten)}"


ANYONE = people(coordination=False) | people(coordination=True)


@pytest.mark.parametrize(
    "written",
    [
        "811218-9876",
        "811218+9876",
        "811218 9876",
        "811218 - 9876",
        "811218–9876",
        "8112189876",
        "198112189876",
        "19811218-9876",
        "19811218 9876",
        "1981-12-18-9876",
        "1981-12-18 9876",
        "811278-9873",
        "8112789873",
        "198112789873",
    ],
)
def test_a_personal_number_is_found_however_it_is_written(written):
    text = f"Jag heter Kim ({written}), och hissen är trasig."

    start = text.index(written)
    assert find_personal_numbers(text) == [(start, start + len(written), written)]


@pytest.mark.parametrize(
    "written",
    [
        "0701234567",
        "070-123 45 67",
        "070 123 45 67",
        "0701-23 45 67",
        "070123 4567",
        "+46701234567",
        "+46 70 123 45 67",
        "+46 (0)70-123 45 67",
        "0046701234567",
        "0046 70 123 45 67",
        "031-390 06 10",
        "08-11 22 33 44",
        "+47 40 11 22 33",
        "+8112189876",
    ],
)
def test_a_phone_number_is_not_a_personal_number(written):
    assert numbers_in(f"Ring {written} efter fem.") == []


@given(
    st.integers(700_000_000, 799_999_999), st.sampled_from(["0{}", "+46{}", "+46 {}", "0046{}", "0046 {}", "+460{}"])
)
def test_no_mobile_number_is_ever_taken_for_a_personal_number(number, form):
    assert numbers_in(f"Mitt nummer är {form.format(number)}") == []


@given(people(coordination=False))
def test_a_number_after_a_country_code_is_a_phone_number(person):
    assert numbers_in(f"+46 {person[2:]}") == []
    assert numbers_in(f"+358 {person[2:]}") == []


@given(st.integers(16, 99), st.integers(20, 99), st.integers(0, 99_999), st.sampled_from(["", "-", " "]))
def test_no_organisation_number_is_ever_taken_for_a_personal_number(first, month_place, rest, mark):
    nine = f"{first}{month_place}{rest:05}"
    number = f"{nine}{luhn.calc_check_digit(nine)}"

    assert orgnr.is_valid(number)
    assert numbers_in(f"{number[:6]}{mark}{number[6:]}") == []


@pytest.mark.parametrize(
    "text",
    [
        "811218-9875",  # the check digit is wrong
        "811318-9875",  # no thirteenth month
        "810230-9877",  # no thirtieth of February
        "810092-1235",  # no month 00
        "198111229-9876",
        "98112189876",
        "1198112189876",
        "2026-11-20 kl 10.00",
        "OCR 811218 98761",
        "",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert numbers_in(text) == []


def test_a_leap_day_must_have_existed():
    assert numbers_in("20000229-1235") == ["20000229-1235"]
    assert numbers_in("000229-1235") == ["000229-1235"]
    assert numbers_in("19000229-1235") == []


def test_several_in_one_text_are_all_found():
    assert numbers_in("811218-9876 och 8112789873, 198112189876.") == ["811218-9876", "8112789873", "198112189876"]


@given(ANYONE, st.sampled_from(["", "-", "+", " ", " - "]), st.booleans())
def test_every_person_is_found_in_either_length(person, mark, is_long):
    digits = person if is_long else person[2:]
    written = f"{digits[:-4]}{mark}{digits[-4:]}"

    is_like_a_mobile = not is_long and digits.startswith("07") and mark in {"", " "}
    assert numbers_in(f"Jag är {written}.") == ([] if is_like_a_mobile else [written])


@given(people(coordination=False))
def test_what_the_official_check_accepts_is_found(person):
    assert personnummer.is_valid(person)
    assert numbers_in(person) == [person]


@given(st.text(alphabet=st.sampled_from("0123456789 -+.\n aö"), max_size=60))
def test_any_text_can_be_searched_and_what_is_found_stands_there(text):
    for start, end, found in find_personal_numbers(text):
        assert text[start:end] == found


@given(st.text(max_size=20), ANYONE, st.text(max_size=20))
def test_what_is_taken_out_is_gone(before, person, after):
    text = f"{before} {person} {after}"

    assert person not in without(text, find_personal_numbers(text))


def test_taking_it_out_leaves_the_sentence_as_it_was():
    text = "Jag heter Kim 811218-9876 och bor här. Min syster är 8112789873."

    assert without(text, find_personal_numbers(text)) == "Jag heter Kim och bor här. Min syster är ."


def test_only_the_chosen_ones_are_taken_out():
    text = "811218-9876 och 8112789873"

    assert without(text, find_personal_numbers(text)[1:]) == "811218-9876 och "
