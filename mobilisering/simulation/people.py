"""What the people of a programme do: a group that asks, meets and answers, and its development leader."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from groups.enums import SupportKind
from people.calendar import SwedishCalendar, stockholm_day, stockholm_moment
from people.models import User
from support.actions.answers import answer_check_in
from support.actions.decisions import accept_request
from support.actions.handling import take_request
from support.actions.meetings import book_meeting, record_meeting
from support.actions.requests import save_answers, start_draft, submit_request
from support.enums import Drives, Going, MeetingState, PlaceKind, Wish
from support.models import CheckIn, IntakeMeeting, SupportPeriod, SupportRequest

MORNING = time(10, 0)
AN_HOUR = timedelta(hours=1)

Answers = dict[str, dict[str, Any]]


def working_morning(day: date, hour: time = MORNING) -> datetime:
    """That day if people work then, else the next day they do."""
    calendar = SwedishCalendar()
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    return stockholm_moment(day, hour)


def days_later(now: datetime, days: int) -> datetime:
    """A working morning so many days later; the same day is now."""
    return working_morning(stockholm_day(now) + timedelta(days=days)) if days else now


def contact_way(*, email: str = "", phone: str = "", by_sms: bool = False, may_say: bool = False) -> dict[str, Any]:
    """How someone chose to be reached; with neither address nor number they get in touch themselves."""
    channel = "email" if email else "sms" if by_sms else "call" if phone else "self"
    return {
        "channel": channel,
        "email": email,
        "phone": phone,
        "may_say_who_we_are": may_say,
        "never_leave_message": channel == "call" and not may_say,
    }


def answers_to_request(
    *,
    what: str,
    place: str,
    contact: dict[str, Any],
    asker: str = "member",
    size_band: str = "5-9",
    in_common: str = "",
    area: str = "",
    responsible: Sequence[str] = ("unknown",),
    supports: Sequence[str] = ("startup",),
    urgency: str = "no",
    urgent_what: str = "",
    called: str = "",
    languages: Sequence[str] = ("sv",),
    wants_interpreter: str = "no",
    access_needs: Sequence[str] = (),
) -> Answers:
    """The answers of one group, question by question, as the form hands them on."""
    return {
        "vem": {"asker": asker},
        "vad": {"what": what, "tells_when_talking": not what},
        "hur-manga": {"size_band": size_band, "in_common": in_common},
        "var": {"place": place, "area": area},
        "ansvar": {"responsible": list(responsible), "responsible_other": ""},
        "stod": {"supports": list(supports)},
        "brattom": {"urgency": urgency, "urgent_what": urgent_what},
        "kontakt": contact,
        "namn": {"called": called},
        "sprak": {"languages": list(languages), "other_language": "", "wants_interpreter": wants_interpreter},
        "behov": {"access_needs": list(access_needs), "access_other": ""},
    }


@dataclass
class Reply:
    """One answer to a check-in; `after` days, or never."""

    wish: Wish = Wish.SAME
    going: Going = Going.WELL
    drives: Drives = Drives.PARTLY
    after: int | None = 0
    comment: str = ""


@dataclass
class LivingGroup:
    """One group on its way through the programme, and what has come of it so far."""

    alias: str
    answers: Answers
    leader: User
    supports: Sequence[SupportKind] = (SupportKind.STARTUP,)
    support_request: SupportRequest | None = None
    period: SupportPeriod | None = None
    seen: set[int] = field(default_factory=set)

    def ask_for_support(self, now: datetime) -> SupportRequest:
        (first, values), *rest = self.answers.items()
        draft = start_draft(once_key=uuid4(), question=first, values=values, now=now).support_request
        for question, given in rest:
            save_answers(draft, question=question, values=given, now=now)
        self.support_request = submit_request(draft, now=now)
        return self.support_request

    def is_taken(self, now: datetime) -> None:
        assert self.support_request is not None
        take_request(self.support_request, by=self.leader, now=now)

    def books_meeting(self, now: datetime, *, in_days: int, place: str = "Biblioteket") -> IntakeMeeting:
        assert self.support_request is not None
        starts_at = days_later(now, in_days)
        return book_meeting(
            self.support_request,
            starts_at=starts_at,
            ends_at=starts_at + AN_HOUR,
            place_kind=PlaceKind.PLACE,
            place=place,
            by=self.leader,
            now=now,
            even_if_busy=True,
        )

    def meets(self, now: datetime, *, notes: str = "") -> SupportPeriod:
        """The first meeting is held, and both want to go on."""
        assert self.support_request is not None
        meeting = self.support_request.meetings.get(state=MeetingState.BOOKED)
        record_meeting(meeting, state=MeetingState.HELD, shared_notes=notes, internal_note="", by=self.leader, now=now)
        self.period = accept_request(
            self.support_request, by=self.leader, now=now, supports=self.supports, alias=self.alias
        )
        return self.period

    def asked_now(self) -> CheckIn | None:
        """A check-in that waits for an answer and that the group has not yet thought about."""
        if self.period is None:
            return None
        asked = self.period.check_ins.filter(state="asked").exclude(pk__in=self.seen).first()
        if asked:
            self.seen.add(asked.pk)
        return asked

    def reply(self, check_in: CheckIn, reply: Reply, now: datetime) -> None:
        assert self.support_request is not None
        answer_check_in(
            check_in,
            going=reply.going,
            drives=reply.drives,
            wish=reply.wish,
            comment=reply.comment,
            contact=self.support_request.contact,
            now=now,
        )
