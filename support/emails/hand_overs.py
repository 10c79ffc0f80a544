"""What colleagues are told of hand-overs and of cover during absence. Never of which group, nor of what was written."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from people import kinds
from people.enums import MessageClass
from people.models import Office, StaffRole, User
from people.outbox import queue_message
from support.emails.to_groups import tell_user
from support.enums import HandOverState
from support.models import HandOver

COVER_PAGE = "/admin/support/handover/vikarie/"


def still_waiting(hand_over_id: int, now: datetime) -> str | None:
    if HandOver.objects.waiting().filter(pk=hand_over_id).exists():
        return None
    return _("Frågan om att ta över är redan besvarad eller tillbakatagen.")


def still_accepted(hand_over_id: int, now: datetime) -> str | None:
    rows = HandOver.objects.filter(pk=hand_over_id, state=HandOverState.ACCEPTED)
    return None if rows.exists() else _("Överlämningen finns inte längre.")


def still_refused(hand_over_id: int, now: datetime) -> str | None:
    rows = HandOver.objects.filter(pk=hand_over_id, state=HandOverState.REFUSED)
    return None if rows.exists() else _("Överlämningen finns inte längre.")


def still_covers(role_id: int, now: datetime) -> str | None:
    return None if StaffRole.objects.filter(pk=role_id).exists() else _("Vikariatet är avslutat.")


HAND_OVER_OFFERED = kinds.MessageKind("support.hand_over_offered", MessageClass.STAFF, still_waiting)
HAND_OVER_ACCEPTED = kinds.MessageKind("support.hand_over_accepted", MessageClass.STAFF, still_accepted)
HAND_OVER_REFUSED = kinds.MessageKind("support.hand_over_refused", MessageClass.STAFF, still_refused)
COVER_ARRANGED = kinds.MessageKind("support.cover_arranged", MessageClass.STAFF, still_covers)
COVER_FOR_YOU = kinds.MessageKind("support.cover_for_you", MessageClass.STAFF, still_covers)
COVER_ENDED = kinds.MessageKind("support.cover_ended", MessageClass.STAFF)


def tell_offered(hand_over: HandOver, users: Iterable[User], *, now: datetime) -> None:
    """Those who can take over hear that someone asks."""
    for user in users:
        tell_user(HAND_OVER_OFFERED, user, about=hand_over, now=now, office=hand_over.to_office)


def tell_accepted(hand_over: HandOver, had_it: User | None, *, now: datetime) -> None:
    """Whoever asked, and whoever had the case, hears that it has gone over."""
    for user in {one.pk: one for one in (hand_over.from_user, had_it) if one}.values():
        if user.pk != hand_over.answered_by_id:
            tell_user(HAND_OVER_ACCEPTED, user, about=hand_over, now=now, office=hand_over.from_office)


def tell_refused(hand_over: HandOver, *, now: datetime) -> None:
    tell_user(HAND_OVER_REFUSED, hand_over.from_user, about=hand_over, now=now, office=hand_over.from_office)


def tell_cover(role: StaffRole, *, now: datetime) -> None:
    """Both hear who covers, and from when until when."""
    assert role.covers is not None  # only such roles come here
    days = {"starts_on": role.starts_on, "ends_on": role.ends_on}
    _tell_of_cover(COVER_ARRANGED, role.user, role, now, colleague=role.covers, **days)
    _tell_of_cover(COVER_FOR_YOU, role.covers, role, now, colleague=role.user, **days)


def tell_cover_ended(role: StaffRole, *, now: datetime) -> None:
    """Both hear that it ended before its day."""
    assert role.covers is not None  # only such roles come here
    for user, colleague in ((role.user, role.covers), (role.covers, role.user)):
        _tell_of_cover(COVER_ENDED, user, role, now, colleague=colleague)


def _tell_of_cover(kind: kinds.MessageKind, user: User, role: StaffRole, now: datetime, **context: Any) -> None:
    """To themselves alone: not to whoever covers for them."""
    office: Office | None = role.office
    queue_message(
        kind.name,
        to=user,
        about=role,
        dedupe_key=f"{kind.name}:{role.pk}:{now.isoformat()}:{user.pk}",
        now=now,
        office=office,
        context=context,
        path=COVER_PAGE,
    )


def register() -> None:
    kinds.register(HAND_OVER_OFFERED, HAND_OVER_ACCEPTED, HAND_OVER_REFUSED, COVER_ARRANGED, COVER_FOR_YOU, COVER_ENDED)
