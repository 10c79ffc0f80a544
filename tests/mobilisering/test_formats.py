"""How days are written to readers, and how days that people write are read."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.forms import DateField, DateTimeField
from django.utils import translation
from django.utils.formats import date_format, time_format
from hypothesis import given
from hypothesis import strategies as st

from people.calendar import STOCKHOLM
from support.caseload_columns import cells
from tests.factories import TODAY

MOMENT = datetime(2026, 9, 8, 14, 0, tzinfo=STOCKHOLM)


@pytest.fixture
def in_english():
    with translation.override("en"):
        yield


@pytest.mark.usefixtures("in_english")
def test_english_pages_write_days_the_british_way_and_clock_times_as_swedish_ones_do():
    day, moment, clock = date_format(MOMENT), date_format(MOMENT, "DATETIME_FORMAT"), time_format(MOMENT)

    assert (day, moment, clock) == ("8 September 2026", "8 September 2026 14.00", "14.00")


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    "written", ["2026-09-08", "8/9/2026", "8/9 2026", "8.9.2026", "8 September 2026", "8 Sep 2026"]
)
def test_a_day_that_is_written_in_english_has_its_day_first(written):
    assert DateField().clean(written) == date(2026, 9, 8)


@pytest.mark.parametrize("written", ["2026-12-03", "3/12/2026", "03/12/2026", "3/12 2026", "3.12.2026"])
def test_a_day_that_is_written_in_swedish_has_its_day_first(written):
    assert DateField().clean(written) == date(2026, 12, 3)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("written", ["12/31/2026", "3/12", "3/12/26", "12/31/26"])
def test_a_day_that_could_be_another_is_asked_for_again(written, language):
    with translation.override(language), pytest.raises(ValidationError):
        DateField().clean(written)


@pytest.mark.parametrize("written", ["2026-12-03 14:30", "3/12/2026 14:30", "3/12 2026 14:30", "3.12.2026 14:30"])
def test_a_moment_has_its_day_first_too(written):
    assert DateTimeField().clean(written) == datetime(2026, 12, 3, 14, 30, tzinfo=STOCKHOLM)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_form_and_a_spreadsheet_read_the_same_day(day):
    ways = ["{0:%Y-%m-%d}", "{0.day}/{0.month}/{0.year}", "{0.day}/{0.month} {0.year}", "{0.day}.{0.month}.{0.year}"]

    for written in (way.format(day) for way in ways):
        assert DateField().clean(written) == cells.read_date(written, TODAY) == day
