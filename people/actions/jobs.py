"""Long work: asked for, picked up by a sweep, followed on a page, wiped when nobody needs it any more."""

import base64
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pghistory
import structlog
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils.translation import gettext as _

from people import clock
from people.enums import JobState
from people.jobs import runner_of
from people.models import Job, Office, User

logger = structlog.get_logger(__name__)

LEASE = timedelta(minutes=5)
"""How long a worker may be silent before another takes over; every sign of progress begins it anew."""

MOST_TRIES = 3
"""How often work is taken up again after a worker has died over it."""

KEPT = timedelta(days=1)
"""How long what a job works on, or has made, is kept (the programme's own rule)."""


class JobGone(Exception):
    """The work is started, finished or wiped already."""


class NotPossible(Exception):
    """What a runner raises when the work cannot be done; its text is shown to whoever asked for it."""


@transaction.atomic
def ask_for_job(
    kind: str,
    *,
    name: str,
    by: User,
    now: datetime,
    office: Office | None = None,
    options: Mapping[str, Any] | None = None,
    content: str = "",
    is_draft: bool = False,
) -> Job:
    """Writes down work to be done. A draft waits until `start_job`; what it holds is wiped after a day."""
    runner_of(kind)
    return Job.objects.create(
        kind=kind,
        name=name,
        user=by,
        office=office,
        options=dict(options or {}),
        content=content,
        state=JobState.DRAFT if is_draft else JobState.WAITING,
        created_at=now,
        wipe_at=now + KEPT,
    )


@transaction.atomic
def start_job(job: Job, *, now: datetime, total: int = 0) -> Job:
    """The owner says go. Raises JobGone when it was said before."""
    job.refresh_from_db(from_queryset=Job.objects.select_for_update())
    if job.state != JobState.DRAFT or not job.content:
        raise JobGone
    job.state = JobState.WAITING
    job.total = total
    job.wipe_at = now + KEPT
    job.save(update_fields=["state", "total", "wipe_at"])
    return job


def run_due_jobs(ask_now: Callable[[], datetime], *, seconds: float) -> int:
    """Does one waiting job after another until none is left or the time is up; returns how many.

    One at a time in the whole portal: while a long one runs, the other workers are there for messages. A worker that
    dies loses its lease, and the runner is called again; the third time it is given up.
    """
    until = time.monotonic() + seconds
    count = 0
    while job := _take_next():
        _do(job, ask_now)
        count += 1
        if time.monotonic() >= until:
            break
    return count


def _take_next() -> Job | None:
    now = clock.real_now()
    with transaction.atomic():
        if Job.objects.filter(state=JobState.RUNNING, leased_until__gt=now).exists():
            return None
        job = Job.objects.due(now).select_for_update(skip_locked=True).first()
        if job is not None:
            job.options = {**job.options, "tries": job.options.get("tries", 0) + 1}
            job.state = JobState.RUNNING
            job.leased_until = now + LEASE
            job.save(update_fields=["options", "state", "leased_until"])
        return job


def _do(job: Job, ask_now: Callable[[], datetime]) -> None:
    state, reason = JobState.DONE, ""
    try:
        if job.options["tries"] > MOST_TRIES:
            raise NotPossible(_("Det tog för lång tid. Försök med färre rader."))
        with pghistory.context(user=job.user_id):
            runner_of(job.kind)(job)
    except NotPossible as refusal:
        state, reason = JobState.FAILED, str(refusal)
    except Exception:
        logger.exception("job_failed", job=job.pk, kind=job.kind)
        state, reason = JobState.FAILED, _("Något gick fel hos oss. Inget är gjort. Försök igen, eller säg till oss.")
    now = ask_now()
    Job.objects.filter(pk=job.pk).update(
        state=state, reason=reason[:300], leased_until=None, finished_at=now, wipe_at=now + KEPT
    )


def tell_progress(job: Job, *, done: int, total: int) -> None:
    """How far the work is, for the page; keeps the lease. Outside the work's own transaction, or nobody sees it."""
    job.done, job.total = done, total
    job.leased_until = clock.real_now() + LEASE
    job.save(update_fields=["done", "total", "leased_until"])


@contextmanager
def telling_beside(job: Job) -> Iterator[Callable[[int, int], None]]:
    """As `tell_progress(done, total)`, for work that is one long transaction: told on a connection of its own.

    The work may not have touched the row of the job before: the two would wait for each other.
    """
    beside = connections.create_connection(DEFAULT_DB_ALIAS)

    def tell(done: int, total: int) -> None:
        with beside.cursor() as cursor:
            cursor.execute(
                "UPDATE people_job SET done = %s, total = %s, leased_until = %s WHERE id = %s",
                [done, total, clock.real_now() + LEASE, job.pk],
            )
        job.done, job.total = done, total

    try:
        yield tell
    finally:
        beside.close()


@dataclass(frozen=True)
class JobFile:
    name: str
    data: bytes


def keep_file(job: Job, file: JobFile, *, outcome: Mapping[str, Any]) -> None:
    """What came of the work is a file, for its owner to fetch within a day."""
    keep_result(job, content=base64.b64encode(file.data).decode(), outcome={**outcome, "file": file.name})


def file_of(job: Job) -> JobFile | None:
    """The file that the work has made. None when there is none, or its day has passed."""
    if job.state != JobState.DONE or not job.content or "file" not in job.outcome:
        return None
    return JobFile(job.outcome["file"], base64.b64decode(job.content))


def keep_result(job: Job, *, content: str = "", outcome: Mapping[str, Any] | None = None) -> None:
    """What came of the work: something to fetch, and figures for the page."""
    job.content, job.outcome = content, dict(outcome or {})
    job.save(update_fields=["content", "outcome"])


def wipe_old_jobs(now: datetime) -> int:
    """Takes away what jobs hold when their day has passed; the row itself stays, with its figures. Says how many."""
    return Job.objects.filter(wipe_at__lte=now).exclude(content="").update(content="", wipe_at=None)
