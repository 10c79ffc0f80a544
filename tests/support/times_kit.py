"""Requests that a leader has, and times offered to them."""

from datetime import UTC, datetime, timedelta

from people.models import User
from support.actions import leader_time, slots
from support.enums import PlaceKind, RequestStatus
from support.models import SupportRequest
from tests.factories import NOW, make_link, make_request

HOUR = timedelta(hours=1)
TUESDAY_AT_TEN = datetime(2026, 9, 8, 8, 0, tzinfo=UTC)
PLACE = {"minutes": "60", "place_kind": "place", "place": "Biblioteket"}


def span(starts_at: datetime) -> leader_time.Span:
    return starts_at, starts_at + HOUR


def taken_by(leader: User, **kwargs) -> SupportRequest:
    support_request = make_request(leader=leader, status=RequestStatus.IN_REVIEW, **kwargs)
    make_link(about=support_request)
    return support_request


def offer(requests: list[SupportRequest], by: User, *starts: datetime, **kwargs) -> slots.Offered:
    times = [span(start) for start in starts]
    return slots.offer_slots_to_many(
        requests, times=times, place_kind=PlaceKind.PHONE, place="", by=by, now=NOW, **kwargs
    )


def states(support_request: SupportRequest) -> list[str]:
    return list(support_request.slots.order_by("starts_at").values_list("state", flat=True))
