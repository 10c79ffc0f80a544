"""A whole programme of ten years: offices and staff, then one request after another with all that grew out of it."""

from collections.abc import Callable
from datetime import date
from random import Random

from django.db import connection, transaction

from groups.models import Group, Member
from mobilisering.generate.calendar import Days
from mobilisering.generate.people import make_places
from mobilisering.generate.periods import Periods
from mobilisering.generate.requests import Requests
from mobilisering.generate.tables import Tables, without_history
from people.models import Contact, Message, PrivateLink
from support.models import CheckIn, IntakeMeeting, LogEntry, PlanEvent, PlanItem, SupportPeriod, SupportRequest

ORDER = (
    Contact,
    Group,
    Member,
    SupportRequest,
    PrivateLink,
    IntakeMeeting,
    Message,
    SupportPeriod,
    CheckIn,
    PlanItem,
    PlanEvent,
    LogEntry,
)


def generate(*, requests: int, seed: int, today: date, progress: Callable[[int], object]) -> int:
    """Fills the database and tells how many rows it wrote. All or nothing; the same seed on the same day is the same.

    About one request in five becomes a group with a period. `progress` hears of rows as they are written.
    """
    rng = Random(seed)  # noqa: S311 -- made-up data shall come out the same
    with transaction.atomic(), without_history(ORDER):
        places, shares = make_places(requests, rng, today)
        office_of = {leader: one.office for one in places if one.office is not None for leader in one.leaders}
        tables, days = Tables(*ORDER, progress=progress), Days(today, rng)
        asking = Requests(tables, places, shares, days, rng)
        working = Periods(tables, office_of, days, rng)
        for _ in range(requests):
            if asked := asking.make():
                working.make(asked)
            tables.write_when_full()
        tables.finish()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return tables.rows
