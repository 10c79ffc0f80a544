"""What stays when a draft grows old or someone takes everything away: as good as nothing."""

from uuid import uuid4

import pytest

from groups.models import Member
from people.actions.contacts import ContactErased
from people.models import Contact, LinkToken, Message, Office, PrivateLink, User
from support.actions.own_page import Receipt, ask_question, delete_request
from support.actions.requests import (
    delete_stale_drafts,
    send_saved_link,
    submit_request,
)
from support.enums import RequestStatus
from support.models import IntakeMeeting, LogEntry, SupportRequest
from tests.factories import (
    NOW,
    make_group,
    make_log_entry,
    make_meeting,
    make_member,
    make_municipality,
    make_period,
    make_request,
)
from tests.support.drafts import a_draft, kinds_to

pytestmark = pytest.mark.django_db


def test_old_drafts_are_removed_with_everything_that_hung_on_them() -> None:
    old, young = a_draft(), a_draft()
    send_saved_link(old, now=NOW)
    SupportRequest.objects.filter(pk=old.pk).update(draft_until=NOW)
    sent = make_request()

    assert delete_stale_drafts(NOW) == 1
    assert delete_stale_drafts(NOW) == 0

    assert set(SupportRequest.objects.values_list("pk", flat=True)) == {young.pk, sent.pk}
    assert set(Contact.objects.values_list("pk", flat=True)) == {young.contact_id, sent.contact_id}
    assert PrivateLink.objects.count() == 1
    assert not Message.objects.exists()


def test_of_a_deleted_draft_nothing_stays() -> None:
    draft = a_draft()

    receipt = delete_request(draft, now=NOW)

    assert receipt == Receipt(answers=9, log_entries=0, messages=0, links=1, meetings=0)
    assert [model.objects.count() for model in (SupportRequest, Contact, PrivateLink, LinkToken)] == [0, 0, 0, 0]


def test_of_a_deleted_request_only_an_empty_row_stays(office: Office, leader: User) -> None:
    make_municipality(name="Lindhaga", office=office)
    sent = submit_request(a_draft(), now=NOW)
    ask_question(support_request=sent, contact=sent.contact, text="När?", once_key=uuid4(), now=NOW)
    make_log_entry(support_request=sent, text="De bor på Storgatan.", is_internal=True)

    receipt = delete_request(sent, now=NOW)

    assert receipt == Receipt(answers=9, log_entries=3, messages=1, links=1, meetings=0)
    row = SupportRequest.objects.get()
    assert (row.status, row.decided_at, row.office, row.size_band) == (RequestStatus.WITHDRAWN, NOW, office, "5-9")
    assert (row.what, row.place, row.area, row.responsible_other, row.answered) == ("", "", "", "", [])
    assert row.contact.erased_at == NOW
    assert (row.contact.phone, row.contact.called) == ("", "")
    assert not LogEntry.objects.exists()
    assert "support.request_withdrawn" in kinds_to(leader)


def test_deleting_twice_takes_nothing_more_away() -> None:
    sent = submit_request(a_draft(), now=NOW)
    delete_request(sent, now=NOW)

    assert delete_request(sent, now=NOW) == Receipt(answers=0, log_entries=0, messages=0, links=0, meetings=0)


def test_a_booked_meeting_is_cancelled_when_everything_is_taken_away(leader: User, office: Office) -> None:
    booked = make_request(status=RequestStatus.MEETING_BOOKED, office=office, leader=leader)
    meeting = make_meeting(support_request=booked, leader=leader, place="Storgatan 1", agenda="Vräkningen")

    delete_request(booked, now=NOW)

    row = IntakeMeeting.objects.get(pk=meeting.pk)
    assert (row.state, row.place, row.agenda) == ("cancelled_by_group", "", "")
    assert "support.request_withdrawn" in kinds_to(leader)


def test_someone_who_leaves_takes_no_group_with_them(office: Office) -> None:
    group = make_group(office=office)
    accepted = make_request(status=RequestStatus.ACCEPTED, group=group, office=office)
    mine = make_member(group=group, contact=accepted.contact)
    other = make_member(group=group)
    period = make_period(group=group)
    make_log_entry(period=period, text="Gruppens egen anteckning", contact=other.contact)
    ask_question(period=period, contact=accepted.contact, text="Min fråga", once_key=uuid4(), now=NOW)

    delete_request(accepted, now=NOW)

    assert Member.objects.get(pk=mine.pk).left_at == NOW
    assert Member.objects.get(pk=other.pk).left_at is None
    texts = [entry.text for entry in LogEntry.objects.order_by("pk")]
    assert texts == ["Gruppens egen anteckning", "Någon har lämnat gruppen."]
    assert SupportRequest.objects.get().status == RequestStatus.ACCEPTED


def test_nothing_new_is_left_behind_by_a_question_from_another_window() -> None:
    sent = make_request()
    contact = Contact.objects.get(pk=sent.contact_id)
    delete_request(sent, now=NOW)

    with pytest.raises(ContactErased):
        ask_question(support_request=sent, contact=contact, text="Hemlig fråga", once_key=uuid4(), now=NOW)

    assert not LogEntry.objects.exists()
