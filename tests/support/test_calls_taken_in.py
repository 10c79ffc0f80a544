"""Ta emot: what was written on the telephone is a request, at the right office, with words to read aloud."""

from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection

from groups.enums import LedTo
from groups.models import OutreachContact
from people.actions.way_in import enter_by_words
from people.enums import Channel
from people.models import Contact, Message, Office, PrivateLink, User
from support.actions import phone_intake
from support.enums import LogKind, RequestStatus
from support.models import LogEntry, SupportRequest
from tests.factories import NOW, TODAY, make_municipality, make_office, make_staff
from tests.support.admin_pages import page, text_of
from tests.support.calls import SAID, a_draft, add, call
from tests.support.drafts import ANSWERS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def lindhaga(office):
    return make_municipality(name="Lindhaga", office=office)


def test_everything_can_be_taken_in_at_once(as_leader, leader, office, lindhaga):
    response = as_leader.post(add(), SAID | {"receive": "1"})

    row = SupportRequest.objects.get()
    link = PrivateLink.objects.get()
    assert (row.status, row.office, row.leader, row.municipality) == (RequestStatus.IN_REVIEW, office, leader, lindhaga)
    assert (row.received_at, row.taken_at, row.first_answer_at, row.draft_until) == (NOW, NOW, NOW, None)
    assert (row.promised_by, row.next_step, row.next_step_on) == (
        TODAY + timedelta(days=7),
        "Bestäm en tid att ses",
        TODAY + timedelta(days=7),
    )
    entry = LogEntry.objects.get()
    assert (entry.kind, entry.text, entry.user) == (LogKind.CALL, "Förfrågan skrevs på telefon.", leader)
    assert [message.kind for message in Message.objects.all()] == ["support.request_received"]
    told = text_of(response)
    assert "Läs upp det här nu" in told
    assert link.code in told


def test_the_code_and_the_words_open_the_callers_own_page(leader, lindhaga):
    received = phone_intake.receive_call(a_draft(leader), by=leader, now=NOW)

    link = PrivateLink.objects.get()
    link.refresh_from_db()
    assert received.code == link.code
    assert received.words.count(" ") == 1


@pytest.mark.django_db(transaction=True)
def test_who_calls_comes_in_with_what_was_read_aloud(leader: User) -> None:
    received = phone_intake.receive_call(a_draft(leader), by=leader, now=NOW)

    assert enter_by_words(received.code, received.words, now=NOW).contact == received.support_request.contact


def test_the_words_are_shown_once(as_leader, leader, lindhaga):
    draft = a_draft(leader)
    received = as_leader.post(call(draft), SAID | {"receive": "1"})

    later = as_leader.get(call(draft), follow=True)

    assert received.context["words"] in text_of(received)
    assert received.context["words"] not in text_of(later)
    assert later.request["PATH_INFO"] == page(draft)


def test_what_is_missing_is_named_and_nothing_is_taken_in(as_leader, leader):
    draft = a_draft(leader, kontakt=None, sprak=None)
    said = {name: value for name, value in SAID.items() if name not in {"channel", "languages", "may_say_who_we_are"}}
    as_shown = {"wants_interpreter": "unknown", "never_leave_message": "on", "sms_phone": ""}

    response = as_leader.post(call(draft), said | as_shown | {"receive": "1"})

    assert "några frågor behöver svar innan förfrågan kan tas emot" in text_of(response)
    assert [question.slug for question in response.context["missing"]] == ["kontakt", "sprak"]
    assert SupportRequest.objects.get().status == RequestStatus.DRAFT


def test_who_gets_in_touch_themselves_leaves_no_address_and_gets_no_message(as_leader, lindhaga):
    as_leader.post(
        add(), SAID | {"channel": "self", "call_phone": "070-174 06 15", "email": "a@example.org", "receive": "1"}
    )

    contact = Contact.objects.get()
    assert (contact.channel, contact.phone, contact.email, contact.phone_hash) == (Channel.SELF, "", "", "")
    assert Message.objects.count() == 0


@pytest.mark.parametrize("known", [True, False])
def test_it_goes_to_the_office_of_the_municipality_else_to_that_of_the_leader(leader, office, known):
    elsewhere = make_office()
    make_staff(office=elsewhere)
    if known:
        make_municipality(name="Lindhaga", office=elsewhere)

    row = phone_intake.receive_call(a_draft(leader), by=leader, now=NOW).support_request

    assert (row.office, row.leader) == ((elsewhere, None) if known else (office, leader))


def test_at_another_office_the_promise_stands_and_its_leaders_hear_of_it(leader, other_office, other_office_leader):
    make_municipality(name="Lindhaga", office=other_office)

    row = phone_intake.receive_call(a_draft(leader), by=leader, now=NOW).support_request

    assert (row.status, row.first_answer_at) == (RequestStatus.RECEIVED, None)
    assert list(Message.objects.filter(user__isnull=False).values_list("user", "kind")) == [
        (other_office_leader.pk, "support.request_new")
    ]


def test_one_who_works_everywhere_leaves_it_in_the_common_queue(programme_manager):
    row = phone_intake.receive_call(a_draft(programme_manager), by=programme_manager, now=NOW).support_request

    assert (row.office, row.leader, row.status) == (None, None, RequestStatus.RECEIVED)


def test_an_urgent_one_is_promised_an_answer_the_next_working_day(leader, lindhaga):
    urgent = {"urgency": "two_weeks", "urgent_what": "Möte den 9"}

    row = phone_intake.receive_call(a_draft(leader, brattom=urgent), by=leader, now=NOW).support_request

    assert row.promised_by == TODAY + timedelta(days=1)


def test_a_double_press_is_one_request_and_tells_words_that_open(as_leader, lindhaga):
    sent = SAID | {"receive": "1", "once": str(uuid4())}

    first, second = as_leader.post(add(), sent), as_leader.post(add(), sent)

    assert SupportRequest.objects.count() == LogEntry.objects.count() == Message.objects.count() == 1
    assert first.context["code"] == second.context["code"]
    assert first.context["words"] != second.context["words"]
    assert PrivateLink.objects.get().tokens.filter(revoked_at__isnull=True).count() == 2


def test_a_double_press_tells_the_words_again_also_when_it_went_to_another_office(as_leader, other_office):
    make_municipality(name="Lindhaga", office=other_office)
    as_leader.post(add(), SAID)
    draft = SupportRequest.objects.get()

    first = as_leader.post(call(draft), SAID | {"receive": "1"})
    second = as_leader.post(call(draft), SAID | {"receive": "1"})

    assert (first.status_code, second.status_code) == (200, 200)
    assert second.context["code"] == first.context["code"]
    assert as_leader.get(page(draft)).status_code == 404


def test_long_after_the_words_are_not_told_again(as_leader, leader, lindhaga):
    draft = a_draft(leader)
    phone_intake.receive_call(draft, by=leader, now=NOW - timedelta(minutes=11))
    PrivateLink.objects.update(words_hash="as-it-was")

    response = as_leader.post(call(draft), SAID | {"receive": "1"}, follow=True)

    assert "Förfrågan är redan mottagen." in text_of(response)
    assert PrivateLink.objects.get().words_hash == "as-it-was"


def test_a_page_left_open_changes_nothing_once_it_is_taken_in(as_leader, leader, lindhaga):
    draft = a_draft(leader)
    phone_intake.receive_call(draft, by=leader, now=NOW)

    response = as_leader.post(call(draft), SAID | {"size_band": "25+"}, follow=True)

    assert "Förfrågan är redan mottagen." in text_of(response)
    assert SupportRequest.objects.get().size_band == "5-9"


def test_a_talk_has_led_to_a_request_once_it_is_taken_in(leader, office, lindhaga):
    talk = OutreachContact.objects.create(
        office=office, user=leader, met_on=TODAY, who_with="En granne", need="Kallt", created_at=NOW
    )
    draft = phone_intake.start_call(once_key=uuid4(), by=leader, now=NOW, talk=talk)
    phone_intake.save_call_answers(draft, answers=ANSWERS, by=leader, now=NOW)
    before = OutreachContact.objects.get().led_to

    phone_intake.receive_call(draft, by=leader, now=NOW)

    assert (before, OutreachContact.objects.get().led_to) == (LedTo.NOTHING_YET, LedTo.REQUEST)


@pytest.mark.django_db(transaction=True)
def test_of_two_presses_at_once_one_request_comes_in() -> None:
    office: Office = make_office()
    leader = make_staff(office=office)
    draft = a_draft(leader)
    barrier = Barrier(2)
    codes: list[str] = []

    def press() -> None:
        barrier.wait()
        try:
            row = SupportRequest.objects.get(pk=draft.pk)
            codes.append(phone_intake.receive_call(row, by=leader, now=NOW).code)
        finally:
            connection.close()

    threads = [Thread(target=press) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(codes) == 2
    assert len(set(codes)) == LogEntry.objects.count() == PrivateLink.objects.count() == 1
