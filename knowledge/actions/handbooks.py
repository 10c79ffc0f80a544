"""A handbook is ordered, made by a job, published, and taken away again."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from knowledge.actions.publishing import content_changed
from knowledge.enums import State
from knowledge.handbook.book import Book, gather
from knowledge.handbook.printing import print_book
from knowledge.models import Example, HandbookEdition, Term, Tool
from people.actions.jobs import NotPossible, ask_for_job, tell_progress
from people.calendar import stockholm_day
from people.enums import JobState
from people.models import Job, User
from people.printing import Printed

KIND = "knowledge.handbook"
ONE_AT_A_TIME = "knowledge.handbook.number"
MOST_TRIES = 3
MODELS: dict[str, Any] = {"tools": Tool, "examples": Example, "terms": Term}


class NothingChosen(Exception):
    """An edition needs at least one text."""


class NotMade(Exception):
    """There is no book to publish: it is being made, or must be made again."""


class HoldsWithdrawn(Exception):
    """An example in the edition is not public any more, or has been away since: it may have other words now."""


class BeingMade(Exception):
    """Someone has asked for it already."""


class AlreadyPublished(Exception):
    """What readers have been given is not made anew under the same number."""


class ChangedMeanwhile(Exception):
    """A text was taken away while the book was printed."""


@transaction.atomic
def order_edition(
    *,
    title: str,
    language: str,
    tools: Sequence[int],
    examples: Sequence[int],
    terms: Sequence[int],
    by: User,
    now: datetime,
) -> HandbookEdition:
    """Asks for a new edition of the texts with these keys, in this order. Raises NothingChosen.

    It gets the next number at once. Nobody can read it until it is made and published.
    """
    if not (tools or examples or terms):
        raise NothingChosen
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [ONE_AT_A_TIME])
    last = HandbookEdition.objects.aggregate(last=Max("number"))["last"] or 0
    edition = HandbookEdition.objects.create(
        number=last + 1,
        title=title,
        language=language,
        chosen={"tools": [*tools], "examples": [*examples], "terms": [*terms]},
        asked_at=now,
        made_by=by,
    )
    _ask(edition, by=by, now=now)
    return edition


@transaction.atomic
def order_again(edition: HandbookEdition, *, by: User, now: datetime) -> HandbookEdition:
    """Asks for the same edition once more, with its texts as they are now. Raises AlreadyPublished, BeingMade."""
    _lock(edition)
    if edition.published_at:
        raise AlreadyPublished
    if job_of(edition, JobState.WAITING, JobState.RUNNING):
        raise BeingMade
    edition.asked_at, edition.made_at, edition.pdf, edition.pages = now, None, None, 0
    edition.save(update_fields=["asked_at", "made_at", "pdf", "pages"])
    _ask(edition, by=by, now=now)
    return edition


def _ask(edition: HandbookEdition, *, by: User, now: datetime) -> Job:
    return ask_for_job(KIND, name=str(edition), by=by, now=now, options={"edition": edition.pk})


def job_of(edition: HandbookEdition, *states: JobState) -> Job | None:
    """The latest work on an edition, in one of the states when any are named."""
    jobs = Job.objects.filter(kind=KIND, options__edition=edition.pk).defer("content")
    return (jobs.filter(state__in=states) if states else jobs).order_by("pk").last()


def make_edition(job: Job, *, now: datetime) -> None:
    """Does the work of `order_edition`. Raises NotPossible when nothing of what was chosen is public any more.

    Printing is done outside of any transaction. A second time, such as after a crash, an edition that is made is left
    as it is; of two at once the first to be done is kept.
    """
    edition = HandbookEdition.objects.defer("pdf").get(pk=job.options["edition"])
    for attempt in range(1, MOST_TRIES + 1):
        if edition.made_at:
            return
        with override(edition.language):
            book = gather(
                edition, day=stockholm_day(now), tell=lambda done, total: tell_progress(job, done=done, total=total)
            )
        if book.is_empty:
            raise NotPossible(_("Inget av det du valde är publicerat längre. Gör en ny handbok och välj igen."))
        try:
            _keep(edition, book, print_book(book.content, at=now), now=now)
        except ChangedMeanwhile:
            if attempt == MOST_TRIES:
                raise


@transaction.atomic
def _keep(edition: HandbookEdition, book: Book, printed: Printed, *, now: datetime) -> None:
    """Keeps the finished book, and the keys of what is in it. Raises ChangedMeanwhile.

    The texts are locked first and the edition after them, as when a text is withdrawn: either the withdrawal is seen
    here, or the finished book is seen there.
    """
    for kind, model in MODELS.items():
        _lock_public(model, book.printed[kind])
    _lock(edition)
    if edition.made_at:
        return
    edition.chosen, edition.pdf, edition.pages, edition.made_at = book.printed, printed.pdf, printed.pages, now
    edition.save(update_fields=["chosen", "pdf", "pages", "made_at"])


def _lock_public(model: Any, keys: Iterable[int]) -> None:
    asked = {*keys}
    rows = model.objects.filter(pk__in=asked, state=State.PUBLISHED).order_by("pk").select_for_update(no_key=True)
    if asked - set(rows.values_list("pk", flat=True)):
        raise ChangedMeanwhile


@transaction.atomic
def publish_edition(edition: HandbookEdition, *, now: datetime) -> HandbookEdition:
    """Lets everyone fetch it. Raises NotMade, HoldsWithdrawn. A second time it changes nothing."""
    try:
        _lock_public(Example, edition.chosen.get("examples", []))
    except ChangedMeanwhile:
        raise HoldsWithdrawn from None
    _lock(edition)
    if edition.made_at is None:
        raise NotMade
    if Example.objects.filter(pk__in=edition.chosen.get("examples", []), published_at__gt=edition.made_at).exists():
        raise HoldsWithdrawn
    if edition.published_at is None or edition.withdrawn_at:
        edition.published_at, edition.withdrawn_at = now, None
        edition.save(update_fields=["published_at", "withdrawn_at"])
        content_changed()
    return edition


@transaction.atomic
def withdraw_edition(edition: HandbookEdition, *, now: datetime) -> HandbookEdition:
    """Takes it away from readers at once. What nobody could read, and what is gone already, stays as it is."""
    _lock(edition)
    if edition.published_at and edition.withdrawn_at is None:
        edition.withdrawn_at = now
        edition.save(update_fields=["withdrawn_at"])
        content_changed()
    return edition


def _lock(edition: HandbookEdition) -> None:
    rows = HandbookEdition.objects.defer("pdf").select_for_update()
    edition.refresh_from_db(from_queryset=rows)
