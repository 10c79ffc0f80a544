import unicodedata

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from people.plain_text import plain_post, plain_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("hej\x00då", "hejdå"),
        ("en rad\r\nen till\rtredje", "en rad\nen till\ntredje"),
        ("\u202eitrevlig\u202c", "itrevlig"),
        ("\u2066vänd\u2069", "vänd"),
        ("osyn\u200blig\ufeff", "osynlig"),
        ("a\u030a", "å"),
        ("tabb\tmellan", "tabb mellan"),
        ("\x1b[31mröd", "[31mröd"),
    ],
)
def test_what_cannot_be_seen_goes_and_what_was_typed_stays(typed: str, kept: str) -> None:
    assert plain_text(typed) == kept


@pytest.mark.parametrize("text", ["Åsa & Çetin – 50 %", "می‌خواهم", "👩‍👧", "שלום\u200f!", "ትግርኛ", "\ufffd"])
def test_words_of_every_language_stay_as_they_are(text: str) -> None:
    assert plain_text(text) == text


@given(st.text())
def test_plain_text_is_plain_and_stays_so(text: str) -> None:
    plain = plain_text(text)

    assert plain_text(plain) == plain
    assert "\x00" not in plain
    assert not {unicodedata.category(sign) for sign in plain.replace("\n", "")} & {"Cc", "Cs", "Co"}


def test_a_posted_form_is_cleaned_in_all_its_values_and_the_original_is_left() -> None:
    posted = QueryDict("a=1%00&a=2&b=%E2%80%AEx")

    cleaned = plain_post(posted)

    assert list(cleaned.lists()) == [("a", ["1", "2"]), ("b", ["x"])]  # type: ignore[attr-defined]
    assert posted.getlist("a") == ["1\x00", "2"]


def test_a_plain_mapping_is_cleaned_too() -> None:
    assert plain_post({"a": "x\x00", "b": ["list"], "c": 3}) == {"a": "x", "b": ["list"], "c": 3}
