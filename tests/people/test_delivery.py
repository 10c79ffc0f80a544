from datetime import timedelta
from uuid import uuid4

import pytest

from people import clock
from people.actions.messages import (
    deliver_due,
)
from people.delivery.outcomes import LONGEST_WAIT, MOST_ATTEMPTS, wait_after
from people.delivery.sending import deliver_next
from people.enums import Channel, MessageState
from people.models import Message
from tests.elks_server import ElksServer
from tests.factories import NOW, contact_of, make_contact, make_message
from tests.people.delivery_kit import as_if_time_passed, as_if_worker_died, make_sms, reread, state_of, told
from tests.smtp_sink import SmtpSink

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("delivery_kinds")]


def test_a_due_message_is_sent_and_marked(smtp: SmtpSink):
    message = make_message()

    assert deliver_next(NOW)
    assert not deliver_next(NOW)

    row = reread(message)
    assert [letter.to for letter in smtp.letters] == [[contact_of(message).email]]
    assert (row.state, row.sent_at, row.attempts, row.channel) == (MessageState.SENT, NOW, 1, Channel.EMAIL)
    assert (row.lease, row.leased_until) == (None, None)
    assert row.address_hash == contact_of(message).email_hash


def test_a_message_whose_time_has_not_come_waits(smtp: SmtpSink):
    make_message(not_before=NOW + timedelta(seconds=1))

    assert not deliver_next(NOW)
    assert smtp.letters == []


def test_everything_due_goes_out_in_one_go(smtp: SmtpSink):
    for _ in range(3):
        make_message()

    assert deliver_due(lambda: NOW, seconds=30) == 3
    assert len(smtp.letters) == 3


def test_delivery_hands_over_when_its_time_is_up(smtp: SmtpSink):
    for _ in range(3):
        make_message()

    assert deliver_due(lambda: NOW, seconds=0) == 1


def test_a_server_that_is_down_means_another_try_with_the_same_message_id(smtp: SmtpSink):
    message = make_message()
    smtp.data_reply = "451 Not now"
    deliver_next(NOW)

    row = reread(message)
    assert row.state == MessageState.QUEUED
    assert row.next_attempt_at is not None
    assert timedelta(seconds=3) < row.next_attempt_at - clock.real_now() <= timedelta(seconds=5)
    assert not deliver_next(NOW)

    smtp.data_reply = "250 OK"
    as_if_time_passed(message)
    deliver_next(NOW)

    assert reread(message).state == MessageState.SENT
    assert [letter.message_id for letter in smtp.letters] == [message.message_id] * 2


def test_waits_double_up_to_a_day_and_the_last_try_comes_after_about_three_days():
    waits = [wait_after(attempts) for attempts in range(1, MOST_ATTEMPTS)]

    assert waits[:4] == [timedelta(seconds=seconds) for seconds in (5, 10, 20, 40)]
    assert max(waits) == LONGEST_WAIT
    assert timedelta(days=2.5) < sum(waits, timedelta()) < timedelta(days=3.5)


def test_after_the_last_try_the_leader_is_told(smtp: SmtpSink):
    message = make_message(attempts=MOST_ATTEMPTS - 1)
    smtp.data_reply = "451 Not now"

    deliver_next(NOW)

    assert state_of(message) == (MessageState.FAILED, "E-postservern tog inte emot brevet (451).")
    assert told == [("test.hello", message.pk, MessageState.FAILED)]


def test_an_address_that_does_not_exist_is_used_no_more_and_the_leader_is_told(smtp: SmtpSink):
    contact = make_contact()
    first, second = make_message(contact=contact), make_message(contact=contact)
    smtp.rcpt_reply = "550 5.1.1 No such user"

    deliver_due(lambda: NOW, seconds=30)

    contact.refresh_from_db()
    assert contact.suppressed_because == "Mottagarens e-postserver säger att adressen inte finns (550)."
    assert state_of(first)[0] == MessageState.FAILED
    assert state_of(second) == (MessageState.WITHHELD, f"Vi skickar inte: {contact.suppressed_because}")
    assert [pk for _, pk, _ in told] == [first.pk, second.pk]


def test_a_poison_row_blocks_nobody(smtp: SmtpSink):
    poison = make_message(kind="test.poison")
    make_message()

    deliver_due(lambda: NOW, seconds=30)

    row = reread(poison)
    assert (row.state, row.attempts, row.reason) == (MessageState.QUEUED, 1, "Något gick fel i portalen.")
    assert row.next_attempt_at is not None
    assert row.next_attempt_at > clock.real_now()
    assert len(smtp.letters) == 1


def test_a_poison_row_is_given_up_in_the_end(smtp: SmtpSink):
    poison = make_message(kind="test.poison", attempts=MOST_ATTEMPTS - 1)

    deliver_next(NOW)

    assert state_of(poison)[0] == MessageState.FAILED


def test_a_hook_that_breaks_takes_nothing_with_it(smtp: SmtpSink):
    message = make_message(kind="test.deaf", attempts=MOST_ATTEMPTS - 1)
    smtp.data_reply = "451 Not now"

    deliver_next(NOW)

    assert state_of(message)[0] == MessageState.FAILED


def test_a_row_that_is_being_sent_is_nobody_elses(smtp: SmtpSink):
    message = make_message()
    future = clock.real_now() + timedelta(seconds=60)
    Message.objects.filter(pk=message.pk).update(state=MessageState.SENDING, lease=uuid4(), leased_until=future)

    assert not deliver_next(NOW)


def test_a_letter_whose_worker_died_goes_out_again_with_the_same_message_id(smtp: SmtpSink):
    message = make_message()
    as_if_worker_died(message, channel=Channel.EMAIL)

    deliver_next(NOW)

    row = reread(message)
    assert (row.state, row.attempts) == (MessageState.SENT, 2)
    assert [letter.message_id for letter in smtp.letters] == [message.message_id]


def test_an_sms_whose_worker_died_is_never_sent_again(elks: ElksServer):
    message = make_message(contact=make_contact(channel=Channel.SMS))
    as_if_worker_died(message, channel=Channel.SMS)

    deliver_due(lambda: NOW, seconds=30)

    assert elks.requests == []
    assert state_of(message) == (MessageState.UNKNOWN, "Vi vet inte om sms:et skickades: arbetet avbröts.")
    assert told == [("test.hello", message.pk, MessageState.UNKNOWN)]


def test_an_sms_nobody_can_answer_for_is_never_sent_again_and_the_leader_is_told(elks: ElksServer):
    message = make_sms()
    elks.hangs_up = True

    deliver_due(lambda: NOW, seconds=30)

    assert len(elks.requests) == 1
    assert reread(message).state == MessageState.UNKNOWN
    assert told == [("test.hello", message.pk, MessageState.UNKNOWN)]


def test_an_sms_that_was_refused_for_certain_is_tried_again(elks: ElksServer):
    message = make_sms()
    elks.status = 403
    deliver_next(NOW)
    elks.status = 200
    as_if_time_passed(message)

    deliver_next(NOW)

    assert len(elks.requests) == 2
    assert reread(message).state == MessageState.SENT


def test_an_sms_the_gateway_will_never_take_is_told_at_once(elks: ElksServer):
    message = make_sms()
    elks.status = 400

    deliver_due(lambda: NOW, seconds=30)

    assert state_of(message) == (MessageState.FAILED, "Sms-tjänsten sa nej (400).")
    assert len(told) == 1
