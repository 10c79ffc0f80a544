"""What can happen in a case, each kind told in one line: what, when, by whom, and what became of it.

Of a message its subject and its fate are shown, never its text: that may hold a code or a link that is the group's
alone.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from people import kinds
from people.calendar import stockholm_day
from people.enums import MessageState
from people.models import CallTask, Message
from people.outbox import render_words
from support.enums import CheckInState, HandOverState, LogKind
from support.models import CheckIn, HandOver, LogEntry

TROUBLED = frozenset({MessageState.FAILED, MessageState.UNKNOWN})

ICONS = {
    LogKind.CALL: "phone",
    LogKind.MEETING: "calendar-event",
    LogKind.QUESTION: "message",
    LogKind.ANSWER: "message",
    LogKind.MESSAGE: "message",
    LogKind.STATUS: "compass",
    LogKind.CHECK_IN: "users-group",
    LogKind.PLAN: "tools",
    LogKind.CONTACT: "shield-check",
    LogKind.HAND_OVER: "arrow-right",
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


def of_entry(entry: LogEntry) -> Happening:
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


def of_message(message: Message) -> Happening:
    """A message on its way, or a call that stands instead of it for someone who wants to be rung."""
    call: CallTask | None = getattr(message, "call_task", None)
    fate = _call_fate(call) if call else _message_fate(message)
    return Happening(
        at=message.sent_at or message.created_at,
        what=_("Samtal att ringa") if call else _("Meddelande"),
        text=message.subject or name_of_kind(message.kind),
        who=fate,
        icon="phone" if call else "mail",
        is_trouble=message.state in TROUBLED,
    )


def _message_fate(message: Message) -> str:
    state = str(message.get_state_display())
    return f"{message.get_channel_display()}: {state}{f' ({message.reason})' if message.reason else ''}"


def _call_fate(call: CallTask) -> str:
    if call.done_at is None:
        return _("Väntar på att någon ringer")
    return f"{call.get_outcome_display()}{f' · {call.done_by}' if call.done_by else ''}"


@lru_cache(maxsize=200)
def name_of_kind(kind_name: str) -> str:
    """What a kind of message is about, in Swedish: the subject of its template, for when its own words are gone."""
    kind = kinds.find(kind_name)
    subject = render_words(kind.template, {}, settings.LANGUAGE_CODE).subject if kind else ""
    return subject or _("Meddelande")


def of_check_in(check_in: CheckIn) -> Happening:
    """We asked how it is going, and whether they have answered. The answer itself stands in the log."""
    assert check_in.asked_at is not None  # only those that were asked come here
    fates: dict[str, Any] = {
        CheckInState.ASKED: _("Väntar på svar"),
        CheckInState.MISSED: _("Ingen svarade"),
        CheckInState.CANCELLED: _("Behövs inte längre"),
    }
    if check_in.state == CheckInState.ANSWERED and check_in.answered_at:
        day = date_format(stockholm_day(check_in.answered_at), "j F")
        fates[CheckInState.ANSWERED] = _("Besvarad den %(day)s") % {"day": day}
    return Happening(
        at=check_in.asked_at,
        what=_("Vi frågade hur det går"),
        text="",
        who=fates.get(check_in.state, ""),
        icon="users-group",
        is_trouble=check_in.state == CheckInState.MISSED,
    )


def of_hand_over(hand_over: HandOver) -> Happening:
    """What one leader told the next: between colleagues, so the group does not see it."""
    answer = f" {hand_over.answered_by}: {hand_over.answer}" if hand_over.answer and hand_over.answered_by else ""
    return Happening(
        at=hand_over.answered_at or hand_over.offered_at,
        what=_("Överlämning: %(state)s") % {"state": str(HandOverState(hand_over.state).label).lower()},
        text=f"{hand_over.note}{answer and chr(10)}{answer.strip()}",
        who=f"{hand_over.from_user} → {hand_over.to_user or hand_over.to_office}",
        icon="arrow-right",
        is_internal=True,
    )
