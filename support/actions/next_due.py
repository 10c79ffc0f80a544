"""When the programme has something to do next: what a simulation, or a test of a whole year, steps the clock to."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.db.models import F, Min

from people.calendar import ONE_DAY, SwedishCalendar, stockholm_day, stockholm_moment
from people.enums import MessageState
from people.models import Message
from support.enums import CheckInState, RequestStatus
from support.models import CheckIn, OrganisationRequest, SupportPeriod, SupportRequest
from support.promises import is_at_risk


def next_due_moment(now: datetime) -> datetime | None:
    """The earliest moment at which a sweep or a queued message has something to do; `now` when it already has."""
    return min((max(moment, now) for moment in _moments(now)), default=None)


def _moments(now: datetime) -> Iterator[datetime]:
    messages = Message.objects.filter(state__in=[MessageState.QUEUED, MessageState.SENDING])
    drafts = SupportRequest.objects.filter(status=RequestStatus.DRAFT)
    yield from _lowest(messages.aggregate(at=Min("not_before")))
    yield from _lowest(drafts.aggregate(at=Min("draft_until")))
    if SupportPeriod.objects.open().exclude(pk__in=CheckIn.objects.live().values("period")).exists():
        yield now
    for day in (*_days_of_check_ins(), *_days_of_promises(now)):
        yield stockholm_moment(day, time())


def _lowest(found: dict[str, datetime | None]) -> Iterator[datetime]:
    if found["at"]:
        yield found["at"]


def _days_of_check_ins() -> Iterator[date]:
    planned = CheckIn.objects.filter(state=CheckInState.PLANNED)
    to_announce = planned.filter(announced_at__isnull=True, announce_on__lt=F("expected"))
    asked = CheckIn.objects.filter(state=CheckInState.ASKED)
    for rows, column in (
        (planned, "expected"),
        (to_announce, "announce_on"),
        (asked.filter(reminded_at__isnull=True), "remind_on"),
        (asked, "basket_on"),
    ):
        day = rows.aggregate(day=Min(column))["day"]
        if day:
            yield day


def _days_of_promises(now: datetime) -> Iterator[date]:
    rows = SupportRequest.objects.unanswered()
    broken = rows.filter(late_told_at__isnull=True).aggregate(day=Min("promised_by"))["day"]
    if broken:
        yield broken + ONE_DAY
    kept = rows.filter(risk_told_at__isnull=True, promised_by__gte=stockholm_day(now))
    at_risk = kept.aggregate(day=Min("promised_by"))["day"]
    waiting = OrganisationRequest.objects.to_tell_of().aggregate(day=Min("promised_by"))["day"]
    yield from (_first_day_at_risk(day) for day in (at_risk, waiting) if day)


def _first_day_at_risk(promised_by: date) -> date:
    day, calendar = promised_by, SwedishCalendar()
    while is_at_risk(promised_by, day - ONE_DAY, calendar):
        day -= ONE_DAY
    return day
