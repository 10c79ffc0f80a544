from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from people.calendar import stockholm_day, stockholm_moment
from people.enums import CallOutcome, Channel
from people.models import CallTask, Heartbeat, Message, Office, User
from support.actions import check_ins, periods, promises, sweeps
from support.actions.sweeps import next_due_moment, sweep
from support.enums import CheckInState, Drives, Going, OrganisationRequestStatus, RequestStatus, Wish
from support.models import CheckIn, SupportPeriod
from support.tasks import sweep_support
from tests.factories import (
    NOW,
    TODAY,
    make_check_in,
    make_contact,
    make_group,
    make_member,
    make_message,
    make_organisation_request,
    make_period,
    make_request,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
PROMISED = date(2026, 9, 8)  # five working days from TODAY


def at_midnight(day: date) -> datetime:
    return stockholm_moment(day, time())


def kinds_sent() -> list[tuple[str, str]]:
    rows = Message.objects.select_related("contact", "user").order_by("pk")
    return [(row.kind, str(row.contact or row.user)) for row in rows]


def test_on_the_last_day_the_manager_is_warned_once(office: Office, office_manager: User) -> None:
    make_request(office=office, promised_by=PROMISED)

    the_day_before = sweep(at_midnight(PROMISED) - timedelta(seconds=1))
    for _twice in range(2):
        sweep(at_midnight(PROMISED))

    assert the_day_before["warn_of_promises"] == 0
    assert kinds_sent() == [("support.promise_at_risk", "Inga Holm")]


def test_a_broken_promise_is_told_the_group_and_the_manager_once(office: Office, office_manager: User) -> None:
    support_request = make_request(office=office, promised_by=PROMISED)

    for _twice in range(2):
        sweep(at_midnight(PROMISED + DAY))

    assert kinds_sent() == [("support.request_late", "Alva"), ("support.promise_broken", "Inga Holm")]
    assert Message.objects.get(kind="support.request_late").subject == "Vi är sena"
    assert [entry.text for entry in support_request.log.all()] == ["Vi är sena med vårt svar."]


def test_an_organisation_that_waits_is_told_the_manager_once(office: Office, office_manager: User) -> None:
    make_organisation_request(office=office, promised_by=PROMISED)
    make_organisation_request(office=office, promised_by=PROMISED, status=OrganisationRequestStatus.ANSWERED)

    the_day_before = sweep(at_midnight(PROMISED) - timedelta(seconds=1))
    due = next_due_moment(at_midnight(PROMISED) - DAY)
    for _twice in range(2):
        sweep(at_midnight(PROMISED))

    assert (the_day_before["warn_of_waiting_organisations"], due) == (0, at_midnight(PROMISED))
    assert kinds_sent() == [("support.organisation_waits", "Inga Holm")]


def test_an_office_without_a_manager_turns_to_the_programme(
    office: Office, other_office: Office, programme_manager: User
) -> None:
    make_request(office=office, promised_by=PROMISED)
    make_request(office=None, promised_by=PROMISED)

    sweep(at_midnight(PROMISED))

    assert kinds_sent() == [("support.promise_at_risk", "Pia Sten")] * 2


@pytest.mark.parametrize("answered", [{"first_answer_at": NOW}, {"status": RequestStatus.WITHDRAWN}])
def test_an_answered_request_breaks_no_promise(office: Office, office_manager: User, answered: dict[str, Any]) -> None:
    make_request(office=office, promised_by=PROMISED, **answered)

    sweep(at_midnight(PROMISED + DAY))

    assert kinds_sent() == []


def test_a_group_that_has_been_called_has_its_answer(office: Office, office_manager: User) -> None:
    contact = make_contact(channel=Channel.CALL)
    support_request = make_request(office=office, contact=contact, promised_by=PROMISED)
    message = make_message(contact=contact, about_model="support.supportrequest", about_id=support_request.pk)
    CallTask.objects.create(
        message=message, contact=contact, created_at=NOW, outcome=CallOutcome.REACHED, done_at=NOW + DAY
    )

    sweep(at_midnight(PROMISED + DAY))

    support_request.refresh_from_db()
    assert (support_request.first_answer_at, kinds_sent()) == (NOW + DAY, [("test.hello", "Alva")])


def test_a_follow_up_lives_its_life_by_the_sweep_alone(leader: User, office: Office) -> None:
    member = make_member(group=make_group(office=office))
    period = periods.open_period(member.group, leader=leader, supports=[], now=NOW)
    periods.set_ladder(period, ladder=[4], by=leader, now=NOW)
    expected = period.check_ins.get().expected

    for days in range(-4, 12):
        sweep(at_midnight(expected + days * DAY))

    assert kinds_sent() == [
        ("support.check_in_soon", "Alva"),
        ("support.check_in_asked", "Alva"),
        ("support.check_in_reminder", "Alva"),
        ("support.check_in_missed", "Maja Lind"),
    ]
    assert list(period.check_ins.values_list("state", flat=True)) == [CheckInState.MISSED, CheckInState.PLANNED]


def test_a_stopped_sweep_catches_up(leader: User, office: Office) -> None:
    period = make_period(office=office, leader=leader)
    make_check_in(period=period, expected=TODAY, earliest=TODAY, latest=TODAY)

    done = sweep(at_midnight(TODAY + 60 * DAY))

    assert done["ask_check_ins"] == 1


def test_an_open_period_that_lost_its_next_time_gets_it_back() -> None:
    period = make_period()

    first, second = (sweep(NOW)["plan_missing_check_ins"] for _twice in range(2))

    assert (first, second, period.check_ins.count()) == (1, 0, 1)


def test_a_poison_row_keeps_nobody_from_the_others(leader: User, office: Office) -> None:
    poisoned = make_check_in(period=make_period(office=office), expected=TODAY, earliest=TODAY, latest=TODAY)
    fine = make_check_in(period=make_period(office=office), expected=TODAY, earliest=TODAY, latest=TODAY)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'poison'; END $$;"
            "CREATE TRIGGER poison BEFORE UPDATE ON support_checkin FOR EACH ROW "
            f"WHEN (OLD.id = {poisoned.pk}) EXECUTE FUNCTION refuse();"
        )

    done = sweep(NOW)

    poisoned.refresh_from_db()
    fine.refresh_from_db()
    assert (poisoned.state, fine.state) == (CheckInState.PLANNED, CheckInState.ASKED)
    assert done["ask_check_ins"] == 1


def test_the_task_leaves_a_heartbeat() -> None:
    sweep_support()

    assert Heartbeat.objects.get(name="support").runs == 1


def test_the_next_due_moment_is_the_earliest_of_all(leader: User, office: Office) -> None:
    nothing = next_due_moment(NOW)
    make_request(office=office, promised_by=PROMISED)
    by_promise = next_due_moment(NOW)
    make_check_in(
        period=make_period(office=office), expected=TODAY + 2 * DAY, earliest=TODAY + DAY, latest=TODAY + 3 * DAY
    )
    by_check_in = next_due_moment(NOW)
    make_message(not_before=NOW + timedelta(hours=1))
    by_message = next_due_moment(NOW)
    make_period(office=office)
    at_once = next_due_moment(NOW)

    assert nothing is None
    assert by_promise == at_midnight(PROMISED)
    assert by_check_in == at_midnight(TODAY + 2 * DAY)
    assert by_message == NOW + timedelta(hours=1)
    assert at_once == NOW


def test_stepping_from_one_due_moment_to_the_next_misses_nothing(leader: User, office: Office) -> None:
    member = make_member(group=make_group(office=office))
    periods.open_period(member.group, leader=leader, supports=[], now=NOW)
    make_request(office=office, promised_by=PROMISED)
    now, days = NOW, []
    for _step in range(12):
        Message.objects.all().delete()
        moment = next_due_moment(now)
        assert moment is not None
        done = sweep(moment)
        assert any(done.values())
        days.append(stockholm_day(moment))
        now = moment

    assert days == sorted(days)
    assert days[:3] == [PROMISED, PROMISED + DAY, PROMISED + 4 * DAY]


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_ask_each_group_once() -> None:
    for _group in range(5):
        make_check_in(period=make_period(), expected=TODAY, earliest=TODAY, latest=TODAY)
    barrier = Barrier(2)
    counts: list[int] = []

    def run() -> None:
        barrier.wait()
        try:
            counts.append(sweeps.ask_check_ins(NOW))
        finally:
            connection.close()

    threads = [Thread(target=run) for _one in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(counts) == 5
    assert [kind for kind, _who in kinds_sent()] == ["support.check_in_asked"] * 5
    assert set(CheckIn.objects.values_list("state", flat=True)) == {CheckInState.ASKED}


@pytest.mark.django_db(transaction=True)
def test_an_answer_in_the_same_moment_as_the_sweep_is_never_lost() -> None:
    rows = [
        make_check_in(
            period=make_period(), state=CheckInState.ASKED, asked_at=NOW - 10 * DAY, basket_on=TODAY, remind_on=TODAY
        )
        for _group in range(6)
    ]
    barrier = Barrier(2)

    def run(work: Callable[[], object]) -> None:
        barrier.wait()
        try:
            work()
        finally:
            connection.close()

    def answer_all() -> None:
        for row in rows:
            own = CheckIn.objects.get(pk=row.pk)
            check_ins.answer_check_in(own, going=Going.WELL, drives=Drives.YES, wish=Wish.SAME, now=NOW)

    threads = [Thread(target=run, args=(work,)) for work in (answer_all, lambda: sweep(NOW))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [CheckIn.objects.get(pk=row.pk).state for row in rows] == [CheckInState.ANSWERED] * 6
    assert [row.period.check_ins.live().count() for row in rows] == [1] * 6


@pytest.mark.django_db(transaction=True)
def test_a_row_that_someone_works_with_is_left_for_the_next_sweep() -> None:
    period = make_period()
    make_check_in(period=period, expected=TODAY, earliest=TODAY, latest=TODAY)
    taken, done = Barrier(2), Barrier(2)

    def hold() -> None:
        try:
            with transaction.atomic():
                SupportPeriod.objects.select_for_update().get(pk=period.pk)
                taken.wait()
                done.wait()
        finally:
            connection.close()

    thread = Thread(target=hold)
    thread.start()
    taken.wait()
    while_held = sweeps.ask_check_ins(NOW)
    done.wait()
    thread.join()

    assert (while_held, sweeps.ask_check_ins(NOW)) == (0, 1)


def test_a_promise_that_is_not_at_risk_is_not_warned_of(office: Office, office_manager: User) -> None:
    assert not promises.warn_of_promise(make_request(office=office, promised_by=PROMISED), now=NOW)
