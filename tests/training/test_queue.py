"""Freed seats are offered in the order of the queue; an offer is taken, turned down or lapses."""

from datetime import timedelta

import pytest

from people.models import Message
from tests.factories import NOW, make_registration, make_session
from tests.training.seat_kit import check_seats, check_told, comes, states, told
from training.actions.queue import OfferGone, lapse_offers, take_offer
from training.actions.registering import cancel, change_seats
from training.actions.sessions import change_session
from training.enums import EndedBy, RegistrationState
from training.models import Registration, Session

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
TWO_DAYS_LATER = NOW + 48 * HOUR


@pytest.fixture
def session() -> Session:
    return make_session(seats=3)


@pytest.fixture
def full(session) -> Registration:
    """Who has all the seats."""
    return comes(session, 3)


def again(registration: Registration) -> Registration:
    return Registration.objects.select_related("session", "contact").get(pk=registration.pk)


def test_freed_seats_go_to_the_first_who_fit_and_are_held_for_two_days(session, full):
    four, two, one = comes(session, 4), comes(session, 2), comes(session, 1)

    cancel(full, now=NOW)

    assert states(session) == [(3, "cancelled"), (4, "waitlisted"), (2, "offered"), (1, "offered")]
    assert [again(row).offered_until for row in (four, two, one)] == [None, TWO_DAYS_LATER, TWO_DAYS_LATER]
    check_seats(session, NOW)
    check_told(session)


def test_an_offer_near_the_beginning_is_held_until_two_hours_before():
    session = make_session(seats=3, starts_at=NOW + timedelta(days=28, hours=8))
    full, waits = comes(session, 3), comes(session)

    cancel(full, now=session.starts_at - 5 * HOUR)

    assert again(waits).offered_until == session.starts_at - 2 * HOUR


def test_so_near_that_they_could_not_come_nobody_is_offered_anything(session, full):
    waits = comes(session)

    cancel(full, now=session.starts_at - 2 * HOUR)

    assert (again(waits).state, told(waits)) == (RegistrationState.WAITLISTED, ["registration_queued"])


def test_an_offer_that_is_made_at_night_is_held_for_two_days_from_when_they_hear_of_it(session, full):
    waits = comes(session)
    night = NOW + 14 * HOUR

    cancel(full, now=night)

    [message] = Message.objects.about(waits).filter(kind="training.seats_offered")
    assert message.not_before == NOW + 22 * HOUR
    assert again(waits).offered_until == message.not_before + 48 * HOUR


def test_an_offer_that_is_taken_is_a_seat_and_a_second_time_changes_nothing(session, full):
    waits = comes(session)
    cancel(full, now=NOW)

    take_offer(waits, now=NOW + HOUR)
    take_offer(waits, now=NOW + 2 * HOUR)

    found = again(waits)
    assert (found.state, found.offered_until, found.queued_at) == (RegistrationState.REGISTERED, None, None)
    assert told(waits) == ["registration_queued", "seats_offered", "registration_confirmed"]


@pytest.mark.parametrize(
    "what",
    [
        {"state": RegistrationState.OFFERED, "offered_until": NOW},
        {"state": RegistrationState.CANCELLED},
        {"state": RegistrationState.WAITLISTED},
        {"state": RegistrationState.ABSENT},
    ],
    ids=["too late", "taken back", "never offered", "over"],
)
def test_what_is_not_held_for_them_cannot_be_taken(session, what):
    registration = make_registration(session=session, **what)

    with pytest.raises(OfferGone):
        take_offer(registration, now=NOW)

    assert (again(registration).state, told(registration)) == (what["state"], [])


def test_an_offer_that_nobody_answers_goes_to_the_next_and_is_not_made_again(session, full):
    first, second = comes(session, 3), comes(session, 2)
    cancel(full, now=NOW)

    before = lapse_offers(session, now=TWO_DAYS_LATER - timedelta(seconds=1))
    lapsed = lapse_offers(session, now=TWO_DAYS_LATER)
    twice = lapse_offers(session, now=TWO_DAYS_LATER)

    assert (before, lapsed, twice) == (0, 1, 0)
    assert states(session) == [(3, "cancelled"), (3, "cancelled"), (2, "offered")]
    assert (again(first).ended_by, again(second).offered_until) == (EndedBy.OFFER_LAPSED, TWO_DAYS_LATER + 48 * HOUR)
    assert told(first)[-1] == "offer_lapsed"
    check_told(session)


def test_until_the_sweep_has_been_there_a_lapsed_offer_is_in_nobodys_way_but_the_queue_goes_first(session, full):
    first, second = comes(session, 3), comes(session, 3)
    cancel(full, now=NOW)

    late = comes(session, 1, now=TWO_DAYS_LATER)
    lapse_offers(session, now=TWO_DAYS_LATER)

    assert [again(row).state for row in (first, second, late)] == ["cancelled", "offered", "waitlisted"]


def test_who_is_offered_three_and_comes_as_two_leaves_one_to_the_next(session, full):
    first, second = comes(session, 3), comes(session, 1)
    cancel(full, now=NOW)

    change_seats(first, seats=2, now=NOW + HOUR)

    assert [again(row).state for row in (first, second)] == ["offered", "offered"]
    assert again(first).offered_until == TWO_DAYS_LATER


def test_more_seats_are_offered_to_the_queue_at_once(session, full, leader):
    first, second = comes(session, 2), comes(session, 2)

    change_session(session, values={"seats": 5}, by=leader, now=NOW)

    assert [again(row).state for row in (first, second)] == ["offered", "waitlisted"]
    check_seats(session, NOW)


def test_an_offer_is_not_held_past_the_beginning_when_the_session_is_moved_nearer(session, full, leader):
    waits = comes(session, 3)
    cancel(full, now=NOW)
    nearer = NOW + 24 * HOUR

    change_session(session, values={"starts_at": nearer, "ends_at": nearer + HOUR}, by=leader, now=NOW + HOUR)

    assert again(waits).offered_until == nearer - 2 * HOUR
    take_offer(waits, now=NOW + 2 * HOUR)
    assert again(waits).state == RegistrationState.REGISTERED


def test_a_session_moved_to_within_two_hours_holds_its_offers_until_it_begins(session, full, leader):
    waits = comes(session, 3)
    cancel(full, now=NOW)
    soon = NOW + HOUR

    change_session(session, values={"starts_at": soon, "ends_at": soon + HOUR}, by=leader, now=NOW)

    assert again(waits).offered_until == soon


def test_a_session_moved_further_away_gives_nobody_a_longer_offer_and_offers_what_was_not(session, full, leader):
    waits = comes(session, 3)
    near = session.starts_at - HOUR
    cancel(full, now=near)
    later = session.starts_at + 72 * HOUR

    change_session(session, values={"starts_at": later, "ends_at": later + HOUR}, by=leader, now=near)

    assert again(waits).offered_until == near + 48 * HOUR
    assert told(waits) == ["registration_queued", "session_moved", "seats_offered"]
