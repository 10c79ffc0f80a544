import re
from datetime import timedelta
from typing import Any

import pytest

from groups.enums import MemberRole
from people.models import Message, Office, User
from support.actions import check_ins, periods
from support.enums import (
    CheckInKind,
    Phase,
    Wish,
)
from support.models import CheckIn, SupportPeriod
from tests.factories import NOW, make_group, make_link, make_member
from tests.support.check_in_steps import DAY, answer, kinds_sent, on

pytestmark = pytest.mark.django_db


def after_care(leader: User, office: Office) -> tuple[SupportPeriod, list[CheckIn]]:
    member = make_member(group=make_group(office=office))
    period = periods.open_period(member.group, leader=leader, supports=[], now=NOW)
    periods.start_exit(period, by=leader, now=NOW)
    periods.sign_exit(period, by=leader, member=member, now=NOW)
    Message.objects.all().delete()
    return period, list(period.check_ins.filter(kind=CheckInKind.AFTER_CARE).order_by("number"))


def test_after_the_last_after_care_the_period_is_closed(leader: User, office: Office) -> None:
    period, rows = after_care(leader, office)
    phases = []
    for row in rows:
        check_ins.ask_check_in(row, now=on(row.expected))
        answer(row)
        period.refresh_from_db()
        phases.append(period.phase)

    assert phases == [Phase.SELF_RELIANT, Phase.SELF_RELIANT, Phase.CLOSED]
    assert kinds_sent() == ["support.after_care_asked"] * 3 + ["support.period_closed"]


def test_in_after_care_closer_means_coming_back(leader: User, office: Office) -> None:
    period, rows = after_care(leader, office)
    check_ins.ask_check_in(rows[0], now=on(rows[0].expected))

    answer(rows[0], wish=Wish.CLOSER)

    new = period.group.periods.open().get()
    assert new.follows == period
    assert kinds_sent() == ["support.after_care_asked", "support.welcome_back", "support.group_came_back"]
    assert list(period.check_ins.live()) == []


def test_whoever_comes_back_locks_the_period_before_its_group(
    leader: User, office: Office, django_assert_max_num_queries: Any
) -> None:
    """As an answer does, which holds the period already: in two orders they would wait for each other for ever."""
    period, _rows = after_care(leader, office)

    with django_assert_max_num_queries(100) as asked:
        periods.come_back(period, now=NOW)

    locks = [query["sql"] for query in asked.captured_queries if "FOR UPDATE" in query["sql"]]
    tables = [re.search(r'FROM "(\w+)"', sql).group(1) for sql in locks]  # type: ignore[union-attr]
    assert tables[:2] == ["support_supportperiod", "groups_group"]


def test_every_members_code_becomes_free_a_year_after_the_end_and_is_kept_when_they_come_back(
    leader: User, office: Office
) -> None:
    period, _rows = after_care(leader, office)
    invited = make_link(about=make_member(group=period.group, role=MemberRole.MEMBER))

    periods.end_after_care(period, now=NOW)
    invited.refresh_from_db()
    freed_at = invited.code_freed_at
    periods.come_back(period, now=NOW)

    invited.refresh_from_db()
    assert (freed_at, invited.code_freed_at) == (NOW + timedelta(days=365), None)


def test_in_after_care_finish_means_no_more_questions(leader: User, office: Office) -> None:
    period, rows = after_care(leader, office)
    check_ins.ask_check_in(rows[0], now=on(rows[0].expected))

    answer(rows[0], wish=Wish.FINISH)

    period.refresh_from_db()
    assert (period.phase, list(period.check_ins.live())) == (Phase.CLOSED, [])


def test_silence_in_after_care_is_the_leaders_and_closes_nothing(leader: User, office: Office) -> None:
    period, rows = after_care(leader, office)
    for row in rows:
        check_ins.ask_check_in(row, now=on(row.expected))
        check_ins.give_check_in_to_leader(row, now=on(row.expected) + 10 * DAY)

    period.refresh_from_db()
    assert (period.phase, CheckIn.objects.in_basket().count()) == (Phase.SELF_RELIANT, 3)
