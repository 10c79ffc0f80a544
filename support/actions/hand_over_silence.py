"""Seven days without reminders after a hand-over: the new leader reads up, and nobody is asked in vain."""

from datetime import date, datetime

from django.db import transaction

from people.calendar import stockholm_day
from support.emails import check_ins as emails
from support.enums import CheckInState
from support.models import CheckIn, SupportPeriod
from support.taper import BASKET_AFTER, REMINDED_AFTER, Policy


@transaction.atomic
def keep_silence(period: SupportPeriod, *, now: datetime) -> None:
    """A question that has been asked waits for its answer as before, but nobody is reminded of it for seven days.

    One that has not left yet is taken back, and planned anew by `plan_next_check_in`; so is a reminder. Days that lie
    later already stay where they are. The period is locked by whoever hands it over.
    """
    until = stockholm_day(now) + Policy().hand_over
    for asked in period.check_ins.filter(state=CheckInState.ASKED).select_for_update():
        if emails.take_back_question(asked):
            _ask_later(asked)
        else:
            _remind_later(asked, until)


def _ask_later(asked: CheckIn) -> None:
    if asked.basket_at == asked.asked_at:
        asked.basket_at = None
    asked.state = CheckInState.PLANNED
    asked.asked_at = asked.remind_on = asked.basket_on = None
    asked.save(update_fields=["state", "asked_at", "remind_on", "basket_on", "basket_at"])


def _remind_later(asked: CheckIn, until: date) -> None:
    if asked.reminded_at and emails.take_back_reminder(asked):
        asked.reminded_at = None
    if asked.reminded_at is None and asked.remind_on:
        asked.remind_on = max(asked.remind_on, until)
        until = asked.remind_on + (BASKET_AFTER - REMINDED_AFTER)
    if asked.basket_on:
        asked.basket_on = max(asked.basket_on, until)
    asked.save(update_fields=["reminded_at", "remind_on", "basket_on"])
