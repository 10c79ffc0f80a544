"""Quiet hours: when a person is left in peace, and where a message that falls in them goes instead.

The programme's own rule: no message between 20:00 and 08:00 Swedish time, none on Sundays and holidays. A reminder can
wait, so it goes later. What is said before an appointment loses its worth by waiting, so it goes earlier. What someone
asked for within the last minutes, and what goes to staff, goes at once.
"""

from datetime import UTC, datetime, time

from people.calendar import ONE_DAY, STOCKHOLM, SwedishCalendar, stockholm_moment
from people.enums import MessageClass

OPENS = time(8)
LAST_OPEN_HOUR = time(19)
CLOSES = time(20)


def is_quiet(moment: datetime, calendar: SwedishCalendar) -> bool:
    """Whether nobody may be written to at an aware moment."""
    local = moment.astimezone(STOCKHOLM)
    return not (calendar.is_open_day(local.date()) and OPENS <= local.time() < CLOSES)


def next_open(moment: datetime, calendar: SwedishCalendar) -> datetime:
    """The moment itself when it is open, otherwise when the quiet ends. In UTC."""
    if not is_quiet(moment, calendar):
        return moment.astimezone(UTC)
    local = moment.astimezone(STOCKHOLM)
    day = local.date() if local.time() < OPENS else local.date() + ONE_DAY
    while not calendar.is_open_day(day):
        day += ONE_DAY
    return stockholm_moment(day, OPENS)


def last_open_hour_before(moment: datetime, calendar: SwedishCalendar) -> datetime:
    """The moment itself when it is open, otherwise the start of the last open hour (19:00) before the quiet. In UTC."""
    if not is_quiet(moment, calendar):
        return moment.astimezone(UTC)
    local = moment.astimezone(STOCKHOLM)
    day = local.date() if local.time() >= CLOSES else local.date() - ONE_DAY
    while not calendar.is_open_day(day):
        day -= ONE_DAY
    return stockholm_moment(day, LAST_OPEN_HOUR)


def when_to_send(
    wanted: datetime,
    message_class: MessageClass,
    *,
    now: datetime,
    calendar: SwedishCalendar,
    starts_at: datetime | None = None,
) -> datetime | None:
    """When a message wanted at an aware moment goes out, in UTC and never before `now`.

    None means not at all: there is no open moment left before the appointment starts.
    """
    now = now.astimezone(UTC)
    wanted = max(wanted.astimezone(UTC), now)
    if message_class == MessageClass.REMINDER:
        return next_open(wanted, calendar)
    if message_class == MessageClass.APPOINTMENT:
        return _before_the_start(wanted, now, calendar, starts_at)
    return wanted


def _before_the_start(
    wanted: datetime, now: datetime, calendar: SwedishCalendar, starts_at: datetime | None
) -> datetime | None:
    earlier = last_open_hour_before(wanted, calendar)
    moment = earlier if earlier >= now else next_open(now, calendar)
    if starts_at is not None and moment >= starts_at.astimezone(UTC):
        return None
    return moment
