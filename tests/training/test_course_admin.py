"""What is taught, as editors write it and leaders read it."""

import pytest
from django.urls import reverse

from tests.factories import make_course
from tests.support.admin_pages import cells, page, text_of
from tests.training.admin_kit import queries
from training.models import Course

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

COURSES = "/admin/training/course/"
WRITTEN = {
    "title": "Makt: vem bestämmer?",
    "slug": "",
    "kind": "training",
    "audience": "groups",
    "topic": "power",
    "lead": "Vem bestämmer, och hur påverkar ni?",
    "outcomes": "hitta den som bestämmer, på riktigt\n\nfråga vem som har ansvar",
    "programme": "",
    "bring": "",
    "material": "",
}


@pytest.fixture
def as_editor(client, editor):
    client.force_login(editor)
    return client


def test_an_editor_writes_a_course_and_its_address_comes_of_the_title(as_editor):
    as_editor.post(reverse("admin:training_course_add"), WRITTEN)

    course = Course.objects.get()
    assert (course.slug, course.is_public) == ("makt-vem-bestammer", False)
    assert course.outcomes == ["hitta den som bestämmer, på riktigt", "fråga vem som har ansvar"]


def test_an_address_that_is_taken_gets_a_number(as_editor):
    make_course(slug="makt-vem-bestammer")

    as_editor.post(reverse("admin:training_course_add"), WRITTEN)

    assert Course.objects.filter(slug="makt-vem-bestammer-2").exists()


def test_what_is_edited_is_saved_and_the_rest_is_kept(as_editor):
    course = make_course(title="Rätt", outcomes=["en sak", "en sak, till"], audience="groups")
    form = as_editor.get(page(course)).context["adminform"].form
    shown = {name: form[name].value() or "" for name in form.fields}
    shown["outcomes"] = "\n".join(course.outcomes)

    as_editor.post(page(course), {**shown, "title": "Rättigheter", "is_public": "on"})

    course.refresh_from_db()
    assert (course.title, course.outcomes, course.is_public) == ("Rättigheter", ["en sak", "en sak, till"], True)


def test_a_line_that_is_too_long_is_refused_in_words(as_editor):
    response = as_editor.post(reverse("admin:training_course_add"), {**WRITTEN, "outcomes": "a" * 201})

    assert "Skriv högst 200 tecken på varje rad." in text_of(response)
    assert not Course.objects.exists()


def test_the_page_leads_to_the_website_only_when_it_stands_there(as_editor):
    course, hidden = make_course(slug="makt"), make_course(is_public=False)

    assert 'href="/utbildningar/makt/"' in as_editor.get(page(course)).content.decode()
    assert "syns inte på webbplatsen än" in text_of(as_editor.get(page(hidden)))


def test_a_leader_reads_a_course_and_finds_its_sessions_but_changes_nothing(as_leader):
    course = make_course()

    response = as_leader.get(page(course))

    assert "Visa tillfällen" in text_of(response)
    assert as_leader.post(page(course), WRITTEN).status_code == 403
    assert as_leader.get(reverse("admin:training_course_add")).status_code == 403


def test_the_list_is_narrowed_and_searched(as_editor):
    make_course(title="Makt", audience="groups")
    make_course(title="Handledning", audience="enablers")

    assert cells(as_editor.get(COURSES), "title") == ["Handledning", "Makt"]
    assert cells(as_editor.get(COURSES, {"audience": "groups"}), "title") == ["Makt"]
    assert cells(as_editor.get(COURSES, {"q": "hand"}), "title") == ["Handledning"]


@pytest.mark.parametrize("who", ["outsider", "treasurer", None])
def test_nobody_else_gets_in(client, request, who):
    if who:
        client.force_login(request.getfixturevalue(who))

    assert client.get(COURSES).status_code in {302, 403}


def test_the_list_asks_as_often_for_three_as_for_one(as_editor):
    make_course()
    as_editor.get(COURSES)
    for_one = queries(as_editor, COURSES)
    make_course()
    make_course()

    assert queries(as_editor, COURSES) == for_one
