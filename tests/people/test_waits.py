"""How long the code way waits after wrong tries, and that no number of tries at the same time slips through."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from people.actions.links import open_link
from people.actions.way_in import TryLater, WrongTry, enter_by_one_time_code, enter_by_words, forget_old_tries
from people.enums import LinkPurpose
from people.models import PrivateLink, Tries
from people.waits import FIRST_WAIT, FREE_TRIES, LONGEST_WAIT, wait_after
from tests.factories import NOW, make_request


@pytest.mark.parametrize(
    ("tries", "minutes"), [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (9, 16), (10, 32), (11, 60), (10_000, 60)]
)
def test_the_wait_doubles_up_to_an_hour(tries, minutes):
    assert wait_after(tries) == timedelta(minutes=minutes)


@given(st.integers(min_value=0, max_value=10**9))
def test_the_wait_never_shrinks_and_never_passes_an_hour(tries):
    assert wait_after(tries) <= wait_after(tries + 1) <= LONGEST_WAIT
    assert (wait_after(tries) >= FIRST_WAIT) == (tries >= FREE_TRIES)


def outcome(try_once: Callable[[], PrivateLink]) -> str:
    try:
        try_once()
    except (WrongTry, TryLater) as refusal:
        return type(refusal).__name__
    return "opened"


def at_once(tries: list[Callable[[], PrivateLink]]) -> Counter[str]:
    """Every try in a thread and on a connection of its own, all starting together."""
    together = Barrier(len(tries))

    def run(try_once: Callable[[], PrivateLink]) -> str:
        try:
            together.wait(timeout=30)
            return outcome(try_once)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tries)) as pool:
        return Counter(pool.map(run, tries))


@pytest.mark.django_db(transaction=True)
def test_fifty_wrong_tries_at_once_are_all_counted_and_only_five_are_looked_at():
    support_request = make_request()
    told = open_link(LinkPurpose.SUPPORT, contact=support_request.contact, about=support_request, now=NOW)

    outcomes = at_once([lambda: enter_by_words(told.code, "fel ord", now=NOW)] * 50)

    assert outcomes == {"WrongTry": 4, "TryLater": 46}
    assert list(Tries.objects.values_list("count", "wait_until")) == [(50, NOW + FIRST_WAIT)]


@pytest.mark.django_db(transaction=True)
def test_the_right_words_among_fifty_tries_after_the_fifth_open_nothing():
    support_request = make_request()
    told = open_link(LinkPurpose.SUPPORT, contact=support_request.contact, about=support_request, now=NOW)
    for _try in range(5):
        outcome(lambda: enter_by_words(told.code, "fel ord", now=NOW))

    outcomes = at_once([lambda: enter_by_words(told.code, told.words, now=NOW)] * 20)

    assert outcomes == {"TryLater": 20}
    assert enter_by_words(told.code, told.words, now=NOW + FIRST_WAIT) == told.link


@pytest.mark.django_db
def test_words_and_one_time_codes_share_one_count():
    for _try in range(3):
        outcome(lambda: enter_by_words("EK 2222", "fel ord", now=NOW))

    outcomes = [outcome(lambda: enter_by_one_time_code("EK 2222", "000000", now=NOW)) for _try in range(3)]

    assert outcomes == ["WrongTry", "TryLater", "TryLater"]


@pytest.mark.django_db
def test_tries_during_the_wait_do_not_make_it_longer():
    for _try in range(5):
        outcome(lambda: enter_by_words("EK 2222", "fel ord", now=NOW))

    later = NOW + timedelta(seconds=59)
    assert outcome(lambda: enter_by_words("EK 2222", "fel ord", now=later)) == "TryLater"

    assert list(Tries.objects.values_list("count", "wait_until")) == [(6, NOW + FIRST_WAIT)]


@pytest.mark.django_db
def test_wrong_tries_are_forgotten_a_day_after_the_last():
    outcome(lambda: enter_by_words("EK 2222", "fel ord", now=NOW))

    assert forget_old_tries(NOW + timedelta(hours=24)) == 0
    assert forget_old_tries(NOW + timedelta(hours=24, seconds=1)) == 1


@pytest.mark.django_db
def test_the_count_does_not_tell_which_code_was_tried():
    outcome(lambda: enter_by_words("EK 2222", "fel ord", now=NOW))

    assert "2222" not in str(Tries.objects.values().get())
