"""The story of a case: what was written, decided and sent, newest first.

Of a message its subject and what became of it are shown, never its text: that may hold a code or a link that is the
group's alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from people.enums import MessageState
from people.models import Contact, Message
from support.enums import LogKind
from support.models import LogEntry

MESSAGES_SHOWN = 100
ENTRIES_SHOWN = 200
TROUBLED = frozenset({MessageState.FAILED, MessageState.UNKNOWN})

ICONS = {
    LogKind.CALL: "phone",
    LogKind.MEETING: "calendar-event",
    LogKind.QUESTION: "message",
    LogKind.ANSWER: "message",
    LogKind.STATUS: "compass",
    LogKind.CHECK_IN: "users-group",
    LogKind.PLAN: "tools",
    LogKind.CONTACT: "shield-check",
}


@dataclass(frozen=True)
class Happening:
    """One line of the story."""

    at: datetime
    what: str | Promise
    text: str
    who: str
    icon: str
    is_internal: bool = False
    is_trouble: bool = False
    question: LogEntry | None = None
    """Set where the group waits for an answer."""


def story(log: QuerySet[LogEntry], contacts: Iterable[Contact]) -> list[Happening]:
    """What is in the log, and what was sent to these contacts. Two queries."""
    entries = log.select_related("user", "contact", "answered_by").order_by("-at", "-pk")[:ENTRIES_SHOWN]
    sent = Message.objects.filter(contact__in=contacts).order_by("-created_at", "-pk")[:MESSAGES_SHOWN]
    lines = [*map(_of_entry, entries), *map(_of_message, sent)]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def log_of(*, period_id: int | None, request_ids: Iterable[int]) -> QuerySet[LogEntry]:
    """The log of a period together with that of the requests it grew out of."""
    return LogEntry.objects.filter(
        Q(period_id=period_id) & Q(period_id__isnull=False) | Q(support_request__in=request_ids)
    )


def waits_for_answer(**case: OuterRef) -> Exists:
    """Whether a question of the group has no answer yet, for a list of cases."""
    return Exists(LogEntry.objects.unanswered_questions().filter(**case))


def _of_entry(entry: LogEntry) -> Happening:
    waits = entry.kind == LogKind.QUESTION and entry.answered_by is None
    return Happening(
        at=entry.at,
        what=entry.get_kind_display(),
        text=entry.text,
        who=str(entry.user or (entry.contact and _("gruppen")) or ""),
        icon=ICONS.get(LogKind(entry.kind), "info-circle"),
        is_internal=entry.is_internal,
        question=entry if waits else None,
    )


def _of_message(message: Message) -> Happening:
    state = str(message.get_state_display())
    return Happening(
        at=message.sent_at or message.created_at,
        what=_("Meddelande"),
        text=message.subject,
        who=f"{message.get_channel_display()}: {state}{f' ({message.reason})' if message.reason else ''}",
        icon="mail",
        is_trouble=message.state in TROUBLED,
    )
