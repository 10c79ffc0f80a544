"""Many workers at once, and workers that die at the worst moment."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from pytest_django import Settings

from people import clock, kinds
from people.actions.messages import deliver_due
from people.delivery.leases import Taken, renew, take_next
from people.delivery.sending import _send, deliver_next
from people.enums import Channel, MessageClass, MessageState
from people.kinds import MessageKind
from people.models import Message
from tests.elks_server import ElksServer
from tests.factories import NOW, make_contact, make_message
from tests.smtp_sink import SmtpSink

WORKERS = 4


@pytest.fixture(autouse=True)
def test_kinds(own_kinds: None) -> None:
    kinds.register(
        MessageKind("test.hello", MessageClass.ANSWER),
        MessageKind("test.reminder", MessageClass.REMINDER),
    )


def in_a_thread(work: Callable[[], object]) -> threading.Thread:
    def worker() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=worker)
    thread.start()
    return thread


def side_by_side(work: Callable[[], object]) -> None:
    """Runs the work in several threads that begin together, each with a connection of its own."""
    begin = threading.Barrier(WORKERS)

    def together() -> None:
        begin.wait()
        work()

    for thread in [in_a_thread(together) for _ in range(WORKERS)]:
        thread.join()


def wait_until(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)


def somebody_waits_for_an_address() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database "
            "WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()"
        )
        [count] = cursor.fetchone()
    return bool(count)


@pytest.mark.django_db(transaction=True)
def test_workers_side_by_side_never_send_one_row_twice(smtp: SmtpSink):
    messages = [make_message() for _ in range(40)]

    side_by_side(lambda: deliver_due(lambda: NOW, seconds=30))

    assert Counter(letter.message_id for letter in smtp.letters) == Counter(message.message_id for message in messages)
    assert set(Message.objects.values_list("state", "attempts")) == {(MessageState.SENT, 1)}


@pytest.mark.django_db(transaction=True)
def test_workers_side_by_side_never_pass_the_limit_of_an_address(smtp: SmtpSink):
    for _ in range(12):
        contact = make_contact(email="alva@example.org")
        make_message(kind="test.reminder", message_class=MessageClass.REMINDER, contact=contact)

    side_by_side(lambda: deliver_due(lambda: NOW, seconds=30))

    assert len(smtp.letters) == 1
    assert Message.objects.filter(state=MessageState.SENT).count() == 1
    assert Message.objects.filter(state=MessageState.QUEUED, not_before=NOW + timedelta(days=1)).count() == 11


@pytest.mark.django_db(transaction=True)
def test_a_worker_waits_for_another_that_is_about_to_remind_the_same_address(smtp: SmtpSink):
    for _ in range(2):
        contact = make_contact(email="alva@example.org")
        make_message(kind="test.reminder", message_class=MessageClass.REMINDER, contact=contact)

    with transaction.atomic():
        assert isinstance(take_next(NOW), Taken)
        other = in_a_thread(lambda: deliver_due(lambda: NOW, seconds=30))
        wait_until(lambda: somebody_waits_for_an_address() or not other.is_alive())
    other.join()

    assert smtp.letters == []
    assert set(Message.objects.values_list("state", "not_before")) == {
        (MessageState.SENDING, NOW),
        (MessageState.QUEUED, NOW + timedelta(days=1)),
    }


@pytest.mark.django_db(transaction=True)
def test_a_slow_worker_whose_row_was_taken_over_changes_nothing(smtp: SmtpSink, settings: Settings):
    settings.EMAIL_TIMEOUT = 10
    message = make_message()
    smtp.stall.set()
    slow = in_a_thread(lambda: deliver_next(NOW))
    assert smtp.wait_for(1, 10)

    new_lease = uuid4()
    Message.objects.update(lease=new_lease)
    smtp.stall.clear()
    slow.join()

    row = Message.objects.get(pk=message.pk)
    assert (row.state, row.lease, row.sent_at) == (MessageState.SENDING, new_lease, None)


@pytest.mark.django_db
def test_a_lease_is_renewed_only_by_who_has_it():
    make_message()
    taken = take_next(NOW)
    assert isinstance(taken, Taken)
    almost_over = clock.real_now()
    Message.objects.update(leased_until=almost_over)

    assert renew(taken)
    assert not renew(replace(taken, lease=uuid4()))
    [leased_until] = Message.objects.values_list("leased_until", flat=True)
    assert leased_until is not None
    assert leased_until > almost_over + timedelta(seconds=30)


class Workers(RuleBasedStateMachine):
    """Messages come, servers fail, workers die before or after they have sent; in the end everything is delivered."""

    smtp: SmtpSink
    elks: ElksServer

    @initialize()
    def begin(self) -> None:
        Message.objects.all().delete()
        self.smtp.letters.clear()
        self.elks.requests.clear()
        self.smtp.data_reply, self.elks.status = "250 OK", 200
        self.refused: Counter[str] = Counter()

    @rule(channel=st.sampled_from([Channel.EMAIL, Channel.SMS]))
    def a_message_comes(self, channel: Channel) -> None:
        message = make_message(contact=make_contact(channel=channel))
        message.short = f"sms {message.pk}"
        message.save(update_fields=["short"])

    @rule(is_up=st.booleans())
    def the_servers_change(self, is_up: bool) -> None:
        self.smtp.data_reply = "250 OK" if is_up else "451 Not now"
        self.elks.status = 200 if is_up else 403

    @rule()
    def a_worker_works(self) -> None:
        self._deliver()

    @rule(has_sent=st.booleans())
    def a_worker_dies(self, has_sent: bool) -> None:
        taken = take_next(NOW)
        if isinstance(taken, Taken) and has_sent:
            refused_by_sms = taken.envelope.channel == Channel.SMS and self.elks.status == 403
            _send(taken)
            if refused_by_sms:
                self.refused[taken.envelope.text] += 1

    @rule()
    def leases_and_waits_run_out(self) -> None:
        past = clock.real_now() - timedelta(seconds=1)
        Message.objects.filter(state=MessageState.SENDING).update(leased_until=past)
        Message.objects.filter(state=MessageState.QUEUED).update(next_attempt_at=past, attempts=0)

    @invariant()
    def no_sms_goes_out_twice(self) -> None:
        taken = Counter(request["message"] for request in self.elks.requests)
        assert all(count - self.refused[text] <= 1 for text, count in taken.items())

    def teardown(self) -> None:
        """Once everything works again nothing is left behind, and a letter that came twice is the same letter."""
        self.the_servers_change(is_up=True)
        self.leases_and_waits_run_out()
        self._deliver()
        states = Message.objects.values_list("channel", "state")
        assert {state for channel, state in states if channel == Channel.EMAIL} <= {MessageState.SENT}
        assert {state for channel, state in states if channel == Channel.SMS} <= {
            MessageState.SENT,
            MessageState.UNKNOWN,
        }
        written = set(Message.objects.filter(channel=Channel.EMAIL).values_list("message_id", flat=True))
        assert {letter.message_id for letter in self.smtp.letters} == written
        self.no_sms_goes_out_twice()

    def _deliver(self) -> None:
        before = len(self.elks.requests)
        deliver_due(lambda: NOW, seconds=30)
        if self.elks.status == 403:
            self.refused.update(request["message"] for request in self.elks.requests[before:])


@pytest.mark.django_db
def test_whatever_fails_letters_arrive_and_no_sms_goes_out_twice(smtp: SmtpSink, elks: ElksServer):
    Workers.smtp, Workers.elks = smtp, elks

    run_state_machine_as_test(
        Workers,
        settings=hypothesis_settings(
            max_examples=15,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
