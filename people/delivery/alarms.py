"""What is wrong with the portal itself is told to those who can mend it."""

from datetime import datetime

from django.db.models import Q

from people.calendar import stockholm_day
from people.enums import Role
from people.models import Message, StaffRole, User
from people.outbox import queue_message


def alarm_administrators(message: Message, now: datetime) -> None:
    """One message a day for each kind nobody knows, to each administrator."""
    day = stockholm_day(now)
    roles = StaffRole.objects.active(day).filter(role=Role.ADMINISTRATOR)
    administrators = User.objects.filter(Q(pk__in=roles.values("user")) | Q(is_superuser=True), is_active=True)
    for user in administrators:
        queue_message(
            "people.unknown_kind",
            to=user,
            about=message,
            dedupe_key=f"people.unknown_kind:{message.kind}:{day}:{user.pk}",
            now=now,
            context={"kind": message.kind},
            path=f"/admin/people/message/{message.pk}/change/",
        )
