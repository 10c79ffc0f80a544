"""What is said about examples that come in: thanks to whoever wrote, and a line to the editors. Never what it says."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from groups.models import Approval
from knowledge.enums import State
from knowledge.models import Example
from people import kinds
from people.calendar import stockholm_day
from people.enums import Channel, MessageClass, Role
from people.models import Message
from people.outbox import queue_message
from people.permissions import staff_of

PAGE = "/admin/knowledge/example/{}/change/"


def still_there(example_id: int, now: datetime) -> str | None:
    return None if Example.objects.filter(pk=example_id).exists() else _("Exemplet är borttaget.")


def still_unread(example_id: int, now: datetime) -> str | None:
    rows = Example.objects.filter(pk=example_id, state__in=[State.DRAFT, State.REVIEW])
    return None if rows.exists() else _("Någon har redan tagit hand om exemplet.")


EXAMPLE_THANKS = kinds.MessageKind("knowledge.example_thanks", MessageClass.ANSWER, still_there)
EXAMPLE_CAME_IN = kinds.MessageKind("knowledge.example_came_in", MessageClass.STAFF, still_unread)
EXAMPLE_ANSWERED = kinds.MessageKind("knowledge.example_answered", MessageClass.STAFF, still_there)
EXAMPLE_GONE = kinds.MessageKind("knowledge.example_gone", MessageClass.STAFF, still_there)


def send_thanks(example: Example, *, now: datetime) -> Message | None:
    """Whoever wants to be called is not called only to hear thanks."""
    if example.contact is None or example.contact.channel not in {Channel.EMAIL, Channel.SMS}:
        return None
    return queue_message(
        EXAMPLE_THANKS.name,
        to=example.contact,
        about=example,
        dedupe_key=f"{EXAMPLE_THANKS.name}:{example.pk}",
        now=now,
        context={"phone": settings.PORTAL_PHONE},
    )


def tell_came_in(example: Example, *, now: datetime) -> None:
    _tell_editors(EXAMPLE_CAME_IN, example, once="", now=now)


def tell_answered(example: Example, approval: Approval, *, now: datetime) -> None:
    """Each answer is told once: a yes, and later that it was taken back."""
    answer = "taken_back" if approval.taken_back_at else approval.decision
    _tell_editors(EXAMPLE_ANSWERED, example, once=f"{approval.pk}:{answer}", now=now, answer=answer)


def tell_rewritten(example: Example, *, once: str, now: datetime) -> None:
    """The group has written in its text; `once` tells one such time from another."""
    _tell_editors(EXAMPLE_ANSWERED, example, once=f"rewritten:{once}", now=now, answer="rewritten")


def tell_gone(example: Example, *, now: datetime) -> None:
    """A published example was withdrawn, since nobody is left who could take the yes back."""
    _tell_editors(EXAMPLE_GONE, example, once=str(int(now.timestamp())), now=now)


def _tell_editors(kind: kinds.MessageKind, example: Example, *, once: str, now: datetime, answer: str = "") -> None:
    for user in staff_of(Role.EDITOR, None, stockholm_day(now)):
        queue_message(
            kind.name,
            to=user,
            about=example,
            dedupe_key=":".join(filter(None, [kind.name, str(example.pk), once, str(user.pk)])),
            now=now,
            context={"answer": answer},
            path=PAGE.format(example.pk),
        )


def register() -> None:
    kinds.register(EXAMPLE_THANKS, EXAMPLE_CAME_IN, EXAMPLE_ANSWERED, EXAMPLE_GONE)
