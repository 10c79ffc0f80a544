"""What is said in the morning to those who asked for it: counts and a link, nothing that tells of any group."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from people import kinds
from people.calendar import stockholm_day
from people.counting import count_in_words
from people.enums import MessageClass
from people.models import CASE_ROLES, Message, StaffRole, User
from people.outbox import queue_message

TOLD = {
    "hand_overs": "hand-overs",
    "new": "new",
    "meetings": "today",
    "follow_up": "follow-up",
    "quiet": "quiet",
    "promises": "promises",
    "contacts": "contacts",
}
"""The lines of the summary → the block of Min dag that each one counts."""


def readers(today: date) -> QuerySet[User]:
    """Active staff who want the summary and work with cases today."""
    roles = StaffRole.objects.active(today).filter(role__in=CASE_ROLES, user=OuterRef("pk"))
    staff = User.objects.filter(wants_morning_mail=True, is_active=True, is_staff=True)
    return staff.filter(Q(is_superuser=True) | Exists(roles))


def still_wanted(user_id: int, now: datetime) -> str | None:
    """Someone who has left, or said stop, gets nothing more."""
    return None if readers(stockholm_day(now)).filter(pk=user_id).exists() else _("Sammandraget är avstängt.")


MORNING_SUMMARY = kinds.MessageKind("support.morning_summary", MessageClass.STAFF, still_wanted)


def key_of(user: User, today: date) -> str:
    """One for each person and day."""
    return f"{MORNING_SUMMARY.name}:{user.pk}:{today:%Y-%m-%d}"


def tell_morning(
    user: User, counts: Mapping[str, int], *, today: date, now: datetime, expires_at: datetime
) -> Message | None:
    """Also when nothing waits: whoever asked for it then knows that all is well, and not that the mail is lost."""
    numbers = {line: counts[block] for line, block in TOLD.items()}
    return queue_message(
        MORNING_SUMMARY.name,
        to=user,
        about=user,
        dedupe_key=key_of(user, today),
        now=now,
        context={"numbers": {line: count_in_words(number) for line, number in numbers.items() if number}},
        path="/admin/",
        expires_at=expires_at,
    )


def register() -> None:
    kinds.register(MORNING_SUMMARY)
