"""What is said about the next time we are in touch: soon, now, once more; and to the leader when nobody answers."""

from collections.abc import Callable
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from people import kinds
from people.calendar import stockholm_moment
from people.enums import MessageClass, MessageState
from people.models import Contact, Message
from support.emails.to_groups import leader_hears, leader_hears_of_stop, take_back, tell_group, tell_user
from support.enums import CheckInKind, CheckInState
from support.models import CheckIn

PAGE = "hur-gar-det/"
"""Where on the private page the three taps are."""

DAY_BEGINS = time(8)


def _state(check_in_id: int) -> str:
    return CheckIn.objects.values_list("state", flat=True).filter(pk=check_in_id).first() or ""


def still_planned(check_in_id: int, now: datetime) -> str | None:
    return None if _state(check_in_id) == CheckInState.PLANNED else _("Det är inte planerat längre.")


def still_asked(check_in_id: int, now: datetime) -> str | None:
    return None if _state(check_in_id) == CheckInState.ASKED else _("Frågan är besvarad, eller behövs inte.")


def still_without_answer(check_in_id: int, now: datetime) -> str | None:
    open_states = {CheckInState.ASKED, CheckInState.MISSED}
    return None if _state(check_in_id) in open_states else _("Frågan är besvarad, eller behövs inte.")


def _to_group(name: str, still_wanted: Callable[[int, datetime], str | None]) -> kinds.MessageKind:
    return kinds.MessageKind(name, MessageClass.REMINDER, still_wanted, leader_hears, leader_hears_of_stop)


CHECK_IN_SOON = _to_group("support.check_in_soon", still_planned)
CHECK_IN_ASKED = _to_group("support.check_in_asked", still_asked)
CHECK_IN_REMINDER = _to_group("support.check_in_reminder", still_asked)
AFTER_CARE_ASKED = _to_group("support.after_care_asked", still_asked)
CHECK_IN_MISSED = kinds.MessageKind("support.check_in_missed", MessageClass.STAFF, still_without_answer)
CHECK_IN_FOR_LEADER = kinds.MessageKind("support.check_in_for_leader", MessageClass.STAFF, still_without_answer)
CHECK_IN_ANSWERED = kinds.MessageKind("support.check_in_answered", MessageClass.STAFF)
CONTACT_NOT_SAFE = kinds.MessageKind("support.contact_not_safe", MessageClass.STAFF)


def _begins(day: date) -> datetime:
    return stockholm_moment(day, DAY_BEGINS)


def announce(check_in: CheckIn, *, now: datetime) -> None:
    """Soon. Worth nothing any more on the day itself."""
    _ask_group(CHECK_IN_SOON, check_in, once=str(check_in.expected), expires=check_in.expected, now=now)


def ask(check_in: CheckIn, *, now: datetime) -> None:
    """Now. Expires when the reminder is due."""
    kind = AFTER_CARE_ASKED if check_in.kind == CheckInKind.AFTER_CARE else CHECK_IN_ASKED
    _ask_group(kind, check_in, once=str(check_in.remind_on), expires=check_in.remind_on, now=now)


def remind(check_in: CheckIn, *, now: datetime) -> None:
    """Once more. Expires when the leader takes over."""
    _ask_group(CHECK_IN_REMINDER, check_in, once=str(check_in.remind_on), expires=check_in.basket_on, now=now)


def take_back_questions(check_in: CheckIn) -> None:
    """It is answered or called off: what has not left shall not leave."""
    because = _("Frågan är besvarad, eller behövs inte.")
    take_back(check_in, CHECK_IN_SOON, CHECK_IN_ASKED, CHECK_IN_REMINDER, AFTER_CARE_ASKED, because=because)


def take_back_announcement(check_in: CheckIn) -> None:
    """The day has moved."""
    take_back(check_in, CHECK_IN_SOON, because=_("Dagen är flyttad."))


def take_back_question(check_in: CheckIn) -> bool:
    """Nobody has got the question yet, and it shall be asked another day. False when it has left."""
    return _take_back_whole(check_in, CHECK_IN_ASKED, check_in.asked_at)


def take_back_reminder(check_in: CheckIn) -> bool:
    """As `take_back_question`, of the reminder."""
    return _take_back_whole(check_in, CHECK_IN_REMINDER, check_in.reminded_at)


def _take_back_whole(check_in: CheckIn, kind: kinds.MessageKind, since: datetime | None) -> bool:
    """Only what was said last, and only when it has reached none of the contact persons."""
    rows = Message.objects.about(check_in).filter(kind=kind.name, created_at__gte=since) if since else []
    if {row.state for row in rows} != {MessageState.QUEUED}:
        return False
    return take_back(check_in, kind, because=_("Gruppen har fått en annan utvecklingsledare.")) > 0


def _ask_group(
    kind: kinds.MessageKind, check_in: CheckIn, *, expires: date | None, now: datetime, once: str = ""
) -> None:
    tell_group(
        kind,
        check_in.period.group,
        about=check_in,
        once=once,
        now=now,
        office=check_in.period.office,
        context={"check_in": check_in, "leader": check_in.period.leader},
        path=PAGE,
        expires_at=_begins(expires) if expires else None,
    )


def tell_missed(check_in: CheckIn, *, now: datetime) -> None:
    """Ten days without an answer: the leader's turn."""
    _tell_leader(CHECK_IN_MISSED, check_in, now)


def tell_leader_to_ask(check_in: CheckIn, *, now: datetime) -> None:
    """A person shall get in touch, not only a message."""
    _tell_leader(CHECK_IN_FOR_LEADER, check_in, now)


def tell_answered(check_in: CheckIn, *, now: datetime) -> None:
    """An answer that wants something of the leader: it goes badly, another distance is wished, or there are words."""
    _tell_leader(CHECK_IN_ANSWERED, check_in, now)


def tell_not_safe(check_in: CheckIn, contact: Contact, *, now: datetime) -> None:
    """The contact way is not used any more; another must be found out in person."""
    _tell_leader(CONTACT_NOT_SAFE, check_in, now, once=str(contact.pk))


def _tell_leader(kind: kinds.MessageKind, check_in: CheckIn, now: datetime, *, once: str = "") -> None:
    tell_user(
        kind,
        check_in.period.leader,
        about=check_in,
        once=once,
        now=now,
        office=check_in.period.office,
        context={"check_in": check_in},
        page=check_in.period,
    )


def register() -> None:
    kinds.register(
        CHECK_IN_SOON,
        CHECK_IN_ASKED,
        CHECK_IN_REMINDER,
        AFTER_CARE_ASKED,
        CHECK_IN_MISSED,
        CHECK_IN_FOR_LEADER,
        CHECK_IN_ANSWERED,
        CONTACT_NOT_SAFE,
    )
