"""Someone registers without an account, changes how many they are, and takes it back."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from people.actions.contacts import NoSuchAddress, erase_contact
from people.actions.way_in import CodeNeeded, enter_by_token
from people.enums import Channel, LinkPurpose
from people.models import Contact, Message, PrivateLink
from tests.factories import NOW, make_certificate, make_registration, make_session
from tests.training.seat_kit import check_seats, check_told, comes, registered, states, told, wish
from training.actions.registering import (
    RegistrationEnded,
    SeatsTaken,
    SessionClosed,
    cancel,
    change_needs,
    change_seats,
    register,
)
from training.enums import EndedBy, RegistrationState, SessionState
from training.models import Certificate, Registration, Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Session:
    return make_session(seats=3)


def again(registration: Registration) -> Registration:
    return Registration.objects.select_related("session", "contact").get(pk=registration.pk)


def test_who_comes_while_there_are_seats_has_them_and_the_next_stands_in_the_queue(session):
    first, second = comes(session, 2), comes(session, 2)

    assert states(session) == [(2, "registered"), (2, "waitlisted")]
    assert (told(first), told(second)) == (["registration_confirmed"], ["registration_queued"])
    assert (first.queued_at, second.queued_at) == (None, NOW)


def test_one_who_fits_in_what_the_queue_cannot_use_gets_it_at_once(session):
    for seats in (2, 4, 1):
        comes(session, seats)

    assert states(session) == [(2, "registered"), (4, "waitlisted"), (1, "registered")]
    check_seats(session, NOW)


def test_a_clock_that_goes_behind_puts_nobody_before_those_who_wait_already(session):
    comes(session, 3)
    waits = comes(session, now=NOW + timedelta(seconds=1))
    late = comes(session, now=NOW)

    assert list(session.registrations.in_queue()) == [waits, late]


def test_what_they_wrote_is_kept_and_the_link_opens_their_registration(session):
    done = registered(session, called="Fågel", needs="Teckenspråk", reads="en")

    contact = done.registration.contact
    assert (contact.called, contact.discreet, contact.reads) == ("Fågel", False, "en")
    assert done.registration.needs == "Teckenspråk"
    link = enter_by_token(done.opened.token, now=NOW)
    assert (link.purpose, link.about_id, link.contact) == (LinkPurpose.TRAINING, done.registration.pk, contact)


def test_for_who_shares_a_letter_box_the_link_is_locked_and_the_letter_says_nothing_of_the_session(session):
    done = registered(session, discreet=True)

    assert done.opened.link.asks_for_code
    [message] = Message.objects.about(done.registration).filter(kind="training.registration_confirmed")
    assert session.course.title not in message.neutral
    assert message.attachments == ""
    with pytest.raises(CodeNeeded):
        enter_by_token(done.opened.token, now=NOW)


def test_a_double_click_gives_one_registration_and_one_message(session):
    key, what = uuid4(), wish(2)

    first = register(session, what, once_key=key, now=NOW)
    second = register(session, what, once_key=key, now=NOW)

    assert (second.registration, second.opened) == (first.registration, None)
    assert states(session) == [(2, "registered")]
    assert told(first.registration) == ["registration_confirmed"]
    assert (Contact.objects.filter(registration__isnull=False).count(), PrivateLink.objects.count()) == (1, 1)


def test_the_same_form_sent_to_another_session_gives_what_it_gave_before(session):
    key = uuid4()
    first = register(session, wish(), once_key=key, now=NOW)

    second = register(make_session(), wish(), once_key=key, now=NOW)

    assert second.registration == first.registration
    assert (Registration.objects.count(), Contact.objects.filter(channel=Channel.EMAIL).count()) == (1, 1)


@pytest.mark.parametrize("seats", [0, 7, -1])
def test_other_than_one_to_six_seats_is_refused(session, seats):
    with pytest.raises(ValueError, match=str(seats)):
        comes(session, seats)
    with pytest.raises(ValueError, match=str(seats)):
        change_seats(make_registration(session=session), seats=seats, now=NOW)


@pytest.mark.parametrize(
    "what",
    [{"state": SessionState.DRAFT}, {"state": SessionState.CANCELLED}, {"starts_at": NOW}],
    ids=["draft", "called off", "begun"],
)
def test_nobody_registers_for_what_is_not_open(what):
    closed = make_session(**what)

    with pytest.raises(SessionClosed):
        comes(closed)

    assert (Registration.objects.count(), Message.objects.count(), Contact.objects.count()) == (0, 0, 0)


def test_an_address_that_the_way_needs_and_lacks_leaves_nothing_behind(session):
    with pytest.raises(NoSuchAddress):
        register(session, replace(wish(), email=""), once_key=uuid4(), now=NOW)

    assert (Registration.objects.count(), Contact.objects.count()) == (0, 0)


def test_fewer_come_and_the_queue_gets_the_rest(session):
    first, second = comes(session, 3), comes(session, 2)

    change_seats(first, seats=1, now=NOW)

    assert states(session) == [(1, "registered"), (2, "offered")]
    assert told(second) == ["registration_queued", "seats_offered"]


def test_more_come_only_when_there_are_seats_and_it_is_told_how_many_they_can_be(session):
    first = comes(session, 1)
    comes(session, 1)

    with pytest.raises(SeatsTaken) as refusal:
        change_seats(first, seats=3, now=NOW)
    change_seats(first, seats=2, now=NOW)

    assert refusal.value.most == 2
    assert states(session) == [(2, "registered"), (1, "registered")]


def test_the_same_number_again_says_nothing(session):
    registration = comes(session, 2)

    change_seats(registration, seats=2, now=NOW)

    assert told(registration) == ["registration_confirmed"]


def test_who_waits_for_fewer_keeps_the_place_and_gets_what_fits(session):
    comes(session, 2)
    waits = comes(session, 2)

    change_seats(waits, seats=1, now=NOW)

    assert states(session) == [(2, "registered"), (1, "offered")]
    assert told(waits)[-1] == "seats_offered"


def test_who_waits_for_more_keeps_the_place(session):
    comes(session, 3)
    waits, later = comes(session, 1), comes(session, 1)

    change_seats(waits, seats=2, now=NOW)

    assert list(session.registrations.in_queue()) == [waits, later]


def test_an_offer_that_was_not_answered_in_time_cannot_be_changed_but_turned_down(session):
    registration = make_registration(session=session, state=RegistrationState.OFFERED, offered_until=NOW)

    with pytest.raises(RegistrationEnded):
        change_seats(registration, seats=2, now=NOW)
    cancel(registration, now=NOW)

    assert again(registration).ended_by == EndedBy.THEMSELVES


def test_taking_it_back_frees_the_seats_for_the_queue_and_they_are_not_offered_again(session):
    first, second = comes(session, 3), comes(session, 3)

    cancel(first, now=NOW)
    cancel(second, now=NOW)

    assert states(session) == [(3, "cancelled"), (3, "cancelled")]
    assert told(first) == ["registration_confirmed", "registration_cancelled"]
    assert told(second) == ["registration_queued", "seats_offered", "registration_cancelled"]


def test_taking_it_back_twice_says_it_once(session):
    registration = comes(session)

    cancel(registration, now=NOW)
    cancel(registration, now=NOW)

    assert told(registration).count("registration_cancelled") == 1
    assert again(registration).sequence == 1


def test_nothing_is_changed_once_the_session_has_begun(session):
    registration = comes(session)
    begun = session.starts_at

    for change in (
        lambda: cancel(registration, now=begun),
        lambda: change_seats(registration, seats=2, now=begun),
        lambda: change_needs(registration, needs="Tolk", now=begun),
    ):
        with pytest.raises(RegistrationEnded):
            change()

    assert states(session) == [(1, "registered")]


def test_what_they_need_can_be_said_in_other_words(session):
    registration = comes(session, needs="Tolk")

    change_needs(registration, needs="Hörslinga", now=NOW)

    assert again(registration).needs == "Hörslinga"


def test_no_way_of_saving_gets_past_the_seats(session):
    comes(session, 3)
    waits = comes(session, 1)

    with pytest.raises(IntegrityError, match="has 3 seats, not 4"), transaction.atomic():
        Registration.objects.filter(pk=waits.pk).update(state=RegistrationState.REGISTERED)
    with pytest.raises(IntegrityError, match="has 3 seats, not 5"), transaction.atomic():
        make_registration(session=session, seats=2)
    with pytest.raises(IntegrityError, match="has 2 seats, not 3"), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(seats=2)


def test_who_asks_to_be_forgotten_leaves_no_needs_no_name_and_frees_the_seats(session):
    registration, waits = comes(session, 3, needs="Ledarhund"), comes(session, 3)
    make_certificate(registration=registration)

    erase_contact(registration.contact, now=NOW)

    assert states(session) == [(3, "cancelled"), (3, "offered")]
    assert (again(registration).needs, Certificate.objects.count()) == ("", 0)
    assert set(Message.objects.filter(contact=registration.contact).values_list("text", flat=True)) == {""}
    assert told(waits)[-1] == "seats_offered"


def test_that_someone_came_stays_when_they_are_forgotten(session):
    registration = make_registration(session=session, state=RegistrationState.ATTENDED, came=1, needs="Ledarhund")

    erase_contact(registration.contact, now=NOW)

    found = again(registration)
    assert (found.state, found.came, found.needs) == (RegistrationState.ATTENDED, 1, "")


def test_those_who_register_belong_to_the_office_of_the_session(session, leader, office):
    theirs, ours = comes(session), comes(make_session(office=office))

    assert list(Contact.objects.visible_to(leader).filter(pk__in=[theirs.contact_id, ours.contact_id])) == [
        ours.contact
    ]
    check_told(session)
