"""What the taper is asked with and what it answers: plain values, easily built from rows. Days are Swedish days."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from people.enums import YesNoUnknown
from support.enums import Phase


class Rule(StrEnum):
    """What decided: the first that applies, in this order."""

    FINISH = "finish"
    PAUSE = "pause"
    WISH = "wish"
    SET_BACK = "set_back"
    SUGGESTION = "suggestion"
    STEADY = "steady"


class Offer(StrEnum):
    """What is offered in words. It happens only if the group takes it."""

    NOTHING = ""
    CLOSER = "closer"
    FURTHER = "further"
    EXIT = "exit"


class Moved(StrEnum):
    """What moved the window to a later day than the gap alone gives."""

    NOTHING = ""
    ACTIVITY = "activity"
    HAND_OVER = "hand_over"
    MEETING = "meeting"


@dataclass(frozen=True, kw_only=True)
class Policy:
    """The numbers of the taper: the programme's own, as no published schedule for such groups was found."""

    ladder: tuple[int, ...] = (1, 2, 4, 8, 13)  # weeks between contacts, one for each step
    tolerance: float = 0.2  # the window is the expected day plus and minus this share of the gap
    activity_limit: float = 1.5  # gaps from the last contact that the group's own activity can move the expected day
    sign_lasts: timedelta = timedelta(weeks=26)
    high_readiness: int = 4  # of five signs
    missed_before_leader: int = 2  # check-ins without an answer, in a row
    hand_over: timedelta = timedelta(days=7)  # peace for a new leader to read up

    def nearest_step(self, step: int) -> int:
        return max(0, min(step, self.widest_step))

    @property
    def widest_step(self) -> int:
        return len(self.ladder) - 1


@dataclass(frozen=True, kw_only=True)
class PeriodFacts:
    """A support period in start, change or exit.

    `step` counts until there is an answer; from then on the newest answer's step does. `paused_until` is a pause that
    still holds: who takes a later answer clears it. `waits_for_group`: the group has chosen to get in touch itself.
    """

    opened_on: date
    phase: str = Phase.START
    step: int = 0
    paused_until: date | None = None
    handed_over_on: date | None = None
    next_meeting_on: date | None = None
    waits_for_group: bool = False


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A check-in that was answered. `step` is the step it was asked at, so that deciding twice moves only once.

    An empty `wish` is for what a leader noted when the group said nothing of how close the contact should be.
    """

    on: date
    step: int
    wish: str = ""
    going: str = ""
    drives: str = ""
    pause_until: date | None = None


@dataclass(frozen=True)
class ReadinessTick:
    """One of the five signs, ticked yes, no or unknown by group or leader on a day."""

    sign: str
    value: str
    on: date

    @property
    def is_yes(self) -> bool:
        return self.value == YesNoUnknown.YES


@dataclass(frozen=True, kw_only=True)
class History:
    """What has happened in the period; answers and ticks stand oldest first.

    `last_contact_on` is when we last were in touch, `last_asked_on` the expected day of the last check-in that got no
    answer, `last_activity_on` when the group last did something by itself (held a meeting, finished an item, answered).
    """

    answers: tuple[Answer, ...] = ()
    missed_in_row: int = 0
    last_contact_on: date | None = None
    last_asked_on: date | None = None
    last_activity_on: date | None = None
    readiness: tuple[ReadinessTick, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Decision:
    """When we are in touch next, and why: `why` is for group and leader alike, in the language active when it was made.

    `asks_leader`: a person from the programme gets in touch, not only a message.
    """

    step: int
    gap_weeks: int
    earliest: date
    expected: date
    latest: date
    rule: Rule
    moved_by: Moved
    asks_leader: bool
    offers: Offer
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class ReminderDays:
    """`before` only when it was long ago; on `basket` the leader takes over."""

    before: date | None
    on: date
    after: date
    basket: date
