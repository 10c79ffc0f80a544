"""The days in which a follow-up may fall: a window around an expected day, in whole days."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import floor

from people.calendar import ONE_DAY, SwedishCalendar
from support.taper_facts import History, Moved, PeriodFacts, Policy


@dataclass(frozen=True, kw_only=True)
class Window:
    """`limit` is the last day that can be the expected one; it moves when the whole window is moved."""

    earliest: date
    expected: date
    latest: date
    limit: date
    moved_by: Moved = Moved.NOTHING

    def starting(self, day: date, moved_by: Moved) -> "Window":
        """The whole window, moved to begin on a later day."""
        by = day - self.earliest
        return Window(
            earliest=day, expected=self.expected + by, latest=self.latest + by, limit=self.limit + by, moved_by=moved_by
        )


def plan_window(
    period: PeriodFacts, history: History, policy: Policy, today: date, *, step: int, paused_until: date | None
) -> Window:
    """The window at a step of the ladder, moved past a hand-over or a booked meeting, with no day before today."""
    gap = timedelta(weeks=policy.ladder[step])
    margin = timedelta(days=floor(round(gap.days * policy.tolerance, 6)))
    window = _after_pause(paused_until, margin) if paused_until else _after_gap(period, history, policy, gap, margin)
    window = _past_what_comes_between(window, period, policy)
    if window.expected < today:
        window = _past_what_comes_between(_after_pause(today, margin), period, policy)
    return replace(window, earliest=max(window.earliest, today))


def working_day_in(window: Window, calendar: SwedishCalendar) -> date:
    """The working day nearest the expected day, the earlier of two; the expected day itself if there is none."""
    last = max(min(window.latest, window.limit), window.expected)
    days = [window.earliest + ONE_DAY * count for count in range((last - window.earliest).days + 1)]
    working_days = [day for day in days if calendar.is_working_day(day)]
    return min(working_days, key=lambda day: abs(day - window.expected), default=window.expected)


def _after_pause(day: date, margin: timedelta) -> Window:
    """From the day on, and not before it."""
    return Window(earliest=day, expected=day, latest=day + margin, limit=day + margin)


def _after_gap(period: PeriodFacts, history: History, policy: Policy, gap: timedelta, margin: timedelta) -> Window:
    """A gap after the last contact, or after what the group did by itself since, but never past the limit."""
    answered_on = history.answers[-1].on if history.answers else None
    contacts = (period.opened_on, history.last_contact_on, history.last_asked_on, answered_on)
    last_contact = max(day for day in contacts if day)
    by_contact = last_contact + gap
    by_activity = (history.last_activity_on or last_contact) + gap
    limit = last_contact + timedelta(days=floor(gap.days * policy.activity_limit))
    expected = max(by_contact, min(by_activity, limit))
    return Window(
        earliest=expected - margin,
        expected=expected,
        latest=expected + margin,
        limit=limit,
        moved_by=Moved.ACTIVITY if expected > by_contact else Moved.NOTHING,
    )


def _past_what_comes_between(window: Window, period: PeriodFacts, policy: Policy) -> Window:
    """A new leader gets some days to read up, and nobody is asked how it goes just before we meet."""
    handed_over_on, meeting_on = period.handed_over_on, period.next_meeting_on
    if handed_over_on and handed_over_on <= window.latest and handed_over_on + policy.hand_over > window.earliest:
        window = window.starting(handed_over_on + policy.hand_over, Moved.HAND_OVER)
    if meeting_on and window.earliest <= meeting_on <= window.latest:
        window = window.starting(meeting_on + ONE_DAY, Moved.MEETING)
    return window
