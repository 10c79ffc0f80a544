from datetime import date, datetime

import pytest
from django.forms import DateField
from django.utils import translation
from django.utils.formats import date_format, time_format

from people.calendar import STOCKHOLM

MOMENT = datetime(2026, 9, 8, 14, 0, tzinfo=STOCKHOLM)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def test_english_pages_write_days_the_british_way_and_clock_times_as_swedish_ones_do():
    day, moment, clock = date_format(MOMENT), date_format(MOMENT, "DATETIME_FORMAT"), time_format(MOMENT)

    assert (day, moment, clock) == ("8 September 2026", "8 September 2026 14.00", "14.00")


@pytest.mark.parametrize("written", ["2026-09-08", "8/9/2026", "8 September 2026", "8 Sep 2026"])
def test_a_day_that_is_written_in_english_has_its_day_first(written):
    assert DateField().clean(written) == date(2026, 9, 8)
