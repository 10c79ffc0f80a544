"""The goal of network meetings, followed up for each office."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from people.calendar import stockholm_moment
from people.models import Office, User, in_offices_of
from training.enums import CourseKind, SessionState

NETWORK_MEETINGS_A_YEAR = 5
"""Meetings that each office holds in a year, at least (the issue of trainings; domain.md §6)."""


@dataclass(frozen=True)
class Line:
    """One office: how many of the year's network meetings it has held, and how many are announced."""

    office: str
    held: int
    coming: int

    @property
    def words(self) -> str:
        return _("%(held)s av %(goal)s") % {"held": self.held, "goal": NETWORK_MEETINGS_A_YEAR}

    @property
    def is_reached(self) -> bool:
        return self.held >= NETWORK_MEETINGS_A_YEAR


def network_meetings(user: User, *, year: int, now: datetime) -> list[Line]:
    """For each office where the user works. One query; the database counts."""
    begins, ends = (stockholm_moment(date(one, 1, 1), time()) for one in (year, year + 1))
    of_year = Q(
        sessions__course__kind=CourseKind.NETWORK,
        sessions__state=SessionState.PUBLISHED,
        sessions__starts_at__gte=begins,
        sessions__starts_at__lt=ends,
    )
    offices = Office.objects.filter(in_offices_of(user, "pk"), is_active=True)
    counted = offices.annotate(
        held=Count("sessions", filter=of_year & Q(sessions__ends_at__lte=now)),
        coming=Count("sessions", filter=of_year & Q(sessions__ends_at__gt=now)),
    )
    return [Line(one.name, one.held, one.coming) for one in counted.order_by("name")]
