"""Sessions on Min dag: this week's, attendance to note, and drafts that begin soon."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mobilisering.my_day.trainings import sessions_to_see_to
from support.day.desk import desk_of
from tests.factories import NOW, make_contact, make_course, make_registration, make_session
from tests.support.admin_pages import do, text_of
from training.enums import SessionState
from training.models import Registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


def held(office, host, title, days, **kwargs):
    course = make_course(title=title)
    return make_session(office=office, host=host, course=course, starts_at=NOW + timedelta(days=days), **kwargs)


def block(client):
    """The titles in the block, or nothing when it is not shown."""
    day = client.get(reverse("admin:index")).context["day"]
    found = next(one for one in day.blocks if one.about.slug == "trainings")
    return [row.title for row in found.rows] if found.is_shown else None


def test_what_is_to_see_to_stands_there_and_the_rest_does_not(as_leader, office, leader, colleague):
    make_registration(session=held(office, leader, "Oantecknad", -2), contact=make_contact(called="Noor"))
    held(office, leader, "Utan anmälda", -2)
    held(office, leader, "I veckan", 3)
    held(office, leader, "Utkast snart", 12, state=SessionState.DRAFT)
    held(office, leader, "Längre fram", 9)
    held(office, leader, "Utkast senare", 20, state=SessionState.DRAFT)
    held(office, leader, "Inställd", 2, state=SessionState.CANCELLED)
    held(office, colleague, "Kollegans", 3)

    page = text_of(as_leader.get(reverse("admin:index")))

    assert block(as_leader) == ["Oantecknad", "I veckan", "Utkast snart"]
    assert "Noor" not in page
    assert "Närvaron är inte antecknad: söndag 30 augusti klockan 10.00." in page


def test_with_nothing_to_see_to_there_is_no_block(as_leader, office, colleague):
    held(office, colleague, "Kollegans", 3)

    assert block(as_leader) is None


def test_what_belongs_to_an_office_that_one_has_left_is_gone(as_leader, other_office, leader):
    held(other_office, leader, "Förr", 3)

    assert block(as_leader) is None


def test_attendance_noted_from_min_dag_leads_back_there(as_leader, office, leader):
    session = held(office, leader, "Oantecknad", -2)
    row = make_registration(session=session)
    back = f"{reverse('admin:index')}#trainings"

    response = as_leader.post(do(session, "attendance"), {"rows": row.pk, f"came_{row.pk}": "on", "back": back})

    assert response["Location"] == back
    assert block(as_leader) is None
    assert Registration.objects.get().came == 1


def test_many_cost_as_much_as_one(leader, office, django_assert_num_queries):
    desk = desk_of(leader, NOW)
    found = sessions_to_see_to(desk)  # remembers the roles
    for title in ("En", "Två", "Tre"):
        held(office, leader, title, 2)
        with django_assert_num_queries(1):
            found = sessions_to_see_to(desk)

    assert [str(one.course) for one in found] == ["En", "Två", "Tre"]
