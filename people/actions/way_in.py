"""Coming in to one's own page: by the link, by the code and two words, or by the code and a one-time code.

Wrong tries of a code are counted, whether or not there is such a code, and slow that way down; a link is never slowed
down. What is answered is the same for a code that exists and for one that does not.
"""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from people.crypto import keyed_hash, same_as_hash
from people.emails import ONE_TIME_CODE
from people.enums import Channel
from people.models import Message, PrivateLink, Tries
from people.models.links import PrivateLinkQuerySet
from people.outbox import queue_message
from people.waits import wait_after

ONE_TIME_DIGITS = 6
ONE_TIME_LASTS = timedelta(minutes=15)

MOST_ONE_TIME_CODES = 3
ONE_TIME_CODES_WITHIN = timedelta(hours=1)
"""Whoever knows only the code must not be able to make someone's telephone ring all night."""

TRIES_ARE_KEPT = timedelta(hours=24)


class LinkGone(Exception):
    """The address opens nothing: it was never ours, or was ended."""


class CodeNeeded(Exception):
    """The link is right and asks for the code too."""


class WrongTry(Exception):
    """What was written does not open anything. Says nothing of whether the code exists."""


class TryLater(Exception):
    """Too many wrong tries of this code: it waits until `until`. The link works all the same."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def find_by_token(token: str) -> PrivateLink:
    """The link that an address leads to, before any question of a code. Raises LinkGone."""
    link = PrivateLink.objects.with_token(token).select_related("contact").first()
    if link is None:
        raise LinkGone
    return link


def enter_by_token(token: str, *, now: datetime) -> PrivateLink:
    """Opens with the link alone. Raises LinkGone, CodeNeeded."""
    link = find_by_token(token)
    if link.asks_for_code:
        raise CodeNeeded
    PrivateLink.objects.filter(pk=link.pk).update(opened_at=now)
    return link


def enter_by_token_and_code(token: str, code: str, *, now: datetime) -> PrivateLink:
    """Opens a link that asks for its code. Raises LinkGone, WrongTry, TryLater.

    Wrong codes are counted for whoever holds the link, apart from the tries of others.
    """
    pk = find_by_token(token).pk
    return _enter(f"link:{pk}", PrivateLink.objects.filter(pk=pk), lambda link: link.code == code, now)


def enter_by_words(code: str, words: str, *, now: datetime) -> PrivateLink:
    """Opens with a normalised code and the two words. Raises WrongTry, TryLater."""
    return _enter(f"code:{code}", _with_code(code), lambda link: same_as_hash(words, link.words_hash), now)


def enter_by_one_time_code(code: str, digits: str, *, now: datetime) -> PrivateLink:
    """Opens with a normalised code and the digits that were sent; once. Raises WrongTry, TryLater."""

    def is_right(link: PrivateLink) -> bool:
        if link.one_time_until is None or link.one_time_until <= now:
            return False
        return same_as_hash(_one_time_text(link, digits), link.one_time_hash)

    return _enter(f"code:{code}", _with_code(code), is_right, now)


def _with_code(code: str) -> PrivateLinkQuerySet:
    return PrivateLink.objects.with_code(code).exclude(words_hash="")


def _enter(
    tried: str, links: PrivateLinkQuerySet, is_right: Callable[[PrivateLink], bool], now: datetime
) -> PrivateLink:
    """One try: counts it in its own transaction, so that no number of tries at the same time slips through.

    Must not be called inside another transaction: a refusal would roll the count back. While the code waits nothing is
    compared, tries still count, and the wait grows no longer.
    """
    with transaction.atomic(durable=True):
        tries = _locked_tries(tried, now)
        refusal: Exception
        if tries.wait_until and tries.wait_until > now:
            refusal = TryLater(tries.wait_until)
        else:
            link = links.usable().select_related("contact").first()
            if link and is_right(link):
                Tries.objects.filter(pk=tries.pk).update(count=0, wait_until=None)
                _note_opened(link, now)
                return link
            wait = wait_after(tries.count + 1)
            tries.wait_until = now + wait if wait else None
            refusal = TryLater(tries.wait_until) if tries.wait_until else WrongTry()
        tries.count = F("count") + 1
        tries.save(update_fields=["count", "wait_until"])
    raise refusal


def _locked_tries(tried: str, now: datetime) -> Tries:
    """The counter for what is tried, made if need be and locked until the transaction ends."""
    key = keyed_hash(f"tries:{tried}")
    Tries.objects.bulk_create(
        [Tries(key=key, last_at=now)], update_conflicts=True, unique_fields=["key"], update_fields=["last_at"]
    )
    return Tries.objects.select_for_update().get(key=key)


def _note_opened(link: PrivateLink, now: datetime) -> None:
    """A one-time code opens once, and is not needed any more when something else opened."""
    link.opened_at = now
    link.one_time_hash = ""
    link.one_time_until = None
    link.save(update_fields=["opened_at", "one_time_hash", "one_time_until"])


@transaction.atomic
def ask_one_time_code(code: str, *, now: datetime) -> None:
    """Sends six digits in the way the person chose, if there is such a code and that way is sms or e-mail.

    Nothing is returned and nothing raised: whoever asks must not learn whether the code exists. At most three codes an
    hour go to one person; the newest is the one that opens.
    """
    link = _with_code(code).select_for_update(of=("self",)).select_related("contact").first()
    if link is None or not _may_be_sent_to(link, now):
        return
    digits = f"{secrets.randbelow(10**ONE_TIME_DIGITS):0{ONE_TIME_DIGITS}d}"
    link.one_time_hash = keyed_hash(_one_time_text(link, digits))
    link.one_time_until = now + ONE_TIME_LASTS
    link.save(update_fields=["one_time_hash", "one_time_until"])
    queue_message(
        ONE_TIME_CODE,
        to=link.contact,
        about=link,
        dedupe_key=f"{ONE_TIME_CODE}:{link.pk}:{link.one_time_hash}",
        now=now,
        context={"code": digits},
        expires_at=link.one_time_until,
    )


def _may_be_sent_to(link: PrivateLink, now: datetime) -> bool:
    contact = link.contact
    if contact.channel not in {Channel.SMS, Channel.EMAIL} or contact.suppressed_because or contact.erased_at:
        return False
    lately = Message.objects.about(link).filter(kind=ONE_TIME_CODE, created_at__gt=now - ONE_TIME_CODES_WITHIN)
    return lately.count() < MOST_ONE_TIME_CODES


def _one_time_text(link: PrivateLink, digits: str) -> str:
    """What is hashed: six digits alone would be the same hash for everyone who happens to get them."""
    return f"{link.pk}:{digits}"


def forget_old_tries(now: datetime) -> int:
    """Wrong tries are forgotten a day after the last one."""
    return Tries.objects.filter(last_at__lt=now - TRIES_ARE_KEPT).delete()[0]
