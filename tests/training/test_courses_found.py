"""Courses stand where visitors look for other things: in the search, in the sitemap, in the menu."""

from typing import Any

import pytest
from django.test import Client

from knowledge.actions.reindexing import reindex
from people.models import User
from tests.factories import make_course, make_session
from training.actions.courses import course_changed
from training.models import Course

pytestmark = pytest.mark.django_db


def finds(words: str, course: Course) -> bool:
    page = Client().get("/sok/", {"q": words}).content.decode()
    return f'href="/utbildningar/{course.slug}/"' in page


def test_a_public_course_is_found_by_what_it_teaches() -> None:
    course = make_course(title="Makt på riktigt", outcomes=["rita en maktkarta"], programme="Vi börjar med fika.")
    hidden = make_course(title="Maktkarta för oss själva", is_public=False)

    reindex()

    assert (finds("maktkarta", course), finds("maktkarta", hidden)) == (True, False)


def test_what_changes_is_found_at_once_and_what_is_withdrawn_no_more() -> None:
    course = make_course(title="Om hagel")
    course_changed(course)
    assert finds("hagel", course)

    course.title = "Om snö"
    course.save()
    course_changed(course)
    assert (finds("snö", course), finds("hagel", course)) == (True, False)

    course.is_public = False
    course.save()
    course_changed(course)
    assert not finds("snö", course)


def test_a_course_that_is_saved_in_the_admin_is_found(client: Client, editor: User) -> None:
    course = make_course(title="Om hagel")
    client.force_login(editor)
    page = client.get(f"/admin/training/course/{course.pk}/change/")
    form = page.context["adminform"].form
    values: dict[str, Any] = {name: form[name].value() for name in form.fields}
    written = {name: "\n".join(value) if isinstance(value, list) else value for name, value in values.items()}

    sent = {name: value for name, value in written.items() if value not in {None, False}}
    saved = client.post(f"/admin/training/course/{course.pk}/change/", {**sent, "title": "Om snö"})

    assert saved.status_code == 302, saved.content.decode()
    assert finds("snö", course)


def test_the_sitemap_names_public_courses_alone(client: Client) -> None:
    public, hidden = make_course(), make_course(is_public=False)

    page = client.get("/sitemap.xml").content.decode()

    assert f"/utbildningar/{public.slug}/</loc>" in page
    assert hidden.slug not in page


def test_the_menu_and_the_start_page_lead_to_the_list(client: Client) -> None:
    make_session()

    assert client.get("/").content.decode().count('href="/utbildningar/"') == 2
