"""What the tests of follow-ups do again and again."""

from datetime import date, datetime, timedelta
from typing import Any

from people.models import Contact, Message
from support.actions import check_ins
from support.enums import Drives, Going, Wish
from support.models import CheckIn, SupportPeriod
from tests.factories import NOW, TODAY

WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)


def kinds_sent() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("kind", flat=True))


def contact_of(period: SupportPeriod) -> Contact:
    return period.group.members.get().contact


def asked(period: SupportPeriod) -> CheckIn:
    """The live follow-up, asked on its day."""
    row = period.check_ins.live().get()
    assert check_ins.ask_check_in(row, now=on(row.expected))
    return row


def on(day: date) -> datetime:
    return NOW + (day - TODAY)


def answer(row: CheckIn, **kwargs: Any) -> CheckIn:
    fields: dict[str, Any] = {
        "going": Going.WELL,
        "drives": Drives.PARTLY,
        "wish": Wish.SAME,
        "now": on(row.expected),
    } | kwargs
    return check_ins.answer_check_in(row, **fields)


def next_of(period: SupportPeriod) -> CheckIn:
    return period.check_ins.live().get()


def miss(period: SupportPeriod) -> CheckIn:
    row = asked(period)
    assert row.basket_on is not None
    assert check_ins.give_check_in_to_leader(row, now=on(row.basket_on))
    return row
