"""What comes due around a session: offers that lapse, questions the day after, needs that are wiped."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from people.delivery.rules import Withhold, judge
from people.enums import Channel, MessageClass
from people.models import Heartbeat, Message
from tests.factories import NOW, make_contact
from tests.factories.training import make_registration, make_session
from training import tasks
from training.actions import queue
from training.actions.sweeps import ask_evaluations, lapse_offers, sweep, wipe_needs
from training.enums import RegistrationState, SessionState
from training.models import Registration, Session

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
HELD = NOW - DAY  # ends at noon yesterday in Sweden
TOMORROW_MORNING = datetime(2026, 9, 2, 6, tzinfo=UTC)
OFFERED, WAITLISTED = RegistrationState.OFFERED, RegistrationState.WAITLISTED


def asked() -> list[int]:
    rows = Message.objects.filter(kind="training.evaluation_asked").order_by("about_id")
    return list(rows.values_list("about_id", flat=True))


def states(session: Session) -> list[str]:
    return list(session.registrations.order_by("pk").values_list("state", flat=True))


def held(**kwargs: Any) -> Registration:
    return make_registration(**({"session": make_session(starts_at=HELD)} | kwargs))


def lapsing(now: datetime = NOW) -> Session:
    """One seat, offered until now, and one more who waits."""
    session = make_session(seats=1)
    make_registration(session=session, state=OFFERED, offered_until=now)
    make_registration(session=session, state=WAITLISTED)
    return session


def test_an_offer_that_nobody_answered_goes_on_to_the_next() -> None:
    session, other = lapsing(), lapsing(NOW + timedelta(seconds=1))

    assert (lapse_offers(NOW), lapse_offers(NOW)) == (1, 0)

    assert states(session) == ["cancelled", "offered"]
    assert states(other) == ["offered", "waitlisted"]


def test_whoever_was_there_is_asked_the_day_after() -> None:
    registration = held()

    assert ask_evaluations(NOW - DAY + timedelta(hours=5)) == 0
    assert (ask_evaluations(NOW), ask_evaluations(NOW)) == (1, 0)

    [message] = Message.objects.filter(kind="training.evaluation_asked")
    assert (message.about_id, message.message_class) == (registration.pk, MessageClass.REMINDER)
    assert message.link.endswith("/anmalan/utvardering/")


def test_the_question_waits_for_the_morning() -> None:
    registration = held(session=make_session(starts_at=NOW))

    ask_evaluations(datetime(2026, 9, 1, 22, 1, tzinfo=UTC))

    assert asked() == [registration.pk]
    assert Message.objects.get().not_before == TOMORROW_MORNING


def test_only_those_who_may_have_been_there_are_asked() -> None:
    session = make_session(starts_at=HELD, seats=10)
    come = [
        held(session=session, state=RegistrationState.ATTENDED, came=1),
        held(session=session, contact=make_contact(channel=Channel.SMS)),
    ]
    for state in (RegistrationState.ABSENT, RegistrationState.CANCELLED, WAITLISTED):
        held(session=session, state=state)
    held(session=session, evaluated_at=NOW)
    held(session=session, contact=make_contact(channel=Channel.CALL))
    held(session=session, contact=make_contact(channel=Channel.SELF))
    held(session=session, contact=make_contact(erased_at=NOW))
    held(session=make_session(starts_at=HELD, state=SessionState.CANCELLED))

    ask_evaluations(NOW)

    assert asked() == [registration.pk for registration in come]


def test_after_standing_still_nobody_is_asked_about_what_is_long_ago() -> None:
    held(session=make_session(starts_at=NOW - 8 * DAY))
    lately = held(session=make_session(starts_at=NOW - 6 * DAY))

    ask_evaluations(NOW)

    assert asked() == [lately.pk]
    assert judge(Message.objects.get(), NOW + 2 * DAY) == Withhold("Det var för sent.")


def test_who_has_answered_meanwhile_is_not_asked() -> None:
    registration = held()
    ask_evaluations(NOW)

    Registration.objects.filter(pk=registration.pk).update(evaluated_at=NOW)

    assert isinstance(judge(Message.objects.get(), NOW), Withhold)


def test_needs_are_wiped_ninety_days_after() -> None:
    old, newer = (make_session(starts_at=NOW - timedelta(days=days, hours=2)) for days in (90, 89))
    for session in (old, newer):
        held(session=session, needs="Hörslinga")
        held(session=session, needs="Tolk", state=RegistrationState.CANCELLED)

    assert (wipe_needs(NOW), wipe_needs(NOW)) == (1, 0)

    assert list(old.registrations.values_list("needs", flat=True)) == ["", ""]
    assert sorted(newer.registrations.values_list("needs", flat=True)) == ["Hörslinga", "Tolk"]
    assert [Session.objects.get(pk=one.pk).needs_wiped_at for one in (old, newer)] == [NOW, None]


def test_needs_are_wiped_of_what_was_called_off_and_after_standing_still() -> None:
    session = make_session(starts_at=NOW - 400 * DAY, state=SessionState.CANCELLED)
    registration = held(session=session, needs="Hörslinga", state=RegistrationState.CANCELLED)

    wipe_needs(NOW)

    registration.refresh_from_db()
    assert registration.needs == ""


def test_one_that_breaks_does_not_keep_the_others_from_being_done() -> None:
    broken, sound = held(), held()
    Message.objects.all().delete()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE people_message ADD CONSTRAINT broken CHECK (about_id <> %s)", [broken.pk])

    assert ask_evaluations(NOW) == 1

    assert asked() == [sound.pk]


def test_the_sweep_costs_the_same_when_nothing_is_due() -> None:
    with CaptureQueriesContext(connection) as without:
        sweep(NOW)
    for _each in range(3):
        make_registration(needs="Hörslinga")
    with CaptureQueriesContext(connection) as with_some:
        sweep(NOW)

    assert len(without) == len(with_some) == 3


def test_the_sweep_leaves_a_pulse(at_now: datetime) -> None:
    held()
    lapsing()

    tasks.sweep_training()

    pulse = Heartbeat.objects.get(name="training")
    assert (pulse.result, pulse.programme_time) == ("lapse_offers 1, ask_evaluations 1", NOW)


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_do_nothing_twice() -> None:
    sessions = [lapsing() for _each in range(3)]
    came = [held(needs="Hörslinga") for _each in range(6)]
    old = [make_session(starts_at=NOW - 100 * DAY) for _each in range(3)]
    barrier, done = Barrier(2), []

    def run() -> None:
        try:
            barrier.wait()
            done.append(sweep(NOW))
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {name: sum(one[name] for one in done) for name in done[0]} == {
        "lapse_offers": 3,
        "ask_evaluations": 6,
        "wipe_needs": 3,
    }
    assert asked() == [registration.pk for registration in came]
    assert [states(session) for session in sessions] == [["cancelled", "offered"]] * 3
    assert Message.objects.filter(kind="training.seats_offered").count() == 3
    assert {Session.objects.get(pk=session.pk).needs_wiped_at for session in old} == {NOW}


@pytest.mark.django_db(transaction=True)
def test_what_someone_else_holds_is_left_for_the_next_sweep() -> None:
    session = lapsing()
    counts = []

    def run() -> None:
        try:
            counts.append(lapse_offers(NOW))
        finally:
            connections.close_all()

    with transaction.atomic():
        Session.objects.select_for_update().get(pk=session.pk)
        thread = Thread(target=run)
        thread.start()
        thread.join()

    assert (counts, lapse_offers(NOW), queue.lapse_offers(session, now=NOW)) == ([0], 1, 0)
