"""Who reads a case: one row for as long as they keep coming back, and a word to whoever opens it meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from people.actions.reading import note_reading, others_reading
from people.models import AccessLog
from tests.factories import NOW, make_contact, make_office, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    """Any row of ours can be read."""
    return make_contact()


def test_opening_a_case_is_written_down(case, leader, office):
    note_reading(case, by=leader, office=office, now=NOW)

    rows = AccessLog.objects.values_list("user", "what", "about_model", "about_id", "office", "at", "last_at")
    assert list(rows) == [(leader.pk, "read", "people.contact", case.pk, office.pk, NOW, NOW)]


def test_coming_back_within_half_an_hour_is_the_same_reading(case, leader, office):
    for minutes in (0, 20, 45, 74):
        note_reading(case, by=leader, office=office, now=NOW + timedelta(minutes=minutes))

    assert list(AccessLog.objects.values_list("at", "last_at")) == [(NOW, NOW + timedelta(minutes=74))]


def test_coming_back_later_is_another_reading(case, leader, office):
    for minutes in (0, 31):
        note_reading(case, by=leader, office=office, now=NOW + timedelta(minutes=minutes))

    later = NOW + timedelta(minutes=31)
    assert list(AccessLog.objects.values_list("at", "last_at")) == [(later, later), (NOW, NOW)]


def test_each_reader_and_each_case_has_a_row_of_its_own(case, leader, colleague, office):
    other = make_contact()
    for row, user in ((case, leader), (case, colleague), (other, leader)):
        note_reading(row, by=user, office=office, now=NOW)

    rows = AccessLog.objects.order_by("pk").values_list("user", "about_id")
    assert list(rows) == [(leader.pk, case.pk), (colleague.pk, case.pk), (leader.pk, other.pk)]


def test_a_reveal_is_not_a_reading_and_is_left_alone(case, leader, office):
    AccessLog.objects.create(
        user=leader, what="reveal", about_model="people.contact", about_id=case.pk, reason="Ringer", at=NOW, last_at=NOW
    )

    note_reading(case, by=leader, office=office, now=NOW + timedelta(minutes=1))

    rows = AccessLog.objects.order_by("pk").values_list("what", "last_at")
    assert list(rows) == [("reveal", NOW), ("read", NOW + timedelta(minutes=1))]


@pytest.mark.parametrize(("minutes", "names"), [(0, ["Sam Ek"]), (10, ["Sam Ek"]), (11, [])])
def test_a_colleague_who_has_the_case_open_is_told_of(case, leader, colleague, office, minutes, names):
    note_reading(case, by=colleague, office=office, now=NOW)
    note_reading(case, by=leader, office=office, now=NOW)
    note_reading(make_contact(), by=make_staff(name="Någon annanstans"), office=office, now=NOW)

    found = others_reading(case, than=leader, now=NOW + timedelta(minutes=minutes))

    assert [str(reading.user) for reading in found] == names


@pytest.mark.django_db(transaction=True)
def test_two_windows_opened_at_once_are_one_reading():
    case, office, user = make_contact(), make_office(), make_staff()

    def opened(_number: int) -> None:
        note_reading(case, by=user, office=office, now=NOW)
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(opened, range(8)))

    assert AccessLog.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_asking_who_reads_costs_one_query(case, leader, office, rows, django_assert_num_queries):
    for _each in range(rows):
        note_reading(case, by=make_staff(office=office), office=office, now=NOW)

    with django_assert_num_queries(1):
        assert len(others_reading(case, than=leader, now=NOW)) == rows
