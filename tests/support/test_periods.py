from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import translation

from groups.enums import SupportKind
from groups.models import Group
from people.models import Message, Office, User
from support.actions import next_steps, periods
from support.actions.exits import NotInTheGroup
from support.enums import CheckInKind, CheckInState, KeepKind, Outcome, Phase
from support.models import OfficePolicy, SupportPeriod
from tests.factories import NOW, TODAY, make_group, make_link, make_member, make_office, make_period, make_staff

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)
NEXT_WEEK = NOW + timedelta(days=7)


def kinds_sent() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("kind", flat=True))


def opened(leader: User, office: Office) -> SupportPeriod:
    """A period as it really begins, with its first follow-up planned."""
    member = make_member(group=make_group(office=office))
    return periods.open_period(member.group, leader=leader, supports=[SupportKind.GUIDANCE], now=NOW)


def in_exit(leader: User, office: Office) -> SupportPeriod:
    period = periods.start_exit(opened(leader, office), by=leader, now=NOW)
    Message.objects.all().delete()
    return period


def self_reliant(leader: User, office: Office) -> SupportPeriod:
    period = in_exit(leader, office)
    periods.sign_exit(period, by=leader, now=NOW)
    return periods.sign_exit(period, member=period.group.members.get(), now=NOW)


def test_a_group_has_one_open_period(leader: User, office: Office) -> None:
    period = opened(leader, office)

    again = periods.open_period(period.group, leader=leader, supports=[], now=LATER)

    assert again == period
    assert period.check_ins.count() == 1


def test_the_ladder_is_the_groups_own_or_the_offices(leader: User, office: Office) -> None:
    OfficePolicy.objects.create(office=office, ladder=[3, 6])
    period = opened(leader, office)
    by_office = period.check_ins.get().expected

    periods.set_ladder(period, ladder=[2, 4], by=leader, now=NOW)

    assert (by_office, period.check_ins.get().expected) == (TODAY + timedelta(weeks=3), TODAY + timedelta(weeks=2))


@pytest.mark.parametrize("ladder", [[], [0, 1], [4, 2], [2, 2], [1, 60], list(range(1, 10))])
def test_a_ladder_that_does_not_widen_is_refused(leader: User, office: Office, ladder: list[int]) -> None:
    with pytest.raises(periods.BadLadder):
        periods.set_ladder(opened(leader, office), ladder=ladder, by=leader, now=NOW)


def test_the_phase_changes_with_a_line_that_the_group_reads(leader: User, office: Office) -> None:
    period = opened(leader, office)

    periods.change_phase(period, phase=Phase.CHANGE, by=leader, now=LATER)

    assert (period.phase, period.phase_since) == (Phase.CHANGE, LATER)
    assert next(entry.text for entry in period.log.shared()) == "Ny fas: Förändringsarbete."


@pytest.mark.parametrize("phase", [Phase.EXIT, Phase.SELF_RELIANT, Phase.CLOSED])
def test_the_end_is_not_set_by_hand(leader: User, office: Office, phase: Phase) -> None:
    with pytest.raises(periods.WrongPhase):
        periods.change_phase(opened(leader, office), phase=phase, by=leader, now=NOW)


def test_a_hand_over_tells_both_and_waits_a_week(leader: User, colleague: User, office: Office) -> None:
    period = opened(leader, office)

    periods.give_period_to(period, to=colleague, by=leader, now=NOW + timedelta(days=5))

    assert (period.leader, period.handed_over_on) == (colleague, TODAY + timedelta(days=5))
    assert period.check_ins.get().expected >= TODAY + timedelta(days=12)
    assert kinds_sent() == ["support.leader_changed", "support.period_given"]


def test_a_period_is_not_handed_to_someone_of_another_office(
    leader: User, other_office_leader: User, office: Office
) -> None:
    with pytest.raises(periods.NotALeaderHere):
        periods.give_period_to(opened(leader, office), to=other_office_leader, by=leader, now=NOW)


def test_nothing_is_asked_during_a_pause(leader: User, office: Office) -> None:
    period = opened(leader, office)
    until = date(2026, 12, 1)

    with translation.override("en"):
        periods.pause(period, until=until, by=leader, now=NOW)

    live = period.check_ins.live().get()
    assert (period.paused_until, live.expected) == (until, until)
    assert "paus" in live.why
    assert period.log.all()[0].text == "Paus till tisdag 1 december."


def test_a_pause_that_is_ended_asks_as_before(leader: User, office: Office) -> None:
    period = opened(leader, office)
    periods.pause(period, until=date(2026, 12, 1), by=leader, now=NOW)

    periods.pause(period, until=None, by=leader, now=LATER)

    assert (period.paused_until, period.check_ins.live().get().expected) == (None, TODAY + timedelta(weeks=1))


def test_a_pause_ends_in_the_future(leader: User, office: Office) -> None:
    with pytest.raises(periods.DayHasPassed):
        periods.pause(opened(leader, office), until=TODAY, now=NOW)


def test_the_exit_begins_once_and_the_group_is_told(leader: User, office: Office) -> None:
    period = opened(leader, office)

    periods.start_exit(period, by=leader, now=NOW)
    periods.start_exit(period, by=leader, now=LATER)

    assert (period.phase, period.phase_since) == (Phase.EXIT, NOW)
    assert kinds_sent() == ["support.exit_started"]


def test_a_group_that_wants_to_finish_tells_its_leader(leader: User, office: Office) -> None:
    periods.start_exit(opened(leader, office), now=NOW)

    assert kinds_sent() == ["support.exit_wished"]


def test_what_is_kept_is_listed_only_in_the_exit(leader: User, office: Office) -> None:
    with pytest.raises(periods.NotInExit):
        periods.keep_thing(opened(leader, office), kind=KeepKind.CONTACTS, text="Kommunens registrator", now=NOW)


def test_a_changed_list_must_be_signed_anew(leader: User, office: Office) -> None:
    period = in_exit(leader, office)
    thing = periods.keep_thing(period, kind=KeepKind.CONTACTS, text="Registratorn", now=NOW)
    periods.sign_exit(period, by=leader, now=NOW)

    periods.keep_thing(period, kind=KeepKind.CONTACTS, text="Registratorn", now=NOW)
    still_signed = period.exit_signed_by_leader_at
    periods.unkeep_thing(thing, now=NOW)

    period.refresh_from_db()
    assert (still_signed, period.exit_signed_by_leader_at) == (NOW, None)


def test_with_both_signatures_the_group_is_self_reliant(leader: User, office: Office) -> None:
    period = in_exit(leader, office)
    member = period.group.members.get()

    periods.sign_exit(period, member=member, now=NOW)
    half = period.phase
    periods.sign_exit(period, by=leader, now=LATER)
    periods.sign_exit(period, by=leader, now=NEXT_WEEK)

    assert (half, period.phase, period.self_reliant_at) == (Phase.EXIT, Phase.SELF_RELIANT, LATER)
    assert period.exit_signed_by == member
    after_care = period.check_ins.filter(kind=CheckInKind.AFTER_CARE)
    assert list(after_care.values_list("expected", flat=True)) == [
        date(2026, 12, 1),
        date(2027, 3, 1),
        date(2027, 9, 1),
    ]
    assert list(period.check_ins.live()) == list(after_care)
    assert kinds_sent() == ["support.exit_signed", "support.self_reliant"]


def test_only_a_member_signs_for_the_group(leader: User, office: Office) -> None:
    with pytest.raises(NotInTheGroup):
        periods.sign_exit(in_exit(leader, office), member=make_member(), now=NOW)


def test_after_care_on_a_weekend_is_moved_to_the_next_working_day(leader: User, office: Office) -> None:
    period = in_exit(leader, office)
    member = period.group.members.get()
    saturday_in_three_months = NOW.replace(day=5)
    periods.sign_exit(period, member=member, now=saturday_in_three_months)

    periods.sign_exit(period, by=leader, now=saturday_in_three_months)

    first = period.check_ins.filter(kind=CheckInKind.AFTER_CARE)[0]
    assert (first.expected.weekday(), first.expected) == (0, date(2026, 12, 7))


def test_a_self_reliant_group_comes_back_to_the_leader_it_knows(leader: User, office: Office) -> None:
    old = self_reliant(leader, office)
    link = make_link(contact=old.group.members.get().contact)
    Message.objects.all().delete()

    new = periods.come_back(old, now=NEXT_WEEK)
    again = periods.come_back(old, now=NEXT_WEEK + timedelta(hours=1))

    old.refresh_from_db()
    link.refresh_from_db()
    assert again == new
    assert (new.follows, new.leader, new.phase) == (old, leader, Phase.START)
    assert (old.phase, old.self_reliant_at, old.closed_at) == (Phase.CLOSED, NOW, NEXT_WEEK)
    assert list(old.check_ins.live()) == []
    assert new.check_ins.live().count() == 1
    assert link.code_freed_at is None
    assert kinds_sent() == ["support.welcome_back", "support.group_came_back"]


def test_a_group_can_come_back_again_and_again(leader: User, office: Office) -> None:
    first = opened(leader, office)
    for _round in range(2):
        newest = first.group.periods.order_by("-opened_at", "-pk")[0]
        periods.close_period(newest, outcome=Outcome.PARTLY, what_changed="", by=leader, now=LATER)
        periods.come_back(first, now=NEXT_WEEK)

    chain = list(first.group.periods.order_by("pk").values_list("phase", flat=True))
    assert chain == [Phase.CLOSED, Phase.CLOSED, Phase.START]


def test_a_group_whose_leader_has_left_comes_back_to_someone_else(
    leader: User, colleague: User, office: Office
) -> None:
    old = self_reliant(leader, office)
    leader.roles.update(ends_on=TODAY)

    assert periods.come_back(old, now=NEXT_WEEK).leader == colleague


def test_closing_calls_off_what_is_planned(leader: User, office: Office) -> None:
    period = opened(leader, office)
    link = make_link(contact=period.group.members.get().contact)

    periods.close_period(period, outcome=Outcome.REACHED, what_changed="Lekplatsen är öppen.", by=leader, now=NOW)
    periods.close_period(period, outcome=Outcome.STOPPED, what_changed="", by=leader, now=LATER)

    link.refresh_from_db()
    assert (period.phase, period.outcome, period.closed_at) == (Phase.CLOSED, Outcome.REACHED, NOW)
    assert period.check_ins.get().state == CheckInState.CANCELLED
    assert link.code_freed_at == NOW + timedelta(days=365)
    assert kinds_sent() == ["support.period_closed"]


def test_a_closed_period_is_not_changed(leader: User, office: Office) -> None:
    period = make_period(office=office, leader=leader, phase=Phase.CLOSED, closed_at=NOW)

    for change in (
        lambda: periods.start_exit(period, now=NOW),
        lambda: periods.pause(period, until=None, now=NOW),
        lambda: periods.change_phase(period, phase=Phase.CHANGE, by=leader, now=NOW),
        lambda: next_steps.set_next_step(period, text="Ring", on=TODAY, by=leader, now=NOW),
    ):
        with pytest.raises(periods.PeriodClosed):
            change()


@pytest.mark.django_db(transaction=True)
def test_two_who_come_back_at_once_open_one_period() -> None:
    office = make_office()
    leader = make_staff(office=office)
    old = make_period(office=office, leader=leader, phase=Phase.CLOSED, closed_at=NOW)
    barrier = Barrier(2)
    found: list[SupportPeriod] = []

    def come_back() -> None:
        own = SupportPeriod.objects.get(pk=old.pk)
        barrier.wait()
        try:
            found.append(periods.come_back(own, now=NEXT_WEEK))
        finally:
            connection.close()

    threads = [Thread(target=come_back) for _one in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found[0] == found[1]
    assert Group.objects.get().periods.count() == 2
    assert kinds_sent() == ["support.welcome_back", "support.group_came_back"]
