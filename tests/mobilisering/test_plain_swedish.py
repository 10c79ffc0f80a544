"""The gate of plain Swedish: it stops what is hard to read, and what is rendered from the database passes it too."""

from pathlib import Path

import pytest
from django.test import Client

from knowledge.actions.seeding import seed_texts
from knowledge.models import Page
from knowledge.texts import KINDS, path_of
from mobilisering.plain_swedish import EASY, EMAIL, FORM, PUBLIC, Measured, all_faults, in_code, in_seeds
from tests.factories import NOW
from tests.mobilisering.rendered import main_text
from tests.support.walking import WAY, walk

OTHER_PAGES = [
    "/", "/sprak/", "/lattlast/", "/exempel/", "/verktyg/", "/ordlista/", "/sok/", "/handbok/", "/oppna-data/",
    "/finns-inte/",
]  # fmt: skip
FORMS = ["/for-dig-som-stottar/", "/exempel/lamna/"]


def faults_of(text: str, most_lix: float = PUBLIC) -> list[str]:
    return list(Measured("here", text, most_lix).faults())


def test_what_the_repository_says_is_plain() -> None:
    assert all_faults() == []


def test_the_gate_has_read_every_kind_of_text() -> None:
    read = {text.place.rsplit("/", 1)[0]: text.most_lix for text in (*in_seeds(), *in_code()) if text.text}

    kinds = {f"knowledge/seed/{kind}" for kind in ("terms", "tools", "pages", "examples")}
    assert kinds | {"templates/mobilisering", "templates/support/emails", "support/forms", "messages"} <= read.keys()


@pytest.mark.parametrize("most_lix", [PUBLIC, FORM, EMAIL, EASY])
def test_a_text_of_long_words_does_not_pass(most_lix: float) -> None:
    text = "Kommunstyrelsens förvaltningsledning samordnar verksamhetsutvecklingen. " * 30

    assert [fault.partition(":")[2][:5] for fault in faults_of(text, most_lix)] == [" LIX "]


def test_a_sentence_of_twenty_one_words_does_not_pass() -> None:
    assert faults_of("vi ses i dag " * 5 + ".") == []
    assert "21 words" in faults_of("vi ses i dag " * 5 + "nu.")[0]


@pytest.mark.parametrize("word", ["Ansök", "återkopplingen", "målgrupp", "medel", "vänligen", "Insatser"])
def test_a_word_to_avoid_does_not_pass(word: str) -> None:
    (fault,) = faults_of(f"{word} i dag.")

    assert f"avoid “{word}”" in fault


@pytest.mark.parametrize("word", ["medelålders", "insändare", "målet", "projektet"])
def test_a_word_that_only_looks_like_one_passes(word: str) -> None:
    assert faults_of(f"En {word} till.") == []


def test_a_bad_text_in_a_file_is_found(tmp_path: Path) -> None:
    written = {
        "templates/support/sida.html": '{% load i18n %}<p>{% translate "Vänligen ansök." %}</p>',
        "templates/support/emails/brev.txt": '{% load i18n %}{% translate "Vi handlägger det." %}',
        "support/forms/fraga.py": '_("Uppgiften är ogiltig.")',
        "knowledge/seed/tools/verktyg.toml": 'title = "Prata"\n[[steps]]\ntitle = "Ses"\ntext = "Ha ett dialogmöte."',
    }
    for name, text in written.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text(text)

    found = {fault.partition(":")[0] for fault in all_faults(tmp_path)}

    assert written.keys() <= found


@pytest.fixture
def seeded(db: None) -> None:
    seed_texts(now=NOW, with_examples=True)


@pytest.mark.usefixtures("seeded")
def test_every_public_page_is_plain_as_it_is_rendered(client: Client) -> None:
    rows = [row for kind in KINDS for row in kind.published()]
    paths = {*OTHER_PAGES, *map(path_of, rows)}

    found = {path: faults_of(main_text(client.get(path).content.decode())) for path in sorted(paths)}

    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.usefixtures("seeded")
def test_every_easy_page_is_easier_still(client: Client) -> None:
    paths = [f"{page.path}lattlast/" for page in Page.objects.exclude(easy="")]

    found = {path: faults_of(main_text(client.get(path).content.decode()), EASY) for path in paths}

    assert {path: faults for path, faults in found.items() if faults} == {}
    assert len(paths) >= 5


@pytest.mark.parametrize("path", FORMS)
def test_a_form_is_plainer_than_a_page(path: str, client: Client, seeded: None) -> None:
    assert faults_of(main_text(client.get(path).content.decode(), of_form=True), FORM) == []


def test_every_question_is_plainer_than_a_page(client: Client, db: None) -> None:
    walk(client)
    pages = ["/stod/", *(f"/stod/{slug}/" for slug in WAY), "/stod/kolla/"]

    said = [main_text(client.get(path).content.decode(), of_form=True) for path in pages]

    assert [fault for text in said for fault in faults_of(text, PUBLIC)] == []
    assert faults_of("\n".join(said), FORM) == []
