"""Hard words are marked where they first stand, once, and never where a mark would be in the way."""

import re
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from knowledge.enums import State
from knowledge.marking import Marker, alphabetical, by_first_word, initial
from knowledge.markup import as_html
from knowledge.models import Term
from mobilisering.templatetags.reading import marked
from tests.knowledge.texts import make_term

pytestmark = pytest.mark.django_db

BUTTON = re.compile(r'<button class="term"[^>]*>(.*?)</button>')


def words_in(text, language="sv", *, marker=None):
    """What is marked in a text, as it stands there."""
    return BUTTON.findall((marker or Marker(language)).text(text))


def test_a_word_is_explained_where_it_stands():
    make_term("krav", slug="krav", meaning="Det ni vill ha.")

    html = Marker("sv").text("Vi skrev ett krav till nämnden.")

    assert html.startswith('<p>Vi skrev ett <button class="term" type="button" popovertarget="def-krav">krav</button>')
    assert '<span class="def" id="def-krav" popover role="note"><strong>Krav</strong>Det ni vill ha.' in html
    assert html.rstrip().endswith("</span> till nämnden.</p>")


def test_a_word_is_marked_the_first_time_only():
    make_term("krav")
    marker = Marker("sv")

    assert words_in("Ett krav.\n\nSamma krav igen.", marker=marker) == ["krav"]
    assert words_in("Och krav en gång till.", marker=marker) == []


def test_a_paragraph_has_one_marked_word_at_most_and_the_next_waits_for_its_turn():
    make_term("krav")
    make_term("makt")

    assert words_in("Makt och krav.\n\nEtt krav igen.") == ["Makt", "krav"]
    assert words_in("- makt och krav\n- krav") == ["makt", "krav"]


def test_a_word_is_known_by_its_forms_and_the_longest_term_wins():
    make_term("möte", slug="mote", forms=["mötet", "möten"])
    make_term("möte med ansvariga", slug="ansvariga", forms=["mötet med ansvariga"])

    assert words_in("Vi övade inför mötet med ansvariga.") == ["mötet med ansvariga"]
    assert words_in("Vi övade inför mötet.") == ["mötet"]


@pytest.mark.parametrize("text", ["Ett kravbrev.", "Ett motkrav.", "Ett krav-brev.", "En brev-krav.", "Kravet."])
def test_a_part_of_a_word_is_not_the_word(text):
    make_term("krav")

    assert words_in(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Krav är bra.", ["Krav"]),
        ("Vi sa ja. Krav är bra.", ["Krav"]),
        ("Hon sa: ”Krav är bra.”", ["Krav"]),
        ("- Krav är bra", ["Krav"]),
        ("**Krav** är bra.", ["Krav"]),
        ("Föreningen Krav är bra.", []),
        ("KRAV är bra.", []),
    ],
)
def test_a_capital_letter_is_the_same_word_first_in_a_sentence_only(text, found):
    make_term("krav")

    assert words_in(text) == found


def test_a_name_in_capitals_is_marked_as_it_is_written():
    make_term("LSS", forms=["LSS:s"])

    assert words_in("Det står i LSS:s text.") == ["LSS:s"]
    assert words_in("Han heter Lss.") == []


def test_the_name_of_the_portal_is_no_word_to_explain():
    make_term("mobilisering")

    assert words_in("Mobilisering stöttar er.") == []
    assert words_in("Det kallas mobilisering.") == ["mobilisering"]


def test_headings_links_and_quotes_are_left_alone():
    make_term("krav")

    text = "## Krav\n\n> Ett krav.\n\n[Skriv ett krav](/verktyg/)\n\nEtt krav."

    html = Marker("sv").text(text)
    assert BUTTON.findall(html) == ["krav"]
    assert html.index("<p>Ett <button") > html.index("Skriv ett krav</a>")


def test_only_public_words_that_are_to_be_explained_are_marked():
    make_term("krav", state=State.DRAFT)
    make_term("makt", state=State.WITHDRAWN)
    make_term("grupp", is_marked=False)

    assert words_in("En grupp med makt och krav.") == []


def test_an_english_text_is_marked_with_english_words():
    make_term("krav", word_en="demand", meaning_en="What you want.")
    make_term("makt", word_en="power")  # its meaning is not translated yet

    assert words_in("They wrote two demands.\n\nIt gave them power.", "en") == ["demands"]
    assert words_in("They wrote krav.", "en") == []


def test_the_page_of_a_word_does_not_explain_the_word():
    make_term("krav", slug="krav")

    assert words_in("Ett krav.", marker=Marker("sv", without=["krav"])) == []


def test_the_marked_words_are_listed_from_a_to_o():
    for word in ["ö", "krav", "ärende", "ålägga", "zon", "idé", "iglo"]:
        make_term(word, slug=f"s-{alphabetical(word)[0]}-{word[-1].encode().hex()}", meaning=f"Om {word}.")
    marker = Marker("sv")

    marker.text("ö\n\nålägga\n\nkrav\n\nzon\n\närende\n\niglo\n\nidé")

    assert [one["word"] for one in marker.words] == ["idé", "iglo", "krav", "zon", "ålägga", "ärende", "ö"]
    page = render_to_string("knowledge/_words.html", {"marker": marker})
    assert re.findall(r"<dd>(.*?)</dd>", page)[0] == "Om idé."


def test_a_page_without_hard_words_has_no_list_of_them():
    assert render_to_string("knowledge/_words.html", {"marker": Marker("sv")}).strip() == ""


def test_all_texts_of_a_page_ask_the_glossary_once(django_assert_num_queries):
    make_term("krav")
    marker = Marker("sv")

    with django_assert_num_queries(1):
        for _ in range(3):
            marker.text("Ett krav.")


def test_html_that_is_made_already_is_marked_and_not_made_again():
    make_term("krav")

    assert "Ett <button" in marked(as_html("Ett krav.\nNy rad.", breaks=True), Marker("sv"))
    assert "<br>" in marked(as_html("Ett krav.\nNy rad.", breaks=True), Marker("sv"))
    assert "&lt;b&gt;" in marked("<b>krav</b>", Marker("sv"))


def test_what_an_editor_writes_in_a_meaning_is_text():
    make_term("krav", meaning="<script>alert(1)</script>")

    assert "<script>" not in Marker("sv").text("Ett krav.")


class Outline(HTMLParser):
    """The tags and the words of a page, without the marks."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.found = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, attrs))

    def handle_endtag(self, tag):
        self.found.append(f"/{tag}")

    def handle_data(self, data):
        self.found.append(data)


@given(text=st.text(alphabet=st.sampled_from("ab *_#>-[](/)&<>\"'\n.\u00a0krv"), max_size=120))
def test_the_rest_of_the_text_is_as_it_was(text):
    marker = Marker("sv")
    marker.__dict__["_forms"] = by_first_word([Term(slug="krav", word="krav", meaning="m")], "sv")
    html = as_html(text)

    unmarked = re.sub(
        r'<button class="term"[^>]*>(.*?)</button><span class="def".*?</span></span>', r"\1", marker.mark(html)
    )

    assert "".join(map(str, Outline(unmarked).found)) == "".join(map(str, Outline(html).found))


@pytest.mark.parametrize(("word", "letter"), [("ärende", "Ä"), ("åtgärd", "Å"), ("étude", "E"), ("90-konto", "9")])
def test_a_word_stands_under_its_letter(word, letter):
    assert initial(word) == letter
