from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection

from people.enums import Channel, MessageState
from people.models import Message, Office, User
from support.actions import handling, phone_intake
from support.actions.own_page import delete_request
from support.enums import LogKind, RequestStatus
from support.models import LogEntry, SupportRequest
from tests.factories import (
    NOW,
    make_contact,
    make_link,
    make_log_entry,
    make_meeting,
    make_office,
    make_request,
    make_staff,
)

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


def sent() -> list[tuple[str, str]]:
    """Every message in the outbox: kind, and who gets it."""
    rows = Message.objects.select_related("contact", "user").order_by("pk")
    return [(row.kind, str(row.contact or row.user)) for row in rows]


def test_taking_a_request_tells_the_group_who_has_it(leader: User, office: Office) -> None:
    support_request = make_request(office=office)
    link = make_link(about=support_request)

    taken = handling.take_request(support_request, by=leader, now=NOW)

    assert (taken.status, taken.leader, taken.taken_at) == (RequestStatus.IN_REVIEW, leader, NOW)
    assert taken.first_answer_at == NOW
    assert sent() == [("support.request_taken", "Alva")]
    message = Message.objects.get()
    assert "Jag heter Maja Lind och har ert ärende" in message.text
    assert "Maja" not in message.subject + message.short + message.neutral
    assert message.link.startswith("/min-sida/")
    assert link.tokens.count() == 1


def test_taking_twice_changes_nothing(leader: User) -> None:
    support_request = make_request()
    handling.take_request(support_request, by=leader, now=NOW)

    again = handling.take_request(support_request, by=leader, now=LATER)

    assert again.taken_at == NOW
    assert Message.objects.count() == 1
    assert LogEntry.objects.count() == 1


def test_a_request_that_a_colleague_has_is_not_taken(leader: User, colleague: User) -> None:
    support_request = make_request()
    handling.take_request(support_request, by=leader, now=NOW)

    with pytest.raises(handling.AlreadyTaken) as refusal:
        handling.take_request(support_request, by=colleague, now=NOW)

    assert refusal.value.leader == leader


@pytest.mark.parametrize("status", ["declined", "referred", "withdrawn", "draft"])
def test_a_closed_request_is_not_taken(leader: User, status: str) -> None:
    support_request = make_request(status=status)

    with pytest.raises(handling.RequestClosed):
        handling.take_request(support_request, by=leader, now=NOW)


def test_who_waits_for_a_call_is_answered_by_the_call(leader: User) -> None:
    support_request = make_request(contact=make_contact(channel=Channel.CALL))

    handling.take_request(support_request, by=leader, now=NOW)
    support_request.refresh_from_db()
    waited = support_request.first_answer_at
    handling.log_contact(
        support_request, kind=LogKind.CALL, text="Vi pratade.", is_internal=False, by=leader, now=LATER
    )
    support_request.refresh_from_db()

    assert (waited, support_request.first_answer_at) == (None, LATER)


def test_an_internal_note_is_no_answer_and_stays_with_us(leader: User) -> None:
    support_request = make_request()

    handling.log_contact(support_request, kind=LogKind.NOTE, text="Osäker.", is_internal=True, by=leader, now=NOW)

    support_request.refresh_from_db()
    assert support_request.first_answer_at is None
    assert list(LogEntry.objects.shared()) == []


def test_nothing_is_written_about_someone_who_took_everything_away(leader: User, office: Office) -> None:
    support_request = make_request(office=office)
    delete_request(support_request, now=NOW)

    with pytest.raises(handling.RequestClosed):
        handling.log_contact(
            support_request, kind=LogKind.CALL, text="Vi pratade.", is_internal=True, by=leader, now=LATER
        )

    assert not LogEntry.objects.exists()


def test_a_request_is_given_to_a_colleague_who_is_told(leader: User, colleague: User, office: Office) -> None:
    support_request = make_request(office=office)
    handling.take_request(support_request, by=leader, now=NOW)
    meeting = make_meeting(support_request=support_request, leader=leader)

    handling.give_request_to(support_request, to=colleague, by=leader, now=LATER)

    meeting.refresh_from_db()
    assert meeting.leader == colleague
    assert sent() == [
        ("support.request_taken", "Alva"),
        ("support.request_given", "Sam Ek"),
        ("support.request_taken", "Alva"),
    ]


def test_a_request_is_not_given_to_someone_of_another_office(
    leader: User, other_office_leader: User, office: Office
) -> None:
    support_request = make_request(office=office)

    with pytest.raises(handling.NotALeaderHere):
        handling.give_request_to(support_request, to=other_office_leader, by=leader, now=NOW)


def test_an_answer_to_a_question_stands_on_the_page_and_is_told_without_words(leader: User) -> None:
    support_request = make_request(office=make_office())
    make_link(about=support_request)
    question = make_log_entry(
        support_request=support_request, kind=LogKind.QUESTION, text="När ses vi?", contact=support_request.contact
    )

    answer = handling.answer_question(question, text="På tisdag.", by=leader, now=NOW)
    again = handling.answer_question(question, text="På tisdag.", by=leader, now=NOW)

    question.refresh_from_db()
    assert question.answered_by == answer == again
    assert sent() == [("support.question_answered", "Alva")]
    message = Message.objects.get()
    assert "tisdag" not in message.text + message.short + message.neutral
    support_request.refresh_from_db()
    assert support_request.first_answer_at == NOW


def test_a_question_is_answered_once(leader: User, colleague: User) -> None:
    question = make_log_entry(kind=LogKind.QUESTION, text="När ses vi?")
    handling.answer_question(question, text="På tisdag.", by=leader, now=NOW)

    with pytest.raises(handling.AlreadyAnswered):
        handling.answer_question(question, text="På onsdag.", by=colleague, now=NOW)


def test_a_question_that_was_taken_away_meanwhile_is_not_answered(leader: User) -> None:
    question = make_log_entry(kind=LogKind.QUESTION, text="När ses vi?")
    LogEntry.objects.all().delete()

    with pytest.raises(handling.QuestionGone):
        handling.answer_question(question, text="På tisdag.", by=leader, now=NOW)

    assert not LogEntry.objects.exists()


def test_a_message_in_quiet_hours_waits_for_the_morning(leader: User) -> None:
    late_evening = NOW.replace(hour=19, minute=30)  # 21.30 in Stockholm

    handling.take_request(make_request(), by=leader, now=late_evening)

    message = Message.objects.get()
    assert message.not_before == NOW.replace(day=2, hour=6)
    assert message.state == MessageState.QUEUED


@pytest.mark.django_db(transaction=True)
def test_of_two_leaders_who_take_at_once_one_is_told_who_was_first() -> None:
    office = make_office()
    leaders = [make_staff(office=office), make_staff(office=office)]
    support_request = make_request(office=office)
    barrier = Barrier(2)
    results: list[tuple[User, User | None]] = []

    def take(user: User) -> None:
        own = SupportRequest.objects.get(pk=support_request.pk)
        barrier.wait()
        try:
            handling.take_request(own, by=user, now=NOW)
            results.append((user, None))
        except handling.AlreadyTaken as refusal:
            results.append((user, refusal.leader))
        finally:
            connection.close()

    threads = [Thread(target=take, args=(user,)) for user in leaders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    winners = [user for user, refused_for in results if refused_for is None]
    losers = [refused_for for _user, refused_for in results if refused_for is not None]
    support_request.refresh_from_db()
    assert winners == losers == [support_request.leader]
    assert Message.objects.count() == 1


def test_nothing_is_logged_on_a_draft_that_would_count_as_an_answer_once_it_is_taken_in(leader: User) -> None:
    draft = phone_intake.start_call(once_key=uuid4(), by=leader, now=NOW)

    with pytest.raises(handling.RequestClosed):
        handling.log_contact(draft, kind=LogKind.CALL, text="Vi pratade.", is_internal=False, by=leader, now=NOW)

    draft.refresh_from_db()
    assert (draft.first_answer_at, draft.log.count()) == (None, 0)
