"""Requests that may be about the same thing, each with the reason in words. A person decides; nothing is joined here.

Only rows that the user sees are looked at, and each question to the database goes through an index: the hash of an
address, or municipality among what is open. Where either person has a protected identity no address is compared: "the
same number" would tell the number.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.models import Group, Member
from people.crypto import keyed_hashes
from people.models import Contact, User
from people.models.contacts import plain_email, plain_phone
from people.numbers import in_words
from support.enums import OPEN_STATUSES, RequestStatus
from support.likeness import ALIKE, likeness, shared_words
from support.models import SupportPeriod, SupportRequest

NEAR = timedelta(days=60)
"""How far apart two requests about the same thing may come in, and how long a decided one is still remembered."""

MOST_LOOKED_AT = 50
MOST_BESIDE = 250
MOST_SUGGESTED = 5


@dataclass
class Suggestion:
    """Another request, and why it may be the same. `can_join` is false where they stand in different queues."""

    support_request: SupportRequest
    can_join: bool
    reasons: list[str] = field(default_factory=list)
    weight: float = 0.0


@dataclass(frozen=True)
class KnownGroup:
    """A group that already gets support, and why this may be the same people."""

    group: Group
    reason: str


def possible_duplicates(support_request: SupportRequest, *, seen_by: User) -> list[Suggestion]:
    """Other requests that may belong together with this one, the likeliest first. Two queries.

    Nothing for one that is decided or already joined.
    """
    if not support_request.is_open or support_request.joined_to_id or support_request.received_at is None:
        return []
    found: dict[int, Suggestion] = {}
    for other, reason in _with_same_address(support_request, seen_by):
        _add(found, support_request, other, reason, weight=1.0)
    for other, reason, weight in _about_the_same(support_request, seen_by):
        _add(found, support_request, other, reason, weight=weight)
    likeliest = sorted(found.values(), key=lambda one: (-one.weight, -one.support_request.pk))
    return likeliest[:MOST_SUGGESTED]


def known_groups(support_request: SupportRequest, *, seen_by: User) -> list[KnownGroup]:
    """Groups with support under way where someone is reached at the same address. One query."""
    same = _same_address(support_request.contact)
    if not support_request.is_open or same is None:
        return []
    members = Member.objects.current().visible_to(seen_by).filter(contact__in=_contacts(same))
    at_work = SupportPeriod.objects.open().filter(group=OuterRef("group"))
    rows = members.filter(Exists(at_work)).select_related("contact", "group").order_by("group_id", "pk")
    told: dict[int, KnownGroup] = {}
    for member in rows[:MOST_SUGGESTED]:
        reason = _address_in_words(support_request.contact, member.contact)
        told.setdefault(member.group_id, KnownGroup(member.group, reason))
    return list(told.values())


def _add(
    found: dict[int, Suggestion], row: SupportRequest, other: SupportRequest, reason: str, *, weight: float
) -> None:
    is_near = other.is_open and other.office_id == row.office_id
    suggestion = found.setdefault(other.pk, Suggestion(other, can_join=is_near))
    suggestion.reasons.append(reason)
    suggestion.weight += weight


def _contacts(same: Q) -> QuerySet[Any]:
    """The newest at that address, found by its hash before anything else is asked."""
    return Contact.objects.filter(same, protected=False).order_by("-pk").values("pk")[:MOST_LOOKED_AT]


def _same_address(contact: Contact) -> Q | None:
    """The condition for contacts at the same number or address, also under hash keys that are being changed."""
    if contact.protected or not (contact.phone or contact.email):
        return None
    same = Q(pk__in=[])
    if contact.phone:
        same |= Q(phone_hash__in=keyed_hashes(plain_phone(contact.phone)))
    if contact.email:
        same |= Q(email_hash__in=keyed_hashes(plain_email(contact.email)))
    return same


def _with_same_address(row: SupportRequest, user: User) -> Iterable[tuple[SupportRequest, str]]:
    """What is open, and what was decided lately: "they have asked before" is worth knowing too."""
    same = _same_address(row.contact)
    if same is None:
        return
    rows = _others(row, user).filter(contact__in=_contacts(same)).exclude(joined_to=row.pk)
    assert row.received_at is not None  # a sent request has a day
    lately = Q(decided_at__gte=row.received_at - NEAR)
    sent = rows.filter(Q(status__in=OPEN_STATUSES) | lately).exclude(status=RequestStatus.WITHDRAWN)
    for other in sent.order_by("-received_at")[:MOST_LOOKED_AT]:
        yield other, _address_in_words(row.contact, other.contact)


def _about_the_same(row: SupportRequest, user: User) -> Iterable[tuple[SupportRequest, str, float]]:
    """Open ones in the same queue and municipality that came in about the same time and use the same words."""
    if row.municipality_id is None or row.received_at is None or row.promised_by is None:
        return
    near = (row.received_at - NEAR, row.received_at + NEAR)
    rows = _others(row, user).filter(pk__in=_beside(row), municipality=row.municipality_id, received_at__range=near)
    mine = _told(row)
    for other in rows.order_by("-received_at", "-pk")[:MOST_LOOKED_AT]:
        theirs = _told(other)
        if (alike := likeness(mine, theirs)) >= ALIKE:
            yield other, _nearness_in_words(row.received_at, other, shared_words(mine, theirs)), alike


def _beside(row: SupportRequest) -> QuerySet[Any]:
    """Those that stand nearest in the same queue, before and after. So many and no more, however long it is."""
    office = Q(office=row.office_id) if row.office_id else Q(office__isnull=True)
    queue = SupportRequest.objects.open().filter(office)
    before = queue.filter(promised_by__lte=row.promised_by).order_by("-promised_by", "-received_at", "-pk")
    after = queue.filter(promised_by__gt=row.promised_by).order_by("promised_by", "received_at", "pk")
    return before.values("pk")[:MOST_BESIDE].union(after.values("pk")[:MOST_BESIDE], all=True)


def _others(row: SupportRequest, user: User) -> QuerySet[SupportRequest]:
    rows = SupportRequest.objects.visible_to(user).sent().exclude(pk=row.pk)
    return rows.select_related("contact", "leader", "municipality")


def _told(row: SupportRequest) -> str:
    return f"{row.what} {row.in_common} {row.area} {row.urgent_what}"


def _address_in_words(one: Contact, other: Contact) -> str:
    return _("Samma telefonnummer.") if one.phone and one.phone == other.phone else _("Samma e-postadress.")


def _nearness_in_words(received_at: datetime, other: SupportRequest, shared: list[str]) -> str:
    assert other.received_at is not None  # found by that day
    days = abs((other.received_at - received_at).days)
    apart = (
        ngettext("kom in med en dags mellanrum", "kom in med %(days)s dagars mellanrum", days)
        % {"days": in_words(days)}
        if days
        else _("kom in samma dag")
    )
    return _("Samma kommun, %(apart)s, och båda nämner: %(words)s.") % {"apart": apart, "words": ", ".join(shared)}
