"""The lines around what was found: the words marked, and whatever a text holds shown as text."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from knowledge.excerpts import LENGTH, excerpt, holds_any, marked

TAG = re.compile(r"</?[a-z][^>]*>", re.IGNORECASE)
texts = st.text(st.sampled_from("abåÅ <>&\"'/\n!mark script"), max_size=600) | st.text(max_size=600)
beginnings = st.sets(st.text(st.sampled_from("abåmrkscipt&lg-"), min_size=1, max_size=5), max_size=4)


def without_marks(html):
    return html.replace("<mark>", "").replace("</mark>", "")


def test_words_that_begin_so_are_marked_whole_and_whatever_their_case():
    assert marked("Rättigheter är allas. En rätt!", {"rätt"}) == (
        "<mark>Rättigheter</mark> är allas. En <mark>rätt</mark>!"
    )


def test_a_word_within_another_is_not_marked():
    assert marked("barnbarn", {"arn"}) == "barnbarn"


def test_a_short_word_is_marked_only_where_it_stands_alone():
    assert marked("gå och gården", {"gå"}) == "<mark>gå</mark> och gården"


def test_markup_in_a_text_is_shown_as_it_was_written():
    assert marked("<script>alert(1)</script> & mer", {"script", "amp"}) == (
        "&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt; &amp; mer"
    )


def test_an_excerpt_shows_the_place_where_most_of_the_words_stand():
    text = f"Hyran {'kom och gick ' * 40}. Då kom hyran och värmen tillbaka. {'Slut ' * 90}"

    assert excerpt(text, {"hyra", "värme"}).startswith("… ")
    assert "<mark>hyran</mark> och <mark>värmen</mark>" in excerpt(text, {"hyra", "värme"})


def test_without_any_of_the_words_it_is_the_beginning():
    assert excerpt("Det började kallt. " * 30, {"saknas"}).startswith("Det började kallt.")


def test_a_short_text_is_shown_whole():
    assert excerpt("Kort\n text", set()) == "Kort text"


@given(texts, beginnings)
def test_a_marked_text_is_the_text_and_nothing_but_marks(text, begun):
    html = marked(text, begun)

    assert unescape(without_marks(html)) == unescape_once(text)
    assert set(TAG.findall(html)) <= {"<mark>", "</mark>"}
    assert html.count("<mark>") == html.count("</mark>")


@given(texts, beginnings)
def test_an_excerpt_is_a_piece_of_the_text_and_harmless(text, begun):
    html = excerpt(text, begun)
    piece = unescape(without_marks(html)).removeprefix("… ").removesuffix(" …")

    assert unescape_once(piece) in unescape_once(" ".join(re.split(r"\s+", text)))
    assert len(piece) <= LENGTH
    assert set(TAG.findall(html)) <= {"<mark>", "</mark>"}


@given(texts, beginnings)
def test_it_holds_a_word_if_one_is_marked(text, begun):
    assert holds_any(text, begun) == ("<mark>" in marked(text, begun))


def unescape_once(text):
    """What a browser shows of a text that was written into a page as text: some control characters have no shape."""
    return unescape(text.replace("&", "&amp;"))
