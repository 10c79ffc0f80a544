import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.sms_text import GSM_ALPHABET, GSM_DOUBLE, fits_one_sms, is_gsm, sms_length


def test_the_alphabet_has_all_its_places():
    assert len(GSM_ALPHABET) == 127  # 128 places, of which one is the escape to the second table
    assert GSM_ALPHABET.isdisjoint(GSM_DOUBLE)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("Hej, välj en tid som passar på din sida.", 40),
        ("åäöÅÄÖé", 7),
        ("100 €", 6),
        ("[a]", 5),
        ("Hej 🙂", 6),
        ("Привет", 6),
        ("”Hej”", 5),
    ],
)
def test_a_text_takes_the_place_it_takes(text, length):
    assert sms_length(text) == length


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("å" * 160, True),
        ("å" * 161, False),
        ("€" * 80, True),
        ("€" * 80 + "a", False),
        ("ы" * 70, True),
        ("ы" * 71, False),
        ("a" * 159 + "–", False),
        ("🙂" * 35, True),
        ("🙂" * 35 + "a", False),
    ],
)
def test_one_sms_holds_160_gsm_characters_or_70_others(text, fits):
    assert fits_one_sms(text) is fits


def test_a_long_dash_makes_the_whole_sms_expensive():
    assert is_gsm("måndag 9-16")
    assert not is_gsm("måndag 9–16")


@given(st.text(alphabet=sorted(GSM_ALPHABET), max_size=200))
def test_plain_text_takes_one_place_a_character(text):
    assert sms_length(text) == len(text)
    assert fits_one_sms(text) is (len(text) <= 160)


@given(st.text(), st.characters())
def test_a_text_never_gets_shorter_by_a_character_of_its_own_alphabet(text, character):
    if is_gsm(text) == is_gsm(text + character):
        assert sms_length(text + character) > sms_length(text)
