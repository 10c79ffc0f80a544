"""A sent request is changed and asked about."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from people.actions.links import open_link
from people.enums import Channel, LinkPurpose
from people.kinds import get
from people.models import Contact, LinkToken, Message, Office, User
from support.actions.own_page import NothingToAskAbout, ask_question
from support.actions.requests import (
    RequestClosed,
    save_answers,
    submit_request,
)
from support.enums import LogKind, RequestStatus
from tests.factories import (
    NOW,
    make_contact,
    make_group,
    make_log_entry,
    make_municipality,
    make_period,
    make_request,
)
from tests.support.drafts import ANSWERS, a_draft, kinds_to, linked

pytestmark = pytest.mark.django_db


def test_a_changed_answer_before_anyone_took_it_is_noted_and_told_to_nobody(leader: User) -> None:
    sent = submit_request(a_draft(), now=NOW)
    Message.objects.all().delete()

    save_answers(sent, question="vad", values={"what": "Nu är det hissen.", "tells_when_talking": False}, now=NOW)

    assert list(sent.log.values_list("text", flat=True)) == [
        "Gruppen ändrade sitt svar: Det ni vill förändra.",
        "Förfrågan kom in.",
    ]
    assert not Message.objects.exists()


def test_a_changed_answer_is_told_to_whoever_has_taken_it(office: Office, leader: User, colleague: User) -> None:
    taken = make_request(status=RequestStatus.IN_REVIEW, office=office, leader=leader)
    linked(taken)

    save_answers(taken, question="brattom", values={"urgency": "two_weeks", "urgent_what": "Nu"}, now=NOW)

    assert kinds_to(leader) == ["support.request_changed"]
    assert kinds_to(colleague) == []


def test_the_same_answer_again_changes_nothing() -> None:
    sent = submit_request(a_draft(), now=NOW)

    for question, values in ANSWERS.items():
        if question != "vem":
            save_answers(sent, question=question, values=values, now=NOW)

    assert sent.log.count() == 1


def test_another_place_moves_a_new_request_to_another_office(
    office: Office, leader: User, other_office_leader: User
) -> None:
    make_municipality(name="Lindhaga", office=office)
    make_municipality(name="Rönnlid", office=other_office_leader.roles.get().office)
    sent = submit_request(a_draft(), now=NOW)

    moved = save_answers(sent, question="var", values={"place": "Rönnlid", "area": ""}, now=NOW)

    assert moved.office == other_office_leader.roles.get().office
    assert kinds_to(other_office_leader) == ["support.request_new"]


def test_a_promise_is_only_ever_moved_closer() -> None:
    sent = submit_request(a_draft(), now=NOW)
    urgent = {"urgency": "two_weeks", "urgent_what": "Vräkning"}

    sent = save_answers(sent, question="brattom", values=urgent, now=NOW + timedelta(days=1))
    assert sent.promised_by == date(2026, 9, 3)
    sent = save_answers(sent, question="brattom", values=ANSWERS["brattom"], now=NOW + timedelta(days=1))

    assert sent.promised_by == date(2026, 9, 3)


@pytest.mark.parametrize("status", [RequestStatus.DECLINED, RequestStatus.REFERRED, RequestStatus.WITHDRAWN])
def test_the_answers_of_a_closed_request_stand(status: RequestStatus) -> None:
    closed = make_request(status=status)

    with pytest.raises(RequestClosed):
        save_answers(closed, question="vad", values=ANSWERS["vad"], now=NOW)


def test_who_asked_is_not_changed_once_the_request_is_sent() -> None:
    with pytest.raises(RequestClosed):
        save_answers(make_request(), question="vem", values={"asker": "supporter"}, now=NOW)


def test_a_group_at_work_can_still_change_how_it_is_reached(office: Office) -> None:
    group = make_group(office=office)
    period = make_period(group=group)
    accepted = make_request(status=RequestStatus.ACCEPTED, group=group, office=office)
    linked(accepted)

    save_answers(accepted, question="kontakt", values=ANSWERS["kontakt"], now=NOW)

    assert Contact.objects.get(pk=accepted.contact.pk).channel == Channel.SMS
    assert [entry.text for entry in period.log.all()] == ["Gruppen bytte kontaktsätt: Sms."]
    assert kinds_to(period.leader) == ["support.contact_way_changed"]


def test_a_new_contact_way_says_nothing_to_the_old_one() -> None:
    contact = make_contact(channel=Channel.EMAIL, email="gammal@exempel.se", discreet=True)
    sent = make_request(contact=contact)
    old = open_link(LinkPurpose.SUPPORT, contact=contact, about=sent, now=NOW)

    save_answers(sent, question="kontakt", values=ANSWERS["kontakt"], now=NOW)

    contact.refresh_from_db()
    assert (contact.channel, contact.email) == (Channel.SMS, "")
    assert not Message.objects.filter(contact=contact).exists()
    assert not LinkToken.objects.filter(link=old.link, revoked_at__isnull=True).exists()
    entry = sent.log.get()
    assert (entry.kind, entry.text) == (LogKind.CONTACT, "Gruppen bytte kontaktsätt: Sms.")


def test_a_question_is_one_however_often_it_is_sent(leader: User, office: Office) -> None:
    asked = make_request(office=office)
    key = uuid4()

    first = ask_question(support_request=asked, contact=asked.contact, text="När?", once_key=key, now=NOW)
    again = ask_question(support_request=asked, contact=asked.contact, text="När?", once_key=key, now=NOW)

    assert first == again
    assert kinds_to(leader) == ["support.question_asked"]


def test_a_question_in_a_period_goes_to_its_leader(leader: User) -> None:
    period = make_period()

    ask_question(period=period, contact=make_contact(), text="När?", once_key=uuid4(), now=NOW)

    assert kinds_to(period.leader) == ["support.question_asked"]
    assert kinds_to(leader) == []


def test_a_question_about_nothing_is_refused() -> None:
    with pytest.raises(NothingToAskAbout):
        ask_question(contact=make_contact(), text="När?", once_key=uuid4(), now=NOW)


def test_leaders_are_not_reminded_of_a_question_with_an_answer() -> None:
    entry = make_log_entry(kind=LogKind.QUESTION)
    assert get("support.question_asked").still_wanted(entry.pk, NOW) is None

    entry.answered_by = make_log_entry(kind=LogKind.ANSWER, support_request=entry.support_request)
    entry.save()

    assert get("support.question_asked").still_wanted(entry.pk, NOW) == "Frågan är redan besvarad eller borttagen."
