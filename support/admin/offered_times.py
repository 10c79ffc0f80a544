"""Times as they are shown before they are offered: when, and what is in the way. One rule for one group or many."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from people import clock
from people.calendar import STOCKHOLM, SUNDAY, SwedishCalendar, long_time
from people.models import User
from people.quiet_hours import is_quiet
from support.actions.leader_time import Clash, Span, clashes_of
from support.models import SupportRequest


@dataclass(frozen=True)
class Proposed:
    """A time, and what speaks against offering it, in words. A free one is ticked from the start."""

    span: Span
    in_the_way: list[str] = field(default_factory=list)

    @staticmethod
    def key_of(span: Span) -> str:
        """What its box in the page sends."""
        return span[0].astimezone(UTC).isoformat()

    @property
    def key(self) -> str:
        return self.key_of(self.span)

    @property
    def words(self) -> str:
        return f"{long_time(self.span[0], clock.today())}–{self.span[1].astimezone(STOCKHOLM):%H.%M}"


def proposed(times: Sequence[Span], *, leader: User, besides: SupportRequest | None, now: datetime) -> list[Proposed]:
    """The times with what is in the way: the leader's own meetings and offers, red days, early and late hours."""
    calendar, clashes = SwedishCalendar(), clashes_of(leader, times, besides=besides, now=now)
    return [
        Proposed(span, [*map(_clash_in_words, clashes.get(span, [])), *_day_in_words(span[0], calendar)])
        for span in times
    ]


def _clash_in_words(clash: Clash) -> str:
    hours = {
        "from": f"{clash.starts_at.astimezone(STOCKHOLM):%H.%M}",
        "to": f"{clash.ends_at.astimezone(STOCKHOLM):%H.%M}",
    }
    if clash.is_booked:
        return _("Du har ett möte %(from)s–%(to)s") % hours
    return _("Du har erbjudit en annan grupp %(from)s–%(to)s") % hours


def _day_in_words(starts_at: datetime, calendar: SwedishCalendar) -> list[str]:
    day = starts_at.astimezone(STOCKHOLM).date()
    if calendar.is_holiday(day):
        return [_("Röd dag eller afton")]
    if day.weekday() == SUNDAY:
        return [_("Söndag")]
    return [_("Före 8 eller efter 20")] if is_quiet(starts_at, calendar) else []


def shown_as(times: Sequence[Proposed]) -> str:
    """A short sign of what the page showed: another one when the times, or what is in the way of them, have changed."""
    shown = repr([(one.key, one.span[1].isoformat(), one.in_the_way) for one in times])
    return hashlib.sha256(shown.encode()).hexdigest()[:32]
