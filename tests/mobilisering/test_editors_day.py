"""The first page of whoever writes the public texts."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from knowledge.actions import links
from knowledge.enums import State
from knowledge.models import ShortText
from people.models import User
from tests.factories import NOW, TODAY
from tests.knowledge.desk import whole_example, whole_term, whole_tool
from tests.knowledge.texts import make_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def fill() -> None:
    whole_example("Kom in", state=State.REVIEW, contributed_at=NOW)
    whole_example("Klar", state=State.READY)
    whole_example("Hos gruppen", state=State.APPROVAL)
    whole_term(state=State.READY, publish_at=NOW + timedelta(days=1))
    whole_tool(state=State.READY, publish_at=NOW - timedelta(days=1))
    make_page(review_by=TODAY)
    make_page(body="[Bort](/finns-inte/)")
    links.check_links(NOW)


def test_an_editor_begins_with_what_waits_for_editors(desk):
    fill()
    ShortText.objects.create(language="so", title="Taageero", body="Waa bilaash.", changed_at=NOW)

    page = desk.get("/admin/")

    assert {block.slug: block.count for block in page.context["blocks"]} == {
        "new": 1,
        "ready": 2,
        "waiting": 1,
        "scheduled": 1,
        "again": 1,
        "links": 1,
        "languages": 1,
    }
    assert page.status_code == HTTPStatus.OK
    assert all(desk.get(row.url).status_code == HTTPStatus.OK for one in page.context["blocks"] for row in one.rows)


def test_an_empty_day_says_so(desk):
    assert "Inget väntar på dig just nu." in desk.get("/admin/").content.decode()


def test_the_page_asks_as_many_questions_whatever_waits(desk):
    fill()
    desk.get("/admin/")
    few = asked(desk)
    fill_more()

    assert asked(desk) == few


def fill_more() -> None:
    for _number in range(2):
        whole_example(state=State.REVIEW, contributed_at=NOW)
        make_page(review_by=TODAY)


def asked(client: Client) -> int:
    with CaptureQueriesContext(connection) as questions:
        client.get("/admin/")
    return len(questions)


def test_ten_rows_are_shown_and_all_are_counted(desk):
    for _number in range(12):
        whole_example(state=State.REVIEW)

    said = desk.get("/admin/")

    block = said.context["blocks"][0]
    assert (block.count, len(block.rows)) == (12, 10)
    assert "Visa alla (12)" in said.content.decode()


def test_whoever_has_both_cases_and_texts_finds_the_way(client, programme_manager):
    client.force_login(programme_manager)

    assert "/admin/texter/" in client.get("/admin/").content.decode()
    assert client.get("/admin/texter/").status_code == HTTPStatus.OK


@pytest.mark.parametrize(("who", "status"), [("leader", 403), ("treasurer", 403), ("outsider", 302)])
def test_others_do_not_come_in(client, request, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get("/admin/texter/").status_code == status
    assert "/admin/texter/" not in client.get("/admin/").content.decode()


def test_the_page_is_read_and_nothing_else(desk):
    assert desk.post("/admin/texter/").status_code == HTTPStatus.METHOD_NOT_ALLOWED
