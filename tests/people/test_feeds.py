"""The private address of one's own calendar: one at a time, kept as a hash, ended at once."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from people.actions.feeds import close_feed, find_feed, note_reading, open_feed
from people.models import CalendarFeed, User
from tests.factories import NOW, TODAY, make_staff

pytestmark = pytest.mark.django_db


def test_an_address_opens_the_feed_and_only_its_hash_is_kept(leader: User) -> None:
    opened = open_feed(leader, now=NOW)

    assert find_feed(opened.token) == opened.feed
    assert len(opened.token) >= 32
    kept = CalendarFeed.objects.values_list("token_hash", flat=True).get()
    assert opened.token not in kept


def test_a_new_address_ends_the_one_before(leader: User, colleague: User) -> None:
    first, others = open_feed(leader, now=NOW), open_feed(colleague, now=NOW)

    second = open_feed(leader, now=NOW + timedelta(days=1))

    found = [find_feed(opened.token) for opened in (first, second, others)]
    assert found == [None, second.feed, others.feed]
    first.feed.refresh_from_db()
    assert first.feed.revoked_at == NOW + timedelta(days=1)


def test_an_address_that_is_ended_opens_nothing(leader: User) -> None:
    opened = open_feed(leader, now=NOW)

    assert (close_feed(leader, now=NOW), close_feed(leader, now=NOW)) == (True, False)
    assert find_feed(opened.token) is None


@pytest.mark.parametrize("field", ["is_active", "is_staff"])
def test_the_address_of_someone_who_has_left_opens_nothing(leader: User, field: str) -> None:
    opened = open_feed(leader, now=NOW)

    User.objects.filter(pk=leader.pk).update(**{field: False})

    assert find_feed(opened.token) is None


def test_an_address_made_with_an_older_key_still_opens(leader: User, settings) -> None:
    opened = open_feed(leader, now=NOW)

    settings.HASH_KEYS = ["newer:another-secret", *settings.HASH_KEYS]

    assert find_feed(opened.token) == opened.feed


def test_reading_is_noted_once_a_day(leader: User, django_assert_num_queries) -> None:
    feed = open_feed(leader, now=NOW).feed

    note_reading(feed, today=TODAY)

    feed.refresh_from_db()
    assert feed.last_read_on == TODAY
    with django_assert_num_queries(0):
        note_reading(feed, today=TODAY)


@pytest.mark.django_db(transaction=True)
def test_of_addresses_made_at_once_one_holds() -> None:
    leader, barrier = make_staff(), Barrier(4)
    tokens: list[str] = []

    def make() -> None:
        barrier.wait()
        tokens.append(open_feed(leader, now=NOW).token)
        connection.close()

    threads = [Thread(target=make) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(tokens) == 4
    assert len([token for token in tokens if find_feed(token)]) == 1
