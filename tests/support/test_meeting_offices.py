"""A first meeting stands at the office of its request, whoever changes it and however."""

import pytest

from support.models import IntakeMeeting, SupportRequest
from tests.factories import make_meeting, make_request

pytestmark = pytest.mark.django_db


def office_of(meeting):
    return IntakeMeeting.objects.values_list("office", flat=True).get(pk=meeting.pk)


def test_a_new_meeting_has_the_office_of_its_request(office, other_office):
    ours, theirs = (make_meeting(support_request=make_request(office=where)) for where in (office, other_office))
    of_none = make_meeting(support_request=make_request(office=None))

    assert [office_of(one) for one in (ours, theirs, of_none)] == [office.pk, other_office.pk, None]


def test_what_someone_writes_as_the_office_of_a_meeting_does_not_count(office, other_office):
    meeting = make_meeting(support_request=make_request(office=office))

    IntakeMeeting.objects.filter(pk=meeting.pk).update(office=other_office)

    assert office_of(meeting) == office.pk


def test_all_meetings_of_a_request_move_with_it_and_no_others(office, other_office, leader):
    moved, stays = make_request(office=office), make_request(office=office)
    meetings = [make_meeting(support_request=moved, state="held"), make_meeting(support_request=moved)]
    other = make_meeting(support_request=stays)

    SupportRequest.objects.filter(pk=moved.pk).update(office=other_office)

    assert [office_of(one) for one in (*meetings, other)] == [other_office.pk, other_office.pk, office.pk]


def test_a_meeting_that_is_given_to_another_request_takes_the_office_of_that(office, other_office):
    meeting = make_meeting(support_request=make_request(office=office))

    IntakeMeeting.objects.filter(pk=meeting.pk).update(support_request=make_request(office=other_office))

    assert office_of(meeting) == other_office.pk


def test_a_move_to_another_office_is_no_version_of_the_meeting(office, other_office):
    meeting = make_meeting(support_request=make_request(office=office))
    before = meeting.history.count()

    SupportRequest.objects.filter(pk=meeting.support_request_id).update(office=other_office)

    assert meeting.history.count() == before


def test_who_sees_a_meeting_changes_with_its_request(office, other_office, leader, other_office_leader):
    meeting = make_meeting(support_request=make_request(office=office))

    SupportRequest.objects.filter(pk=meeting.support_request_id).update(office=other_office)

    assert not IntakeMeeting.objects.visible_to(leader).exists()
    assert IntakeMeeting.objects.visible_to(other_office_leader).get() == meeting
