"""Where people meet: first meetings, talks out in the field, and groups that change leaders."""

from datetime import datetime

from django.db.models import Case, Count, F, Q, Value, When
from django.db.models.fields import CharField

from groups.models import OutreachContact
from support.enums import HandOverState
from support.figures.places import Places
from support.figures.spans import Spans
from support.figures.tallies import OFFICE, Tally, is_now, within
from support.models import HandOver, IntakeMeeting

INSIDE, BETWEEN, OUT, IN = "inside", "between", "out", "in"
"""Which way a group was handed over: at one office, between two of the places looked at, from them, to them."""


def first_meetings(places: Places, spans: Spans) -> Tally:
    """Those whose day was in a span, by how it went. One query."""
    rows = IntakeMeeting.objects.filter(places.covers("office"), within("starts_at", spans)).order_by()
    counted = rows.values("state", **{OFFICE: F("office"), "is_now": is_now("starts_at", spans)})
    return Tally(list(counted.annotate(count=Count("pk"))))


def meetings_booked(places: Places, now: datetime) -> Tally:
    """As they stand now, and of how many the time has passed without a word of how it went. One query."""
    rows = IntakeMeeting.objects.booked().filter(places.covers("office")).order_by()
    counted = rows.values(**{OFFICE: F("office")})
    return Tally(list(counted.annotate(count=Count("pk"), to_record=Count("pk", filter=Q(ends_at__lte=now)))))


def talks(places: Places, spans: Spans) -> Tally:
    """Talks out in the field by what they led to. One query."""
    rows = OutreachContact.objects.filter(places.covers("office"), within("met_on", spans, moments=False)).order_by()
    counted = rows.values("led_to", **{OFFICE: F("office"), "is_now": is_now("met_on", spans, moments=False)})
    return Tally(list(counted.annotate(count=Count("pk"))))


def hand_overs(places: Places, spans: Spans) -> Tally:
    """Taken over in a span, by which way. One query."""
    rows = HandOver.objects.filter(within("answered_at", spans), state=HandOverState.ACCEPTED).order_by()
    from_here, to_here = places.covers("from_office"), places.covers("to_office")
    ways = [When(from_office=F("to_office"), then=Value(INSIDE))]
    rest = BETWEEN
    if not places.is_everything:
        rows, rest = rows.filter(from_here | to_here), IN
        ways += [When(from_here & to_here, then=Value(BETWEEN)), When(from_here, then=Value(OUT))]
    way = Case(*ways, default=Value(rest), output_field=CharField())
    counted = rows.values(way=way, is_now=is_now("answered_at", spans))
    return Tally(list(counted.annotate(count=Count("pk"))))
