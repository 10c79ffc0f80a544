import math
import random
import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.codes import all_names, all_words, new_code, new_words, normalise_code, normalise_words

RANDOM = st.randoms(use_true_random=False)


def differences(one, other):
    """How many letters must be put in, left out or changed to make one word the other."""
    row = list(range(len(other) + 1))
    for count, letter in enumerate(one, start=1):
        above_left, row[0] = row[0], count
        for index, other_letter in enumerate(other, start=1):
            cost = above_left + (letter != other_letter)
            above_left, row[index] = row[index], min(cost, row[index] + 1, row[index - 1] + 1)
    return row[-1]


def by_ear(word):
    """Roughly how a Swedish word sounds: double letters, c and k, z and s are heard as one."""
    for spelling, sound in [("ck", "k"), ("c", "k"), ("z", "s"), ("w", "v"), ("q", "k"), ("x", "ks"), ("th", "t")]:
        word = word.replace(spelling, sound)
    word = re.sub(r"(.)\1", r"\1", word)
    return re.sub(r"^[hgld]j", "j", word)


def test_there_are_enough_names_and_they_need_no_swedish_keyboard():
    assert len(set(all_names())) == len(all_names()) >= 40
    assert all(re.fullmatch("[A-Z]{2,10}", name) for name in all_names())


def test_no_two_names_differ_by_a_single_letter():
    assert [pair for pair in combinations(all_names(), 2) if differences(*pair) < 2] == []


@given(RANDOM)
def test_a_code_is_a_name_and_four_digits_without_0_and_1(rng):
    name, digits = new_code(rng).split(" ")

    assert name in all_names()
    assert re.fullmatch("[2-9]{4}", digits)


@given(RANDOM)
def test_a_code_is_understood_as_it_is_written(rng):
    code = new_code(rng)

    assert normalise_code(code) == code


@given(RANDOM, st.sampled_from(["", " ", "-", "  ", " - ", ".", "\u00a0", "–"]), st.booleans())
def test_a_code_is_understood_however_it_is_typed(rng, between, small):
    code = new_code(rng)
    typed = code.replace(" ", between)

    assert normalise_code(f" {typed.lower() if small else typed}\n") == code


@pytest.mark.parametrize(
    "typed",
    ["hasse1 4827", "HASSEL 48 27", "HaSSel-4827", "h a s s e l 4 8 2 7", "hassel٤٨٢٧", "ＨＡＳＳＥＬ ４８２７"],
)
def test_slips_that_can_only_mean_one_thing_are_understood(typed):
    assert normalise_code(typed) == "HASSEL 4827"


def test_zero_for_o_and_one_for_i_are_understood_in_the_name():
    assert [normalise_code("0L1V 2345"), normalise_code("1R1S 2345")] == ["OLIV 2345", "IRIS 2345"]


@pytest.mark.parametrize(
    "typed",
    ["", " ", "4827", "TALL", "TALL 482", "TALL 48275", "TALL 4820", "TALL 481O", "TALLEN 4827", "TALL 4827\x00"],
)
def test_what_cannot_be_a_code_is_none(typed):
    assert normalise_code(typed) is None


@given(st.text())
def test_any_text_gives_a_code_or_none(text):
    code = normalise_code(text)

    assert code is None or normalise_code(code) == code


def test_two_words_in_order_are_worth_twenty_bits():
    assert math.log2(len(all_words()) ** 2) >= 20


def test_the_words_are_short_plain_and_written_once():
    assert list(all_words()) == sorted(set(all_words()))
    assert all(re.fullmatch("[a-z]{3,9}", word) for word in all_words())


def test_no_two_words_sound_alike():
    heard = [by_ear(word) for word in all_words()]

    assert sorted(heard) == sorted(set(heard))


def test_no_word_is_another_with_an_ending():
    words = set(all_words())
    endings = ["a", "e", "n", "r", "s", "t", "en", "et", "ar", "er", "or", "na"]

    assert [word for word in all_words() for ending in endings if word + ending in words] == []


def test_no_word_is_also_the_name_of_a_code():
    assert {word.upper() for word in all_words()}.isdisjoint(all_names())


@given(RANDOM)
def test_the_words_are_understood_however_they_are_typed(rng):
    words = new_words(rng)
    one, other = words.split(" ")

    assert normalise_words(words) == words
    assert normalise_words(f"  {one.title()} \u00a0{other.upper()}.") == words
    assert normalise_words(f"{one}-{other}") == words


@pytest.mark.parametrize("typed", ["", "kanot", "kanot lykta saga", "kanot hemligt", "kanotlykta", "kanot \x00"])
def test_what_is_not_two_of_our_words_is_none(typed):
    assert normalise_words(typed) is None


def test_the_order_of_the_words_counts():
    assert normalise_words("kanot lykta") != normalise_words("lykta kanot")


def test_codes_and_words_come_from_the_systems_own_randomness():
    assert len({new_code() for _ in range(50)}) > 45
    assert len({new_words() for _ in range(50)}) > 45


def test_all_words_can_be_drawn():
    rng = random.Random(7)

    drawn = {word for _ in range(20_000) for word in new_words(rng).split()}

    assert drawn == set(all_words())
