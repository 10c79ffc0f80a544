"""The leader's side: the queue of requests, meetings, support periods, the basket, organisations, supervision."""

from support.admin import (
    caseload_import,
    check_ins,
    feeds,
    hand_overs,
    logs,
    meetings,
    organisation_requests,
    outreach,
    periods,
    plans,
    requests,
    supervision,
)

__all__ = [
    "caseload_import",
    "check_ins",
    "feeds",
    "hand_overs",
    "logs",
    "meetings",
    "organisation_requests",
    "outreach",
    "periods",
    "plans",
    "requests",
    "supervision",
]
