"""What came in, whether it was answered in time, and what became of it: of groups and of organisations."""

from datetime import date

from django.db import models
from django.db.models import Case, Count, DurationField, ExpressionWrapper, F, Q, QuerySet, Value, When
from django.db.models.functions import TruncDate

from people.calendar import STOCKHOLM
from support.enums import OPEN_STATUSES, OrganisationRequestStatus, RequestStatus, Urgency
from support.figures.places import Places
from support.figures.spans import Spans
from support.figures.tallies import OFFICE, Tally, is_now, within
from support.models import OrganisationRequest, SupportRequest


class Promise(models.TextChoices):
    """What became of the promise of an answer. Keys of a tally, never shown."""

    IN_TIME = "in_time"
    LATE = "late"
    OVERDUE = "overdue"
    WAITING = "waiting"
    NOT_NEEDED = "not_needed"


def requests_that_came_in(places: Places, spans: Spans, today: date) -> Tally:
    """By office, span, whether it was urgent, the promise, days to the answer, and status. One query."""
    rows = SupportRequest.objects.sent().filter(places.covers("office"))
    waits = Q(status__in=OPEN_STATUSES)
    counted = _promises(rows, spans, today, answered="first_answer_at", waits=waits).values(
        "is_now", "promise", "days", "status", **{OFFICE: F("office"), "is_urgent": _is_urgent()}
    )
    return Tally(list(counted.annotate(count=Count("pk"))))


def requests_now(places: Places, today: date) -> Tally:
    """Open as they stand now: all, those nobody has taken, those that wait for a first answer, late ones. One query."""
    rows = SupportRequest.objects.open().filter(places.covers("office")).order_by().values(**{OFFICE: F("office")})
    unanswered = Q(first_answer_at__isnull=True)
    return Tally(
        list(
            rows.annotate(
                count=Count("pk"),
                new=Count("pk", filter=Q(status=RequestStatus.RECEIVED)),
                unanswered=Count("pk", filter=unanswered),
                late=Count("pk", filter=unanswered & Q(promised_by__lt=today)),
            )
        )
    )


def organisations_that_asked(places: Places, spans: Spans, today: date) -> Tally:
    """By office, span, the promise, and days to the answer. One query."""
    rows = OrganisationRequest.objects.filter(places.covers("office"))
    waits = Q(status__in=[OrganisationRequestStatus.RECEIVED, OrganisationRequestStatus.IN_REVIEW])
    counted = _promises(rows, spans, today, answered="answered_at", waits=waits).values(
        "is_now", "promise", "days", **{OFFICE: F("office")}
    )
    return Tally(list(counted.annotate(count=Count("pk"))))


def _promises(rows: QuerySet, spans: Spans, today: date, *, answered: str, waits: Q) -> QuerySet:
    """Days are whole days in Sweden: asked on Monday and answered on Tuesday is one."""
    came_on, answered_on = TruncDate("received_at", tzinfo=STOCKHOLM), TruncDate(answered, tzinfo=STOCKHOLM)
    promise = Case(
        When(Q(**{f"{answered}__isnull": False}, answered_on__lte=F("promised_by")), then=Value(Promise.IN_TIME)),
        When(Q(**{f"{answered}__isnull": False}), then=Value(Promise.LATE)),
        When(waits & Q(promised_by__lt=today), then=Value(Promise.OVERDUE)),
        When(waits, then=Value(Promise.WAITING)),
        default=Value(Promise.NOT_NEEDED),
    )
    found = rows.filter(within("received_at", spans)).order_by()
    return found.annotate(is_now=is_now("received_at", spans), answered_on=answered_on).annotate(
        promise=promise, days=ExpressionWrapper(F("answered_on") - came_on, output_field=DurationField())
    )


def _is_urgent() -> Case:
    urgent = When(urgency=Urgency.TWO_WEEKS, then=Value(True))
    return Case(urgent, default=Value(False), output_field=models.BooleanField())
