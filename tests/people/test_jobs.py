"""Long work: taken up once, one at a time, its progress seen meanwhile, given up after a while, wiped in a day."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connections, transaction

from people import clock, jobs
from people.actions.jobs import (
    JobFile,
    JobGone,
    NotPossible,
    ask_for_job,
    file_of,
    keep_file,
    run_due_jobs,
    start_job,
    tell_progress,
    telling_beside,
    wipe_old_jobs,
)
from people.enums import JobState
from people.models import Job, User
from tests.factories import NOW

KIND = "test.job"
done: list[int] = []


@pytest.fixture
def runner() -> Iterator[dict[str, object]]:
    """What the work does: say it in `act`."""
    work: dict[str, object] = {"act": lambda job: done.append(job.pk)}
    done.clear()
    jobs.register(KIND, lambda job: work["act"](job))  # type: ignore[operator]  # noqa: PLW0108 -- changes later
    yield work
    del jobs._runners[KIND], jobs._pages[KIND]


def ask(by: User, **kwargs: object) -> Job:
    fields: dict[str, object] = {"name": "Ett jobb", "by": by, "now": NOW} | kwargs
    return ask_for_job(KIND, **fields)  # type: ignore[arg-type]


def run(seconds: float = 5) -> int:
    return run_due_jobs(lambda: NOW, seconds=seconds)


@pytest.mark.django_db
def test_work_that_is_asked_for_is_done_once(leader: User, runner: dict[str, object]) -> None:
    first, second = ask(leader), ask(leader)

    assert (run(), run()) == (2, 0)

    assert done == [first.pk, second.pk]
    first.refresh_from_db()
    assert (first.state, first.finished_at, first.wipe_at) == (JobState.DONE, NOW, NOW + timedelta(days=1))


@pytest.mark.django_db
def test_a_draft_waits_for_its_owner_and_starts_once(leader: User, runner: dict[str, object]) -> None:
    job = ask(leader, is_draft=True, content="x")

    assert run() == 0
    start_job(job, now=NOW, total=3)
    with pytest.raises(JobGone):
        start_job(job, now=NOW)

    assert run() == 1
    assert done == [job.pk]


@pytest.mark.django_db
def test_a_draft_whose_content_is_wiped_does_not_start(leader: User, runner: dict[str, object]) -> None:
    job = ask(leader, is_draft=True, content="x")

    assert wipe_old_jobs(NOW + timedelta(hours=23)) == 0
    assert wipe_old_jobs(NOW + timedelta(days=1)) == 1

    with pytest.raises(JobGone):
        start_job(job, now=NOW)


@pytest.mark.django_db
def test_a_refusal_is_told_in_its_own_words_and_an_error_in_ours(leader: User, runner: dict[str, object]) -> None:
    def refuse(job: Job) -> None:
        raise NotPossible("Listan är för lång.")

    def break_down(job: Job) -> None:
        raise RuntimeError("070-174 06 15")

    reasons = []
    for act in (refuse, break_down):
        runner["act"] = act
        job = ask(leader)
        run()
        job.refresh_from_db()
        reasons.append((job.state, job.reason))

    assert reasons == [
        (JobState.FAILED, "Listan är för lång."),
        (JobState.FAILED, "Något gick fel hos oss. Inget är gjort. Försök igen, eller säg till oss."),
    ]


@pytest.mark.django_db
def test_while_one_is_under_way_no_other_is_taken_up(leader: User, runner: dict[str, object]) -> None:
    under_way, waiting = ask(leader), ask(leader)
    soon = clock.real_now() + timedelta(minutes=1)
    Job.objects.filter(pk=under_way.pk).update(state=JobState.RUNNING, leased_until=soon)

    assert run() == 0

    waiting.refresh_from_db()
    assert waiting.state == JobState.WAITING


@pytest.mark.django_db
def test_work_whose_worker_died_is_taken_up_again_but_not_for_ever(leader: User, runner: dict[str, object]) -> None:
    job = ask(leader)
    long_ago = clock.real_now() - timedelta(minutes=1)
    for _worker in range(3):
        tries = Job.objects.get(pk=job.pk).options.get("tries", 0)
        Job.objects.filter(pk=job.pk).update(
            state=JobState.RUNNING, leased_until=long_ago, options={"tries": tries + 1}
        )

    run()

    job.refresh_from_db()
    assert (done, job.state, job.reason) == ([], JobState.FAILED, "Det tog för lång tid. Försök med färre rader.")


@pytest.mark.django_db
def test_a_file_is_there_for_a_day_and_encrypted(leader: User, runner: dict[str, object]) -> None:
    runner["act"] = lambda job: keep_file(job, JobFile("a.csv", b"Dina"), outcome={"rows": 1})
    job = ask(leader)

    run()

    job.refresh_from_db()
    assert file_of(job) == JobFile("a.csv", b"Dina")
    assert job.outcome == {"rows": 1, "file": "a.csv"}
    wipe_old_jobs(NOW + timedelta(days=1))
    job.refresh_from_db()
    assert (file_of(job), job.state) == (None, JobState.DONE)


@pytest.mark.django_db
def test_progress_keeps_the_lease(leader: User, runner: dict[str, object]) -> None:
    job = ask(leader)

    tell_progress(job, done=2, total=5)

    job.refresh_from_db()
    assert (job.done, job.total) == (2, 5)
    assert job.leased_until is not None
    assert job.leased_until > clock.real_now()


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_while_one_long_transaction_runs(leader: User, runner: dict[str, object]) -> None:
    seen = []

    def look() -> int:
        beside = connections.create_connection("default")
        with beside.cursor() as cursor:
            cursor.execute("SELECT done FROM people_job")
            found: int = cursor.fetchone()[0]
        beside.close()
        return found

    def act(job: Job) -> None:
        with telling_beside(job) as tell, transaction.atomic():
            User.objects.filter(pk=leader.pk).update(name="Halvvägs")
            for number in (0, 1, 2):
                tell(number, 2)
                seen.append(look())
            raise NotPossible("Nej.")

    runner["act"] = act
    ask(leader)

    run()

    leader.refresh_from_db()
    assert (seen, leader.name) == ([0, 1, 2], "Maja Lind")
