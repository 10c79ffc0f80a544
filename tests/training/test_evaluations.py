"""The three questions after a session: asked of those who were there, answered once, and told of nobody."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client

from people.models import Office
from tests.factories import NOW, make_evaluation, make_registration, make_session
from tests.support.at_work import text_of
from tests.training.after_kit import YESTERDAY, held, who_came
from tests.training.public_kit import MINE
from training.actions.evaluating import NothingAsked, evaluate
from training.actions.sessions import note_attendance
from training.enums import RegistrationState, SessionState, Usefulness
from training.evaluations import OPEN_FOR, answers_of
from training.models import Evaluation, Registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

PAGE = "/min-sida/anmalan/utvardering/"
ANSWERS = {"usefulness": "a_lot", "learned": "Att fråga vem som bestämmer.", "better": "Längre rast."}
NUMBER = "19811218-9876"


def answer(registration: Registration, *, now: datetime = NOW) -> Registration:
    return evaluate(registration, usefulness=Usefulness.SOME, learned="Mycket", better="", now=now)


def written() -> list[tuple[str, str, str]]:
    return list(Evaluation.objects.order_by("pk").values_list("usefulness", "learned", "better"))


def test_three_answers_are_written_down_and_thanked_for(client: Client) -> None:
    registration = who_came(client)

    page = text_of(client.get(PAGE))
    response = client.post(PAGE, ANSWERS, follow=True)

    assert "Vi ser inte vem som har svarat vad." in page
    assert written() == [("a_lot", "Att fråga vem som bestämmer.", "Längre rast.")]
    assert response.redirect_chain == [(MINE, 302)]
    assert "Tack för dina svar." in text_of(response)
    assert Evaluation.objects.get().session == registration.session


def test_the_first_question_is_enough(client: Client) -> None:
    who_came(client)

    missing = text_of(client.post(PAGE, {"learned": "Allt"}))
    client.post(PAGE, {"usefulness": "not_at_all"})

    assert "Välj om du har nytta av det" in missing
    assert "Allt" in missing
    assert written() == [("not_at_all", "", "")]


def test_answering_twice_changes_nothing(client: Client) -> None:
    who_came(client)

    client.post(PAGE, ANSWERS)
    again = client.post(PAGE, ANSWERS | {"usefulness": "not_at_all"}, follow=True)

    assert written() == [("a_lot", "Att fråga vem som bestämmer.", "Längre rast.")]
    assert "Du har redan svarat. Tack." in text_of(again)


def test_nothing_that_is_kept_ties_an_answer_to_a_person() -> None:
    registration = who_came()
    changed_at = registration.changed_at

    answer(registration, now=NOW + timedelta(hours=3))

    registration.refresh_from_db()
    evaluation = Evaluation.objects.get()
    assert {field.name for field in Evaluation._meta.get_fields()} == {
        "id",
        "session",
        "usefulness",
        "learned",
        "better",
        "on",
    }
    assert (registration.evaluated_at, registration.changed_at) == (registration.session.ends_at, changed_at)
    assert evaluation.on == YESTERDAY.date()


@pytest.mark.parametrize(
    ("state", "is_allowed"),
    [
        (RegistrationState.REGISTERED, True),
        (RegistrationState.ATTENDED, True),
        (RegistrationState.ABSENT, False),
        (RegistrationState.OFFERED, False),
        (RegistrationState.WAITLISTED, False),
        (RegistrationState.CANCELLED, False),
    ],
)
def test_only_those_who_had_seats_are_asked(state: RegistrationState, *, is_allowed: bool) -> None:
    registration = make_registration(session=held(), state=state)

    if is_allowed:
        answer(registration)
    else:
        with pytest.raises(NothingAsked):
            answer(registration)

    assert Evaluation.objects.count() == is_allowed


def test_it_is_asked_from_the_end_for_sixty_days() -> None:
    session = held()
    one, other = (make_registration(session=session) for _n in range(2))
    closes = session.ends_at + OPEN_FOR

    for too_early_or_late in (session.ends_at - timedelta(seconds=1), closes):
        with pytest.raises(NothingAsked):
            answer(one, now=too_early_or_late)
    answer(one, now=session.ends_at)
    answer(other, now=closes - timedelta(seconds=1))

    assert Evaluation.objects.count() == 2


def test_a_session_that_was_called_off_is_not_asked_about() -> None:
    registration = make_registration(session=held(state=SessionState.CANCELLED))

    with pytest.raises(NothingAsked):
        answer(registration)


def test_whoever_is_asked_nothing_comes_back_to_their_own_page(client: Client) -> None:
    who_came(client, session=make_session())

    for response in (client.get(PAGE, follow=True), client.post(PAGE, ANSWERS, follow=True)):
        assert response.redirect_chain == [(MINE, 302)]
        assert "Vi har inga frågor till dig nu." in text_of(response)
    assert written() == []


def test_the_questions_are_for_those_who_have_come_in(client: Client) -> None:
    assert client.get(PAGE).headers["Location"] == "/min-sida/in/?next=%2Fmin-sida%2Fanmalan%2Futvardering%2F"
    assert client.post(PAGE, ANSWERS).status_code == 302
    assert written() == []


def test_a_personal_number_is_asked_about_first(client: Client) -> None:
    who_came(client)
    answers = ANSWERS | {"learned": f"Ring mig, {NUMBER}"}

    asked = text_of(client.post(PAGE, answers))
    client.post(PAGE, answers | {"personnummer": "ta-bort"})

    assert NUMBER in asked
    assert [learned for _useful, learned, _better in written()] == ["Ring mig,"]


@pytest.mark.parametrize("value", ["\x00", "x" * 60_000, "<script>alert(1)</script>"])
def test_hostile_answers_are_no_fault_of_ours(client: Client, value: str) -> None:
    who_came(client)

    response = client.post(PAGE, ANSWERS | {"learned": value, "usefulness": value})

    assert response.status_code == 200
    assert b"<script>alert" not in response.content
    assert written() == []


def test_fewer_than_three_answers_are_shown_to_nobody() -> None:
    session = held()
    for count in range(3):
        answers = answers_of(session)
        assert (answers.count, answers.is_shown, answers.usefulness, answers.learned) == (count, False, [], [])
        assert "Snårigt" not in render_to_string("admin/training/_evaluations.html", {"answers": answers})
        make_evaluation(session=session, learned="Snårigt")

    assert answers_of(session).is_shown


def test_three_answers_are_counted_and_told_in_any_order() -> None:
    session = held()
    for usefulness, better in ((Usefulness.A_LOT, "Rast"), (Usefulness.A_LOT, ""), (Usefulness.SOME, "<b>Kaffe</b>")):
        make_evaluation(session=session, usefulness=usefulness, better=better)
    make_evaluation(better="En annan träff")

    answers = answers_of(session)

    assert answers.usefulness == [("Ja, mycket", 2), ("Ja, en del", 1), ("Inte så mycket", 0), ("Nej", 0)]
    assert sorted(answers.better) == ["<b>Kaffe</b>", "Rast"]
    assert answers.learned == []
    shown = render_to_string("admin/training/_evaluations.html", {"answers": answers})
    assert "&lt;b&gt;Kaffe" in shown
    assert "3 har svarat" in shown


def test_staff_read_the_answers_on_the_page_of_the_session(as_leader: Client, office: Office) -> None:
    session = held(office=office)
    page = f"/admin/training/session/{session.pk}/change/"
    for _n in range(2):
        make_evaluation(session=session, learned="Snårigt")
    before = text_of(as_leader.get(page))
    make_evaluation(session=session, learned="Rättvist")
    after = text_of(as_leader.get(page))

    assert "2 har svarat. Vi visar svaren när minst 3 har svarat" in before
    assert "Snårigt" not in before
    assert "Snårigt" in after
    assert "Rättvist" in after


def test_answers_are_read_by_one_query(django_assert_num_queries: Any) -> None:
    session = held()
    for count in (1, 3):
        for _n in range(count):
            make_evaluation(session=session)
        with django_assert_num_queries(1):
            answers_of(session)


def test_the_own_page_asks_until_it_is_answered(client: Client) -> None:
    registration = who_came(client)

    before = text_of(client.get(MINE))
    answer(registration)
    after = text_of(client.get(MINE))

    assert "Svara på frågorna" in before
    assert "Svara på frågorna" not in after
    assert "Du har svarat på våra frågor. Tack." in after


def test_the_material_is_shown_afterwards_to_those_who_had_seats(client: Client) -> None:
    course_text = "Bilderna: https://exempel.se/bilder\n<script>alert(1)</script>"
    session = held()
    session.course.material = course_text
    session.course.save()
    who_came(client, session=session, state=RegistrationState.ABSENT, came=0)

    page = client.get(MINE).content.decode()

    assert 'href="https://exempel.se/bilder"' in page
    assert "<script>alert(1)" not in page


@pytest.mark.django_db(transaction=True)
def test_those_who_answer_at_once_while_attendance_is_noted_are_each_counted_once() -> None:
    session = held(seats=8)
    rows = [make_registration(session=session) for _n in range(4)]
    came = {row.pk: 1 for row in rows}
    steps: list[Callable[[], object]] = [partial(answer, row) for row in rows * 2]
    steps += [partial(note_attendance, session, came=came, by=session.host, now=NOW)] * 4
    barrier, wrong = Barrier(len(steps)), []

    def press(step: Callable[[], object]) -> None:
        barrier.wait()
        try:
            step()
        except Exception as error:  # what the test is about
            wrong.append(error)
        finally:
            connection.close()

    threads = [Thread(target=press, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
    assert Evaluation.objects.filter(session=session).count() == 4
