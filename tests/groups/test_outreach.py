"""Talks before there is a request: one line, what it led to, and nothing that says who it was."""

from datetime import timedelta
from uuid import uuid4

import pytest

from groups.actions.outreach import BecameRequest, TalkToCome, note_talk, settle_talk
from groups.enums import LedTo
from groups.models import OutreachContact
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db

TALK = {"who_with": "En  förälder ", "need": "Hissen står still. ", "met_on": TODAY}


def test_a_talk_is_noted_in_one_line(office, leader):
    talk = note_talk(**TALK, office=office, place=" Biblioteket", by=leader, now=NOW)

    assert (talk.who_with, talk.place, talk.need, talk.met_on) == (
        "En förälder",
        "Biblioteket",
        "Hissen står still.",
        TODAY,
    )
    assert (talk.user, talk.office, talk.led_to, talk.created_at) == (leader, office, LedTo.NOTHING_YET, NOW)
    assert list(OutreachContact.objects.open()) == [talk]


def test_the_same_line_sent_twice_is_one_talk(office, leader):
    key = uuid4()

    one, other = (note_talk(**TALK, office=office, by=leader, now=NOW, once_key=key) for _time in range(2))

    assert one == other
    assert OutreachContact.objects.count() == 1


def test_a_talk_has_been_before_it_is_noted(office, leader):
    with pytest.raises(TalkToCome):
        note_talk(**TALK | {"met_on": TODAY + timedelta(days=1)}, office=office, by=leader, now=NOW)
    assert OutreachContact.objects.count() == 0


def test_what_a_talk_led_to_can_be_said_and_unsaid(office, leader):
    talk = note_talk(**TALK, office=office, by=leader, now=NOW)

    for led_to in (LedTo.TRAINING, LedTo.TRAINING, LedTo.NOTHING_YET, LedTo.NO):
        settle_talk(talk, led_to=led_to, by=leader, now=NOW)
        assert OutreachContact.objects.get().led_to == led_to


def test_a_talk_that_became_a_request_stays_so(office, leader):
    talk = note_talk(**TALK, office=office, by=leader, now=NOW)
    settle_talk(talk, led_to=LedTo.REQUEST, by=leader, now=NOW)

    settle_talk(talk, led_to=LedTo.REQUEST, by=leader, now=NOW)
    with pytest.raises(BecameRequest):
        settle_talk(talk, led_to=LedTo.NO, by=leader, now=NOW)

    assert OutreachContact.objects.get().led_to == LedTo.REQUEST


def test_a_talk_is_seen_by_those_who_work_at_its_office(
    office, leader, colleague, programme_manager, other_office_leader, editor, treasurer
):
    talk = note_talk(**TALK, office=office, by=leader, now=NOW)

    for user in (leader, colleague, programme_manager):
        assert list(OutreachContact.objects.visible_to(user)) == [talk]
    for user in (other_office_leader, editor, treasurer):
        assert list(OutreachContact.objects.visible_to(user)) == []
