"""Sessions as leaders write, publish, change and repeat them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from tests.factories import NOW, make_contact, make_course, make_registration, make_session
from tests.support.admin_pages import buttons, do, page, text_of
from tests.training.admin_kit import FACTS, SESSIONS, told
from training.enums import RegistrationState, SessionState
from training.models import Session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def session(office, leader):
    return make_session(office=office, host=leader, seats=3)


@pytest.fixture
def facts(session, leader):
    """What the form of the session shows."""
    return {
        **FACTS,
        "day": "2026-09-29",
        "clock": "10:00",
        "until": "12:00",
        "place": session.place,
        "seats": "3",
        "led_by": session.led_by,
        "host": leader.pk,
    }


def comes(session, called, **kwargs):
    return make_registration(session=session, contact=make_contact(called=called, channel="email"), **kwargs)


def test_a_new_session_is_a_draft_that_nobody_sees(as_leader, office, leader):
    course = make_course()

    response = as_leader.post(
        reverse("admin:training_session_add"), {**FACTS, "course": course.pk, "office": office.pk}, follow=True
    )

    session = Session.objects.get()
    assert (session.state, session.host, session.seats) == (SessionState.DRAFT, leader, 12)
    assert session.starts_at == datetime(2026, 10, 20, 15, 30, tzinfo=UTC)
    assert session.ends_at - session.starts_at == timedelta(hours=2)
    assert "Ingen ser det förrän ni publicerar." in text_of(response)


def test_a_session_of_another_office_cannot_be_written(as_leader, other_office):
    form = {**FACTS, "course": make_course().pk, "office": other_office.pk}

    as_leader.post(reverse("admin:training_session_add"), form)

    assert not Session.objects.exists()


def test_a_draft_is_published_with_one_press(as_leader, office, leader):
    draft = make_session(office=office, host=leader, state=SessionState.DRAFT)

    as_leader.post(do(draft, "publish"))

    draft.refresh_from_db()
    assert draft.state == SessionState.PUBLISHED


def test_a_draft_without_a_place_says_what_is_missing(as_leader, office, leader):
    draft = make_session(office=office, host=leader, state=SessionState.DRAFT, place="")

    response = as_leader.post(do(draft, "publish"), follow=True)

    assert "Skriv en plats eller en länk först." in text_of(response)
    draft.refresh_from_db()
    assert draft.state == SessionState.DRAFT


def test_a_move_says_first_how_many_hear_of_it_and_then_tells_each_once(as_leader, session, facts):
    comes(session, "Noor")
    comes(session, "Ali")
    moved = {**facts, "clock": "13:00", "until": "15:00"}

    first = as_leader.post(do(session, "edit"), moved)

    assert "2 anmälda får veta det" in text_of(first)
    assert told("training.session_moved") == []

    as_leader.post(do(session, "edit"), {**moved, "send": "1"})

    session.refresh_from_db()
    assert session.starts_at == datetime(2026, 9, 29, 11, 0, tzinfo=UTC)
    assert told("training.session_moved") == ["Noor", "Ali"]


def test_what_changes_nothing_for_those_who_come_is_saved_at_once(as_leader, session, facts):
    comes(session, "Noor")

    as_leader.post(do(session, "edit"), {**facts, "led_by": "Sam"})

    session.refresh_from_db()
    assert session.led_by == "Sam"
    assert told("training.session_moved") == []


def test_fewer_seats_than_are_taken_are_refused_in_words(as_leader, session, facts):
    comes(session, "Noor", seats=2)

    response = as_leader.post(do(session, "edit"), {**facts, "seats": "1"})

    assert "2 platser är redan tagna. Så många måste det finnas." in text_of(response)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"until": "09:00"}, "Sluttiden måste vara efter starttiden"),
        ({"seats": "0"}, "Skriv minst 1"),
        ({"day": "snart"}, "Skriv datumet så här: 2026-09-08"),
        ({"led_by": ""}, "Skriv ett svar"),
    ],
)
def test_what_is_wrong_is_said_in_words(as_leader, session, facts, wrong, words):
    assert words in text_of(as_leader.post(do(session, "edit"), {**facts, **wrong}))


def test_calling_off_says_how_many_hear_of_it_and_why_it_was(as_leader, session):
    comes(session, "Noor")
    because = {"because": "Den som leder är sjuk."}

    assert "1 anmäld får veta det." in text_of(as_leader.post(do(session, "call-off"), because))
    response = as_leader.post(do(session, "call-off"), {**because, "send": "1"}, follow=True)

    assert "Inställt: Den som leder är sjuk." in text_of(response)
    assert told("training.session_called_off") == ["Noor"]
    assert "Anteckna närvaro" not in buttons(response)


def test_it_is_held_every_other_week_at_the_same_clock_also_in_winter(as_leader, session):
    response = as_leader.post(do(session, "repeat"), {"how": "14", "times": "3"}, follow=True)

    drafts = Session.objects.filter(state=SessionState.DRAFT).order_by("starts_at")
    assert [one.starts_at for one in drafts] == [
        datetime(2026, 10, 13, 8, 0, tzinfo=UTC),
        datetime(2026, 10, 27, 9, 0, tzinfo=UTC),
        datetime(2026, 11, 10, 9, 0, tzinfo=UTC),
    ]
    assert "tisdag 27 oktober klockan 10.00" in text_of(response)


def test_it_is_held_on_days_of_its_own_and_no_day_twice(as_leader, session):
    days = {"how": "days", "days": "2026-10-01\n2026-10-08\n2026-10-01\n"}

    as_leader.post(do(session, "repeat"), days)
    as_leader.post(do(session, "repeat"), days)

    assert Session.objects.filter(state=SessionState.DRAFT).count() == 2


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"how": "7", "times": "31"}, "Skriv högst 30"),
        ({"how": "7", "times": ""}, "Skriv ett antal"),
        ({"how": "days", "days": "i morgon"}, "”i morgon” är ingen dag."),
        ({"how": "days", "days": ""}, "Skriv ett svar"),
    ],
)
def test_a_series_that_cannot_be_is_refused_in_words(as_leader, session, form, words):
    assert words in text_of(as_leader.post(do(session, "repeat"), form))
    assert Session.objects.count() == 1


def test_a_copy_is_a_draft_of_its_own_without_those_who_come(as_leader, session):
    comes(session, "Noor")

    response = as_leader.post(do(session, "copy"), {"day": "2026-12-01", "clock": "18:00"}, follow=True)

    copy = Session.objects.exclude(pk=session.pk).get()
    assert (copy.state, copy.place, copy.series) == (SessionState.DRAFT, session.place, None)
    assert copy.starts_at == datetime(2026, 12, 1, 17, 0, tzinfo=UTC)
    assert response.redirect_chain[-1][0] == page(copy)
    assert "Noor" not in text_of(response)


def test_a_change_by_get_is_refused_and_by_another_office_not_found(as_leader, client, session, other_office_leader):
    as_leader.get(do(session, "publish"))
    client.force_login(other_office_leader)

    names = ("edit", "publish", "call-off", "repeat", "copy", "write", "register", "attendance")
    answers = {client.post(do(session, name)).status_code for name in names}

    assert answers == {404}
    assert client.get(page(session)).status_code == 404
    assert client.get(f"{SESSIONS}?show=all&q=Biblioteket").context["cl"].result_list == []


def test_the_page_shows_the_queue_in_order_and_how_long_an_offer_lasts(as_leader, session):
    comes(session, "Sist", state=RegistrationState.WAITLISTED, queued_at=NOW)
    comes(session, "Först", state=RegistrationState.WAITLISTED, queued_at=NOW - timedelta(hours=2))
    comes(session, "Erbjuden", state=RegistrationState.OFFERED, offered_until=NOW + timedelta(hours=5))

    told_now = text_of(as_leader.get(page(session)))

    assert told_now.index("Först") < told_now.index("Sist")
    assert "Erbjuden plats, 5 timmar kvar, 15.00" in told_now
    assert "1 av 3 tagna" in told_now
