"""Swedish days: which days are open, which are worked, and how a day is written to a reader."""

from collections.abc import Container
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from holidays.countries.sweden import Sweden

STOCKHOLM = ZoneInfo("Europe/Stockholm")

ONE_DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6


class SwedishCalendar:
    """The days of the programme.

    Without `holidays` the Swedish ones are used: the public holidays by law (1989:253) and the eves that are kept as
    holidays without being so in law (midsommarafton, julafton, nyårsafton). Sundays are known by themselves.
    """

    def __init__(self, holidays: Container[date] | None = None) -> None:
        self._holidays = _swedish_holidays() if holidays is None else holidays

    def is_holiday(self, day: date) -> bool:
        return day in self._holidays

    def is_open_day(self, day: date) -> bool:
        """A day when people may be written to: not a Sunday, not a holiday."""
        return day.weekday() != SUNDAY and not self.is_holiday(day)

    def is_working_day(self, day: date) -> bool:
        """A day when the offices work: Monday to Friday, not a holiday."""
        return day.weekday() < SATURDAY and not self.is_holiday(day)

    def add_working_days(self, day: date, count: int) -> date:
        """The working day that is `count` working days after `day`, which is itself not counted."""
        while count > 0:
            day += ONE_DAY
            count -= self.is_working_day(day)
        return day


def stockholm_day(moment: datetime) -> date:
    """The day it is in Sweden at an aware moment."""
    return moment.astimezone(STOCKHOLM).date()


def stockholm_moment(day: date, clock: time) -> datetime:
    """The moment, in UTC, when a Swedish clock shows `clock` on `day`.

    When the clock goes forward, a time that is skipped (02:30) becomes the same distance after the change (03:30).
    When it goes back, a time that comes twice means the first.
    """
    return datetime.combine(day, clock.replace(fold=0), tzinfo=STOCKHOLM).astimezone(UTC)


def long_date(day: date, today: date) -> str:
    """ "tisdag 8 september" in the active language; the year is there when it is not this year."""
    if day.year == today.year:
        return format_date(day, pgettext("datum utan år", "l j F"))
    return format_date(day, pgettext("datum med år", "l j F Y"))


def long_time(moment: datetime, today: date) -> str:
    """ "tisdag 8 september klockan 14.00", in the active language and by Swedish clocks."""
    local = moment.astimezone(STOCKHOLM)
    return _("%(day)s klockan %(clock)s") % {"day": long_date(local.date(), today), "clock": f"{local:%H.%M}"}


def week_of(day: date) -> int:
    """The number of the week, as in Swedish calendars (ISO 8601)."""
    return day.isocalendar().week


def _swedish_holidays() -> Container[date]:
    return Sweden(include_sundays=False, categories=("public", "de_facto"))
