"""Support periods and their follow-ups: where groups are now, who began and finished, who waits for us."""

from datetime import date, datetime, timedelta

from django.db.models import Count, F, Min, Q

from support.enums import OPEN_PHASES, CheckInState, Phase
from support.figures.places import Places
from support.figures.spans import Spans
from support.figures.tallies import OFFICE, Tally, is_now, within
from support.models import CheckIn, SupportPeriod

LONG_IN_BASKET = timedelta(days=7)
SOME_TIME_IN_BASKET = timedelta(days=2)
"""The programme's own steps: what lies longer than two days, and longer than a week."""


def periods_by_phase(places: Places, today: date) -> Tally:
    """Open and self-reliant as they stand now, and how many of them rest. One query."""
    rows = SupportPeriod.objects.filter(places.covers("office"), phase__in=[*OPEN_PHASES, Phase.SELF_RELIANT])
    counted = rows.order_by().values("phase", **{OFFICE: F("office")})
    return Tally(list(counted.annotate(count=Count("pk"), resting=Count("pk", filter=Q(paused_until__gte=today)))))


def periods_started(places: Places, spans: Spans) -> Tally:
    """`came_back` are those that follow an earlier period. One query."""
    rows = SupportPeriod.objects.filter(places.covers("office"), within("opened_at", spans)).order_by()
    counted = rows.values(**{OFFICE: F("office"), "is_now": is_now("opened_at", spans)})
    return Tally(list(counted.annotate(count=Count("pk"), came_back=Count("pk", filter=Q(follows__isnull=False)))))


def periods_ended(places: Places, spans: Spans) -> Tally:
    """By outcome: closed, and become self-reliant, in each span. One query, since the same rows are read for both."""
    closed, reliant = within("closed_at", spans), within("self_reliant_at", spans)
    rows = SupportPeriod.objects.filter(places.covers("office"), closed | reliant).order_by()
    names = {"closed": "closed_at", "reliant": "self_reliant_at"}
    counts = {
        f"{name}_{when}": Count("pk", filter=Q(**{f"{path}__gte": span.begins, f"{path}__lt": span.ends}))
        for name, path in names.items()
        for when, span in (("now", spans.now), ("before", spans.before))
    }
    return Tally(list(rows.values("outcome", **{OFFICE: F("office")}).annotate(**counts)))


def baskets(places: Places, now: datetime) -> Tally:
    """What lies in leaders' baskets, how much of it for long, and since when. One query."""
    rows = CheckIn.objects.in_basket().filter(places.covers("period__office")).order_by()
    counted = rows.values(**{OFFICE: F("period__office")})
    long, some = now - LONG_IN_BASKET, now - SOME_TIME_IN_BASKET
    return Tally(
        list(
            counted.annotate(
                count=Count("pk"),
                new=Count("pk", filter=Q(basket_at__gt=some)),
                some_time=Count("pk", filter=Q(basket_at__lte=some, basket_at__gt=long)),
                long=Count("pk", filter=Q(basket_at__lte=long)),
                oldest=Min("basket_at"),
            )
        )
    )


def follow_ups(places: Places, spans: Spans) -> Tally:
    """Those whose day was in a span, by state. What was no longer needed is not counted. One query."""
    rows = CheckIn.objects.filter(places.covers("period__office"), within("expected", spans, moments=False))
    rows = rows.exclude(state=CheckInState.CANCELLED).order_by()
    counted = rows.values("state", **{OFFICE: F("period__office"), "is_now": is_now("expected", spans, moments=False)})
    return Tally(list(counted.annotate(count=Count("pk"))))
