"""How often one address may be reminded: the programme's own rule, so that no one is worn out by us."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from people.calendar import ONE_DAY, STOCKHOLM, stockholm_day, stockholm_moment

MOST_A_DAY = 1
MOST_A_WEEK = 3
A_WEEK = timedelta(days=7)


def next_allowed(sent: Sequence[datetime], wanted: datetime) -> datetime:
    """The first moment from `wanted` on when one more reminder may go to an address, in UTC.

    `sent` are the reminders to that address, in any order. Days are Swedish calendar days and a week is any seven of
    them. A reminder that must wait keeps its time of day, so it does not land in the night.
    """
    days = [stockholm_day(moment) for moment in sent]
    first = day = stockholm_day(wanted)
    while not _has_room(day, days):
        day += ONE_DAY
    if day == first:
        return wanted.astimezone(UTC)
    return stockholm_moment(day, wanted.astimezone(STOCKHOLM).time())


def _has_room(day: date, days: Sequence[date]) -> bool:
    if days.count(day) >= MOST_A_DAY:
        return False
    weeks = [day - ONE_DAY * back for back in range(A_WEEK.days)]
    return all(sum(start <= other < start + A_WEEK for other in days) < MOST_A_WEEK for start in weeks)
