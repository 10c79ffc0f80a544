from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from people import clock
from people.actions.messages import (
    deliver_due,
)
from people.delivery.sending import deliver_next
from people.enums import Channel, MessageClass, MessageState, Role
from people.models import CallTask, Contact, Message, User
from tests.elks_server import ElksServer
from tests.factories import NOW, contact_of, make_contact, make_message, make_office, make_staff, make_user
from tests.people.delivery_kit import (
    make_reminder,
    moment,
    reread,
    state_of,
    told,
)
from tests.smtp_sink import SmtpSink

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("delivery_kinds")]

SUNDAY = datetime(2026, 9, 6, 10, 0, tzinfo=UTC)
EVENING = datetime(2026, 9, 1, 19, 0, tzinfo=UTC)
"""Nine in the evening in Stockholm."""

MORNING_AFTER = datetime(2026, 9, 2, 6, 0, tzinfo=UTC)
"""Eight the next morning in Stockholm."""


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"erased_at": NOW}, "Personens uppgifter är borttagna."),
        ({"suppressed_because": "Numret är inte längre tryggt."}, "Vi skickar inte: Numret är inte längre tryggt."),
        ({"channel": Channel.SELF}, "Personen hör av sig själv. Det som ska sägas väntar på den egna sidan."),
        ({"channel": Channel.NONE}, "Personen har inte valt hur vi får höra av oss."),
    ],
)
def test_what_has_changed_since_the_message_was_written_counts(smtp: SmtpSink, changes: dict[str, Any], reason: str):
    message = make_message()
    Contact.objects.filter(messages=message).update(**changes)

    deliver_next(NOW)

    assert state_of(message) == (MessageState.WITHHELD, reason)
    assert smtp.letters == []


def test_whoever_chose_calls_is_called_by_a_leader(smtp: SmtpSink):
    office = make_office()
    message = make_message(contact=make_contact(channel=Channel.CALL), office=office)

    deliver_next(NOW)

    [task] = CallTask.objects.all()
    assert (task.message, task.contact, task.office, task.created_at) == (message, message.contact, office, NOW)
    assert state_of(message) == (MessageState.WITHHELD, "Ring: personen har valt telefonsamtal.")
    assert reread(message).text == "Hej på dig."


def test_the_channel_is_the_one_chosen_now(elks: ElksServer):
    message = make_message(channel=Channel.EMAIL)
    contact = contact_of(message)
    contact.channel = Channel.SMS
    contact.assign_addresses(phone="070-174 06 05")
    contact.save()

    deliver_next(NOW)

    assert [request["to"] for request in elks.requests] == ["+46701740605"]
    row = reread(message)
    assert (row.state, row.channel, row.provider_id) == (MessageState.SENT, Channel.SMS, "s1")
    assert row.address_hash == contact.phone_hash


def test_what_is_no_longer_wanted_is_not_sent(smtp: SmtpSink):
    wanted, unwanted = (make_message(kind="test.meeting", about_id=number) for number in (2, 3))

    deliver_due(lambda: NOW, seconds=30)

    assert state_of(wanted)[0] == MessageState.SENT
    assert state_of(unwanted) == (MessageState.WITHHELD, "Mötet är inställt.")


def test_what_comes_too_late_is_not_sent(smtp: SmtpSink):
    message = make_message(expires_at=NOW)

    deliver_next(NOW)

    assert state_of(message) == (MessageState.WITHHELD, "Det var för sent.")
    assert told == []


def test_what_was_tried_in_vain_until_too_late_is_a_failure_that_is_told(smtp: SmtpSink):
    message = make_message(expires_at=NOW, attempts=3)

    deliver_next(NOW)

    assert state_of(message) == (MessageState.WITHHELD, "Det gick inte att skicka i tid.")
    assert [pk for _, pk, _ in told] == [message.pk]


def test_a_kind_nobody_knows_is_never_sent_and_the_administrators_are_told(smtp: SmtpSink, administrator: User):
    make_staff(Role.LEADER)
    first, second = make_message(kind="test.forgotten"), make_message(kind="test.forgotten")

    deliver_due(lambda: NOW, seconds=30)

    reason = "Slaget test.forgotten är okänt för portalen."
    assert [state_of(message) for message in (first, second)] == [(MessageState.FAILED, reason)] * 2
    assert [(letter.to, letter.message["Subject"]) for letter in smtp.letters] == [
        ([administrator.email], "Portalen kan inte skicka en sorts meddelanden")
    ]


def test_a_user_whose_account_is_closed_gets_nothing(smtp: SmtpSink):
    message = make_message(user=make_user(is_active=False))

    deliver_next(NOW)

    assert state_of(message) == (MessageState.WITHHELD, "Kontot är avstängt.")


@pytest.mark.parametrize(("now", "until"), [(EVENING, MORNING_AFTER), (SUNDAY, datetime(2026, 9, 7, 6, tzinfo=UTC))])
def test_a_reminder_that_got_stuck_until_the_quiet_hours_waits_for_the_morning(
    smtp: SmtpSink, now: datetime, until: datetime
):
    message = make_reminder()

    deliver_due(lambda: now, seconds=30)

    row = reread(message)
    assert (row.state, row.not_before, row.attempts) == (MessageState.QUEUED, until, 0)

    deliver_next(until)
    assert reread(message).state == MessageState.SENT


def test_an_appointment_that_got_stuck_goes_in_the_morning_when_that_is_before_it_starts(smtp: SmtpSink):
    message = make_message(
        kind="test.meeting",
        message_class=MessageClass.APPOINTMENT,
        about_id=2,
        starts_at=MORNING_AFTER + timedelta(hours=1),
    )

    deliver_due(lambda: EVENING, seconds=30)

    assert (reread(message).state, reread(message).not_before) == (MessageState.QUEUED, MORNING_AFTER)


def test_an_appointment_with_no_open_hour_left_is_not_told_at_night(smtp: SmtpSink):
    message = make_message(
        kind="test.meeting", message_class=MessageClass.APPOINTMENT, about_id=2, starts_at=MORNING_AFTER
    )

    deliver_due(lambda: EVENING, seconds=30)

    assert state_of(message) == (MessageState.WITHHELD, "Det fanns ingen tid kvar när vi får höra av oss.")


def test_an_answer_and_what_goes_to_staff_know_no_quiet_hours(smtp: SmtpSink):
    make_message()
    make_message(user=make_user(), message_class=MessageClass.STAFF)

    deliver_due(lambda: SUNDAY, seconds=30)

    assert len(smtp.letters) == 2


def test_one_address_gets_one_reminder_a_day_and_three_a_week_whatever_contact_it_belongs_to(smtp: SmtpSink):
    for _ in range(5):
        make_reminder(contact=make_contact(email="alva@example.org"))
    make_reminder(contact=make_contact(email="bo@example.org"))

    days = []
    for number in range(9):
        now = NOW + timedelta(days=number)
        deliver_due(partial(moment, now), seconds=30)
        days.append(Message.objects.filter(sent_at=now, contact__email_hash=_hash("alva@example.org")).count())

    assert days == [1, 1, 1, 0, 0, 0, 0, 1, 1]
    assert sum(letter.to == ["bo@example.org"] for letter in smtp.letters) == 1


def _hash(email: str) -> str:
    return make_contact(email=email).email_hash


def test_a_reminder_another_worker_is_sending_at_this_moment_counts(smtp: SmtpSink):
    contact = make_contact()
    under_way, message = make_reminder(contact=contact), make_reminder(contact=contact)
    future = clock.real_now() + timedelta(seconds=60)
    Message.objects.filter(pk=under_way.pk).update(
        state=MessageState.SENDING, lease=uuid4(), leased_until=future, address_hash=contact.address_hash
    )

    deliver_next(NOW)

    assert reread(message).not_before == NOW + timedelta(days=1)


def test_answers_are_not_counted_against_the_limit(smtp: SmtpSink):
    contact = make_contact()
    for _ in range(4):
        make_message(contact=contact)
    make_reminder(contact=contact)

    deliver_due(lambda: NOW, seconds=30)

    assert len(smtp.letters) == 5
