"""Those who come, as staff see them and help them: on the telephone, by a message to all, on the day, on paper."""

import csv
import io
import uuid
from datetime import timedelta

import pytest
from django.test import Client

from people.enums import Channel
from people.models import AccessLog, Message, PrivateLink
from tests.factories import NOW, make_contact, make_registration, make_session
from tests.support.admin_pages import do, page, text_of
from tests.training.admin_kit import told
from tests.training.public_kit import MINE, at_mine
from training.enums import EndedBy, RegistrationState
from training.models import Registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

NEED = "Behöver teckentolk"


@pytest.fixture
def session(office, leader):
    return make_session(office=office, host=leader, seats=3)


@pytest.fixture
def today(office, leader):
    """A session that goes on now."""
    return make_session(office=office, host=leader, seats=9, starts_at=NOW - timedelta(minutes=10))


def comes(session, called, *, channel=Channel.EMAIL, **kwargs):
    contact = make_contact(called=called, channel=channel, email=f"{called.lower()}@exempel.se", discreet=False)
    return make_registration(session=session, contact=contact, **kwargs)


def rings(**changed):
    form = {"called": "Noor", "seats": "2", "needs": "", "channel": "sms", "sms_phone": "070-174 06 15"}
    return {**form, "press": str(uuid.uuid4()), **changed}


def test_someone_who_rings_is_registered_and_told_the_code_once(as_leader, session):
    form = rings(discreet="on", needs=NEED)

    first = text_of(as_leader.post(do(session, "register"), form))
    second = text_of(as_leader.post(do(session, "register"), form))

    registration = Registration.objects.get()
    contact = registration.contact
    assert (registration.seats, registration.needs, registration.state) == (2, NEED, RegistrationState.REGISTERED)
    assert (contact.called, contact.channel, contact.discreet) == ("Noor", Channel.SMS, True)
    code = PrivateLink.objects.get().code
    assert (code in first, code in second) == (True, False)


def test_when_it_is_full_whoever_rings_stands_in_the_queue(as_leader, session):
    comes(session, "Ali", seats=3)

    response = as_leader.post(do(session, "register"), rings())

    assert "Personen står i kö" in text_of(response)


def test_nobody_is_registered_when_it_has_begun(as_leader, today):
    response = as_leader.post(do(today, "register"), rings())

    assert "Det går inte att anmäla någon längre" in text_of(response)
    assert not Registration.objects.exists()


def test_what_is_missing_from_the_call_is_said_in_words(as_leader, session):
    response = as_leader.post(do(session, "register"), rings(sms_phone=""))

    assert "Skriv ett telefonnummer som vi kan skicka sms till" in text_of(response)


def test_staff_cancel_for_someone_and_the_seats_go_on(as_leader, session):
    registration, waits = comes(session, "Ali", seats=3), comes(session, "Vera", state=RegistrationState.WAITLISTED)

    as_leader.post(do(registration, "cancel"))

    registration.refresh_from_db()
    waits.refresh_from_db()
    assert (registration.state, registration.ended_by) == (RegistrationState.CANCELLED, EndedBy.STAFF)
    assert waits.state == RegistrationState.OFFERED


def test_staff_take_an_offer_and_change_how_many_they_are(as_leader, session):
    registration = comes(session, "Ali", state=RegistrationState.OFFERED)

    as_leader.post(do(registration, "take"))
    refused = as_leader.post(do(registration, "seats"), {"seats": "5"})
    as_leader.post(do(registration, "seats"), {"seats": "3"})

    registration.refresh_from_db()
    assert (registration.state, registration.seats) == (RegistrationState.REGISTERED, 3)
    assert "De kan vara högst 3." in text_of(refused)


def test_a_registration_leads_to_its_session_and_is_nobody_elses(as_leader, client, session, other_office_leader):
    registration = comes(session, "Ali")
    assert as_leader.get(page(registration))["Location"] == page(session)

    client.force_login(other_office_leader)

    answers = {client.post(do(registration, name)).status_code for name in ("cancel", "take", "seats", "change")}
    assert answers == {404}


def test_a_text_to_all_is_seen_first_and_sent_once_per_press(as_leader, session):
    for called in ("Ali", "Vera"):
        comes(session, called)
    comes(session, "Kön", state=RegistrationState.WAITLISTED)
    form = {"to": "expected", "text": "Ta med en penna.", "press": str(uuid.uuid4())}

    preview = as_leader.post(do(session, "write"), form)

    assert "Det här får 2 anmälda" in text_of(preview)
    assert Message.objects.filter(kind="training.written").count() == 0
    assert "Vera" not in preview.content.decode().split('id="preview"')[1]

    shown = preview.context["preview"]["shown"].mark
    as_leader.post(do(session, "write"), {**form, "shown": shown})
    as_leader.post(do(session, "write"), {**form, "shown": shown})

    assert told("training.written") == ["Ali", "Vera"]
    letters = {one.contact.called: one.text for one in Message.objects.filter(kind="training.written")}
    assert ["Ta med en penna." in letters["Ali"], "Vera" in letters["Ali"]] == [True, False]


def test_whoever_is_discreet_reads_the_text_on_their_own_page_and_nowhere_else(as_leader, session):
    registration = comes(session, "Ali")
    registration.contact.discreet = True
    registration.contact.save()
    form = {"to": "expected", "text": "Ta med en penna.", "press": str(uuid.uuid4())}

    shown = as_leader.post(do(session, "write"), form).context["preview"]["shown"]
    as_leader.post(do(session, "write"), {**form, "shown": shown.mark})

    assert "penna" not in shown.samples[0].shown.envelope.text
    browser = Client()
    at_mine(browser, registration)
    assert "Ta med en penna." in text_of(browser.get(MINE))


def test_a_text_that_was_edited_on_the_old_page_is_sent_too(as_leader, session):
    comes(session, "Ali")
    press = str(uuid.uuid4())

    for text in ("Ta med en penna.", "Ta med två.", "Ta med två."):
        form = {"to": "both", "text": text, "press": press}
        shown = as_leader.post(do(session, "write"), form).context["preview"]["shown"].mark
        as_leader.post(do(session, "write"), {**form, "shown": shown})

    assert told("training.written") == ["Ali", "Ali"]


def test_another_text_is_shown_again_before_it_is_sent(as_leader, session):
    comes(session, "Ali")
    form = {"to": "both", "text": "Ta med en penna.", "press": str(uuid.uuid4())}
    shown = as_leader.post(do(session, "write"), form).context["preview"]["shown"].mark

    again = as_leader.post(do(session, "write"), {**form, "text": "Ta med två.", "shown": shown})

    assert "Inget är skickat än." in text_of(again)
    assert told("training.written") == []


def test_a_text_to_nobody_is_refused_in_words(as_leader, session):
    form = {"to": "queue", "text": "Ta med en penna.", "press": str(uuid.uuid4())}

    assert "Det finns ingen att skriva till." in text_of(as_leader.post(do(session, "write"), form))


def test_attendance_is_ticked_or_counted_and_can_be_set_right(as_leader, today):
    alone, many, absent = comes(today, "Ali"), comes(today, "Vera", seats=3), comes(today, "Sam")
    rows = f"{alone.pk},{many.pk},{absent.pk}"
    form = {"rows": rows, f"came_{alone.pk}": "on", f"came_{many.pk}": "2"}

    as_leader.post(do(today, "attendance"), form)

    found = {one.contact.called: (one.state, one.came) for one in Registration.objects.select_related("contact")}
    assert found == {
        "Ali": (RegistrationState.ATTENDED, 1),
        "Vera": (RegistrationState.ATTENDED, 2),
        "Sam": (RegistrationState.ABSENT, 0),
    }

    as_leader.post(do(today, "attendance"), {**form, f"came_{absent.pk}": "on"})

    absent.refresh_from_db()
    assert (absent.state, absent.came) == (RegistrationState.ATTENDED, 1)


def test_whoever_was_not_on_the_page_is_not_taken_for_absent(as_leader, today):
    shown, unseen = comes(today, "Ali"), comes(today, "Vera")

    as_leader.post(do(today, "attendance"), {"rows": str(shown.pk), f"came_{shown.pk}": "on"})

    unseen.refresh_from_db()
    assert (unseen.state, unseen.came) == (RegistrationState.REGISTERED, None)


def test_what_a_colleague_has_ticked_meanwhile_is_not_written_over(as_leader, client, today, colleague):
    row = comes(today, "Ali")
    seen = as_leader.get(do(today, "attendance")).context["seen"]
    client.force_login(colleague)
    client.post(do(today, "attendance"), {"rows": str(row.pk), f"came_{row.pk}": "on"})

    refused = client.post(do(today, "attendance"), {"rows": str(row.pk), "seen": seen})

    row.refresh_from_db()
    assert row.came == 1
    assert "Någon annan har ändrat medan du skrev." in text_of(refused)


def test_attendance_waits_for_the_day(as_leader, office, leader):
    soon, later = (make_session(office=office, host=leader, starts_at=NOW + timedelta(hours=one)) for one in (1, 3))

    assert ["Anteckna närvaro" in text_of(as_leader.get(page(one))) for one in (soon, later)] == [True, False]


@pytest.mark.parametrize(("who", "reads"), [("leader", True), ("office_manager", True), ("programme_manager", False)])
def test_needs_are_for_those_who_prepare_the_session_and_reading_is_noted(client, request, session, who, reads):
    comes(session, "Ali", needs=NEED)
    user = request.getfixturevalue(who)
    client.force_login(user)

    pages = [client.get(page(session)), client.get(do(session, "paper") + "?behov=1")]

    assert [NEED in text_of(one) for one in pages] == [reads, reads]
    assert [(log.user, log.what, log.office) for log in AccessLog.objects.all()] == [(user, "read", session.office)]


def test_the_list_on_paper_has_names_and_seats_and_needs_only_when_asked_for(as_leader, session):
    comes(session, "Ali", seats=2, needs=NEED)
    comes(session, "Borta", state=RegistrationState.CANCELLED)

    printed = text_of(as_leader.get(do(session, "paper")))

    assert ["Ali 2" in printed, NEED in printed, "ali@exempel.se" in printed] == [True, False, False]
    assert "Borta" not in printed
    assert as_leader.post(do(session, "paper")).status_code == 405


def test_the_file_has_no_addresses_no_needs_and_no_protected_name(as_leader, session):
    comes(session, "=HYPERLINK(1)", needs=NEED)
    hidden = comes(session, "Hemlig")
    hidden.contact.protected = True
    hidden.contact.save()

    response = as_leader.post(do(session, "export"), {"file_format": "csv"})

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Kallas", "Platser", "Läge", "Hur många kom", "Anmälde sig"]
    assert [row[:3] for row in rows[1:]] == [["'=HYPERLINK(1)", "1", "Anmäld"], ["skyddad identitet", "1", "Anmäld"]]
    assert AccessLog.objects.filter(what="export", about_id=session.pk).count() == 1


def test_the_file_is_fetched_by_post_in_a_format_there_is(as_leader, session):
    assert as_leader.get(do(session, "export")).status_code == 200
    assert "Välj ett av svaren" in text_of(as_leader.post(do(session, "export"), {"file_format": "pdf"}))
    fetched = as_leader.post(do(session, "export"), {"file_format": "xlsx"})
    assert fetched.content.startswith(b"PK")


@pytest.mark.parametrize("name", ["paper", "export", "history", "change"])
def test_another_office_and_strangers_find_nothing(client, session, other_office_leader, outsider, name):
    assert client.get(do(session, name)).status_code == 302
    client.force_login(outsider)
    assert client.get(do(session, name)).status_code == 302
    client.force_login(other_office_leader)
    assert client.get(do(session, name)).status_code == 404


def test_from_the_page_one_comes_to_the_contact_and_the_history(as_leader, session):
    contact = comes(session, "Ali").contact

    assert page(contact) in as_leader.get(page(session)).content.decode()
    assert as_leader.get(page(contact)).status_code == 200
    assert as_leader.get(do(session, "history")).status_code == 200


def test_the_manager_reads_who_has_read(as_leader, client, session, office_manager):
    as_leader.get(page(session))
    client.force_login(office_manager)

    log = client.get("/admin/people/accesslog/").content.decode()

    assert f'<a href="{page(session)}">Tillfälle {session.pk}</a>' in log
