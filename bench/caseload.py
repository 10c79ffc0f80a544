"""What leaders open all day, with a million requests and with ten thousand, as a ratio of the two in the same run."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from statistics import median

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.urls import reverse
from tqdm import tqdm

from bench.measuring import empty_portal, questions_in, seconds_for, use_database
from groups.models import Group
from mobilisering.generate.everything import generate
from people import clock
from people.models import PrivateLink, User
from support.enums import OPEN_PHASES, OPEN_STATUSES
from support.models import SupportPeriod, SupportRequest

SMALL, LARGE = 10_000, 1_000_000
TURNS, ROUNDS = 4, 3
LONGEST_MS = 300
WIDEST_RATIO = 1.5
LISTS = {
    "support_supportrequest": ("new", "mine", "late", "closed", "all"),
    "support_supportperiod": ("mine", "self_reliant", "closed", "all"),
    "support_intakemeeting": ("mine", "to_record", "all"),
    "groups_group": (),
    "groups_enabler": (),
    "groups_dutybearer": (),
}


@dataclass(frozen=True)
class Answer:
    """How long a page took, at the median, how many questions it asked the database, and how much it showed."""

    ms: float
    queries: int
    kilobytes: float


def busiest_leader() -> User:
    """Who has most open cases, at the largest office: what is fast for them is fast for everybody."""
    open_periods = SupportPeriod.objects.filter(phase__in=OPEN_PHASES)
    office = open_periods.values("office").annotate(count=Count("pk")).order_by("-count")[0]["office"]
    rows = open_periods.filter(office=office).values("leader").annotate(count=Count("pk")).order_by("-count", "leader")
    return User.objects.get(pk=rows[0]["leader"])


def pages_of(leader: User) -> Iterator[tuple[str, str]]:
    """What is measured, and its address."""
    yield "Min dag", reverse("admin:index")
    for name, tabs in LISTS.items():
        a_list = reverse(f"admin:{name}_changelist")
        yield name, a_list
        for tab in tabs:
            yield f"{name} {tab}", f"{a_list}?show={tab}"
    support_request = SupportRequest.objects.filter(status__in=OPEN_STATUSES, leader=leader).order_by("pk")[0]
    period = SupportPeriod.objects.filter(phase__in=OPEN_PHASES, leader=leader).order_by("pk")[0]
    yield "a request", reverse("admin:support_supportrequest_change", args=[support_request.pk])
    yield "a period", reverse("admin:support_supportperiod_change", args=[period.pk])
    code = PrivateLink.objects.about(support_request)[0].code
    rare = Group.objects.get(pk=period.group_id).alias
    place = support_request.place.split()[0]
    for words, search in {"code": code, "alias": rare, "place": place, "nothing": "zzyzx"}.items():
        for name in ("support_supportrequest", "support_supportperiod", "groups_group"):
            yield f"{name} by {words}", reverse(f"admin:{name}_changelist") + f"?q={search}"


def ask(client: Client, path: str) -> int:
    """How many bytes the page has. Any answer but 200 ends the measurement."""
    answer = client.get(path, headers={"host": settings.PORTAL_URL.partition("//")[2]}, secure=True)
    if answer.status_code != HTTPStatus.OK:
        raise SystemExit(f"{path} answered {answer.status_code}")
    return len(answer.content)


@dataclass(frozen=True)
class Programme:
    """A filled database, and its busiest leader, signed in."""

    database: str
    client: Client
    pages: dict[str, str]


@contextmanager
def filled(requests: int) -> Iterator[Programme]:
    with empty_portal():
        with tqdm(unit=" rows", desc=f"{requests} requests") as bar:
            generate(requests=requests, seed=1, today=clock.today(), progress=bar.update)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        client, leader = Client(), busiest_leader()
        client.force_login(leader)
        yield Programme(use_database(), client, dict(pages_of(leader)))


def measure(name: str, *programmes: Programme) -> list[Answer]:
    """The page in each programme. They take turns, so that what else the machine does meets them alike."""
    times: list[list[float]] = [[] for _each in programmes]
    said: list[tuple[int, int]] = []
    for turn in range(TURNS):
        for programme, own in zip(programmes, times, strict=True):
            use_database(programme.database)
            work = partial(ask, programme.client, programme.pages[name])
            size = work()  # with a new connection: not measured
            if turn == 0:
                said.append((questions_in(work), size))
            own += [seconds_for(work) for _ in range(ROUNDS)]
    return [Answer(1000 * median(own), queries, size / 1000) for own, (queries, size) in zip(times, said, strict=True)]


def main() -> None:
    settings.STAFF_MFA_REQUIRED = False  # the second step of sign-in is not what is measured
    with filled(SMALL) as small, filled(LARGE) as large:
        found = {name: measure(name, small, large) for name in tqdm(small.pages, unit=" pages")}
        use_database(large.database)
    print(f"{'':<42} {SMALL:>9} {LARGE:>9}   ratio        shown   queries")
    faults = []
    for name, (few, many) in found.items():
        ratio = many.ms / few.ms
        is_fine = ratio <= WIDEST_RATIO and many.ms <= LONGEST_MS and few.queries == many.queries
        faults += [] if is_fine else [name]
        queries = f"{few.queries}" if few.queries == many.queries else f"{few.queries} → {many.queries}"
        times = f"{few.ms:>6.0f} ms {many.ms:>6.0f} ms {ratio:>7.2f}"
        print(
            f"{name:<42} {times} {few.kilobytes:>5.0f} → {many.kilobytes:.0f} kB {queries:>9}{'' if is_fine else '  !'}"
        )
    print("All within the goals." if not faults else f"Outside the goals: {', '.join(faults)}.")
