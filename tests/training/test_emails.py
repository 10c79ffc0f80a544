"""What those who register are told: when, in which words, once each, and nothing of anyone else."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from people import kinds
from people.delivery.previews import preview
from people.delivery.rules import Withhold, judge
from people.enums import Channel, MessageClass, MessageState
from people.models import Message, User
from people.outbox import unpacked
from tests.factories import NOW, contact_of, make_staff
from tests.factories.training import make_course, make_registration, make_session
from tests.training.letter_kit import letter, messages, waiting
from tests.training.seat_kit import comes, told
from training.actions.queue import lapse_offers
from training.actions.registering import cancel, change_seats
from training.actions.sessions import call_off, change_session
from training.enums import EndedBy, RegistrationState
from training.models import Session

pytestmark = pytest.mark.django_db

KINDS = [kind for kind in kinds.all_kinds() if kind.name.startswith("training.")]
TO_PARTICIPANTS = [kind for kind in KINDS if kind.message_class != MessageClass.STAFF]
DAY = timedelta(days=1)


def move(session: Session, by: User, **values: Any) -> Session:
    return change_session(session, values=values, by=by, now=NOW)


def test_whoever_registers_reads_what_when_and_where() -> None:
    session = make_session(course=make_course(title="Makt i vardagen"), place="Biblioteket, Storgatan 1")

    told = letter(comes(session, seats=3), "registration_confirmed")

    assert told.subject == "Du är anmäld"
    assert "Du är anmäld till Makt i vardagen. Ni har 3 platser." in told.text
    assert "När: tisdag 29 september klockan 10.00, till 12.00.\nVar: Biblioteket, Storgatan 1\n" in told.text
    assert [file.name for file in told.attachments] == ["utbildning.ics"]


def test_a_meeting_on_the_net_has_its_link_on_the_private_page_alone() -> None:
    registration = comes(make_session(place="", link="https://moten.example/rum"))

    told = letter(registration, "registration_confirmed")

    assert "Vi ses på nätet. Länken finns på din sida." in told.text
    assert "moten.example" not in told.text


def test_a_registration_is_cancelled_in_two_taps_from_the_letter(client: Client, at_now: datetime) -> None:
    registration = comes(make_session())
    [address] = re.findall(r"https?://\S+/anmalan/avanmal/", letter(registration, "registration_confirmed").text)
    assert f'<a href="{address}"' in letter(registration, "registration_confirmed").html

    page = client.get(address.removeprefix(settings.PORTAL_URL), follow=True)
    client.post(page.redirect_chain[-1][0])

    registration.refresh_from_db()
    assert (page.status_code, registration.state) == (200, RegistrationState.CANCELLED)


def test_what_staff_see_of_a_letter_opens_nothing() -> None:
    message = messages(comes(make_session()), "registration_confirmed")[0]

    seen = preview(message, contact_of(message)).envelope

    assert seen is not None
    assert set(re.findall(r"/min-sida/([^/]+)/", seen.text + seen.html)) == {"•••"}


@pytest.mark.parametrize(
    "contact", [{"discreet": True}, {"channel": Channel.SMS, "phone": "070-174 06 15", "email": ""}]
)
def test_where_others_may_read_along_nothing_but_a_link_leaves(contact: dict[str, Any]) -> None:
    session = make_session(course=make_course(title="Makt i vardagen"))

    told = letter(comes(session, **contact), "registration_confirmed")

    everything = f"{told.subject} {told.text} {told.html}"
    assert [word for word in ("Makt", "Biblioteket", "avanmal") if word in everything] == []
    assert told.attachments == ()


def test_whoever_is_called_is_not_called_about_what_they_just_did() -> None:
    registration = comes(make_session(), channel=Channel.CALL, phone="070-174 06 15", email="")

    assert told(registration) == []
    assert len(waiting(registration)) == 2


def test_nobodys_name_or_address_stands_in_anothers_letter(leader: User) -> None:
    session = make_session(seats=2)
    many = [comes(session, called=f"Namn{n}", email=f"adress{n}@example.org", needs=f"Behov{n}") for n in range(4)]
    cancel(many[0], now=NOW)
    move(session, leader, place="Folkets hus")
    call_off(session, because="Sjukdom", by=leader, now=NOW)

    for n, registration in enumerate(many):
        rows = Message.objects.about(registration)
        files = [file.content.decode() for row in rows for file in unpacked(row.attachments)]
        said = " ".join([row.subject + row.text + row.short + row.neutral for row in rows] + files)
        assert {row.contact_id for row in rows} == {registration.contact_id}
        assert set(re.findall(r"Namn\d|adress\d|Behov\d", said)) <= {f"adress{n}"}


def test_what_is_not_true_any_more_is_not_sent() -> None:
    registration = make_registration(state=RegistrationState.CANCELLED, ended_by=EndedBy.THEMSELVES)

    said = {kind.name.partition(".")[2]: kind.still_wanted(registration.pk, NOW) for kind in TO_PARTICIPANTS}

    assert sorted(name for name, reason in said.items() if reason is None) == [
        "registration_cancelled",
        "session_called_off",
        "written",
    ]


def test_a_moved_session_tells_everyone_once_and_reminds_of_the_new_time(leader: User) -> None:
    session = make_session(seats=2)
    comer, waiter = comes(session, seats=2), comes(session)

    new_start = session.starts_at + 7 * DAY
    move(session, leader, starts_at=new_start, ends_at=new_start + timedelta(hours=2))
    move(session, leader, starts_at=new_start, ends_at=new_start + timedelta(hours=2))

    assert [told(one)[-1:] for one in (comer, waiter)] == [["session_moved"], ["session_moved"]]
    assert [len(messages(one, "session_moved")) for one in (comer, waiter)] == [1, 1]
    assert waiting(comer) == [new_start - 7 * DAY, new_start - DAY]
    assert waiting(waiter) == []
    assert "tisdag 6 oktober klockan 10.00" in letter(comer, "session_moved").text
    assert "Du har kvar din plats." in letter(comer, "session_moved").text
    assert "Du står kvar i kön." in letter(waiter, "session_moved").text
    assert [len(letter(one, "session_moved").attachments) for one in (comer, waiter)] == [1, 0]


def test_a_move_takes_back_what_has_not_left_and_leaves_what_has(leader: User) -> None:
    session = make_session()
    late, early = comes(session), comes(session)
    Message.objects.about(early).filter(kind="training.registration_confirmed").update(state=MessageState.SENT)

    move(session, leader, place="Folkets hus")

    states = [messages(one, "registration_confirmed")[0].state for one in (late, early)]
    assert states == [MessageState.WITHHELD, MessageState.SENT]


def test_a_session_called_off_tells_everyone_once(leader: User) -> None:
    session = make_session(seats=1)
    comer, waiter, gone = comes(session), comes(session), comes(session)
    cancel(gone, now=NOW)

    call_off(session, because="Den som leder är sjuk.", by=leader, now=NOW)
    call_off(session, because="Den som leder är sjuk.", by=leader, now=NOW)

    assert [len(messages(one, "session_called_off")) for one in (comer, waiter, gone)] == [1, 1, 0]
    assert "Den som leder är sjuk." in letter(comer, "session_called_off").text
    assert [len(letter(one, "session_called_off").attachments) for one in (comer, waiter)] == [1, 0]
    assert waiting(comer) == []


def test_an_offer_says_until_when_and_is_worth_nothing_after() -> None:
    session = make_session(seats=2)
    comer, waiter = comes(session, seats=2), comes(session, seats=2)

    cancel(comer, now=NOW)

    offer = messages(waiter, "seats_offered")[0]
    assert "Nu finns det 2 platser till er" in offer.text
    assert "Vi håller dem till torsdag 3 september klockan 10.00." in offer.text
    assert offer.link.endswith("/anmalan/plats/")
    assert judge(offer, NOW + 2 * DAY) == Withhold("Det var för sent.")
    assert told(waiter) == ["registration_queued", "seats_offered"]


def test_an_offer_made_at_night_is_held_from_the_morning_when_it_is_told() -> None:
    session = make_session(seats=1)
    comer, waiter = comes(session), comes(session)
    saturday_night, monday_morning = datetime(2026, 9, 5, 20, tzinfo=UTC), datetime(2026, 9, 7, 6, tzinfo=UTC)

    cancel(comer, now=saturday_night)

    waiter.refresh_from_db()
    assert messages(waiter, "seats_offered")[0].not_before == monday_morning
    assert waiter.offered_until == monday_morning + 2 * DAY


def test_an_offer_that_nobody_answers_is_told_to_be_over() -> None:
    session = make_session(seats=1)
    comer, waiter = comes(session), comes(session)
    cancel(comer, now=NOW)

    lapse_offers(session, now=NOW + 2 * DAY)

    assert told(waiter) == ["registration_queued", "seats_offered", "offer_lapsed"]


def test_only_the_last_number_of_seats_is_told() -> None:
    registration = comes(make_session(seats=6), seats=1)

    for seats in (2, 4):
        change_seats(registration, seats=seats, now=NOW + timedelta(minutes=seats))

    first, second = messages(registration, "seats_changed")
    assert (first.state, second.state) == (MessageState.WITHHELD, MessageState.QUEUED)
    assert "Ni har 4 platser." in second.text


def test_the_host_hears_when_someone_cannot_be_told(leader: User) -> None:
    session = make_session(host=leader)
    registration = comes(session)
    message = messages(registration, "registration_confirmed")[0]

    for _twice in range(2):
        kinds.get(message.kind).on_failed(message, NOW)

    [heard] = Message.objects.filter(kind="training.message_failed")
    assert (heard.user, heard.link) == (leader, f"/admin/training/session/{session.pk}/change/")
    assert "Alva" not in heard.text


def test_when_the_host_has_left_those_who_answer_for_the_office_hear(office_manager: User) -> None:
    office = office_manager.roles.get().office
    host = make_staff(office=office, is_active=False)
    message = messages(comes(make_session(office=office, host=host)), "registration_confirmed")[0]

    kinds.get(message.kind).on_failed(message, NOW)

    assert [row.user for row in Message.objects.filter(kind="training.message_failed")] == [office_manager]


def test_the_host_hears_of_a_change_that_comes_too_late_to_be_told(leader: User) -> None:
    sunday = datetime(2026, 9, 6, 10, tzinfo=UTC)
    session = make_session(host=leader, starts_at=sunday + timedelta(hours=4))
    registration = comes(session)

    change_session(session, values={"place": "Folkets hus"}, by=leader, now=sunday)

    assert messages(registration, "session_moved") == []
    assert [row.user for row in Message.objects.filter(kind="training.too_late_to_tell")] == [leader]
