"""How a person may be reached: chosen, checked again, stopped, revealed, and taken away."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType

from people.actions.contacts import (
    ContactErased,
    ErasedContact,
    NoSuchAddress,
    ReasonNeeded,
    choose_contact_way,
    erase_contact,
    recheck_contact,
    reveal_contact,
)
from people.actions.links import ask_for_code, open_link
from people.actions.way_in import LinkGone, ask_one_time_code, enter_by_token, enter_by_words
from people.enums import Channel, LinkPurpose, MessageState
from people.forms import ContactWayForm
from people.models import AccessLog, CallTask, Contact, LinkToken, Message, PrivateLink
from tests.factories import NOW, make_contact, make_message, make_request, make_staff

pytestmark = pytest.mark.django_db


def choose(contact: Contact, channel: Channel, **kwargs: Any) -> Contact:
    answers: dict[str, Any] = {"may_say_who_we_are": False, "never_leave_message": False, "now": NOW} | kwargs
    return choose_contact_way(contact, channel=channel, **answers)


def row(contact: Contact) -> Any:
    return Contact.objects.values("channel", "email", "email_hash", "phone", "phone_hash").get(pk=contact.pk)


def test_a_chosen_way_is_kept_with_hash_and_day():
    contact = choose(make_contact(), Channel.SMS, phone="070-174 06 15", never_leave_message=True)

    assert (contact.phone, contact.rechecked_on, contact.never_leave_message) == (
        "+46701740615",
        date(2026, 9, 1),
        True,
    )
    assert [found.pk for found in Contact.objects.with_phone("070 1740615")] == [contact.pk]


def test_addresses_that_are_no_longer_chosen_are_taken_away():
    contact = make_contact(email="alva@example.org")

    choose(contact, Channel.SELF, email="alva@example.org", phone="070-174 06 15")

    assert row(contact) == {"channel": "self", "email": "", "email_hash": "", "phone": "", "phone_hash": ""}


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        (Channel.SMS, {}),
        (Channel.SMS, {"phone": "031-390 06 10"}),
        (Channel.SMS, {"phone": "hej"}),
        (Channel.CALL, {"phone": "0900 123 45"}),
        (Channel.CALL, {"phone": "123"}),
        (Channel.EMAIL, {}),
        (Channel.EMAIL, {"phone": "070-174 06 15"}),
    ],
)
def test_a_way_without_its_address_is_refused_and_nothing_changes(channel, address):
    contact = make_contact()
    before = row(contact)

    with pytest.raises(NoSuchAddress):
        choose(contact, channel, **address)

    assert row(contact) == before


@pytest.mark.parametrize("phone", ["+47 401 23 456", "0047 401 23 456", "+252 61 1234567"])
def test_numbers_of_other_countries_take_sms(phone):
    assert choose(make_contact(), Channel.SMS, phone=phone).phone.startswith("+")


def test_choosing_anew_lifts_the_stop():
    contact = make_contact(suppressed_because="Adressen finns inte.")

    choose(contact, Channel.EMAIL, email="ny@example.org")

    assert Contact.objects.get().suppressed_because == ""


def linked_contact():
    support_request = make_request(contact=make_contact(channel=Channel.SMS))
    told = open_link(LinkPurpose.SUPPORT, contact=support_request.contact, about=support_request, now=NOW)
    return support_request.contact, told


def test_an_exchanged_address_ends_what_was_sent_to_the_old_one_but_not_code_and_words():
    contact, told = linked_contact()
    ask_one_time_code(told.code, now=NOW)

    choose(contact, Channel.EMAIL, email="ny@example.org")

    with pytest.raises(LinkGone):
        enter_by_token(told.token, now=NOW)
    assert PrivateLink.objects.get().one_time_hash == ""
    assert enter_by_words(told.code, told.words, now=NOW) == told.link


def test_a_message_still_waiting_keeps_its_link_when_the_address_is_exchanged():
    contact, told = linked_contact()
    make_message(contact=contact, link=f"/min-sida/{told.token}/mote/", state=MessageState.QUEUED)

    choose(contact, Channel.EMAIL, email="ny@example.org")

    assert enter_by_token(told.token, now=NOW) == told.link


@pytest.mark.parametrize(
    ("is_discreet", "channel", "is_locked"),
    [(True, Channel.SMS, True), (True, Channel.SELF, False), (False, Channel.SMS, False)],
)
def test_links_ask_for_the_code_once_a_discreet_person_gets_them_in_messages(is_discreet, channel, is_locked):
    contact = make_contact(channel=Channel.NONE, discreet=is_discreet)
    open_link(LinkPurpose.SUPPORT, contact=contact, about=contact, now=NOW)

    choose(contact, channel, phone="070-174 06 15")

    assert PrivateLink.objects.get().asks_for_code is is_locked


def test_a_link_that_the_person_has_unlocked_stays_so_while_the_address_is_the_same():
    contact = make_contact(channel=Channel.SMS, discreet=True)
    told = open_link(LinkPurpose.SUPPORT, contact=contact, about=contact, now=NOW)
    ask_for_code(told.link, asks=False)

    choose(contact, Channel.CALL, phone=contact.phone)

    assert not PrivateLink.objects.get().asks_for_code


def test_the_same_address_chosen_again_ends_nothing():
    contact, told = linked_contact()

    choose(contact, Channel.CALL, phone=contact.phone)

    assert enter_by_token(told.token, now=NOW) == told.link


def test_the_same_address_under_a_new_hash_key_ends_nothing(settings):
    contact, told = linked_contact()
    settings.HASH_KEYS = ["new:another secret", *settings.HASH_KEYS]

    choose(contact, Channel.SMS, phone=contact.phone)

    assert enter_by_token(told.token, now=NOW) == told.link


def test_a_way_that_is_no_longer_safe_stops_everything_until_a_new_one_is_chosen():
    contact = recheck_contact(make_contact(rechecked_on=None), still_safe=False, now=NOW)

    assert (contact.rechecked_on, bool(contact.suppressed_because)) == (date(2026, 9, 1), True)


def test_a_way_that_is_still_safe_counts_from_today():
    contact = make_contact(rechecked_on=date(2026, 1, 1))

    recheck_contact(contact, still_safe=True, now=NOW)

    assert (contact.needs_recheck(date(2026, 11, 30)), contact.needs_recheck(date(2026, 12, 1))) == (False, True)
    assert contact.suppressed_because == ""


def test_looking_at_a_protected_address_is_written_down_with_its_reason():
    contact, leader = make_contact(protected=True), make_staff()

    entry = reveal_contact(contact, by=leader, reason="  Ringer om\n mötet ", now=NOW)

    assert (entry.user, entry.what, entry.reason, entry.about_id) == (leader, "reveal", "Ringer om mötet", contact.pk)


def test_nobody_looks_without_a_reason():
    with pytest.raises(ReasonNeeded):
        reveal_contact(make_contact(protected=True), by=make_staff(), reason=" \n", now=NOW)

    assert not AccessLog.objects.exists()


def test_erasing_takes_away_everything_about_the_person_and_says_how_much():
    contact, told = linked_contact()
    waiting = make_message(contact=contact, link=f"/min-sida/{told.token}/")
    sent = make_message(contact=contact, state=MessageState.SENT, sent_at=NOW, address_hash=contact.phone_hash)
    CallTask.objects.create(message=sent, contact=contact, created_at=NOW)
    LogEntry.objects.create(
        user=make_staff(),
        content_type=ContentType.objects.get_for_model(Contact),
        object_id=str(contact.pk),
        object_repr="Alva",
        action_flag=CHANGE,
    )
    other = make_message()

    receipt = erase_contact(contact, now=NOW)

    assert receipt == ErasedContact(addresses=1, messages=2, call_tasks=1, links=1)
    kept = Contact.objects.values().get(pk=contact.pk)
    assert (kept["called"], kept["phone"], kept["phone_hash"], kept["channel"]) == ("", "", "", "none")
    assert kept["erased_at"] == NOW
    messages = Message.objects.filter(contact=contact)
    assert {(one.subject, one.text, one.short, one.link, one.address_hash) for one in messages} == {("",) * 5}
    waiting.refresh_from_db()
    sent.refresh_from_db()
    assert (waiting.state, sent.state, sent.sent_at) == (MessageState.WITHHELD, MessageState.SENT, NOW)
    link = PrivateLink.objects.get()
    assert (link.code, link.words_hash, link.revoked_at) == ("", "", NOW)
    assert not LinkToken.objects.exists()
    assert not CallTask.objects.exists()
    assert LogEntry.objects.get().object_repr == f"Kontakt {contact.pk}"
    assert Message.objects.get(pk=other.pk).text == other.text


def test_the_reason_for_a_reveal_goes_with_the_person_and_who_looked_stays():
    contact = make_contact(protected=True)
    reader = make_staff()
    reveal_contact(contact, by=reader, reason="Ringer Alva om mötet", now=NOW)

    erase_contact(contact, now=NOW)

    assert AccessLog.objects.values_list("user", "at", "reason").get() == (reader.pk, NOW, "")


def test_erasing_twice_changes_nothing():
    contact, _told = linked_contact()
    erase_contact(contact, now=NOW)

    again = erase_contact(contact, now=NOW + timedelta(days=1))

    assert again == ErasedContact(addresses=0, messages=0, call_tasks=0, links=0)
    assert Contact.objects.get().erased_at == NOW


def test_an_erased_contact_gets_no_new_way():
    contact = make_contact()
    erase_contact(contact, now=NOW)

    with pytest.raises(ContactErased):
        choose(contact, Channel.EMAIL, email="alva@example.org")
    with pytest.raises(ContactErased):
        reveal_contact(contact, by=make_staff(), reason="Ringer", now=NOW)


def way(**answers: str) -> ContactWayForm:
    return ContactWayForm({"may_say_who_we_are": "no"} | answers)


def test_the_form_gives_what_the_action_takes():
    form = way(channel="call", call_phone="070 174 06 15", never_leave_message="on", sms_phone="x", email="y")

    assert form.is_valid(), form.errors
    assert form.contact_way() == {
        "channel": Channel.CALL,
        "email": "",
        "phone": "+46701740615",
        "may_say_who_we_are": False,
        "never_leave_message": True,
    }


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        ({"channel": "sms"}, {"sms_phone": ["Skriv ett telefonnummer som vi kan skicka sms till"]}),
        (
            {"channel": "sms", "sms_phone": "031-390 06 10"},
            {"sms_phone": ["Skriv ett mobilnummer. Vi kan inte skicka sms till det här numret"]},
        ),
        (
            {"channel": "call", "call_phone": "0900 123 45"},
            {"call_phone": ["Vi kan inte ringa det här numret. Skriv ett annat"]},
        ),
        (
            {"channel": "self", "may_say_who_we_are": ""},
            {"may_say_who_we_are": ["Välj om vi får säga var vi ringer ifrån"]},
        ),
        ({}, {"channel": ["Välj hur vi kan nå dig"]}),
    ],
)
def test_the_form_says_what_is_missing(answers, errors):
    assert way(**answers).errors == errors
