"""Reading the offices' figures in a test, and something of everything to count."""

from datetime import timedelta
from typing import Any

from people.models import Office, User
from support.enums import CheckInState, MeetingState, RequestStatus, Urgency
from tests.factories import (
    NOW,
    TODAY,
    make_check_in,
    make_group,
    make_meeting,
    make_organisation_request,
    make_period,
    make_request,
)

FIGURES = "/admin/support/siffror/"
FILE = "/admin/support/siffror/fil/"
DAY = timedelta(days=1)


def table(response: Any, slug: str) -> dict[str, list[str]]:
    """The rows of one table: what each is called, and its cells."""
    found = [one for section in response.context["sections"] for one in section.tables if one.slug == slug]
    return {row.label: row.cells for one in found for row in one.rows}


def slugs(response: Any) -> list[str]:
    return [one.slug for section in response.context["sections"] for one in section.tables]


def links(response: Any, slug: str) -> list[str]:
    found = [one for section in response.context["sections"] for one in section.tables if one.slug == slug]
    return [row.url for one in found for row in one.rows if row.url]


def fill(office: Office, leader: User) -> None:
    """Something of everything."""
    make_request(office=office, first_answer_at=NOW + DAY)
    make_request(office=office, urgency=Urgency.TWO_WEEKS, received_at=NOW - 9 * DAY, promised_by=TODAY - 8 * DAY)
    support_request = make_request(office=office, leader=leader, status=RequestStatus.IN_REVIEW)
    make_meeting(
        support_request=support_request, leader=leader, state=MeetingState.HELD, starts_at=NOW - DAY, ends_at=NOW
    )
    period = make_period(group=make_group(office=office, alias="Hemliga gruppen"), office=office, leader=leader)
    make_check_in(period=period, state=CheckInState.MISSED, basket_at=NOW - 9 * DAY)
    make_organisation_request(office=office)
