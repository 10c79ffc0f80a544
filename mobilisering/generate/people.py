"""Where the made-up programme works and who works there: offices of very different size, each with its leaders."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from django.contrib.auth.hashers import make_password

from groups.models import Municipality
from mobilisering.generate import words
from people.enums import Role
from people.models import Office, StaffRole, User

REQUESTS_OF_AN_OFFICE = 2500
MOST_OFFICES, FEWEST_OFFICES = 40, 4
"""A programme grows by opening offices: a small one has few, each with as much to do as in a large one."""

CASES_OF_A_LEADER = 20
"""Open requests, and with them about twice as many groups: a full caseload."""

OPEN_SHARE = 0.028
"""How many of all requests of ten years wait for us right now."""


@dataclass(frozen=True)
class Place:
    """An office, or the common queue, as the requests see it."""

    office: int | None
    municipalities: list[tuple[str, str]]
    leaders: list[int]


def make_places(requests: int, rng: Random, today: date) -> tuple[list[Place], list[float]]:
    """The places, and how much of everything comes to each one (the running sum), a few times more to the first."""
    offices = min(max(requests // REQUESTS_OF_AN_OFFICE, FEWEST_OFFICES), MOST_OFFICES)
    shares = [1 / (rank + 4) for rank in range(offices + 1)]
    total = sum(shares)
    rows = list(Municipality.objects.filter(office__isnull=True).order_by("code").values_list("code", "name"))
    rng.shuffle(rows)
    places = []
    for rank in range(offices):
        own, rows = rows[:5], rows[5:]
        office = Office.objects.create(name=f"{own[0][1]} {rank + 1}", slug=f"ort-{own[0][0]}", phone="031-390 06 10")
        Municipality.objects.filter(code__in=[code for code, _name in own]).update(office=office)
        leaders = max(2, round(requests * shares[rank] / total * OPEN_SHARE / CASES_OF_A_LEADER))
        places.append(Place(office.pk, own, _make_staff(office, leaders, rng, today)))
    everyone = [leader for place in places for leader in place.leaders]
    places.append(Place(None, rows, everyone))
    return places, list(accumulate(shares))


def _make_staff(office: Office, leaders: int, rng: Random, today: date) -> list[int]:
    """An office's leaders, and one who answers for it. Gives the leaders' keys."""
    users = [
        User(
            email=f"{office.slug}-{number}@example.org",
            name=f"{rng.choice(words.STAFF_FIRST)} {rng.choice(words.STAFF_LAST)}",
            is_staff=True,
            password=make_password(None),
        )
        for number in range(leaders + 1)
    ]
    User.objects.bulk_create(users)
    since = today - timedelta(days=3650)
    StaffRole.objects.bulk_create(
        StaffRole(user=user, office=office, role=Role.LEADER if number else Role.OFFICE_MANAGER, starts_on=since)
        for number, user in enumerate(users)
    )
    return [user.pk for user in users[1:]]
