"""Menade du …? A misspelt word leads to the nearest of those that stand in public texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.spelling import Vocabulary, folded

WORDS = Vocabulary(
    [("rättighet", 40), ("får", 30), ("far", 3), ("koalition", 20), ("kommun", 90), ("kommunen", 80), ("möte", 60)]
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("koalitoin", "koalition"),
        ("kolition", "koalition"),
        ("komunen", "kommunen"),
        ("rattighet", "rättighet"),
        ("rätighet", "rättighet"),
        ("mote", "möte"),
        ("räattighett", "rättighet"),
    ],
)
def test_a_slip_leads_to_the_word_that_was_meant(written, meant):
    assert WORDS.meant_by(written) == meant


@pytest.mark.parametrize("written", ["rättighet", "rättig", "komm", "xyzzyx", "katt", ""])
def test_what_is_a_word_or_begins_one_or_is_near_none_stands(written):
    assert WORDS.meant_by(written) is None


def test_a_and_o_with_marks_are_letters_of_their_own():
    assert Vocabulary([("får", 5), ("far", 5)]).meant_by("far") is None


def test_a_word_that_far_more_texts_have_with_marks_may_have_been_meant():
    assert WORDS.meant_by("far") == "får"


def test_a_short_word_is_only_helped_with_its_marks():
    words = Vocabulary([("hyr", 9), ("får", 9)])

    assert (words.meant_by("hur"), words.meant_by("fär")) == (None, "får")


def test_of_two_as_near_the_more_common_is_meant():
    assert Vocabulary([("hallar", 2), ("kallar", 7)]).meant_by("xallar") == "kallar"


@given(st.text(max_size=40))
def test_anything_may_be_written(written):
    meant = WORDS.meant_by(written)

    assert meant is None or meant in WORDS.uses
    assert meant != written


@given(st.sampled_from(WORDS.words))
def test_a_word_without_its_marks_is_told_with_them(word):
    assert WORDS.meant_by(folded(word)) in {None, word} | {one for one in WORDS.words if folded(one) == folded(word)}
