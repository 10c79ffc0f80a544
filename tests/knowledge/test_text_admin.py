"""Public texts in the admin: written in two languages, measured, refused when something is wrong."""

from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from knowledge.actions.publishing import changes_so_far
from knowledge.enums import State
from knowledge.models import Example, Page, SearchEntry, Term, Tool
from people.models import User
from tests.factories import NOW
from tests.knowledge.desk import address, form_on, listed, whole_example, whole_term, whole_tool
from tests.knowledge.texts import make_page, make_term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def test_what_an_editor_saves_is_public_and_found_at_once(desk):
    term, before = whole_term("värme"), changes_so_far()

    answers = form_on(desk, address(term)) | {"meaning": "Det som element ger.", "word_en": "heating"}
    response = desk.post(address(term), answers)

    assert response.status_code == HTTPStatus.FOUND
    term.refresh_from_db()
    assert (term.meaning, term.word_en, term.changed_at) == ("Det som element ger.", "heating", NOW)
    assert SearchEntry.objects.get(kind="term", about_id=term.pk, language="sv").lead == "Det som element ger."
    assert changes_so_far() > before
    assert "Det som element ger." in desk.get(f"/ordlista/{term.slug}/").content.decode()


def test_lines_are_saved_in_the_order_they_are_written(desk):
    example = whole_example(learned=["Mät.", "Skriv.", "Gå dit."])

    answers = form_on(desk, address(example))
    assert answers["learned"] == "Mät.\nSkriv.\nGå dit."
    desk.post(address(example), answers | {"learned": " Gå dit.\r\n\r\nMät.\r\nSkriv."})

    example.refresh_from_db()
    assert example.learned == ["Gå dit.", "Mät.", "Skriv."]


def test_a_line_that_is_too_long_is_refused(desk):
    example = whole_example()

    response = desk.post(address(example), form_on(desk, address(example)) | {"learned": "a" * 301})

    assert "En rad får ha högst 300 tecken." in response.content.decode()


def test_steps_are_added_moved_and_taken_out(desk):
    tool = whole_tool(steps=[("Ett", "A."), ("Två", "B."), ("Tre", "C.")])

    answers = form_on(desk, address(tool))
    answers |= {"steps-0-number": "9", "steps-1-DELETE": "on", "steps-3-title": "Fyra", "steps-3-text": "D."}
    response = desk.post(address(tool), answers)

    assert response.status_code == HTTPStatus.FOUND
    assert list(tool.steps.values_list("number", "title")) == [(1, "Tre"), (2, "Ett"), (3, "Fyra")]


def test_a_new_text_gets_a_name_of_its_own_from_its_heading(desk):
    make_term("Värmestuga", slug="varmestuga")

    answers = form_on(desk, reverse("admin:knowledge_term_add"))
    response = desk.post(
        reverse("admin:knowledge_term_add"),
        answers | {"word": "Värmestugá", "meaning": "Ett rum.", "usage": "Vi ses där."},
    )

    term = Term.objects.get(word="Värmestugá")
    assert (term.slug, term.state, response["Location"]) == ("varmestuga-2", State.DRAFT, address(term))


def test_a_text_is_not_put_where_the_portal_has_a_page_of_its_own(desk):
    answers = form_on(desk, reverse("admin:knowledge_term_add")) | {"word": "flöde", "meaning": "Det som rinner."}

    refused = desk.post(reverse("admin:knowledge_term_add"), answers | {"slug": "flode"})
    desk.post(reverse("admin:knowledge_term_add"), answers)

    assert "Där står en annan sida." in refused.content.decode()
    assert list(Term.objects.values_list("slug", flat=True)) == ["flode-2"]


def test_the_name_in_the_address_is_fixed_once_readers_have_met_it(desk):
    term = make_term(slug="varme")

    desk.post(address(term), form_on(desk, address(term)) | {"slug": "kyla"})

    term.refresh_from_db()
    assert term.slug == "varme"


@pytest.mark.parametrize("path", ["om", "/stod/", "/exempel/", "/"])
def test_a_page_is_not_put_where_there_is_one(desk, path):
    url = reverse("admin:knowledge_page_add")

    desk.post(url, form_on(desk, url) | {"path": path, "title": "Ny", "body": "Text."})

    assert not Page.objects.exists()


def test_a_page_at_a_free_address_is_read_when_it_is_published(desk):
    url = reverse("admin:knowledge_page_add")
    desk.post(url, form_on(desk, url) | {"path": "/volontar/", "title": "Bli med", "body": "Välkommen."})
    page = Page.objects.get()
    assert desk.get("/volontar/").status_code == HTTPStatus.NOT_FOUND

    desk.post(address(page, "publish"))

    assert "Välkommen." in desk.get("/volontar/").content.decode()


def test_a_public_text_cannot_be_saved_as_a_stub_and_nothing_written_is_lost(desk):
    example = whole_example("Värmen kom")

    response = desk.post(address(example), form_on(desk, address(example)) | {"wrong": "", "outcome": "Nya ord."})

    said = response.content.decode()
    assert "Det saknas något som måste finnas i en publicerad text: vad som var fel." in said
    assert "Nya ord." in said
    example.refresh_from_db()
    assert (example.wrong, example.outcome) == ("Elementen var kalla.", "Hyresvärden lagade värmen.")


def test_taking_the_last_step_out_of_a_public_text_is_refused(desk):
    example = whole_example(steps=[("Ett", "A.")])

    desk.post(address(example), form_on(desk, address(example)) | {"steps-0-DELETE": "on"})

    assert example.steps.count() == 1


def test_nobody_writes_over_what_a_colleague_saved_meanwhile(desk):
    term = whole_term("värme")
    answers = form_on(desk, address(term))
    Term.objects.filter(pk=term.pk).update(meaning="Kollegans ord.")

    response = desk.post(address(term), answers | {"meaning": "Mina ord."})

    assert "Någon annan har ändrat" in response.content.decode()
    term.refresh_from_db()
    assert term.meaning == "Kollegans ord."


def test_how_a_text_reads_stands_beside_it(desk):
    long = (
        "Den här meningen har alldeles för många ord, för den räknar upp ett och två och tre och fyra och fem och sex."
    )
    page = make_page(body=f"Vi finansierar utsatta. {long}")

    said = desk.get(address(page)).content.decode()

    assert "längsta meningen 23 ord" in said
    assert "Undvik <q>finansierar</q>. Säg hellre: pengar till." in said
    assert f"Dela meningen: <q>{long}</q>" in said


def test_each_text_says_its_language(desk):
    said = desk.get(address(whole_tool())).content.decode()

    assert 'name="lead" cols="40" rows="3" class="vLargeTextField" maxlength="400" lang="sv"' in said
    assert 'lang="en"' in said.partition('name="lead_en"')[2][:120]
    assert 'lang="en"' in said.partition('name="steps-0-text_en"')[2][:120]


@pytest.mark.parametrize("make", [whole_example, whole_tool, whole_term, make_page])
def test_a_list_asks_as_many_questions_whatever_it_shows(desk, make):
    model = type(make())
    url = listed(model, "?show=all")
    desk.get(url)
    few = _asked(desk, url)
    make()
    make()

    assert _asked(desk, url) == few


def _asked(client, url):
    with CaptureQueriesContext(connection) as questions:
        assert client.get(url).status_code == HTTPStatus.OK
    return len(questions)


def test_the_list_of_examples_says_what_is_missing(desk):
    whole_example("Utkastet", state=State.DRAFT, cost="", outcome="")

    said = desk.get(listed(Example)).content.decode()

    assert "8 av 11 delar klara. Saknas: vad som hände sedan, stöd de fick, vad det kostade" in said


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["På gång"]),
        ("?show=published", ["Ute", "Gammal"]),
        ("?show=again", ["Gammal"]),
        ("?show=withdrawn", ["Borta"]),
        ("?show=all&q=gång", ["På gång"]),
        ("?show=hittepa", ["På gång"]),
    ],
)
def test_the_tabs_of_the_list(desk, query, titles):
    whole_example("På gång", state=State.REVIEW)
    whole_example("Gammal", review_by=NOW.date())
    whole_example("Ute")
    whole_example("Borta", state=State.WITHDRAWN)

    response = desk.get(listed(Example, query))

    assert [row.title for row in response.context["cl"].result_list] == titles


@pytest.mark.parametrize("who", ["leader", "office_manager", "treasurer"])
def test_only_those_who_write_texts_come_in(client, request, who):
    client.force_login(request.getfixturevalue(who))
    term = make_term()

    for url in (listed(Term), address(term), address(term, "preview"), address(term, "publish")):
        assert client.get(url).status_code == HTTPStatus.FORBIDDEN, url
        assert client.post(address(term, "publish")).status_code == HTTPStatus.FORBIDDEN


def test_a_text_is_withdrawn_and_never_deleted(desk):
    tool = whole_tool()

    assert desk.get(address(tool, "delete")).status_code == HTTPStatus.FORBIDDEN
    assert Tool.objects.exists()


@pytest.mark.parametrize(
    "path",
    [
        "//ond.example/", "/../", "/två ord/", "/om?x/", "/a/#b/", "/<b>/", "/a//b/", "/Om/", "/%2e%2e/",
        "/static/x/", "/dev/x/", "/konto/x/", "/admin/x/", "/stod/x/", "/min-sida/x/", "/ny/lattlast/",
    ],
)  # fmt: skip
def test_a_page_is_not_put_where_nobody_would_find_it(desk, path):
    url = reverse("admin:knowledge_page_add")

    desk.post(url, form_on(desk, url) | {"path": path, "title": "Ny", "body": "Text."})

    assert not Page.objects.exists()


def test_signs_that_nobody_sees_are_not_saved(desk):
    tool = whole_tool()

    desk.post(
        address(tool), form_on(desk, address(tool)) | {"title": "Kallt\x0b i \x1bhuset\u202e", "tips": "Ett\x07\nTvå"}
    )

    tool.refresh_from_db()
    assert (tool.title, tool.tips) == ("Kallt i huset", ["Ett", "Två"])


@pytest.mark.parametrize("state", [State.READY, State.PUBLISHED])
def test_what_comes_out_as_invented_does_not_become_real_without_being_read(desk, state):
    example = whole_example(state=state)
    form = form_on(desk, address(example))
    del form["is_invented"]

    response = desk.post(address(example), form)

    example.refresh_from_db()
    assert (response.status_code, example.is_invented, example.state) == (HTTPStatus.OK, True, state)
