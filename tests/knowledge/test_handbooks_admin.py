"""How an editor makes a handbook: choosing, waiting, reading through, publishing."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from knowledge.actions.publishing import withdraw
from knowledge.enums import State
from knowledge.models import HandbookEdition
from people.actions.jobs import run_due_jobs
from people.enums import JobState
from people.models import Job, User
from tests.factories import NOW
from tests.knowledge.handbook_kit import make, order, published
from tests.knowledge.texts import make_example, make_term, make_tool
from tests.support.admin_pages import buttons, cells, do, page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

LIST = "/admin/knowledge/handbookedition/"
ADD = f"{LIST}add/"


@pytest.fixture
def as_editor(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def once_of(response: Any) -> str:
    return str(response.context["once_key"])


def test_every_public_text_is_ticked_and_has_its_place(as_editor: Client) -> None:
    tools = [make_tool("Alfa", order=1), make_tool("Beta", order=2)]
    make_tool("Utkast", state=State.DRAFT)
    make_example("Värmen")
    make_term("krav")

    form = as_editor.get(ADD).context["form"]

    lines = {field.name: [(one.title, one.is_chosen) for one in lines] for field, lines in form.kinds()}
    assert lines == {
        "tools": [("Alfa", True), ("Beta", True)],
        "examples": [("Värmen", True)],
        "terms": [("krav", True)],
    }
    assert [form[f"tools_{tool.pk}"].initial for tool in tools] == [1, 2]


def test_a_book_is_ordered_in_the_order_that_was_asked_for(as_editor: Client) -> None:
    first, second, third = make_tool(), make_tool(), make_tool()
    example, term = make_example(), make_term()
    places = {f"tools_{first.pk}": "3", f"tools_{second.pk}": "", f"tools_{third.pk}": "2"}
    answers = {"title": "Vår bok", "language": "sv", "tools": [first.pk, second.pk, third.pk], "examples": []} | places

    response = as_editor.post(ADD, {**answers, "terms": [term.pk], "once": once_of(as_editor.get(ADD))})

    edition = HandbookEdition.objects.get()
    assert response["Location"] == page(edition)
    assert edition.chosen == {"tools": [third.pk, first.pk, second.pk], "examples": [], "terms": [term.pk]}
    assert example.pk not in edition.chosen["examples"]


def test_a_double_click_makes_one_edition(as_editor: Client) -> None:
    answers = {"title": "Bok", "language": "sv", "tools": [make_tool().pk], "once": once_of(as_editor.get(ADD))}

    for _time in range(2):
        as_editor.post(ADD, answers)

    assert (HandbookEdition.objects.count(), Job.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"title": ""}, "Skriv ett svar"),
        ({"tools": []}, "Välj minst en text."),
        ({"tools": [99_999_999]}, "En text som du valde är inte publicerad längre."),
        ({"language": "fr"}, "Välj ett av svaren i listan"),
    ],
)
def test_what_cannot_be_made_is_said_and_what_was_ticked_is_kept(
    as_editor: Client, answers: dict[str, Any], words: str
) -> None:
    tool, other = make_tool("Alfa"), make_tool("Beta")

    response = as_editor.post(ADD, {"title": "Bok", "language": "sv", "tools": [tool.pk]} | answers)

    assert words in text_of(response)
    ticked = {one.title: one.is_chosen for one in dict(_lines(response))["tools"]}
    assert ticked == {"Alfa": answers.get("tools", [tool.pk]) == [tool.pk], other.title: False}
    assert not HandbookEdition.objects.exists()


def _lines(response: Any) -> Any:
    return ((field.name, lines) for field, lines in response.context["form"].kinds())


def test_the_page_tells_how_far_it_is_and_then_shows_the_book(as_editor: Client, editor: User) -> None:
    make_tool("Första mötet")
    edition = order(editor)
    waiting = as_editor.get(page(edition))
    Job.objects.update(state=JobState.RUNNING, leased_until=NOW, done=1, total=4)
    running = as_editor.get(page(edition))
    Job.objects.update(state=JobState.WAITING, leased_until=None)
    run_due_jobs(lambda: NOW, seconds=30)
    made = as_editor.get(page(edition))

    assert "Boken görs Det börjar inom några sekunder." in text_of(waiting)
    assert "1 av 4 texter är klara." in text_of(running)
    assert "Gör om upplagan" not in buttons(running)
    assert "Klar att läsa igenom" in text_of(made)
    assert "Första mötet" in text_of(made)
    assert {"Publicera upplagan", "Gör om upplagan", "Ny upplaga"} <= set(buttons(made))


def test_work_that_failed_says_why_and_can_be_tried_again(as_editor: Client, editor: User) -> None:
    tool = make_tool()
    edition = order(editor)
    withdraw(tool, now=NOW)
    run_due_jobs(lambda: NOW, seconds=30)

    response = as_editor.get(page(edition))

    assert "Det gick inte Inget av det du valde är publicerat längre." in text_of(response)
    as_editor.post(do(edition, "again"))
    assert Job.objects.filter(state=JobState.WAITING).count() == 1


def test_the_book_is_read_through_by_editors_alone_before_it_is_published(
    client: Client, as_editor: Client, editor: User, leader: User
) -> None:
    make_tool()
    edition = make(editor)
    address = f"{LIST}{edition.pk}/bok/"

    response = as_editor.get(address)
    client.force_login(leader)
    refused = client.get(address)

    assert response.content == bytes(edition.pdf or b"")
    assert response["Cache-Control"] == "private, no-store"
    assert refused.status_code == 403


def test_a_book_that_is_not_made_has_nothing_to_show(as_editor: Client, editor: User) -> None:
    make_tool()

    assert as_editor.get(f"{LIST}{order(editor).pk}/bok/").status_code == 404


def test_an_edition_is_published_and_taken_away(as_editor: Client, editor: User) -> None:
    make_tool()
    edition = make(editor)

    as_editor.post(do(edition, "publish"), {"once": once_of(as_editor.get(do(edition, "publish")))})
    assert as_editor.get("/handbok/1.pdf").status_code == 200
    assert "Alla kan hämta upplagan sedan 1 september 2026." in text_of(as_editor.get(page(edition)))

    as_editor.post(do(edition, "withdraw"), {"once": once_of(as_editor.get(do(edition, "withdraw")))})
    assert as_editor.get("/handbok/1.pdf").status_code == 410
    assert "Sedan 1 september 2026 kan ingen hämta upplagan." in text_of(as_editor.get(page(edition)))


def test_the_editor_is_told_why_an_edition_must_be_made_anew(as_editor: Client, editor: User) -> None:
    example = make_example("Värmen")
    edition, waiting = published(editor), make(editor)
    withdraw(example, now=NOW)

    gone, again = text_of(as_editor.get(page(edition))), text_of(as_editor.get(page(waiting)))
    refused = as_editor.post(do(edition, "publish"), {"once": once_of(as_editor.get(do(edition, "publish")))})

    assert "Värmen Inte publicerad längre" in gone
    assert "Boken måste göras om" in again
    words = text_of(as_editor.get(refused["Location"]))
    assert "Ett exempel i boken har tagits bort eller ändrats. Gör en ny upplaga." in words
    assert as_editor.get("/handbok/1.pdf").status_code == 410


def test_a_new_edition_begins_with_the_texts_of_the_one_before(as_editor: Client, editor: User) -> None:
    first, second, new = make_tool("Alfa"), make_tool("Beta"), make_tool("Ny")
    edition = published(editor, title="Vår bok", tools=[second, first], terms=[])

    response = as_editor.get(do(edition, "new"))

    assert [(one.title, one.is_chosen) for one in dict(_lines(response))["tools"]] == [
        ("Beta", True),
        ("Alfa", True),
        ("Ny", False),
    ]
    answers = {"title": "Vår bok", "language": "sv", "tools": [new.pk], "once": once_of(response)}
    made = as_editor.post(do(edition, "new"), answers)
    assert made["Location"] == page(HandbookEdition.objects.get(number=2))


def test_the_list_shows_editions_by_the_same_queries_and_reads_no_book(as_editor: Client, editor: User) -> None:
    make_tool()
    published(editor)
    with CaptureQueriesContext(connection) as for_one:
        as_editor.get(LIST)
    make(editor)
    order(editor)
    with CaptureQueriesContext(connection) as for_three:
        response = as_editor.get(LIST)

    assert cells(response, "state_in_words") == ["Inte klar", "Klar att läsa igenom", "Publicerad"]
    assert len(for_one) == len(for_three)
    assert not any('"pdf"' in one["sql"] for one in for_three)


def test_an_editor_finds_the_own_work_among_jobs_and_nobody_elses(
    client: Client, as_editor: Client, editor: User, programme_manager: User
) -> None:
    make_tool()
    edition = order(editor)
    job = Job.objects.get()

    response = as_editor.get(f"/admin/people/job/{job.pk}/change/")
    assert as_editor.get(response["Location"])["Location"] == page(edition)

    client.force_login(programme_manager)
    assert client.get(f"/admin/people/job/{job.pk}/change/").status_code == 404
    assert client.get(f"{LIST}jobb/{job.pk}/").status_code == 404


def test_an_editor_sees_no_job_about_cases_even_an_own_old_one(as_editor: Client, editor: User) -> None:
    job = Job.objects.create(kind="support.export", user=editor, name="Hämta ut", created_at=NOW)

    assert as_editor.get(f"/admin/people/job/{job.pk}/change/").status_code == 404
    assert list(Job.objects.visible_to(editor)) == []


def test_someone_with_all_offices_still_sees_the_own_jobs_about_cases(programme_manager: User) -> None:
    job = Job.objects.create(kind="support.export", user=programme_manager, name="Hämta ut", created_at=NOW)

    assert list(Job.objects.visible_to(programme_manager)) == [job]
