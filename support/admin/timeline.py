"""The story of a case: everything that was written, decided, asked and sent, newest first, by kind and page by page.

Each source is asked for one page, older than where the last page ended, in the same order: so a page costs the same
number of queries, and as little, however long the story is.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from people.models import Contact, Message
from support.admin.timeline_lines import Happening, of_check_in, of_entry, of_hand_over, of_message
from support.enums import LogKind
from support.models import CheckIn, HandOver, LogEntry

A_PAGE = 30
QUESTIONS_SHOWN = 20
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WORDS_OF_A_MESSAGE = ("text", "short", "neutral", "button", "link", "attachments")
"""Never shown, so never fetched."""


@dataclass(frozen=True)
class Kind:
    """One way to look at the story: these lines of the log, and these sources beside it."""

    label: Any
    log: frozenset[LogKind]
    sources: frozenset[str] = frozenset()


KINDS = {
    "samtal": Kind(_("Samtal"), frozenset({LogKind.CALL}), frozenset({"calls"})),
    "moten": Kind(_("Möten"), frozenset({LogKind.MEETING})),
    "anteckningar": Kind(_("Anteckningar"), frozenset({LogKind.NOTE})),
    "fragor": Kind(_("Frågor och svar"), frozenset({LogKind.QUESTION, LogKind.ANSWER})),
    "meddelanden": Kind(_("Meddelanden"), frozenset({LogKind.MESSAGE}), frozenset({"messages"})),
    "uppfoljningar": Kind(_("Uppföljningar"), frozenset({LogKind.CHECK_IN}), frozenset({"check_ins"})),
    "planen": Kind(_("Planen"), frozenset({LogKind.PLAN})),
    "beslut": Kind(_("Beslut"), frozenset({LogKind.STATUS})),
    "overlamningar": Kind(_("Överlämningar"), frozenset({LogKind.HAND_OVER}), frozenset({"hand_overs"})),
    "kontakt": Kind(_("Kontaktsätt"), frozenset({LogKind.CONTACT})),
}
"""What stands in the address → what is shown."""

EVERYTHING = Kind(_("Visa allt"), frozenset(LogKind), frozenset({"messages", "check_ins", "hand_overs"}))


@dataclass(frozen=True)
class Source:
    """Rows that become lines. `rank` puts sources that happened in the same moment in one order."""

    rank: int
    rows: QuerySet[Any]
    """With the time of each as `moment`."""
    tell: Callable[[Any], Happening]


@dataclass(frozen=True)
class Place:
    """Where a page ends: the next one begins with what is older than this."""

    moment: datetime
    rank: int
    pk: int

    def __str__(self) -> str:
        return f"{(self.moment - EPOCH) // timedelta(microseconds=1)}-{self.rank}-{self.pk}"


@dataclass(frozen=True)
class Page:
    lines: list[Happening]
    older: Place | None


@dataclass(frozen=True)
class Case:
    """Whose story it is: a period with the requests it grew out of, or a request; and the people messages go to."""

    period_id: int | None
    request_ids: Sequence[int]
    contact_ids: Sequence[int]


def place_in(words: str) -> Place | None:
    """The place that stands in an address; None for anything that is no place."""
    if not re.fullmatch(r"[0-9]{1,17}-[0-9]-[0-9]{1,18}", words):
        return None
    microseconds, rank, pk = map(int, words.split("-"))
    return Place(EPOCH + timedelta(microseconds=microseconds), rank, pk)


def story_page(case: Case, *, kind: str = "", before: Place | None = None, size: int = A_PAGE) -> Page:
    """A page of the story. One query for each source, whatever there is in it."""
    found: list[tuple[Place, Happening]] = []
    for source in _sources(case, KINDS.get(kind, EVERYTHING)):
        rows = _older(source, before).order_by("-moment", "-pk")[: size + 1]
        found += [(Place(row.moment, source.rank, row.pk), source.tell(row)) for row in rows]
    found.sort(key=lambda one: (one[0].moment, -one[0].rank, one[0].pk), reverse=True)
    shown = found[:size]
    return Page([line for _place, line in shown], shown[-1][0] if len(found) > size else None)


def _older(source: Source, before: Place | None) -> QuerySet[Any]:
    if before is None:
        return source.rows
    at_once = {source.rank < before.rank: Q(pk__in=[]), source.rank == before.rank: Q(pk__lt=before.pk)}
    same_moment = Q(moment=before.moment) & at_once.get(True, Q())
    return source.rows.filter(Q(moment__lt=before.moment) | same_moment)


def _sources(case: Case, kind: Kind) -> list[Source]:
    log = log_of(period_id=case.period_id, request_ids=case.request_ids)
    entries = log.filter(kind__in=kind.log) if kind is not EVERYTHING else log
    entries = entries.annotate(moment=F("at")).select_related("user", "contact", "answered_by")
    sources = [Source(0, entries, of_entry)]
    if kind.sources & {"messages", "calls"}:
        sent = messages_to(case.contact_ids)
        sources.append(
            Source(1, sent if "messages" in kind.sources else sent.filter(call_task__isnull=False), of_message)
        )
    if "check_ins" in kind.sources and case.period_id:
        asked = CheckIn.objects.filter(period=case.period_id, asked_at__isnull=False)
        sources.append(Source(2, asked.annotate(moment=F("asked_at")), of_check_in))
    if "hand_overs" in kind.sources:
        sources.append(Source(3, _hand_overs(case), of_hand_over))
    return sources


def messages_to(contacts: Iterable[int]) -> QuerySet[Any]:
    """What was sent to these people, without its words."""
    rows = Message.objects.filter(contact__in=contacts).defer(*WORDS_OF_A_MESSAGE)
    return rows.annotate(moment=Coalesce("sent_at", "created_at")).select_related("call_task__done_by")


def _hand_overs(case: Case) -> QuerySet[HandOver]:
    of_period = Q(period=case.period_id) if case.period_id else Q(pk__in=[])
    rows = HandOver.objects.filter(of_period | Q(support_request__in=case.request_ids))
    people = ("from_user", "to_user", "to_office", "answered_by")
    return rows.annotate(moment=Coalesce("answered_at", "offered_at")).select_related(*people)


def unanswered(case: Case) -> list[LogEntry]:
    """What the group has asked and waits for an answer to, the oldest first."""
    log = log_of(period_id=case.period_id, request_ids=case.request_ids)
    rows = log.unanswered_questions().select_related("contact", "support_request", "period")
    return list(rows.order_by("at", "pk")[:QUESTIONS_SHOWN])


def story(contacts: Iterable[Contact]) -> list[Happening]:
    """The newest of what was sent to these people, for pages that have no log."""
    rows = messages_to([contact.pk for contact in contacts]).order_by("-moment", "-pk")[:A_PAGE]
    return [of_message(message) for message in rows]


def log_of(*, period_id: int | None, request_ids: Iterable[int]) -> Any:
    """The log of a period together with that of the requests it grew out of."""
    of_period = Q(period_id=period_id) if period_id else Q(pk__in=[])
    return LogEntry.objects.filter(of_period | Q(support_request__in=request_ids))


def waits_for_answer(**case: OuterRef) -> Exists:
    """Whether a question of the group has no answer yet, for a list of cases."""
    return Exists(LogEntry.objects.unanswered_questions().filter(**case))
