"""The taper: when the programme and a group are in touch next.

Contact thins out toward self-reliance by the group's own wish and by evidence, not by a calendar alone. The group's
wish always wins: what the evidence says against it is only offered in words.

Nothing is read and nothing is stored. The same facts give the same decision, also when it is asked for twice.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from people.calendar import SwedishCalendar
from support.enums import OPEN_PHASES, Drives, Going, Phase, Wish
from support.taper_facts import (
    Answer,
    Decision,
    History,
    Moved,
    Offer,
    PeriodFacts,
    Policy,
    ReadinessTick,
    ReminderDays,
    Rule,
)
from support.taper_window import plan_window, working_day_in
from support.taper_words import why

__all__ = [
    "Answer",
    "Decision",
    "History",
    "Moved",
    "Offer",
    "PeriodFacts",
    "Policy",
    "ReadinessTick",
    "ReminderDays",
    "Rule",
    "after_care_dates",
    "next_contact",
    "readiness_on",
    "reminder_days",
]

AFTER_CARE_MONTHS = (3, 6, 12)
ANNOUNCED_FROM_WEEKS = 4
ANNOUNCED_BEFORE = timedelta(days=3)
REMINDED_AFTER = timedelta(days=4)
BASKET_AFTER = timedelta(days=10)

NO_ANSWER = Answer(on=date.min, step=0)


def next_contact(
    period: PeriodFacts, history: History, policy: Policy, calendar: SwedishCalendar, today: date
) -> Decision:
    """When we are in touch next: one decision, at most one step on the ladder, never a day in the past.

    Ask again whenever something happens: an answer or none, a tick, a meeting booked or held, an item done, a new
    leader. ValueError when the support is over, as nobody is to be contacted this way after that.
    """
    if period.phase not in OPEN_PHASES:
        raise ValueError(f"no next contact in the phase {period.phase}")
    case = _Case(period, history, policy, today)
    window = plan_window(period, history, policy, today, step=case.step, paused_until=case.paused_until)
    decision = Decision(
        step=case.step,
        gap_weeks=policy.ladder[case.step],
        earliest=window.earliest,
        expected=working_day_in(window, calendar),
        latest=window.latest,
        rule=case.rule,
        moved_by=window.moved_by,
        asks_leader=case.asks_leader,
        offers=case.offers,
    )
    return replace(decision, why=why(decision, period, history, case.paused_until, today))


def readiness_on(day: date, ticks: Sequence[ReadinessTick], policy: Policy) -> int:
    """How many of the five signs hold on a day: the newest tick of each, if not too old. Unknown counts as no.

    For the taper alone; never shown as a grade of the group.
    """
    newest = {tick.sign: tick for tick in ticks if day - policy.sign_lasts <= tick.on <= day}
    return sum(tick.is_yes for tick in newest.values())


def reminder_days(decision: Decision) -> ReminderDays:
    """The days around a check-in: told before only when the gap is long, asked, reminded once, then the leader's."""
    is_long = decision.gap_weeks >= ANNOUNCED_FROM_WEEKS
    return ReminderDays(
        before=decision.expected - ANNOUNCED_BEFORE if is_long else None,
        on=decision.expected,
        after=decision.expected + REMINDED_AFTER,
        basket=decision.expected + BASKET_AFTER,
    )


def after_care_dates(self_reliant_on: date) -> tuple[date, ...]:
    """Three, six and twelve calendar months later; the last day of the month where the day does not exist."""
    return tuple(_add_months(self_reliant_on, months) for months in AFTER_CARE_MONTHS)


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class _Case:
    """The facts of one decision, and the rules read off them."""

    period: PeriodFacts
    history: History
    policy: Policy
    today: date

    @cached_property
    def answer(self) -> Answer:
        return self.history.answers[-1] if self.history.answers else NO_ANSWER

    @cached_property
    def asked_at(self) -> int:
        """The step of the ladder that the decision starts from."""
        return self.policy.nearest_step(self.answer.step if self.history.answers else self.period.step)

    @cached_property
    def paused_until(self) -> date | None:
        """The day a pause ends, until we have been in touch again. Without a day it lasts the widest gap."""
        if self.answer.wish == Wish.FINISH:
            return None
        days = [self.period.paused_until]
        if self.answer.wish == Wish.PAUSE:
            days.append(self.answer.pause_until or self.answer.on + timedelta(weeks=self.policy.ladder[-1]))
        contacts = (self.answer.on, self.history.last_contact_on, self.history.last_asked_on)
        in_touch_on = max(day for day in contacts if day)
        return max((day for day in days if day and day > in_touch_on), default=None)

    @cached_property
    def rule(self) -> Rule:
        """The first that applies. A set-back narrows the gap only when the group has said no wish: *same* stands."""
        if self.answer.wish == Wish.FINISH:
            return Rule.FINISH
        if self.paused_until:
            return Rule.PAUSE
        if self.answer.wish in {Wish.CLOSER, Wish.FURTHER}:
            return Rule.WISH
        if self.is_set_back and not self.answer.wish:
            return Rule.SET_BACK
        return Rule.SUGGESTION if self.suggestion else Rule.STEADY

    @cached_property
    def step(self) -> int:
        if self.rule == Rule.WISH:
            return self.policy.nearest_step(self.asked_at + (1 if self.answer.wish == Wish.FURTHER else -1))
        return self.policy.nearest_step(self.asked_at - (self.rule == Rule.SET_BACK))

    @cached_property
    def is_set_back(self) -> bool:
        """It goes badly, or the group no longer drives the question as it did the time before."""
        before = self.history.answers[-2] if len(self.history.answers) > 1 else NO_ANSWER
        drives_no_longer = self.answer.drives == Drives.NO and before.drives in {Drives.YES, Drives.PARTLY}
        return self.answer.going == Going.BADLY or drives_no_longer

    @cached_property
    def suggestion(self) -> Offer:
        """What the evidence speaks for: nothing during exit, in silence or after a set-back."""
        if self.period.phase == Phase.EXIT or self.history.missed_in_row or self.is_set_back:
            return Offer.NOTHING
        if self.asked_at == self.policy.widest_step:
            return Offer.EXIT if self.is_ready_twice_in_row else Offer.NOTHING
        return Offer.FURTHER if self._is_ready_on(self.today) else Offer.NOTHING

    @cached_property
    def is_ready_twice_in_row(self) -> bool:
        """Both at the newest answer and the one before, each asked at the widest step."""
        if len(self.history.answers) <= 1:
            return False
        return all(
            answer.step >= self.policy.widest_step and self._is_ready_on(answer.on)
            for answer in self.history.answers[-2:]
        )

    def _is_ready_on(self, day: date) -> bool:
        return readiness_on(day, self.history.readiness, self.policy) >= self.policy.high_readiness

    @cached_property
    def offers(self) -> Offer:
        if self.rule == Rule.SUGGESTION:
            return self.suggestion
        if self.rule == Rule.WISH and self.answer.wish == Wish.FURTHER and self.suggestion == Offer.EXIT:
            return Offer.EXIT
        if self.rule == Rule.STEADY and self.is_set_back and self.step > 0:
            return Offer.CLOSER
        return Offer.NOTHING

    @cached_property
    def asks_leader(self) -> bool:
        """Silence twice, a wish the ladder has no step for, or an exit to prepare. Not if the group makes contact."""
        if self.period.waits_for_group:
            return False
        is_silent = self.history.missed_in_row >= self.policy.missed_before_leader
        is_beyond_the_ladder = self.rule == Rule.WISH and self.step == self.asked_at
        starts_exit = self.rule == Rule.FINISH and self.period.phase != Phase.EXIT
        return is_silent or is_beyond_the_ladder or starts_exit
