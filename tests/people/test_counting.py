"""Counts for people to read: exact as far as they help, never of a whole table."""

import pytest

from people.counting import capped_counts, count_in_words
from people.models import Office
from tests.factories import make_office

pytestmark = pytest.mark.django_db


def test_several_counts_are_one_query(django_assert_num_queries):
    for name in ("Alby", "Boda", "Berga"):
        make_office(name=name, slug=name.lower())
    offices = Office.objects.order_by("name")

    with django_assert_num_queries(1):
        counts = capped_counts(
            {
                "all": offices,
                "on_b": offices.filter(name__startswith="B"),
                "100 %": offices.filter(name="100 %"),
                "none": offices.none(),
                "impossible": offices.filter(pk__in=[]),
            }
        )

    assert counts == {"all": 3, "on_b": 2, "100 %": 0, "none": 0, "impossible": 0}


def test_no_rows_to_count_ask_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert capped_counts({}) == {}
        assert capped_counts({"none": Office.objects.none()}) == {"none": 0}


def test_counting_stops_one_above_the_limit():
    for _each in range(4):
        make_office()

    counted = [capped_counts({"offices": Office.objects.all()}, limit)["offices"] for limit in (2, 3, 4, 5)]
    assert counted == [3, 4, 4, 4]


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0"), (12, "12"), (999, "999"), (1000, "1\xa0000"), (1001, "fler än 1\xa0000"), (10**7, "fler än 1\xa0000")],
)
def test_a_count_is_exact_up_to_a_thousand(number, words):
    assert count_in_words(number) == words


def test_the_limit_is_in_the_words():
    assert [count_in_words(number, limit=50) for number in (50, 51)] == ["50", "fler än 50"]
