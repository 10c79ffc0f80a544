"""Words from outside read just as they were written, however much they look like markup."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.markup import as_html, as_inline_html, as_plain, literally

SIGNS = [
    *"ab -*_[]()<>&#;:!~`\\=+1.)|", "\n", "\n\n", "- ", "1. ", "https://ond.example", "<https://ond.example>",
    "<script>", "&lt;", "&#60;", "---", "===", "***", "[x](https://ond.example)", "![a](b)", "~~", "    ",
]  # fmt: skip


def seen(html: str) -> str:
    """The signs that a reader sees, without the space between them."""
    return re.sub(r"\s", "", unescape(re.sub(r"<[^>]+>", " ", html)))


@given(st.lists(st.sampled_from(SIGNS), max_size=12).map("".join).filter(lambda text: "___" not in text))
def test_every_sign_is_seen_and_none_means_anything(text: str) -> None:
    html = as_html(literally(text))

    assert set(re.findall(r"<(\w+)", html)) <= {"p"}
    assert seen(html) == re.sub(r"\s", "", text)


@pytest.mark.parametrize(
    "text", ["[tryck](https://ond.example)", "<https://ond.example>", "# Stort", "**fet**", "2019. Vi började", "A & B"]
)
def test_a_line_is_the_same_words_wherever_it_stands(text: str) -> None:
    assert unescape(as_inline_html(literally(text))) == text
    assert as_plain(literally(text)) == text


def test_an_ordinary_text_is_kept_as_it_is_and_each_line_is_a_line() -> None:
    assert (
        literally("Vi mätte – varje kväll. 5 kr/dag!\nAlla skrev.")
        == "Vi mätte – varje kväll. 5 kr/dag!\n\nAlla skrev."
    )
    assert literally(" \n ") == ""
