"""Private links: opened for someone without an account, locked, issued anew, revoked, and closed when all is over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, models, transaction

from people import contact_owners
from people.codes import new_code, new_words
from people.crypto import keyed_hash
from people.enums import LinkPurpose
from people.links import new_token
from people.models import AccessLog, Contact, PrivateLink, User

REISSUED = "reissue"
"""What an AccessLog row says was done: someone on the staff held a link that opens a person's page."""

CODE_IS_KEPT = timedelta(days=365)
"""How long after closing a code belongs to those who had it (twelve months); then someone else may get it."""

MOST_DRAWS = 50
"""Codes drawn before we give up: with half of all codes taken, fifty in a row are as good as impossible."""


class LinkRevoked(Exception):
    """The link was ended; it cannot be issued anew."""


class NoFreeCode(Exception):
    """Almost every code is taken: the list of names has grown too short for the programme."""


@dataclass(frozen=True)
class OpenedLink:
    """A link and what opens it. Told once: the database keeps only hashes of the token and the words."""

    link: PrivateLink
    token: str
    code: str
    words: str

    @property
    def path(self) -> str:
        return f"/min-sida/{self.token}/"


@transaction.atomic
def open_link(
    purpose: LinkPurpose, *, contact: Contact, about: models.Model, now: datetime, draw: Callable[[], str] = new_code
) -> OpenedLink:
    """Gives someone a way back to what is theirs: a link, a code that can be said aloud, and two words.

    The code is drawn until it is unique among all links that are open or were closed within a year. Raises NoFreeCode.
    """
    words = new_words()
    link = PrivateLink(
        purpose=purpose,
        contact=contact,
        about_model=about._meta.label_lower,
        about_id=about.pk,
        words_hash=keyed_hash(words),
        asks_for_code=contact.needs_locked_links,
        created_at=now,
    )
    _save_with_free_code(link, draw)
    return OpenedLink(link, new_token(link, now=now), link.code, words)


def _save_with_free_code(link: PrivateLink, draw: Callable[[], str]) -> None:
    for _draw in range(MOST_DRAWS):
        link.code = draw()
        try:
            with transaction.atomic():
                link.save(force_insert=True)
        except IntegrityError:
            # Only a taken code may be drawn again; anything else that breaks shows itself.
            if not PrivateLink.objects.filter(code=link.code).exists():
                raise
        else:
            return
    raise NoFreeCode


def _locked(link: PrivateLink) -> PrivateLink:
    """The row as it is now, locked. Raises LinkRevoked."""
    link.refresh_from_db(from_queryset=PrivateLink.objects.select_for_update())
    if link.revoked_at:
        raise LinkRevoked
    return link


@transaction.atomic
def reissue(link: PrivateLink, *, now: datetime) -> OpenedLink:
    """A new link and new words for the same code, told once; all that opened it before stops working.

    For someone who lost them, or fears that someone else has them. Raises LinkRevoked.
    """
    _locked(link)
    words = new_words()
    link.words_hash = keyed_hash(words)
    link.one_time_hash = ""
    link.one_time_until = None
    link.save(update_fields=["words_hash", "one_time_hash", "one_time_until"])
    link.tokens.filter(revoked_at__isnull=True).update(revoked_at=now)
    return OpenedLink(link, new_token(link, now=now), link.code, words)


@transaction.atomic
def reissue_by_staff(link: PrivateLink, *, by: User, reason: str, now: datetime) -> OpenedLink:
    """As `reissue`, told to someone on the staff to read out: whoever holds it sees what the person sees.

    That is an address too, also a protected one, so it is written down. Raises LinkRevoked.
    """
    told = reissue(link, now=now)
    AccessLog.objects.create(
        user=by,
        what=REISSUED,
        about_model=Contact._meta.label_lower,
        about_id=link.contact_id,
        reason=" ".join(reason.split())[:300],
        office_id=contact_owners.office_of(link.contact),
        at=now,
    )
    return told


@transaction.atomic
def ask_for_code(link: PrivateLink, *, asks: bool) -> PrivateLink:
    """Whether the link alone opens the page, or the code must be written too: for telephones that others use."""
    _locked(link)
    link.asks_for_code = asks
    link.save(update_fields=["asks_for_code"])
    return link


@transaction.atomic
def revoke(link: PrivateLink, *, now: datetime) -> PrivateLink:
    """Ends the link: nothing opens it any more, in any session. The code is kept from others for a year."""
    try:
        _locked(link)
    except LinkRevoked:
        return link
    link.revoked_at = now
    link.code_freed_at = now + CODE_IS_KEPT
    link.one_time_hash = ""
    link.one_time_until = None
    link.save(update_fields=["revoked_at", "code_freed_at", "one_time_hash", "one_time_until"])
    return link


@transaction.atomic
def close_code(link: PrivateLink, *, now: datetime) -> PrivateLink:
    """What the link is about has ended: its code becomes free in a year. Until then everything opens as before."""
    _locked(link)
    link.code_freed_at = now + CODE_IS_KEPT
    link.save(update_fields=["code_freed_at"])
    return link


@transaction.atomic
def keep_code(link: PrivateLink) -> PrivateLink:
    """They came back: the code stays theirs after all."""
    _locked(link)
    link.code_freed_at = None
    link.save(update_fields=["code_freed_at"])
    return link


@transaction.atomic
def free_codes(now: datetime) -> int:
    """Makes the codes free whose year has passed, with their words. Twice is as good as once.

    The links open as before, save for those that ask for the code: nobody could answer them, so they end.
    """
    due = PrivateLink.objects.with_code_to_free(now)
    due.filter(asks_for_code=True, revoked_at__isnull=True).update(revoked_at=now)
    return due.update(code="", words_hash="")
