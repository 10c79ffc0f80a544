"""The promise to everyone who asks for support: when they have heard from us at the latest."""

from datetime import date, datetime

from people.calendar import SwedishCalendar, stockholm_day

PROMISED_WORKING_DAYS = 5
PROMISED_WORKING_DAYS_IF_URGENT = 1


def promised_by(received_at: datetime, urgent: bool, calendar: SwedishCalendar) -> date:
    """The last day to answer. The programme's own rule: within five working days, one if it is urgent.

    The day it came in is not counted, whatever the hour.
    """
    count = PROMISED_WORKING_DAYS_IF_URGENT if urgent else PROMISED_WORKING_DAYS
    return calendar.add_working_days(stockholm_day(received_at), count)


def is_at_risk(promised_on: date, today: date, calendar: SwedishCalendar) -> bool:
    """Whether what is not answered must be answered today: no working day is left after it, or it is too late."""
    return calendar.add_working_days(today, 1) > promised_on


def is_broken(promised_on: date, today: date) -> bool:
    return today > promised_on
