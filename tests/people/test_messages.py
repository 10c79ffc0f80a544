from datetime import timedelta

import pytest

from people.actions.messages import (
    deliver_due,
    finish_call,
    record_delivery_report,
    stop_reminders,
    wipe_old_texts,
)
from people.delivery.previews import preview
from people.delivery.sending import deliver_next
from people.enums import CallOutcome, Channel, MessageState
from people.models import CallTask, Message, User
from tests.factories import NOW, contact_of, make_contact, make_message
from tests.people.delivery_kit import make_reminder, make_sms, reread, state_of, told
from tests.smtp_sink import SmtpSink

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("delivery_kinds")]


def test_a_code_is_wiped_when_it_is_sent(smtp: SmtpSink):
    message = make_message(kind="test.code", is_secret=True, text="Din kod är 123456.", subject="Din kod")

    deliver_next(NOW)

    row = reread(message)
    assert "123456" in smtp.letters[0].text
    assert (row.state, row.text, row.subject, row.short, row.wiped_at) == (MessageState.SENT, "", "", "", NOW)


def test_a_code_that_came_too_late_is_wiped_too(smtp: SmtpSink):
    message = make_message(kind="test.code", is_secret=True, text="Din kod är 123456.", expires_at=NOW)

    deliver_next(NOW)

    assert (reread(message).text, reread(message).state) == ("", MessageState.WITHHELD)


def test_a_code_is_kept_between_two_tries(smtp: SmtpSink):
    message = make_message(kind="test.code", is_secret=True, text="Din kod är 123456.")
    smtp.data_reply = "451 Not now"

    deliver_next(NOW)

    assert reread(message).text == "Din kod är 123456."


def test_a_code_is_not_left_for_a_leader_to_call_with(smtp: SmtpSink):
    message = make_message(kind="test.code", is_secret=True, contact=make_contact(channel=Channel.CALL))

    deliver_next(NOW)

    assert state_of(message) == (MessageState.WITHHELD, "En kod går inte att ringa upp med.")
    assert not CallTask.objects.exists()


def test_texts_are_wiped_after_thirty_days_and_that_it_was_sent_stays(smtp: SmtpSink):
    sent, withheld = make_message(link="/min-sida/abc/"), make_message(contact=make_contact(channel=Channel.SELF))
    deliver_due(lambda: NOW, seconds=30)
    waiting = make_message(not_before=NOW + timedelta(days=90))
    later = NOW + timedelta(days=30)

    assert wipe_old_texts(later - timedelta(seconds=1)) == 0
    assert wipe_old_texts(later) == 2
    assert wipe_old_texts(later) == 0

    row = reread(sent)
    assert (row.subject, row.text, row.short, row.link, row.sent_at, row.wiped_at) == ("", "", "", "", NOW, later)
    assert reread(withheld).text == ""
    assert reread(waiting).text == "Hej på dig."


@pytest.mark.parametrize("state", [MessageState.SENT, MessageState.UNKNOWN])
def test_a_report_says_that_the_sms_arrived_and_may_say_so_twice(state: MessageState):
    message = make_sms(state=state, provider_id="s1" if state == MessageState.SENT else "", sent_at=NOW)

    for minutes in (1, 5):
        later = NOW + timedelta(minutes=minutes)
        assert record_delivery_report(message, provider_id="s1", is_delivered=True, now=later)

    row = reread(message)
    assert (row.state, row.delivered_at) == (MessageState.DELIVERED, NOW + timedelta(minutes=1))


def test_a_report_that_the_sms_did_not_arrive_is_told_once():
    message = make_sms(state=MessageState.SENT, provider_id="s1", sent_at=NOW)

    for _ in range(2):
        record_delivery_report(message, provider_id="s1", is_delivered=False, now=NOW)

    assert state_of(message) == (MessageState.FAILED, "Sms:et kom inte fram.")
    assert len(told) == 1


def test_a_report_about_another_sms_changes_nothing():
    message = make_sms(state=MessageState.SENT, provider_id="s2", sent_at=NOW)

    assert not record_delivery_report(message, provider_id="s1", is_delivered=False, now=NOW)
    assert reread(message).state == MessageState.SENT


def test_a_call_is_finished_once(leader: User, colleague: User):
    message = make_message(contact=make_contact(channel=Channel.CALL))
    task = CallTask.objects.create(message=message, contact=contact_of(message), created_at=NOW)

    finish_call(task, outcome=CallOutcome.REACHED, by=leader, now=NOW)
    finish_call(task, outcome=CallOutcome.NO_ANSWER, by=colleague, now=NOW + timedelta(hours=1))

    task.refresh_from_db()
    assert (task.outcome, task.done_by, task.done_at) == (CallOutcome.REACHED, leader, NOW)


def test_whoever_wants_no_more_reminders_gets_none_of_that_kind_and_the_offices_leaders_are_told(
    smtp: SmtpSink, leader: User, other_office_leader: User
):
    contact = make_contact()
    first = make_reminder(contact=contact, office=leader.roles.get().office, state=MessageState.SENT)
    second = make_reminder(contact=contact)

    assert stop_reminders(first, now=NOW)
    assert not stop_reminders(first, now=NOW)
    deliver_due(lambda: NOW, seconds=30)

    assert state_of(second) == (MessageState.WITHHELD, "Personen vill inte ha fler påminnelser av det här slaget.")
    assert [(letter.to, letter.message["Subject"]) for letter in smtp.letters] == [
        ([leader.email], "En person vill inte ha fler påminnelser")
    ]


def test_a_preview_is_what_leaves_with_the_link_masked(smtp: SmtpSink):
    message = make_message(link="/min-sida/hemlig-adress/", button="Öppna")

    shown = preview(message, contact_of(message)).envelope
    deliver_next(NOW)

    [letter] = smtp.letters
    assert shown is not None
    assert shown.text == letter.text.replace("/min-sida/hemlig-adress/", "/min-sida/•••/")
    assert shown.html == letter.html.replace("/min-sida/hemlig-adress/", "/min-sida/•••/")
    assert shown.subject == letter.message["Subject"]


def test_a_preview_says_why_nothing_would_be_sent():
    message = make_message(contact=make_contact(channel=Channel.SELF))

    shown = preview(message, contact_of(message))

    assert (shown.envelope, shown.reason) == (
        None,
        "Personen hör av sig själv. Det som ska sägas väntar på den egna sidan.",
    )


def test_a_kind_can_be_previewed_before_anything_is_written(leader: User):
    shown = preview("people.security_notice", leader, context={"what": "Lösenordet har bytts."}).envelope

    assert shown is not None
    assert (shown.to, shown.subject) == (leader.email, "Något har ändrats på ditt konto")
    assert "Lösenordet har bytts." in shown.text
    assert not Message.objects.exists()


def test_a_preview_of_a_reminder_lets_nobody_say_no_in_the_receivers_name():
    message = make_reminder()

    shown = preview(message, contact_of(message)).envelope

    assert shown is not None
    assert shown.stop_url == "http://127.0.0.1:8000/nej-tack/•••/"
    assert shown.text.count("/nej-tack/") == shown.text.count("/nej-tack/•••/") == 1
    assert shown.html.count("/nej-tack/") == shown.html.count("/nej-tack/•••/") == 1


def test_a_preview_never_shows_a_code():
    message = make_message(kind="test.code", is_secret=True, text="Din kod är 123456.")

    shown = preview(message, contact_of(message))

    assert (shown.envelope, shown.reason) == (
        None,
        "I meddelandet står en kod. Den är bara till för den som bad om den.",
    )


def test_a_preview_hides_the_address_of_a_protected_contact():
    message = make_message(contact=make_contact(protected=True))

    shown = preview(message, contact_of(message)).envelope

    assert shown is not None
    assert (shown.to, shown.is_discreet) == ("•••", True)
