"""The first meeting on the group's page: a time to pick, the booked one, the one that is called off, what was said."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from people.actions.links import open_link
from people.enums import LinkPurpose
from people.models import User
from support.enums import InterpreterState, LogKind, MeetingState, RequestStatus, SlotState
from support.models import IntakeMeeting, SupportRequest
from tests.factories import NOW, make_log_entry, make_meeting, make_request, make_slot
from tests.support.at_work import at_work, invited_to, text_of
from tests.support.walking import come_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

PAGE = "/min-sida/moten/"
CANCEL = "/min-sida/moten/stall-in/"
FILE = "/min-sida/moten/kalender.ics"


@pytest.fixture
def ours(client: Client, leader: User) -> SupportRequest:
    """A request that Maja has taken, opened in the browser."""
    office = leader.roles.get().office
    support_request = make_request(status=RequestStatus.IN_REVIEW, leader=leader, office=office, first_answer_at=NOW)
    link = open_link(LinkPurpose.SUPPORT, contact=support_request.contact, about=support_request, now=NOW).link
    come_in(client, link)
    return support_request


def test_the_times_we_offer_are_choices_and_one_becomes_the_meeting(client: Client, ours: SupportRequest) -> None:
    slot = make_slot(support_request=ours)
    make_slot(support_request=ours, starts_at=NOW + timedelta(days=8), ends_at=NOW + timedelta(days=8, hours=1))

    page = text_of(client.get(PAGE))
    for _n in range(2):
        response = client.post(PAGE, {"slot": slot.pk}, follow=True)

    meeting = ours.meetings.get()
    assert "tisdag 8 september klockan 10.00, Biblioteket" in page
    assert "Vi tar den tiden" in page
    assert (meeting.starts_at, meeting.state) == (slot.starts_at, MeetingState.BOOKED)
    assert "Mötet är bestämt" in text_of(response)
    assert "Maja Lind" in text_of(response)


def test_a_time_that_was_taken_back_is_not_to_be_had(client: Client, ours: SupportRequest) -> None:
    gone = make_slot(support_request=ours, state=SlotState.WITHDRAWN)
    make_slot(support_request=ours, starts_at=NOW + timedelta(days=8), ends_at=NOW + timedelta(days=8, hours=1))
    theirs = make_slot()

    for slot in (gone, theirs):
        assert "Välj ett av svaren i listan" in text_of(client.post(PAGE, {"slot": slot.pk}))
    assert not IntakeMeeting.objects.exists()


def test_a_time_is_had_also_when_the_request_is_joined_since_but_not_when_it_is_decided(
    client: Client, ours: SupportRequest
) -> None:
    slot = make_slot(support_request=ours)
    main = make_request(office=ours.office)
    said = []
    for changed in ({"status": RequestStatus.DECLINED, "decided_at": NOW}, {"status": ours.status, "joined_to": main}):
        SupportRequest.objects.filter(pk=ours.pk).update(**{"decided_at": None, **changed})
        said += [str(one) for one in client.post(PAGE, {"slot": slot.pk}, follow=True).context["messages"]]

    assert said == ["Er förfrågan är avslutad, så tiden går inte att välja längre.", "Tiden är er. Vi ses!"]
    assert ours.meetings.get().starts_at == slot.starts_at


def test_a_booked_meeting_shows_place_and_interpreter(client: Client, ours: SupportRequest, leader: User) -> None:
    make_meeting(
        support_request=ours, leader=leader, interpreter=InterpreterState.BOOKED, interpreter_language="arabiska"
    )

    text = text_of(client.get(PAGE))

    assert "tisdag 8 september klockan 10.00–11.00" in text
    assert "Vi ses på en plats: Biblioteket" in text
    assert "Tolk Bokad: arabiska" in text


def test_a_meeting_is_called_off_in_two_taps(client: Client, ours: SupportRequest, leader: User) -> None:
    meeting = make_meeting(support_request=ours, leader=leader)

    first = client.get(CANCEL)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.BOOKED
    for _n in range(2):
        response = client.post(CANCEL, follow=True)

    meeting.refresh_from_db()
    assert "Ska vi ställa in mötet?" in text_of(first)
    assert meeting.state == MeetingState.CANCELLED_BY_GROUP
    assert "Inget möte är bestämt." in text_of(response)


def test_the_calendar_file_says_nothing_but_meeting(client: Client, ours: SupportRequest, leader: User) -> None:
    assert client.get(FILE).status_code == 404
    ours.contact.discreet = True
    ours.contact.save()
    make_meeting(support_request=ours, leader=leader)

    response = client.get(FILE)

    assert response["Content-Type"].startswith("text/calendar")
    assert response["Cache-Control"] == "private, no-store"
    assert "obilisering" not in response["Content-Disposition"]
    assert "SUMMARY:Möte" in response.content.decode().replace("LANGUAGE=sv:", "").replace(";", ":")


def test_without_times_the_page_says_what_comes(client: Client, ours: SupportRequest) -> None:
    assert "När vi föreslår tider kan ni välja här." in text_of(client.get(PAGE))
    assert client.get(CANCEL).url == PAGE  # type: ignore[attr-defined]
    assert "När vi föreslår tider" in text_of(client.post(PAGE, {"slot": "1"}))


def test_everyone_in_the_group_reads_what_was_said_at_its_meetings(client: Client) -> None:
    group = at_work(client)
    leader = group.period.leader
    make_meeting(
        support_request=group.support_request, leader=leader, state=MeetingState.HELD, shared_notes="Ni vill ha ljus."
    )
    make_log_entry(period=group.period, kind=LogKind.MEETING, text="Vi gick igenom svaret.", user=leader)
    make_log_entry(period=group.period, kind=LogKind.MEETING, text="Bara vi.", user=leader, is_internal=True)
    make_meeting(state=MeetingState.HELD, shared_notes="Deras hemlighet")
    invited_to(group, client)

    text = text_of(client.get(PAGE))

    assert "Ni vill ha ljus." in text
    assert "Vi gick igenom svaret." in text
    assert "Bara vi." not in text
    assert "Deras" not in text


def test_the_number_of_queries_stays_the_same(
    client: Client, ours: SupportRequest, leader: User, django_assert_num_queries: Any
) -> None:
    for rows in (1, 3):
        while ours.slots.count() < rows:
            starts = NOW + timedelta(days=7 + ours.slots.count())
            make_slot(support_request=ours, leader=leader, starts_at=starts, ends_at=starts + timedelta(hours=1))
            make_meeting(support_request=ours, leader=leader, state=MeetingState.HELD)
        with django_assert_num_queries(6):
            assert client.get(PAGE).status_code == 200
