import pytest
from django.test import Client

from people.channels.references import REPORT, STOP, reference_to
from people.enums import Channel, MessageClass, MessageState
from people.models import Message
from tests.factories import NOW, contact_of, make_contact, make_message

pytestmark = pytest.mark.django_db


@pytest.fixture
def reminder() -> Message:
    return make_message(message_class=MessageClass.REMINDER, state=MessageState.SENT, sent_at=NOW)


@pytest.fixture
def sms() -> Message:
    contact = make_contact(channel=Channel.SMS)
    return make_message(contact=contact, state=MessageState.SENT, sent_at=NOW, provider_id="s1")


def stop_path(message: Message) -> str:
    return f"/nej-tack/{reference_to(message.pk, STOP)}/"


def report_path(message: Message) -> str:
    return f"/sms-rapport/{reference_to(message.pk, REPORT)}/"


def test_a_link_scanner_stops_nothing(client: Client, reminder: Message):
    response = client.get(stop_path(reminder))

    assert response.status_code == 200
    assert "Ja, sluta skicka" in response.content.decode()
    assert "no-cache" in response.headers["Cache-Control"] or "no-store" in response.headers["Cache-Control"]
    contact_of(reminder).refresh_from_db()
    assert contact_of(reminder).stopped_kinds == []


def test_the_mail_program_stops_the_kind_with_one_click_and_twice_is_the_same(reminder: Message):
    client = Client(enforce_csrf_checks=True)

    for _ in range(2):
        response = client.post(stop_path(reminder), {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 200

    contact_of(reminder).refresh_from_db()
    assert contact_of(reminder).stopped_kinds == [reminder.kind]


def test_the_neutral_domain_answers_too(client: Client, reminder: Message):
    assert client.get(stop_path(reminder), headers={"host": "kalender.example"}).status_code == 200


@pytest.mark.parametrize("reference", ["1", "1.abc", "x" * 3000, "%00", "..", "1.%00"])
def test_a_forged_reference_leads_nowhere(client: Client, reminder: Message, reference: str):
    assert client.post(f"/nej-tack/{reference}/").status_code == 404
    assert client.post(f"/sms-rapport/{reference}/").status_code == 404


def test_a_reference_for_one_thing_does_not_do_another(client: Client, sms: Message):
    assert client.post(f"/nej-tack/{reference_to(sms.pk, REPORT)}/").status_code == 404
    assert client.post(f"/sms-rapport/{reference_to(sms.pk, STOP)}/").status_code == 404


def test_the_gateway_reports_that_an_sms_arrived(sms: Message):
    client = Client(enforce_csrf_checks=True)

    response = client.post(report_path(sms), {"id": "s1", "status": "delivered", "delivered": "2026-09-01T08:00:09"})

    sms.refresh_from_db()
    assert (response.status_code, sms.state) == (204, MessageState.DELIVERED)


@pytest.mark.parametrize(
    "report",
    [{}, {"id": "s1", "status": "created"}, {"id": "\x00", "status": "failed"}, {"id": "s" * 9000, "status": "failed"}],
)
def test_a_report_that_says_nothing_changes_nothing(client: Client, sms: Message, report: dict[str, str]):
    response = client.post(report_path(sms), report)

    sms.refresh_from_db()
    assert (response.status_code, sms.state) == (204, MessageState.SENT)


def test_a_report_is_never_read_with_get(client: Client, sms: Message):
    assert client.get(report_path(sms)).status_code == 405
