"""What editors do to public texts beside writing: schedule, take back to the desk, read through, have one checked."""

from datetime import date, datetime
from typing import TypeVar

from django.db import transaction

from knowledge.actions.approved_text import needs_yes
from knowledge.actions.examples import change_example
from knowledge.actions.publishing import NotComplete, NotReady, content_changed, lock, text_saved
from knowledge.completeness import completeness
from knowledge.enums import State
from knowledge.models import Example, PublicText, ShortText
from knowledge.texts import steps_of
from people.calendar import stockholm_day
from people.models import User

Text = TypeVar("Text", bound=PublicText)

READ_AGAIN_AFTER_MONTHS = 12
"""So long a text that someone has read through counts as right."""

ON_THE_DESK = frozenset({State.READY, State.WITHDRAWN, State.REVIEW, State.APPROVAL})
"""From where a text can be taken back to be worked on. A public one is withdrawn first."""

BEYOND_STUBS = frozenset({State.APPROVAL, State.READY, State.PUBLISHED})
"""Where nothing is missing any more."""

WORDS_OF_SHORT_TEXT = frozenset({"title", "body"})


class InThePast(Exception):
    """The day has passed: what should come out then comes out now."""


class NobodyChecked(Exception):
    """It does not say who read the text, or it says a day that has not come."""


class IsPublic(Exception):
    """What everyone can read is withdrawn before it is anything else."""


@transaction.atomic
def text_edited(text: PublicText, *, now: datetime) -> None:
    """After an editor has saved a text with its steps: the steps are numbered anew, and what is public is found anew.

    Other words of an example need a new yes of its group. Raises NotComplete when a text that is public, or about to
    be, would become a stub; the save is undone with it.
    """
    lock(text)
    _number_steps(text)
    if text.state in BEYOND_STUBS and (parts := completeness(text)).is_stub:
        raise NotComplete(parts.needed)
    if isinstance(text, Example):
        change_example(text, now=now)
    text_saved(text, now=now)


def _number_steps(text: PublicText) -> None:
    """1, 2, 3 in the order that the editor gave them."""
    for number, step in enumerate(steps_of(text), 1):
        if step.number != number:
            step.number = number
            step.save(update_fields=["number"])


@transaction.atomic
def schedule(text: Text, *, at: datetime, now: datetime) -> Text:
    """Has a finished text published at a moment to come.

    Raises InThePast, NotComplete, and NotReady for what is public already or an example that is not approved.
    """
    lock(text)
    if at <= now:
        raise InThePast
    if (parts := completeness(text)).is_stub:
        raise NotComplete(parts.needed)
    if text.state != State.READY and (isinstance(text, Example) or text.state == State.PUBLISHED):
        raise NotReady
    text.state, text.publish_at = State.READY, at
    text.save(update_fields=["state", "publish_at"])
    return text


@transaction.atomic
def put_back(text: Text, *, now: datetime) -> Text:
    """Makes a draft of it again; what was to come out does not. A draft stays as it is. Raises IsPublic.

    Readers of a text that was withdrawn are still told that it is gone (410), until it is published again.
    """
    lock(text)
    if text.state == State.PUBLISHED:
        raise IsPublic
    if text.state in ON_THE_DESK:
        text.state, text.publish_at, text.changed_at = State.DRAFT, None, now
        text.save(update_fields=["state", "publish_at", "changed_at"])
    return text


@transaction.atomic
def make_ready(example: Example, *, now: datetime) -> Example:
    """An invented example tells of nobody, and needs no yes of a group. Raises NotReady for any other, NotComplete."""
    lock(example)
    if needs_yes(example) or example.state not in {State.DRAFT, State.REVIEW, State.READY}:
        raise NotReady
    if (parts := completeness(example)).is_stub:
        raise NotComplete(parts.needed)
    if example.state != State.READY:
        example.state, example.changed_at = State.READY, now
        example.save(update_fields=["state", "changed_at"])
    return example


@transaction.atomic
def mark_read(text: Text, *, now: datetime) -> Text:
    """Someone has read the text through and it is still right. It comes up again in a year. Readers see the day."""
    lock(text)
    today = stockholm_day(now)
    text.reviewed_on, text.review_by = today, _a_year_after(today)
    text.save(update_fields=["reviewed_on", "review_by"])
    if text.is_public:
        content_changed()
    return text


def _a_year_after(day: date) -> date:
    """The same day next year; of 29 February the day before."""
    months = READ_AGAIN_AFTER_MONTHS
    try:
        return day.replace(year=day.year + months // 12)
    except ValueError:
        return day.replace(year=day.year + months // 12, day=28)


@transaction.atomic
def record_check(short: ShortText, *, checked_by: str, checked_on: date, by: User, now: datetime) -> ShortText:
    """Writes down which speaker of the language has read the text. From then on everyone may read it.

    Raises NobodyChecked without a name, or with a day that has not come.
    """
    short.refresh_from_db(from_queryset=ShortText.objects.select_for_update())
    if not checked_by.strip() or checked_on > stockholm_day(now):
        raise NobodyChecked
    short.checked_by, short.checked_on, short.recorded_by = checked_by.strip(), checked_on, by
    short.save(update_fields=["checked_by", "checked_on", "recorded_by"])
    content_changed()
    return short


@transaction.atomic
def short_text_edited(short: ShortText, *, changed: set[str], now: datetime) -> ShortText:
    """After a save. Other words are words that nobody has checked: the text is not public until someone has."""
    short.changed_at = now
    if changed & WORDS_OF_SHORT_TEXT:
        short.checked_by, short.checked_on, short.recorded_by = "", None, None
    short.save(update_fields=["changed_at", "checked_by", "checked_on", "recorded_by"])
    content_changed()
    return short


@transaction.atomic
def take_check_away(short: ShortText, *, now: datetime) -> ShortText:
    """Nobody reads the text until someone has checked it again."""
    short.refresh_from_db(from_queryset=ShortText.objects.select_for_update())
    short.checked_by, short.checked_on, short.recorded_by, short.changed_at = "", None, None, now
    short.save(update_fields=["checked_by", "checked_on", "recorded_by", "changed_at"])
    content_changed()
    return short
