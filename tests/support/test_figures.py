"""What the offices' figures are counted from: rows in the database, office by office."""

from datetime import timedelta

import pytest

from groups.enums import LedTo
from groups.models import OutreachContact
from support.enums import CheckInState, HandOverState, MeetingState, Outcome, Phase, RequestStatus, Urgency
from support.figures import meetings, periods, requests
from support.figures.places import Places, places_of
from support.figures.requests import Promise
from support.figures.spans import Chosen, spans_of
from support.figures.tallies import Tally
from support.models import HandOver
from tests.factories import (
    NOW,
    TODAY,
    make_check_in,
    make_group,
    make_meeting,
    make_organisation_request,
    make_period,
    make_request,
)

DAY = timedelta(days=1)
YEAR = spans_of(Chosen.YEAR, TODAY)
LAST_YEAR = NOW - 365 * DAY


def here(office) -> Places:
    return Places((office,), has_queue=False)


def keys(tally: Tally, *names: str) -> list[tuple]:
    return sorted(tuple(row[name] for name in (*names, "count")) for row in tally.rows)


@pytest.mark.django_db
def test_a_leader_sees_the_figures_of_their_office_alone(leader, office, other_office):
    assert places_of(leader) == Places((office,), has_queue=False)


@pytest.mark.django_db
def test_whoever_answers_for_the_programme_sees_every_office_and_the_queue(programme_manager, office, other_office):
    assert places_of(programme_manager) == Places((office, other_office), has_queue=True, is_everything=True)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["treasurer", "editor", "outsider"])
def test_whoever_works_with_no_cases_has_no_places(request, who, office):
    assert places_of(request.getfixturevalue(who)).keys == []


@pytest.mark.django_db
def test_each_request_is_counted_by_what_became_of_its_promise(office, other_office):
    late = {"received_at": NOW - 20 * DAY, "promised_by": TODAY - 13 * DAY}
    make_request(office=office, first_answer_at=NOW + 2 * DAY)
    make_request(office=office, urgency=Urgency.TWO_WEEKS, **late, first_answer_at=NOW - 10 * DAY)
    make_request(office=office, **late)
    make_request(office=office)
    make_request(office=office, status=RequestStatus.WITHDRAWN, decided_at=NOW)
    make_request(office=office, status=RequestStatus.DRAFT, received_at=None, promised_by=None)
    make_request(office=office, received_at=LAST_YEAR, first_answer_at=LAST_YEAR + DAY)
    make_request(office=other_office)
    make_request(office=None)

    tally = requests.requests_that_came_in(here(office), YEAR, TODAY)

    assert sorted((row["is_now"], row["is_urgent"], row["promise"], row["count"]) for row in tally.rows) == [
        (False, False, Promise.IN_TIME, 1),
        (True, False, Promise.IN_TIME, 1),
        (True, False, Promise.NOT_NEEDED, 1),
        (True, False, Promise.OVERDUE, 1),
        (True, False, Promise.WAITING, 1),
        (True, True, Promise.LATE, 1),
    ]
    assert tally.median_days(is_now=True) == 6  # two days, and ten
    assert tally.median_days(is_now=True, promise=Promise.WAITING) is None


@pytest.mark.django_db
def test_an_answer_on_the_last_day_is_in_time_by_swedish_clocks(office):
    evening = NOW.replace(hour=21, minute=59)  # 23.59 in Stockholm
    make_request(office=office, received_at=NOW - 5 * DAY, promised_by=TODAY, first_answer_at=evening)
    minutes_later = evening + timedelta(minutes=2)
    make_request(office=office, received_at=NOW - 5 * DAY, promised_by=TODAY, first_answer_at=minutes_later)

    tally = requests.requests_that_came_in(here(office), YEAR, TODAY + DAY)

    assert [(row["promise"], row["days"] / DAY) for row in sorted(tally.rows, key=lambda row: row["days"])] == [
        (Promise.IN_TIME, 5),
        (Promise.LATE, 6),
    ]


@pytest.mark.django_db
def test_the_common_queue_is_a_place_of_its_own(programme_manager, office):
    make_request(office=office)
    make_request(office=None)
    everything = places_of(programme_manager)

    by_office = requests.requests_now(everything, TODAY)
    assert [by_office.at(key).count() for key in everything.keys] == [1, 1]
    assert [row["in_office"] for row in requests.requests_now(everything.only_queue(), TODAY).rows] == [None]


@pytest.mark.django_db
def test_open_requests_as_they_stand_now(office, leader):
    make_request(office=office, promised_by=TODAY - DAY)
    make_request(office=office, leader=leader, status=RequestStatus.IN_REVIEW, first_answer_at=NOW)
    make_request(office=office, status=RequestStatus.WITHDRAWN)

    tally = requests.requests_now(here(office), TODAY)

    assert [tally.count(name) for name in ("count", "new", "unanswered", "late")] == [2, 1, 1, 1]


@pytest.mark.django_db
def test_organisations_are_promised_an_answer_too(office):
    make_organisation_request(office=office, answered_at=NOW + DAY)
    make_organisation_request(office=office, received_at=NOW - 30 * DAY, promised_by=TODAY - 20 * DAY)

    tally = requests.organisations_that_asked(here(office), YEAR, TODAY)

    assert keys(tally, "promise") == [(Promise.IN_TIME, 1), (Promise.OVERDUE, 1)]


@pytest.mark.django_db
def test_periods_are_counted_where_they_are_and_when_they_moved(office, other_office):
    def period(**kwargs):
        return make_period(group=make_group(office=office), office=office, **kwargs)

    period(opened_at=LAST_YEAR)
    period(phase=Phase.CHANGE, paused_until=TODAY + DAY)
    ended = period(phase=Phase.CLOSED, closed_at=NOW, outcome=Outcome.REACHED, opened_at=NOW - 900 * DAY)
    period(phase=Phase.SELF_RELIANT, self_reliant_at=LAST_YEAR, opened_at=NOW - 900 * DAY)
    period(follows=ended)
    make_period(office=other_office)

    phases = periods.periods_by_phase(here(office), TODAY)
    started, over = periods.periods_started(here(office), YEAR), periods.periods_ended(here(office), YEAR)

    assert keys(phases, "phase", "resting") == [("change", 1, 1), ("self_reliant", 0, 1), ("start", 0, 2)]
    assert keys(started, "is_now", "came_back") == [(False, 0, 1), (True, 1, 2)]
    names = ("closed_now", "closed_before", "reliant_now", "reliant_before")
    assert [over.count(name) for name in names] == [1, 0, 0, 1]
    assert over.count("closed_now", outcome=Outcome.REACHED) == 1


@pytest.mark.django_db
def test_baskets_say_how_long_and_follow_ups_whether_they_were_answered(office, other_office):
    for days in (1, 5, 40):
        make_check_in(
            period=make_period(office=office),
            state=CheckInState.MISSED,
            basket_at=NOW - days * DAY,
            **dict.fromkeys(("earliest", "expected", "latest"), TODAY - days * DAY),
        )
    make_check_in(period=make_period(office=office), state=CheckInState.CANCELLED, earliest=TODAY, expected=TODAY)
    make_check_in(period=make_period(office=other_office), state=CheckInState.MISSED, basket_at=NOW)

    baskets = periods.baskets(here(office), NOW)

    assert [baskets.count(name) for name in ("count", "new", "some_time", "long")] == [3, 1, 1, 1]
    assert [row["oldest"] for row in baskets.rows] == [NOW - 40 * DAY]
    assert keys(periods.follow_ups(here(office), YEAR), "is_now", "state") == [(True, "missed", 3)]


@pytest.mark.django_db
def test_first_meetings_are_counted_on_their_day_by_how_it_went(office, other_office):
    for state in MeetingState:
        make_meeting(
            support_request=make_request(office=office), state=state, starts_at=NOW - DAY, ends_at=NOW - DAY / 2
        )
    make_meeting(support_request=make_request(office=office))  # next week
    make_meeting(support_request=make_request(office=other_office))

    booked = meetings.meetings_booked(here(office), NOW)

    assert keys(meetings.first_meetings(here(office), YEAR), "state") == sorted((state, 1) for state in MeetingState)
    assert [booked.count(), booked.count("to_record")] == [2, 1]


@pytest.mark.django_db
def test_talks_are_counted_by_what_they_led_to(office, leader):
    for days, led_to in ((1, LedTo.REQUEST), (2, LedTo.NOTHING_YET), (365, LedTo.NO)):
        OutreachContact.objects.create(
            office=office, user=leader, met_on=TODAY - days * DAY, who_with="En mamma", need="Lekplatsen",
            led_to=led_to, created_at=NOW,
        )  # fmt: skip

    tally = meetings.talks(here(office), YEAR)

    assert keys(tally, "is_now", "led_to") == [(False, "no", 1), (True, "nothing_yet", 1), (True, "request", 1)]


@pytest.mark.django_db
def test_hand_overs_are_seen_from_where_one_stands(
    office, other_office, leader, other_office_leader, programme_manager
):
    def handed_over(from_office, to_office, state=HandOverState.ACCEPTED):
        HandOver.objects.create(
            support_request=make_request(office=to_office), from_user=leader, from_office=from_office, note="Ring.",
            to_office=to_office, state=state, offered_at=NOW - DAY, answered_at=NOW,
        )  # fmt: skip

    handed_over(office, office)
    handed_over(office, other_office)
    handed_over(other_office, office)
    handed_over(other_office, other_office)
    handed_over(office, office, HandOverState.REFUSED)

    mine, all_of_them = here(office), places_of(programme_manager)

    assert keys(meetings.hand_overs(mine, YEAR), "way") == [("in", 1), ("inside", 1), ("out", 1)]
    assert keys(meetings.hand_overs(all_of_them, YEAR), "way") == [("between", 2), ("inside", 2)]
