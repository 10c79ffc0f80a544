"""The sweep of support over many open periods, beside a bare SELECT of the same rows."""

from datetime import timedelta
from functools import partial

from django.db import connection, transaction
from django.db.models import QuerySet

from bench.measuring import empty_portal, questions_in, seconds_for, spread
from support.actions.sweeps import sweep
from support.enums import CheckInState
from support.models import CheckIn, SupportPeriod
from tests.factories import NOW, TODAY, make_check_in, make_group, make_member, make_office, make_period, make_staff

PERIODS = 2000
DUE = 50
ROUNDS = 7


@transaction.atomic
def make_periods() -> None:
    """Groups of one office with a contact person each, and a follow-up in a month."""
    office = make_office()
    leader = make_staff(office=office)
    day = TODAY + timedelta(days=30)
    for _ in range(PERIODS):
        member = make_member(group=make_group(office=office))
        period = make_period(group=member.group, office=office, leader=leader)
        make_check_in(period=period, number=1, earliest=day, expected=day, latest=day)


def read(rows: "QuerySet[CheckIn]") -> None:
    assert list(rows)


def make_due() -> list[int]:
    """Moves so many follow-ups to today."""
    planned = CheckIn.objects.filter(state=CheckInState.PLANNED, expected__gt=TODAY)
    keys = list(planned.order_by("pk").values_list("pk", flat=True)[:DUE])
    CheckIn.objects.filter(pk__in=keys).update(earliest=TODAY, expected=TODAY, latest=TODAY)
    return keys


def measure_nothing_due() -> None:
    rows = CheckIn.objects.live().select_related("period")
    times, ratios = [], []
    for _ in range(ROUNDS):
        bare = seconds_for(partial(read, rows.all()))
        ours = seconds_for(partial(sweep, NOW))
        times.append(1000 * ours)
        ratios.append(ours / bare)
    count = questions_in(partial(sweep, NOW))
    print(f"nothing due  {count} queries, {spread(times, '.1f')} ms, {spread(ratios)} of a SELECT of {PERIODS} rows")


def measure_due() -> None:
    times, ratios, counts = [], [], []
    for number in range(ROUNDS + 1):
        keys = make_due()
        if number == ROUNDS:
            counts.append(questions_in(partial(sweep, NOW)))
        else:
            bare = seconds_for(partial(read, CheckIn.objects.filter(pk__in=keys).select_related("period")))
            ours = seconds_for(partial(sweep, NOW))
            times.append(1000 * ours)
            ratios.append(ours / bare)
        assert CheckIn.objects.filter(pk__in=keys, state=CheckInState.ASKED).count() == DUE
    print(
        f"{DUE} due       {counts[0]} queries, {counts[0] / DUE:.1f} for each that was due, {spread(times, '.0f')} ms,"
        f" {spread(ratios, '.0f')} times a SELECT of the {DUE} rows"
    )


def main() -> None:
    with empty_portal():
        make_periods()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        assert SupportPeriod.objects.open().count() == PERIODS
        measure_nothing_due()
        measure_due()
