"""The pure rules under the offices' figures: which days, medians, and how long bars are."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.figures.charts import LONGEST, MOST_BARS, SHORTEST, Measured, chart_of, length_of
from support.figures.spans import Chosen, Span, Spans, is_too_long, own_spans, spans_of
from support.figures.tallies import weighted_median
from tests.factories import TODAY

DAYS = st.dates(date(2001, 1, 1), date(2090, 12, 31))


def in_words(spans: Spans) -> tuple[str, str]:
    return str(spans.now), str(spans.before)


@pytest.mark.parametrize(
    ("chosen", "now", "before"),
    [
        (Chosen.MONTH, "1 september 2026", "1 augusti 2026"),
        (Chosen.LAST_MONTH, "1–31 augusti 2026", "1–31 juli 2026"),
        (Chosen.QUARTER, "1 juli – 1 september 2026", "1 april – 1 juni 2026"),
        (Chosen.YEAR, "1 januari – 1 september 2026", "1 januari – 1 september 2025"),
        (Chosen.LAST_YEAR, "1 januari – 31 december 2025", "1 januari – 31 december 2024"),
    ],
)
def test_what_goes_on_is_compared_with_as_many_days_of_the_one_before(chosen, now, before):
    assert in_words(spans_of(chosen, TODAY)) == (now, before)


def test_the_last_day_of_a_long_month_is_compared_with_the_whole_of_a_short_one():
    assert in_words(spans_of(Chosen.MONTH, date(2026, 3, 31))) == ("1–31 mars 2026", "1–28 februari 2026")


def test_days_of_ones_own_are_compared_with_as_many_just_before():
    spans = own_spans(date(2025, 12, 30), date(2026, 1, 2))

    assert in_words(spans) == ("30 december 2025 – 2 januari 2026", "26–29 december 2025")


def test_a_span_begins_and_ends_at_midnight_in_sweden():
    span = Span(date(2026, 3, 29), date(2026, 3, 29))  # the clock goes forward

    assert [span.begins.isoformat(), span.ends.isoformat()] == [
        "2026-03-28T23:00:00+00:00",
        "2026-03-29T22:00:00+00:00",
    ]


@given(st.sampled_from([one for one in Chosen if one != Chosen.OWN]), DAYS)
def test_the_two_never_overlap_and_end_where_the_next_begins_at_the_latest(chosen, today):
    spans = spans_of(chosen, today)

    assert spans.before.first <= spans.before.last < spans.now.first <= spans.now.last <= today


def test_five_years_are_not_too_long_and_a_day_more_is():
    assert not is_too_long(date(2021, 9, 1), date(2026, 8, 31))
    assert is_too_long(date(2021, 9, 1), date(2026, 9, 1))


@pytest.mark.parametrize(
    ("counts", "median"), [({}, None), ({3: 1}, 3), ({1: 1, 4: 1}, 2.5), ({0: 2, 5: 1, 9: 2}, 5), ({0: 1, 7: 3}, 7)]
)
def test_the_middle_of_values_that_come_several_times(counts, median):
    assert weighted_median(counts) == median


@given(st.dictionaries(st.integers(0, 50), st.integers(1, 5), min_size=1))
def test_the_median_is_that_of_the_values_written_out(counts):
    values = sorted(value for value, times in counts.items() for _time in range(times))

    assert weighted_median(counts) == (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_no_bar_is_longer_than_there_is_room_for_and_more_is_never_shorter(one, other):
    small, large = sorted((one, other))

    assert 0 <= length_of(small, large) <= length_of(large, large) <= LONGEST


def test_little_is_still_seen_and_nothing_is_not():
    assert [length_of(value, 1000) for value in (0, 1, 500, 1000)] == [0, SHORTEST, LONGEST // 2, LONGEST]


def test_only_the_first_twenty_are_drawn():
    chart = chart_of([Measured(str(number), number, str(number)) for number in range(25)])

    assert chart
    assert (len(chart.bars), chart.is_cut, chart.has_before) == (MOST_BARS, True, False)


def test_there_is_no_chart_of_nothing():
    assert chart_of([Measured("Alla", 0, "0", before=0)]) is None
    assert chart_of([]) is None
