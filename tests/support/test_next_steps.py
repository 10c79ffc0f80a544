"""What happens next in a case."""

from datetime import timedelta

import pytest

from people.models import Office, User
from support.actions import handling, next_steps
from support.actions.locking import PeriodClosed
from support.actions.meetings import book_meeting
from support.actions.requests import RequestClosed
from support.enums import LogKind, Phase, PlaceKind, RequestStatus, WaitsFor
from support.models import LogEntry, SupportPeriod, SupportRequest
from tests.factories import NOW, TODAY, make_period, make_request

TOMORROW = TODAY + timedelta(days=1)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture(params=["request", "period"])
def case(request, office: Office, leader: User) -> SupportRequest | SupportPeriod:
    if request.param == "period":
        return make_period(office=office, leader=leader, next_step="Ring", next_step_on=YESTERDAY)
    status = RequestStatus.IN_REVIEW
    return make_request(office=office, leader=leader, status=status, next_step="Ring", next_step_on=YESTERDAY)


def step_of(case: SupportRequest | SupportPeriod) -> tuple[object, ...]:
    case.refresh_from_db()
    return case.next_step, case.next_step_on, case.waits_for, case.waits_since


def test_the_next_step_says_what_when_and_whom_we_wait_for(case, leader):
    next_steps.set_next_step(case, text=" Fråga  igen ", on=TOMORROW, waits_for=WaitsFor.GROUP, by=leader, now=NOW)

    assert step_of(case) == ("Fråga igen", TOMORROW, WaitsFor.GROUP, NOW)


def test_we_have_waited_since_we_began_to_wait(case, leader):
    later = NOW + timedelta(days=1)

    next_steps.set_next_step(case, text="Fråga", on=TOMORROW, waits_for=WaitsFor.GROUP, by=leader, now=NOW)
    next_steps.set_next_step(case, text="Fråga igen", on=TOMORROW, waits_for=WaitsFor.GROUP, by=leader, now=later)

    assert step_of(case) == ("Fråga igen", TOMORROW, WaitsFor.GROUP, NOW)


def test_a_step_of_our_own_ends_the_waiting(case, leader):
    next_steps.set_next_step(case, text="Fråga", on=TOMORROW, waits_for=WaitsFor.OTHER, by=leader, now=NOW)
    next_steps.set_next_step(case, text="Ring själv", on=TOMORROW, by=leader, now=NOW)

    assert step_of(case) == ("Ring själv", TOMORROW, "", None)


@pytest.mark.parametrize(
    ("text", "on", "refusal"), [("  ", TOMORROW, next_steps.StepNeeded), ("Ring", YESTERDAY, next_steps.DayGone)]
)
def test_a_step_has_words_and_a_day_to_come(case, leader, text, on, refusal):
    before = step_of(case)

    with pytest.raises(refusal):
        next_steps.finish_step(
            case, text=text, on=on - timedelta(days=7) if refusal is next_steps.DayGone else on, by=leader, now=NOW
        )

    assert (step_of(case), LogEntry.objects.count()) == (before, 0)


def test_what_is_done_stands_in_the_log(case, leader):
    next_steps.finish_step(case, text="Skriv till skolan", on=TOMORROW, by=leader, now=NOW)
    next_steps.finish_step(case, text="Skriv till skolan", on=TOMORROW, by=leader, now=NOW)

    assert [(one.kind, one.text, one.user) for one in LogEntry.objects.all()] == [(LogKind.NOTE, "Klart: Ring", leader)]


def test_a_step_that_is_late_is_put_off_a_week_from_today(case, leader):
    next_steps.postpone_step(case, by=leader, now=NOW)

    assert step_of(case)[:2] == ("Ring", TODAY + timedelta(days=7))


def test_a_case_that_is_over_has_no_next_step_to_change(office, leader):
    period = make_period(office=office, leader=leader, phase=Phase.CLOSED, closed_at=NOW)
    support_request = make_request(office=office, status=RequestStatus.DECLINED, decided_at=NOW)

    with pytest.raises(PeriodClosed):
        next_steps.postpone_step(period, by=leader, now=NOW)
    with pytest.raises(RequestClosed):
        next_steps.set_next_step(support_request, text="Ring", on=TOMORROW, by=leader, now=NOW)


def test_a_request_that_is_taken_says_what_comes_next(office, leader):
    support_request = make_request(office=office)

    handling.take_request(support_request, by=leader, now=NOW)

    assert step_of(support_request)[:2] == ("Hör av dig och bestäm en tid att ses", support_request.promised_by)


def test_a_booked_meeting_is_the_next_step(office, leader):
    support_request = make_request(office=office, leader=leader, status=RequestStatus.IN_REVIEW)
    starts_at = NOW + timedelta(days=3)

    book_meeting(
        support_request,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        place_kind=PlaceKind.PHONE,
        place="",
        by=leader,
        now=NOW,
    )

    assert step_of(support_request)[:2] == ("Vi ses för första gången", TODAY + timedelta(days=3))
