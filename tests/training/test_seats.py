"""The rules of seats: who in the queue is offered what is free, and for how long it is held."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import NOW
from training.seats import MOST_SEATS, OFFER_LASTS, OFFERS_UNTIL, Waiting, next_offers, offer_until

queues = st.lists(st.integers(1, MOST_SEATS), max_size=30).map(lambda seats: [*map(Waiting, range(len(seats)), seats)])
frees = st.integers(0, 40)


@pytest.mark.parametrize(
    ("free", "wanted", "offered"),
    [
        (0, [1], []),
        (1, [1, 1], [0]),
        (2, [1, 1, 1], [0, 1]),
        (3, [4, 2, 1], [1, 2]),
        (4, [4, 2, 1], [0]),
        (3, [2, 2, 1], [0, 2]),
        (5, [], []),
    ],
)
def test_what_is_free_goes_to_the_first_whose_seats_fit(free, wanted, offered):
    queue = [Waiting(key, seats) for key, seats in enumerate(wanted)]

    assert [one.key for one in next_offers(free, queue)] == offered


@given(frees, queues)
def test_more_is_never_offered_than_is_free(free, queue):
    assert sum(one.seats for one in next_offers(free, queue)) <= max(free, 0)


@given(frees, queues)
def test_nobody_is_passed_by_who_would_fit_in_what_is_left(free, queue):
    offered = next_offers(free, queue)

    left = free - sum(one.seats for one in offered)
    assert [one for one in queue if one not in offered and one.seats <= left] == []


@given(frees, queues)
def test_who_came_later_never_takes_what_someone_before_could_have_had(free, queue):
    offered = next_offers(free, queue)

    for passed_by in (one for one in queue if one not in offered):
        before = sum(one.seats for one in offered if one.key < passed_by.key)
        assert before + passed_by.seats > free


@given(frees, queues)
def test_the_offers_are_in_the_order_of_the_queue(free, queue):
    offered = next_offers(free, queue)

    assert offered == [one for one in queue if one in offered]


@given(st.timedeltas(timedelta(days=-5), timedelta(days=90)))
def test_an_offer_is_held_for_two_days_but_never_so_near_that_they_cannot_come(ahead):
    until = offer_until(NOW, NOW + ahead)

    if ahead <= OFFERS_UNTIL:
        assert until is None
    else:
        assert until is not None
        assert NOW < until <= NOW + OFFER_LASTS
        assert until <= NOW + ahead - OFFERS_UNTIL
