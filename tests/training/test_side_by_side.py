"""Many at once, with threads and PostgreSQL's own locks: never a seat too many, never a queue in disorder."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection

from people.actions.contacts import erase_contact
from people.models import Contact, Message
from tests.factories import NOW, make_session, make_staff
from tests.training.seat_kit import check_seats, check_told, comes, wish
from training.actions.evaluating import evaluate
from training.actions.queue import lapse_offers, take_offer
from training.actions.registering import cancel, change_seats, register
from training.actions.sessions import call_off, change_session, note_attendance
from training.enums import RegistrationState, Usefulness
from training.models import Evaluation, Registration, Session

pytestmark = pytest.mark.django_db(transaction=True)

HOUR = timedelta(hours=1)
LATER = NOW + 49 * HOUR


def all_at_once(*works: Callable[[], object]) -> Counter[str]:
    """Does all of it at the same moment, each in a connection of its own. How it went, and how often."""
    barrier, results = Barrier(len(works)), Counter[str]()

    def run(work: Callable[[], object]) -> None:
        barrier.wait()
        try:
            work()
            results["done"] += 1
        except Exception as refusal:  # the test looks at which
            results[type(refusal).__name__] += 1
        finally:
            connection.close()

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def fresh(registration: Registration) -> Registration:
    return Registration.objects.get(pk=registration.pk)


def test_of_many_who_register_at_once_as_many_come_as_there_are_seats():
    session = make_session(seats=7)
    parties = [1, 2, 3, 1, 2, 1, 4, 1, 1, 2, 6, 1, 1, 2, 1, 3]

    results = all_at_once(*((lambda seats=seats: comes(session, seats)) for seats in parties))

    assert results == {"done": len(parties)}
    assert session.registrations.holding_seats().seat_count() == 7
    check_seats(session, NOW)
    check_told(session)


def test_the_same_form_sent_many_times_at_once_is_one_registration():
    session = make_session(seats=7)
    once_key, what, elsewhere = uuid4(), wish(2), make_session(seats=7)
    works = [
        lambda: register(session, what, once_key=once_key, now=NOW),
        lambda: register(elsewhere, what, once_key=once_key, now=NOW),
    ] * 4

    results = all_at_once(*works)

    assert results == {"done": 8}
    assert Registration.objects.count() == 1
    assert Contact.objects.count() == 1
    assert Message.objects.filter(kind="training.registration_confirmed").count() == 1


def test_a_storm_of_cancellations_answers_and_offers_that_lapse_keeps_seats_and_queue_right():
    """Everything at once, in rounds: who leaves, who lapses, who answers, who comes, and the office changes seats."""
    leader, session = make_staff(), make_session(seats=8)
    firsts = [comes(session, seats) for seats in (2, 1, 3, 2)]
    waiting = [comes(session, seats) for seats in (3, 1, 2, 4, 1, 2)]

    all_at_once(*((lambda row=row: cancel(fresh(row), now=NOW)) for row in firsts[:3]))
    check_seats(session, NOW)
    results = all_at_once(
        *((lambda row=row: take_offer(fresh(row), now=LATER - 2 * HOUR)) for row in waiting[:3]),
        lambda: lapse_offers(session, now=LATER),
        lambda: lapse_offers(session, now=LATER),
        lambda: cancel(fresh(firsts[3]), now=LATER),
        lambda: change_session(session, values={"seats": 10}, by=leader, now=LATER),
        lambda: change_session(session, values={"seats": 8}, by=leader, now=LATER),
        lambda: change_seats(fresh(waiting[3]), seats=2, now=LATER),
        *((lambda seats=seats: comes(session, seats, now=LATER)) for seats in (1, 2, 3)),
    )

    assert set(results) <= {"done", "OfferGone", "TooFewSeats", "RegistrationEnded", "SeatsTaken"}
    check_seats(session, LATER)
    check_told(session)


def test_an_offer_that_is_taken_and_lapses_at_once_does_one_of_the_two():
    session = make_session(seats=1)
    first, second, third = (comes(session) for _each in range(3))
    cancel(first, now=NOW)

    results = all_at_once(
        *[lambda: take_offer(fresh(second), now=NOW + 47 * HOUR)] * 2,
        *[lambda: lapse_offers(session, now=LATER)] * 2,
    )

    outcome = {(fresh(second).state, fresh(third).state)}
    assert outcome <= {("registered", "waitlisted"), ("cancelled", "offered")}
    assert set(results) <= {"done", "OfferGone"}
    check_told(session)


def test_calling_off_while_people_come_and_go_leaves_nobody_waiting():
    leader, session = make_staff(), make_session(seats=2)
    there = [comes(session) for _each in range(4)]

    results = all_at_once(
        *((lambda row=row: cancel(fresh(row), now=NOW)) for row in there),
        *[lambda: call_off(session, because="Maja är sjuk", by=leader, now=NOW)] * 2,
        *[lambda: comes(session)] * 3,
    )

    assert set(results) <= {"done", "SessionClosed", "RegistrationEnded"}
    assert not Session.objects.get().registrations.still_on().exists()
    called_off = Message.objects.filter(kind="training.session_called_off")
    assert called_off.count() == session.registrations.filter(ended_by="session").count()
    check_told(session)


def test_who_is_forgotten_while_offers_are_made_never_waits_in_a_circle():
    """Each holds what the other wants, if locks are taken in the wrong order: PostgreSQL would end one of the two."""
    for _round in range(5):
        session = make_session(seats=2)
        rows = [comes(session) for _each in range(8)]
        there, others = rows[:2], rows[2:]

        results = all_at_once(
            *((lambda row=row: cancel(fresh(row), now=NOW)) for row in there),
            *((lambda row=row: erase_contact(Contact.objects.get(pk=row.contact_id), now=NOW)) for row in others),
        )

        assert results == {"done": 8}
        assert set(session.registrations.values_list("state", flat=True)) == {RegistrationState.CANCELLED}


def test_answers_afterwards_and_attendance_that_is_noted_at_once_never_wait_in_a_circle():
    leader, session = make_staff(), make_session(seats=8)
    rows = [comes(session) for _each in range(8)]
    over = session.ends_at + HOUR
    answer = {"usefulness": Usefulness.A_LOT, "learned": "", "better": "", "now": over}

    results = all_at_once(
        *((lambda row=row: evaluate(fresh(row), **answer)) for row in rows),
        *[lambda: note_attendance(session, came={row.pk: 1 for row in rows}, by=leader, now=over)] * 4,
    )

    assert results == {"done": 12}
    assert Evaluation.objects.count() == 8
    assert {row.came for row in session.registrations.all()} == {1}
