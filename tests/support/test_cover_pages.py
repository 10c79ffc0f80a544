"""How much each leader has, and who covers for whom: what the pages show, and to whom."""

from datetime import timedelta

import pytest

from people.enums import Role
from people.models import Message, StaffRole
from tests.factories import TODAY, make_group, make_office, make_period, make_staff
from tests.support.admin_pages import text_of
from tests.support.test_hand_over_pages import COVER, LOADS, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


def test_the_loads_of_the_office_are_shown_and_of_no_other(as_leader, leader, colleague, office, other_office):
    for _ in range(3):
        make_period(leader=colleague, office=office, group=make_group(office=office))
    make_staff(office=other_office, name="Kim Berg")

    shown = text_of(as_leader.get(LOADS))
    foreign = as_leader.get(f"{LOADS}?ort={other_office.pk}").status_code
    nonsense = [as_leader.get(f"{LOADS}?ort={text}").status_code for text in ("²", "9" * 30, "x", "-1")]

    assert "Sam Ek 3 0 0 0 3,0" in shown
    assert ("Kim Berg" in shown, foreign, nonsense) == (False, 404, [404] * 4)


def test_a_manager_of_the_programme_chooses_the_office(programme_manager, office, other_office, leader):
    client = signed_in(programme_manager)

    assert "Maja Lind" in text_of(client.get(f"{LOADS}?ort={office.pk}"))
    assert "Ingen arbetar med grupper på orten än." in text_of(client.get(f"{LOADS}?ort={other_office.pk}"))


def test_who_is_away_arranges_cover_on_a_page(as_leader, leader, colleague, office):
    empty = text_of(as_leader.get(COVER))
    form = {"cover": colleague.pk, "starts_on": "2026-09-02", "ends_on": "2026-09-09"}

    response = as_leader.post(COVER, form, follow=True)

    assert "Ingen vikarierar just nu. Ska någon vara borta? Fyll i här under." in empty
    assert "Vem är borta?" not in empty
    assert "Sam Ek vikarierar för Maja Lind, 2 september till och med 9 september 2026." in text_of(response)
    assert Message.objects.count() == 2


def test_a_leader_cannot_arrange_for_someone_else(as_leader, leader, colleague, office):
    third = make_staff(office=office)
    form = {"absent": third.pk, "cover": colleague.pk, "starts_on": "2026-09-02", "ends_on": "2026-09-09"}

    as_leader.post(COVER, form)

    assert [role.covers for role in StaffRole.objects.filter(covers__isnull=False)] == [leader]


def test_what_is_wrong_with_the_days_is_said(as_leader, colleague):
    def said(**days: str) -> str:
        return text_of(as_leader.post(COVER, {"cover": colleague.pk} | days))

    assert "Sista dagen kan inte vara före den första." in said(starts_on="2026-09-05", ends_on="2026-09-04")
    assert "Välj dagar från i dag och framåt" in said(starts_on="2026-08-05", ends_on="2026-09-04")


def test_the_manager_arranges_for_others_and_ends_it(office_manager, leader, colleague, office):
    client = signed_in(office_manager)
    form = {"absent": leader.pk, "cover": colleague.pk, "starts_on": "2026-09-01", "ends_on": "2026-09-09"}
    client.post(COVER, form)
    role = StaffRole.objects.get(covers=leader)
    end = f"{COVER}{role.pk}/avsluta/"
    outsiders = [make_staff(office=make_office()), colleague]

    assert [signed_in(user).post(end).status_code for user in outsiders] == [404, 403]
    assert client.get(end).status_code == 405
    assert "Vikariatet är slut" in text_of(client.post(end, follow=True))
    assert not StaffRole.objects.filter(covers=leader, ends_on__gte=TODAY + timedelta(days=0)).exists()


def test_no_cover_of_another_office_is_seen_or_arranged(as_leader, other_office, other_office_leader, colleague):
    there = make_staff(office=other_office, name="Lo Vik")
    days = {"starts_on": TODAY, "ends_on": TODAY}
    StaffRole.objects.create(user=there, office=other_office, role=Role.LEADER, covers=other_office_leader, **days)
    form = {"cover": there.pk, "starts_on": "2026-09-02", "ends_on": "2026-09-09"}

    assert "Lo Vik" not in text_of(as_leader.get(COVER))
    assert as_leader.get(f"{COVER}?ort={other_office.pk}").status_code == 404
    assert as_leader.post(f"{COVER}?ort={other_office.pk}", form).status_code == 404
    assert "Välj ett av svaren i listan" in text_of(as_leader.post(COVER, form))
