"""The same done to many cases: where meetings go when many are moved, and one row at a time what is done to each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.calendar import STOCKHOLM, SwedishCalendar, stockholm_moment
from people.models import User
from people.quiet_hours import is_quiet
from support.actions import meetings, passing_on, slots
from support.actions.leader_time import Span, Stretch, time_taken
from support.enums import MeetingState, PlaceKind
from support.models import IntakeMeeting, SupportPeriod, SupportRequest

Words = str | Promise

GONE = _("Mötet är inte bokat längre.")
SAME = _("Mötet är redan då och där.")
PAST = _("Den nya tiden har redan passerat.")
QUIET = _("Den nya tiden är på en söndag, en röd dag, före 8 eller efter 20.")
BUSY = _("Något annat är redan bokat eller erbjudet då.")


class Stays(Exception):
    """The meeting is not moved; `why_not` says why. Insisting is for those who move a single one."""

    def __init__(self, why_not: Words) -> None:
        super().__init__(str(why_not))
        self.why_not = why_not


@dataclass(frozen=True)
class Aim:
    """What becomes different for each of the meetings; what is None or empty stays as it is."""

    days: int = 0
    at: time | None = None
    place_kind: str = ""
    place: str = ""


@dataclass(frozen=True)
class Move:
    """Where a meeting goes; `why_not` when it stays."""

    meeting: IntakeMeeting
    starts_at: datetime
    ends_at: datetime
    place_kind: PlaceKind
    place: str
    why_not: Words = ""

    @property
    def stretch(self) -> Stretch:
        row = self.meeting
        return Stretch(row.leader_id, self.starts_at, self.ends_at, row.support_request_id, True)


def plan_moves(rows: Collection[IntakeMeeting], aim: Aim, *, now: datetime) -> list[Move]:
    """Where each of the meetings goes, in the order in which they can be moved without running into one another.

    Only reads: two queries, however many they are.
    """
    calendar = SwedishCalendar()
    moves = [_checked(_aimed(row, aim), calendar, now) for row in rows]
    forward = any(move.starts_at > move.meeting.starts_at for move in moves)
    moves.sort(key=lambda move: (move.meeting.starts_at, move.meeting.pk), reverse=forward)
    return _without_clashes(moves, now)


def _aimed(row: IntakeMeeting, aim: Aim) -> Move:
    local = row.starts_at.astimezone(STOCKHOLM)
    starts_at = stockholm_moment(local.date() + timedelta(days=aim.days), aim.at or local.time())
    kind = PlaceKind(aim.place_kind or row.place_kind)
    is_kept = not aim.place and kind == row.place_kind
    return Move(row, starts_at, starts_at + (row.ends_at - row.starts_at), kind, row.place if is_kept else aim.place)


def _checked(move: Move, calendar: SwedishCalendar, now: datetime) -> Move:
    row = move.meeting
    is_moved = move.starts_at != row.starts_at
    reasons: list[tuple[bool, Words]] = [
        (row.state != MeetingState.BOOKED, GONE),
        (not is_moved and (move.place_kind, move.place) == (row.place_kind, row.place), SAME),
        (move.starts_at <= now, PAST),
        (is_moved and is_quiet(move.starts_at, calendar), QUIET),
    ]
    why_not = next((words for holds, words in reasons if holds), "")
    return replace(move, why_not=why_not)


def _without_clashes(moves: Sequence[Move], now: datetime) -> list[Move]:
    """Those that would run into something else of the leader's stay, also into another of those that are moved."""
    going = [move for move in moves if not move.why_not]
    taken = time_taken([move.stretch for move in going], now=now, besides=[move.meeting.pk for move in going])
    checked = []
    for move in moves:
        is_busy = not move.why_not and any(one.runs_into(move.stretch) for one in taken)
        checked.append(replace(move, why_not=BUSY) if is_busy else move)
        if not checked[-1].why_not:
            taken.append(move.stretch)
    return checked


@transaction.atomic
def move_one(meeting: IntakeMeeting, aim: Aim, *, by: User, now: datetime) -> IntakeMeeting:
    """One of many meetings is moved, and the group told. Raises Stays, and as `move_meeting` does."""
    (move,) = plan_moves([meeting], aim, now=now)
    if move.why_not:
        raise Stays(move.why_not)
    return meetings.move_meeting(
        meeting,
        starts_at=move.starts_at,
        ends_at=move.ends_at,
        place_kind=move.place_kind,
        place=move.place,
        by=by,
        now=now,
    )


@transaction.atomic
def give_one(case: SupportRequest | SupportPeriod, *, to: User, by: User, now: datetime) -> None:
    """One of many cases gets a leader, who is told; so is the group. Raises as `give_request_to`, `give_period_to`."""
    if isinstance(case, SupportPeriod):
        passing_on.give_period_to(case, to=to, by=by, now=now)
    else:
        passing_on.give_request_to(case, to=to, by=by, now=now)


@transaction.atomic
def offer_one(
    support_request: SupportRequest,
    *,
    times: Sequence[Span],
    despite: Collection[datetime],
    place_kind: PlaceKind,
    place: str,
    by: User,
    now: datetime,
) -> None:
    """One of many groups is offered the times; whoever picks first has the time. Raises as `offer_slots`."""
    offered = slots.offer_slots_to_many(
        [support_request], times=times, place_kind=place_kind, place=place, by=by, now=now, despite=despite
    )
    for _request, refusal in offered.left_out:
        raise refusal
