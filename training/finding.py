"""Which coming sessions fit what a reader has picked, and how many fit each pick that could be added.

Picks of one kind widen (Swedish or Arabic), picks of different kinds narrow (for groups and in Rönnlid). The number
beside an option says how many one finds there with everything picked of the other kinds. All numbers come from one
query of short rows, whatever is picked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.enums import SpokenLanguage
from training.enums import Audience, CourseTopic
from training.models import Course, Session

Picks = Mapping[str, Sequence[str]]
"""What is picked of each kind."""

LABELS: dict[str, Promise] = {
    "audience": _("För vem"),
    "topic": _("Ämne"),
    "office": _("Ort"),
    "language": _("Språk eller tolk"),
}
"""The kinds of picks, in the order shown."""

MOST = 1000
"""Coming sessions that are looked at: many times more than all offices have in a year."""

AUDIENCES = (Audience.GROUPS, Audience.ENABLERS)
"""What is for everyone is for each of these."""


@dataclass(frozen=True)
class Option:
    """`language` is the language that the label is written in, where it is known to be another than the page's."""

    value: str
    label: str
    count: int
    is_picked: bool
    language: str = ""


@dataclass(frozen=True)
class Facet:
    name: str
    label: Promise
    options: list[Option]

    @property
    def picked(self) -> list[Option]:
        return [option for option in self.options if option.is_picked]


@dataclass(frozen=True)
class Coming:
    """A coming session in short: what it can be picked by."""

    pk: int
    values: Mapping[str, frozenset[str]]
    office: str

    def fits(self, picks: Picks, *, but: str = "") -> bool:
        return all(self.values[name] & set(values) for name, values in picks.items() if values and name != but)


@dataclass(frozen=True)
class Found:
    """The keys of the sessions that fit, the next first, and the kinds of picks with their numbers."""

    keys: list[int]
    facets: list[Facet]


def find_sessions(picks: Picks, *, now: datetime) -> Found:
    """What is coming and fits, also what has been called off: so nobody comes in vain. One query."""
    coming = list(_coming(now))
    keys = [one.pk for one in coming if one.fits(picks)]
    return Found(keys, [_facet(name, coming, picks) for name in LABELS])


def _coming(now: datetime) -> Iterable[Coming]:
    rows = Session.objects.public().filter(starts_at__gt=now).order_by("starts_at", "pk")
    columns = ("course__audience", "course__topic", "office__slug", "office__name", "language", "interpreted")
    for pk, audience, topic, slug, name, language, interpreted in rows.values_list("pk", *columns)[:MOST]:
        values = {
            "audience": _for_whom(audience),
            "topic": frozenset([topic]),
            "office": frozenset([slug]),
            "language": frozenset([language, *interpreted]),
        }
        yield Coming(pk, values, name)


def _for_whom(audience: str) -> frozenset[str]:
    return frozenset(AUDIENCES) if audience == Audience.EVERYONE else frozenset([audience])


def _facet(name: str, coming: Sequence[Coming], picks: Picks) -> Facet:
    """Each option that some session has, or that is picked, in the order of its list; offices by name."""
    counts: dict[str, int] = {}
    for one in coming:
        for value in one.values[name]:
            counts.setdefault(value, 0)
            counts[value] += one.fits(picks, but=name)
    picked = set(picks.get(name, ()))
    options = [
        Option(value, label, counts.get(value, 0), value in picked, _written_in(name, value))
        for value, label in _labels(name, coming)
        if value in counts or value in picked
    ]
    return Facet(name, LABELS[name], options)


def _labels(name: str, coming: Iterable[Coming]) -> list[tuple[str, str]]:
    if name == "office":
        names = {next(iter(one.values["office"])): one.office for one in coming}
        return sorted(names.items(), key=lambda pair: pair[1])
    if name == "language":
        return [(one.value, str(one.label)) for one in SpokenLanguage]
    known = AUDIENCES if name == "audience" else tuple(CourseTopic)
    return [(one.value, str(one.label)) for one in known]


def _written_in(name: str, value: str) -> str:
    is_own = name == "language" and value not in {SpokenLanguage.SWEDISH_SIGN, SpokenLanguage.OTHER}
    return value if is_own else ""


def courses_without_a_date(picks: Picks, *, now: datetime) -> QuerySet[Course]:
    """Public courses that are held at no coming time, for the same people and about the same."""
    coming = Session.objects.public().filter(course=OuterRef("pk"), starts_at__gt=now)
    courses = Course.objects.public().exclude(Exists(coming))
    if audiences := picks.get("audience"):
        courses = courses.filter(audience__in=[*audiences, Audience.EVERYONE])
    if topics := picks.get("topic"):
        courses = courses.filter(topic__in=topics)
    return courses
