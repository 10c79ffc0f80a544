"""The morning's summary: when it comes, to whom, and that it tells nothing of anyone."""

import re
from datetime import date, datetime, time

import pytest
import time_machine

from people import kinds
from people.actions.staff import set_morning_mail
from people.calendar import stockholm_moment
from people.enums import MessageClass, Role
from people.models import Message, Office, StaffRole, User
from support.actions.morning import send_morning_summaries
from support.actions.sweeps import sweep
from support.day.counts import counts_of
from support.day.desk import desk_of
from support.emails.morning import MORNING_SUMMARY
from tests.factories import TODAY, make_request, make_staff
from tests.support.day_kit import fill_day, working

pytestmark = pytest.mark.django_db

HALF_PAST_SEVEN = stockholm_moment(TODAY, time(7, 30))


def at(day: date, clock: str) -> datetime:
    return stockholm_moment(day, time.fromisoformat(clock))


def send(moment: datetime) -> int:
    with time_machine.travel(moment, tick=False):
        return send_morning_summaries(moment)


@pytest.fixture
def reader(leader: User) -> User:
    """The leader has asked for the summary."""
    return set_morning_mail(leader, is_wanted=True)


def texts() -> list[tuple[str, str]]:
    return [(str(message.user), message.text) for message in Message.objects.order_by("pk")]


@pytest.mark.parametrize(
    ("moment", "count"),
    [
        (at(TODAY, "07:29:59"), 0),
        (at(TODAY, "07:30"), 1),
        (at(TODAY, "11:59:59"), 1),
        (at(TODAY, "12:00"), 0),
        (at(date(2026, 9, 5), "08:00"), 0),  # Saturday
        (at(date(2026, 9, 6), "08:00"), 0),  # Sunday
        (at(date(2026, 6, 19), "08:00"), 0),  # midsommarafton
        (at(date(2026, 12, 24), "08:00"), 0),
        (at(date(2026, 10, 26), "07:30"), 1),  # the day after the clock went back
        (at(date(2026, 3, 30), "07:30"), 1),  # and forward
    ],
)
def test_it_comes_from_half_past_seven_to_noon_on_working_days(reader, moment, count):
    assert send(moment) == count
    assert Message.objects.count() == count


def test_it_comes_once_a_day_and_again_the_next(reader):
    counts = [send(at(TODAY, clock)) for clock in ("07:30", "07:31", "11:00")]

    assert counts == [1, 0, 0]
    assert send(at(date(2026, 9, 2), "07:30")) == 1
    assert Message.objects.count() == 2


def test_nobody_gets_it_without_asking(leader, office_manager):
    assert send(HALF_PAST_SEVEN) == 0


def test_only_active_staff_who_work_with_cases_today_get_it(reader, treasurer, outsider, office):
    ended = make_staff(office=office)
    StaffRole.objects.filter(user=ended).update(ends_on=date(2026, 8, 31))
    left = make_staff(office=office, is_active=False)
    for user in (treasurer, outsider, ended, left):
        set_morning_mail(user, is_wanted=True)

    send(HALF_PAST_SEVEN)

    assert [message.user for message in Message.objects.all()] == [reader]


def test_it_counts_what_min_dag_counts_and_tells_nothing_else(reader, office):
    with time_machine.travel(HALF_PAST_SEVEN, tick=False):
        fill_day(reader, office)
        before = Message.objects.count()
        counts = counts_of(desk_of(reader, HALF_PAST_SEVEN))

    send(HALF_PAST_SEVEN)

    [message] = Message.objects.order_by("pk")[before:]
    assert message.text == (
        "Det här väntar på dig i dag:\n\n"
        f"Frågor om att ta över: {counts['hand-overs']}\n"
        f"Nya förfrågningar: {counts['new']}\n"
        f"Möten i dag: {counts['today']}\n"
        f"Att följa upp: {counts['follow-up']}\n"
        f"Tysta i mer än 30 dagar: {counts['quiet']}\n"
        f"Kontaktsätt att kolla: {counts['contacts']}\n\n"
        "Du stänger av det här brevet på Min dag."
    )
    assert (message.subject, message.link, message.office) == ("Din dag", "/admin/", None)
    said = f"{message.subject} {message.text} {message.short} {message.neutral}"
    assert re.findall(r"Alva|Värmegruppen|Lindhaga|Almhöjden|TALL|Fritidsgården|#\d", said) == []


def test_it_never_counts_what_is_another_offices(reader, other_office):
    make_request(office=other_office, promised_by=TODAY)
    fill_day(make_staff(office=other_office), other_office)
    before = Message.objects.count()

    send(HALF_PAST_SEVEN)

    assert texts()[before:] == [("Maja Lind", "Inget väntar på dig i dag.\n\nDu stänger av det här brevet på Min dag.")]


def test_the_manager_hears_of_promises(office_manager, office):
    set_morning_mail(office_manager, is_wanted=True)
    make_request(office=office, promised_by=TODAY)

    send(HALF_PAST_SEVEN)

    [(_to, text)] = texts()
    assert "Nya förfrågningar: 1\nLöften i fara: 1" in text


def test_a_day_with_nothing_says_so_since_silence_could_be_a_lost_mail(reader, office):
    working(reader, office)

    send(HALF_PAST_SEVEN)

    assert texts() == [("Maja Lind", "Inget väntar på dig i dag.\n\nDu stänger av det här brevet på Min dag.")]


def test_it_is_a_line_to_staff_that_is_not_worth_sending_after_noon(reader):
    send(HALF_PAST_SEVEN)

    message = Message.objects.get()

    assert (message.message_class, message.not_before, message.expires_at) == (
        MessageClass.STAFF,
        HALF_PAST_SEVEN,
        at(TODAY, "12:00"),
    )


@pytest.mark.parametrize("change", ["stop", "leave", "end_role"])
def test_whoever_stops_or_leaves_before_it_is_sent_gets_nothing(reader, change):
    send(HALF_PAST_SEVEN)
    kind = kinds.get(MORNING_SUMMARY.name)
    before = kind.still_wanted(reader.pk, HALF_PAST_SEVEN)

    if change == "stop":
        set_morning_mail(reader, is_wanted=False)
    elif change == "leave":
        User.objects.update(is_active=False)
    else:
        StaffRole.objects.update(ends_on=date(2026, 8, 31))

    assert (before, kind.still_wanted(reader.pk, HALF_PAST_SEVEN)) == (None, "Sammandraget är avstängt.")


def test_the_sweep_sends_it(reader, office: Office):
    with time_machine.travel(HALF_PAST_SEVEN, tick=False):
        done = sweep(HALF_PAST_SEVEN)

    assert done["send_morning_summaries"] == 1


def test_it_is_written_in_few_queries_and_in_none_when_everyone_has_it(reader, office, django_assert_num_queries):
    make_staff(Role.LEADER, office=office)
    with django_assert_num_queries(10):
        send(HALF_PAST_SEVEN)
    with django_assert_num_queries(2):
        send(HALF_PAST_SEVEN)
