"""The programme's time, asked for in one place.

In tests of the whole and in `simulate` it can be stepped ahead for every process at once: the step is a row in the
database. Leases and back-off are about machines and keep to real time.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.utils import timezone

STOCKHOLM = ZoneInfo("Europe/Stockholm")


class ClockIsFixed(Exception):
    """Someone tried to step the clock where settings do not allow it."""


def real_now() -> datetime:
    return timezone.now()


def now() -> datetime:
    if not settings.CLOCK_MAY_BE_STEPPED:
        return real_now()
    step = apps.get_model("people", "ClockStep")  # by name: the models themselves ask this module for the day
    offset = step._default_manager.values_list("offset", flat=True).first()
    return real_now() + offset if offset else real_now()


def today() -> date:
    """The day in Stockholm."""
    return now().astimezone(STOCKHOLM).date()


def step_to(moment: datetime) -> None:
    """Makes it `moment` for every process that shares the database. Raises ClockIsFixed where that is not allowed."""
    if not settings.CLOCK_MAY_BE_STEPPED:
        raise ClockIsFixed
    step = apps.get_model("people", "ClockStep")
    step._default_manager.update_or_create(pk=1, defaults={"offset": moment - real_now()})
