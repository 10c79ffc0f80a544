"""Dina jobb: how far one's own work is, and the file it made. Others' work is not there."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from people.actions.jobs import JobFile, keep_file
from people.enums import JobState
from people.models import Job, User
from tests.factories import NOW
from tests.support.admin_pages import cells, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

JOBS = "/admin/people/job/"


def make_job(user: User, **kwargs: object) -> Job:
    fields: dict[str, object] = {
        "kind": "test",
        "name": "Hämta ut: Grupper",
        "created_at": NOW,
        "wipe_at": NOW,
    } | kwargs
    return Job.objects.create(user=user, **fields)


@pytest.fixture
def job(leader: User) -> Job:
    job = make_job(leader, state=JobState.DONE, wipe_at=NOW + timedelta(days=1))
    keep_file(job, JobFile("Grupper 2026-09-01.csv", b"a;b"), outcome={})
    return job


def test_the_list_shows_ones_own_alone(as_leader: Client, leader: User, colleague: User, job: Job) -> None:
    make_job(leader, state=JobState.FAILED, reason="Listan är för lång.")
    make_job(leader, state=JobState.WAITING, done=2, total=5)
    make_job(colleague, name="Samis jobb")

    response = as_leader.get(JOBS)

    assert cells(response, "state") == ["Väntar", "Gick inte", "Klart"]
    assert cells(response, "progress") == ["2/5", "–", "–"]
    assert cells(response, "result") == ["–", "Listan är för lång.", "En fil att hämta"]


def test_the_empty_list_says_what_comes_here(as_leader: Client) -> None:
    assert "Här är det tomt. När du hämtar in eller hämtar ut" in text_of(as_leader.get(JOBS))


def test_the_file_is_fetched_and_kept_by_nobody_on_the_way(as_leader: Client, job: Job) -> None:
    page = as_leader.get(f"{JOBS}{job.pk}/change/")
    response = as_leader.get(f"{JOBS}{job.pk}/fil/")

    assert f"{JOBS}{job.pk}/fil/" in page.content.decode()
    assert response.content == b"a;b"
    assert response["Content-Disposition"] == "attachment; filename*=UTF-8''Grupper%202026-09-01.csv"
    assert response["Cache-Control"] == "private, no-store"


def test_work_under_way_shows_how_far_it_is(as_leader: Client, leader: User) -> None:
    job = make_job(leader, state=JobState.WAITING, done=2, total=5)

    assert "2 av 5 rader är klara." in text_of(as_leader.get(f"{JOBS}{job.pk}/change/"))
    assert as_leader.get(f"{JOBS}{job.pk}/fil/").status_code == 404


def test_a_file_whose_day_has_passed_is_said_to_be_gone(as_leader: Client, job: Job) -> None:
    Job.objects.update(content="", wipe_at=None)

    assert "Filen är borttagen." in text_of(as_leader.get(f"{JOBS}{job.pk}/change/"))
    assert cells(as_leader.get(JOBS), "result") == ["Filen är borttagen"]
    assert as_leader.get(f"{JOBS}{job.pk}/fil/").status_code == 404


@pytest.mark.parametrize("path", ["change/", "fil/", "history/", "delete/"])
def test_anothers_job_is_not_there(client: Client, colleague: User, administrator: User, job: Job, path: str) -> None:
    for user in (colleague, administrator):
        client.force_login(user)
        theirs, nobodys = client.get(f"{JOBS}{job.pk}/{path}"), client.get(f"{JOBS}{job.pk + 1000}/{path}")
        assert theirs.status_code == nobodys.status_code
        assert theirs.status_code in {403, 404}


def test_whoever_has_no_role_any_more_fetches_nothing(as_leader: Client, leader: User, job: Job) -> None:
    leader.roles.update(ends_on=NOW.date() - timedelta(days=1))

    assert as_leader.get(f"{JOBS}{job.pk}/fil/").status_code in {403, 404}


def test_anonymous_is_sent_to_sign_in(client: Client, job: Job) -> None:
    for path in (JOBS, f"{JOBS}{job.pk}/change/", f"{JOBS}{job.pk}/fil/"):
        assert client.get(path).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_many(
    as_leader: Client, leader: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(count):
        make_job(leader)

    with django_assert_num_queries(6):
        as_leader.get(JOBS)
