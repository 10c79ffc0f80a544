"""How alike two texts are: by their words, whichever order they come in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.likeness import ALIKE, likeness, shared_words

texts = st.text(alphabet="abcdeåäö hissenvärm.,!", max_size=200)


@given(texts, texts)
def test_likeness_is_the_same_both_ways_and_between_nought_and_one(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1


@given(texts)
def test_a_text_is_as_like_itself_as_can_be_if_it_says_anything(text):
    assert likeness(text, text) in {0.0, 1.0}
    assert likeness(f"hissen {text}", f"hissen {text}") == 1.0


@given(texts, texts)
def test_capitals_order_and_signs_make_no_difference(one, other):
    shuffled = " ".join(reversed(one.upper().split()))

    assert likeness(shuffled, other) == pytest.approx(likeness(one, other))


@given(texts, texts)
def test_without_likeness_there_is_no_shared_word(one, other):
    assert bool(shared_words(one, other)) == (likeness(one, other) > 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hissen står still sedan i våras.", "Vår hiss har stått still i flera månader, hissen lagas aldrig."),
        ("Lekplatsen på gården är avstängd", "De har stängt av lekplatsen på vår gård"),
        ("Elementen är kalla, det är 16 grader i lägenheterna", "Kallt i lägenheten, elementen fungerar inte"),
    ],
)
def test_two_who_write_about_the_same_thing_are_alike(one, other):
    assert likeness(one, other) >= ALIKE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hissen står still sedan i våras.", "Skolan vill lägga ner fritidsgården."),
        ("Vi vill ha hjälp av kommunen", "Vi vill att kommunen hjälper oss i vår grupp"),
        ("", ""),
        ("Hissen står still", ""),
    ],
)
def test_everyday_words_make_nobody_alike(one, other):
    assert likeness(one, other) < ALIKE


def test_the_words_that_are_shared_are_told_as_they_were_written_the_longest_first():
    assert shared_words("Hissen och lekplatsen", "Lekplatser utan hissar") == ["lekplatsen", "hissen"]
