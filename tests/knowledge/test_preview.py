"""A text as readers will see it, before they do: nobody else sees it, and nothing of it stays."""

from http import HTTPStatus

import pytest
from django.test import Client

from knowledge.actions.publishing import changes_so_far
from knowledge.caching import forget
from knowledge.enums import State
from knowledge.models import Example, ShortText, Term
from people.models import User
from tests.factories import NOW
from tests.knowledge.desk import address, form_on, whole_example, whole_term, whole_tool
from tests.knowledge.texts import make_example, make_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture(autouse=True)
def no_kept_pages():
    forget()
    yield
    forget()


@pytest.mark.parametrize("make", [make_example, whole_tool, whole_term, make_page])
@pytest.mark.parametrize("state", [State.DRAFT, State.READY, State.PUBLISHED, State.WITHDRAWN])
def test_a_text_in_any_state_is_drawn_as_readers_will_see_it(desk, make, state):
    text = make(
        "" if make is make_page else "Värmerundan",
        state=state,
        **({"title": "Värmerundan"} if make is make_page else {}),
    )
    row, before = type(text).objects.values().get(pk=text.pk), changes_so_far()

    response = desk.get(address(text, "preview"))

    said = response.content.decode()
    assert response.status_code == HTTPStatus.OK
    assert "Värmerundan" in said.partition("<main")[2]
    assert "Förhandsvisning." in said
    assert (response["X-Robots-Tag"], response["Cache-Control"]) == ("noindex, nofollow", "private, no-store")
    assert type(text).objects.values().get(pk=text.pk) == row
    assert changes_so_far() == before


def test_readers_see_nothing_of_what_was_previewed(desk):
    term = whole_term("värmerunda", state=State.DRAFT, forms=["värmerundan"])
    example = whole_example(wrong="Vi gick en värmerunda.")

    desk.get(address(term, "preview"))
    desk.get(address(example, "preview"))

    reader = Client()
    assert reader.get(f"/ordlista/{term.slug}/").status_code == HTTPStatus.NOT_FOUND
    assert "värmerunda" not in reader.get("/ordlista/").content.decode()
    assert "Förhandsvisning" not in reader.get(f"/exempel/{example.slug}/").content.decode()


def test_a_draft_looks_the_same_in_the_preview_as_when_it_is_out(desk):
    example = whole_example("Värmen kom", state=State.READY)
    previewed = _main(desk.get(address(example, "preview")))

    desk.post(address(example, "publish"))

    assert _main(Client().get(f"/exempel/{example.slug}/?lang=sv")) == previewed


def _main(response):
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def test_what_is_written_is_shown_and_not_saved(desk):
    example = whole_example("Värmen kom", steps=[("Ett", "A.")])

    answers = form_on(desk, address(example)) | {
        "title": "Värmen blev kvar", "learned": "Ring.\nSkriv.", "steps-1-title": "Två", "steps-1-text": "B.",
        "_preview": "1",
    }  # fmt: skip
    said = desk.post(address(example), answers).content.decode()

    assert all(one in said for one in ("Värmen blev kvar", "<li>Skriv.", "Två", "Inget är sparat"))
    example.refresh_from_db()
    assert (example.title, example.steps.count()) == ("Värmen kom", 1)


def test_a_text_that_does_not_exist_yet_can_be_seen_too(desk):
    url = "/admin/knowledge/term/add/"

    said = desk.post(url, form_on(desk, url) | {"word": "värmerunda", "meaning": "En runda.", "_preview": "1"})

    assert "En runda." in said.content.decode().partition("<main")[2]
    assert not Term.objects.exists()


def test_a_stub_can_be_seen_on_the_way(desk):
    example = whole_example("Värmen kom")

    said = desk.post(address(example), form_on(desk, address(example)) | {"outcome": "", "_preview": "1"})

    assert "Förhandsvisning." in said.content.decode()
    assert Example.objects.get().outcome


def test_the_preview_says_how_the_unsaved_words_read(desk):
    page = make_page()

    said = desk.post(address(page), form_on(desk, address(page)) | {"body": "Vi gallrar.", "_preview": "1"})

    assert "Undvik <q>gallrar</q>. Säg hellre: ta bort." in said.content.decode()


def test_the_english_is_seen_where_all_of_it_is_there(desk):
    page = make_page(title="Om oss", title_en="About us", body_en="A sentence.")

    assert "About us" in _main(desk.get(f"{address(page, 'preview')}?lang=en"))
    answers = form_on(desk, address(page)) | {"body_en": "", "_preview_en": "1"}
    said = desk.post(address(page), answers).content.decode()
    assert "Om oss" in said.partition("<main")[2]
    assert "Not everything is translated, so readers get the Swedish text." in said


def test_the_easy_version_is_seen_by_itself(desk):
    page = make_page(easy_title="Lätt om oss", easy="Vi finns.\nVi hjälper.")

    assert "Lätt om oss" in _main(desk.get(f"{address(page, 'preview')}?lattlast=1"))


def test_a_short_text_that_nobody_has_checked_is_seen_by_editors_alone(desk):
    short = ShortText.objects.create(language="ar", title="دعم", body="مجاني.", changed_at=NOW)

    said = desk.get(address(short, "preview")).content.decode()

    assert "مجاني." in said
    assert Client().get("/sprak/ar/").status_code == HTTPStatus.NOT_FOUND
    short.refresh_from_db()
    assert short.checked_on is None


def test_hostile_words_are_harmless_in_the_preview(desk):
    page = make_page(body='<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror="alert(1)">')

    said = _main(desk.get(address(page, "preview")))

    assert "<script>alert" not in said
    assert "<img" not in said
    assert 'href="javascript' not in said


def test_a_preview_is_asked_for_and_nothing_else(desk):
    page = make_page()

    assert desk.post(address(page, "preview")).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert desk.get("/admin/knowledge/page/987654/visa/").status_code == HTTPStatus.NOT_FOUND
