"""The handbook as a book: what stands in it, in which order, and that whoever listens to it can find the way."""

import re
from itertools import pairwise
from typing import Any

import pytest

from knowledge.enums import State
from knowledge.handbook.book import gather
from knowledge.handbook.printing import print_book
from knowledge.models import Tool
from people.models import User
from tests.factories import NOW
from tests.knowledge.handbook_kit import make, outline_of, reader, words_of
from tests.knowledge.texts import make_example, make_term, make_tool

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


def test_the_book_has_cover_contents_chapters_and_a_last_page(editor: User) -> None:
    make_tool("Första mötet")
    make_example("Värmen kom tillbaka")
    make_term("krav")

    edition = make(editor, title="Handbok för grupper")

    pdf = reader(edition)
    pages = [" ".join(page.extract_text().split()) for page in pdf.pages]
    assert edition.pages == len(pages) == 6
    assert "Mobilisering" in pages[0]
    assert pages[0].endswith("Handbok för grupper Upplaga 1 · 1 september 2026")
    assert re.search(r"Innehåll Verktyg[ .]+3 Första mötet[ .]+3 Exempel[ .]+4 Värmen kom tillbaka[ .]+4", pages[1])
    assert outline_of(pdf) == [
        "Innehåll",
        "Verktyg",
        ["Första mötet"],
        "Exempel",
        ["Värmen kom tillbaka"],
        "Ordlista",
        ["K"],
        "Om boken",
        ["Du får använda texterna"],
    ]
    assert "CC BY 4.0" in pages[5]


def test_the_book_is_tagged_and_says_its_title_and_its_language(editor: User) -> None:
    make_tool()

    pdf = reader(make(editor, title="Handbok"))

    root: Any = pdf.trailer["/Root"]
    assert root["/Lang"] == "sv"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Handbok, upplaga 1"


def test_the_picture_on_the_cover_is_told_in_words(editor: User) -> None:
    make_tool()

    figures = [one for one in _elements(reader(make(editor))) if one.get("/S") == "/Figure"]

    assert [one["/Alt"] for one in figures] == ["Tre människor sida vid sida under en båge."]


def test_headings_go_down_one_level_at_a_time(editor: User) -> None:
    make_tool(steps=[("Börja", "# En rubrik\n\n###### En till\n\n> #### I ett citat")], sheet="## Rubrik")
    make_example(wrong="##### Långt ner")

    levels = [int(str(one["/S"])[2:]) for one in _elements(reader(make(editor))) if re.match(r"/H\d", str(one["/S"]))]

    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def _elements(pdf: Any) -> list[Any]:
    found, waiting = [], [pdf.trailer["/Root"]["/StructTreeRoot"]["/K"]]
    while waiting:
        one = waiting.pop(0).get_object() if hasattr(waiting[0], "get_object") else waiting.pop(0)
        if isinstance(one, list):
            waiting = [*one, *waiting]
        elif isinstance(one, dict) and "/S" in one:
            found.append(one)
            waiting = [one.get("/K", []), *waiting]
    return found


def test_each_text_is_told_with_all_its_parts(editor: User) -> None:
    tool = make_tool(
        "Skriv ett krav",
        when="När ni vet",
        time="90 minuter",
        people="3–15",
        bring="Pennor",
        tips=["Läs **högt**."],
        pitfalls=["Ingen läser."],
        sheet="- Vem? ____ Vad? ____",
    )
    make_example(
        "Bussen kom tillbaka",
        place="Askholma",
        period="Mars till maj",
        who="Nio grannar",
        duty_bearer="Regionen",
        cost_text="300 kronor",
        supports=["startup"],
        quote="Vi gick dit.",
        quote_by="En i gruppen",
        did_not_work="Namnlistan.",
        tools=[tool],
    )

    words = words_of(make(editor))

    for part in [
        "När: När ni vet Tid: 90 minuter Antal: 3–15 Ta med: Pennor",
        "Så gör ni 1. Sitt i en ring · 10 minuter Alla säger sitt namn. Tips • Läs högt.",
        "Det här brukar gå fel • Ingen läser. Arbetsblad • Vem? Vad?",
        "Påhittat exempel Det var kallt. Sedan blev det varmt. Plats: Askholma Tid: Mars till maj Gruppen: Nio grannar",
        "Ansvarig: Regionen Kostnad: 300 kronor Stöd de fick: Uppstart Vad var fel? Elementen var kalla.",
        "Så gjorde gruppen 1. De började mäta Alla mätte varje kväll. Vi gick dit. En i gruppen Vad hände sedan?",
        "Det som inte fungerade Namnlistan.",
        "Det här lärde de sig • Mät själva.",
        "Verktyg de använde • Skriv ett krav (sidan 3)",
    ]:
        assert part in words


def test_an_example_of_a_real_group_is_not_called_invented(editor: User) -> None:
    make_example(is_invented=False, checked_at=NOW)

    assert "Påhittat exempel Det var" not in words_of(make(editor))


def test_the_texts_stand_in_the_order_they_were_chosen_in(editor: User) -> None:
    first, second, third = (make_tool(title) for title in ("Alfa", "Beta", "Gamma"))

    chapters = outline_of(reader(make(editor, tools=[third, first, second])))

    assert chapters[chapters.index("Verktyg") + 1] == ["Gamma", "Alfa", "Beta"]


def test_the_glossary_holds_the_chosen_words_and_those_that_the_texts_use(editor: User) -> None:
    chosen = make_term("ärende", meaning="En fråga.", usage="Vårt ärende är här.", say_instead="fråga", word_en="case")
    make_term("möjliggörare", forms=["möjliggöraren"], related=[chosen])
    make_term("överklagande", forms=["överklaga"], is_marked=False)
    make_term("allians")
    make_tool(lead="Be **möjliggöraren** om hjälp att överklaga.")

    edition = make(editor, terms=[chosen])

    glossary = words_of(edition).split("förklaringar.")[1].split("Om boken")[0]
    assert "M möjliggörare Vad möjliggörare är. Hör ihop med: ärende" in glossary
    assert "Ä ärende En fråga. Så kan det låta: ”Vårt ärende är här.” Säg hellre: fråga På engelska: case" in glossary
    assert glossary.index("möjliggörare") < glossary.index("ärende En fråga")
    assert "överklagande" not in glossary
    assert "allians" not in glossary


def test_what_is_not_public_is_not_in_the_book(editor: User) -> None:
    draft = make_tool("Hemligt utkast", state=State.DRAFT)
    gone = make_example("Borttaget", state=State.WITHDRAWN)
    shown = make_tool("Öppet")

    edition = make(editor, tools=[draft, shown], examples=[gone])

    assert edition.chosen == {"tools": [shown.pk], "examples": [], "terms": []}
    assert "Hemligt" not in words_of(edition)
    assert "Borttaget" not in words_of(edition)
    assert "Exempel" not in outline_of(reader(edition))


def test_a_book_in_english_says_which_texts_are_in_swedish(editor: User) -> None:
    step = {"title": "Sitt", "text": "I en ring.", "title_en": "Sit", "text_en": "In a circle."}
    make_tool("Första mötet", title_en="The first meeting", lead_en="This is how you begin.", steps=[step])
    make_tool("Bara på svenska", title_en="All but the steps", lead_en="They are in Swedish.")

    pdf: Any = reader(make(editor, language="en", title="A handbook"))

    assert pdf.trailer["/Root"]["/Lang"] == "en"
    assert {str(one["/Lang"]) for one in _elements(pdf) if "/Lang" in one} >= {"sv"}
    chapters = str(outline_of(pdf))
    assert "The first meeting" in chapters
    assert "Bara på svenska" in chapters


HOSTILE = [
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.3.0": *',
    '#eval("1+1") #sys.inputs $ x^2 $ `raw` <label> @ref',
    "\\ { [ ( $ # * _ ~ = - + / ' \" ``` //",
    "</text><script>alert(1)</script> %PDF-1.7 endobj",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_a_program_is_printed_as_words(editor: User, text: str) -> None:
    make_tool(f"T {text}", lead=text, when=text, bring=text, tips=[text], sheet=text, steps=[(text, text)])
    make_term(f"ord {text}", meaning=text, usage=text)

    words = words_of(make(editor, title=f"Bok {text}"[:120]))

    first_word = max(text.split(), key=len)
    plain = re.sub(r"[`*_\\]", "", first_word)
    assert plain in re.sub(r"[`*_\\]", "", words)
    assert "root:" not in words


DEEP = [">" * 2000 + " x", "- " * 1000 + "x", "**" * 700 + "x" + "**" * 700, "[x" * 300, "1. " * 500]


@pytest.mark.parametrize("text", DEEP)
def test_markup_within_markup_within_markup_does_not_stop_the_book(editor: User, text: str) -> None:
    make_example(wrong=f"Före.\n\n{text}", outcome="Efter.")

    assert "Vad var fel? Före." in (words := words_of(make(editor)))
    assert "Vad hände sedan? Efter." in words


def test_signs_that_no_font_can_draw_do_not_stop_the_book(editor: User) -> None:
    make_tool("Tal 😀 الحق Право", lead="\x07 \u200b \u202e \ue000 \ufeff 漢字", tips=["Tecken: ☃ ∑ → ½ ﬁ", "slut"])

    edition = make(editor)

    words = words_of(edition)
    assert edition.made_at == NOW
    assert "Tal □" in words
    assert "Право" in words
    assert "slut" in words


def test_links_lead_to_the_page_in_the_book_or_to_the_portal(editor: User) -> None:
    other = make_tool("Skriv ett krav")
    text = (
        f"Se [kravet](/verktyg/{other.slug}/), [stödet](/stod/?a=1), [lagen](https://lagen.example/), [x](javascript:x)"
    )
    make_tool("Första mötet", lead=text)

    edition = make(editor, tools=[*Tool.objects.order_by("-pk")])

    addresses = {
        str(link.get_object()["/A"]["/URI"])
        for page in reader(edition).pages
        for link in page.get("/Annots", [])
        if "/URI" in link.get_object().get("/A", {})
    }
    assert {"http://127.0.0.1:8000/stod/?a=1", "https://lagen.example/"} <= addresses
    assert not any("javascript" in one for one in addresses)
    assert "Se kravet (sidan 4), stödet, lagen" in words_of(edition)


def test_the_same_book_is_the_same_file(editor: User) -> None:
    make_tool()
    edition = make(editor)

    content = gather(edition, day=NOW.date()).content

    assert print_book(content, at=NOW).pdf == print_book(content, at=NOW).pdf


def test_the_book_is_gathered_by_the_same_queries_however_many_texts(
    editor: User, django_assert_num_queries: Any
) -> None:
    def texts(count: int) -> None:
        for _number in range(count):
            make_example(tools=[make_tool()])
            make_term(related=[make_term()])

    texts(1)
    edition = make(editor)
    with django_assert_num_queries(8):
        gather(edition, day=NOW.date())
    texts(2)
    edition = make(editor)
    with django_assert_num_queries(8):
        gather(edition, day=NOW.date())
