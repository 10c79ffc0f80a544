"""A colleague covers while somebody is away: who may, for how long, and what they then see and are told."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.db.models import QuerySet

from people.enums import Role
from people.models import Message, StaffRole, User, in_offices_of
from people.permissions import works_for
from support.actions import cover, passing_on
from support.emails import requests as request_emails
from support.models import SupportRequest
from support.permissions import covers_of
from tests.factories import NOW, TODAY, make_group, make_log_entry, make_member, make_period, make_request, make_staff

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)
LATER = NOW + timedelta(hours=1)


def covered(leader, colleague, office, by=None, **days) -> StaffRole:
    days = {"starts_on": TODAY, "ends_on": TODAY + WEEK} | days
    return cover.arrange_cover(leader, cover=colleague, office=office, by=by or leader, now=NOW, **days)


def told() -> list[tuple[str, str]]:
    rows = Message.objects.filter(user__isnull=False).select_related("user").order_by("pk")
    return [(row.kind.removeprefix("support."), str(row.user)) for row in rows]


def test_who_is_away_arranges_and_both_are_told(leader, colleague, office):
    role = covered(leader, colleague, office)

    assert (role.user, role.covers, role.role, role.office) == (colleague, leader, Role.LEADER, office)
    assert told() == [("cover_arranged", "Sam Ek"), ("cover_for_you", "Maja Lind")]
    assert "Du vikarierar för Maja Lind från den 1 september till och med den 8 september." in (
        Message.objects.earliest("pk").text
    )


def test_the_same_again_changes_nothing(leader, colleague, office, office_manager):
    assert covered(leader, colleague, office) == covered(leader, colleague, office, by=office_manager)
    assert len(told()) == 2


def test_it_holds_on_its_days_and_ends_by_itself(leader, colleague, office):
    covered(leader, colleague, office, starts_on=TODAY + timedelta(days=1), ends_on=TODAY + timedelta(days=2))

    holds = [works_for(colleague, TODAY + timedelta(days=day)) == [colleague.pk, leader.pk] for day in range(4)]

    assert holds == [False, True, True, False]


def test_what_is_told_to_who_is_away_is_told_to_the_cover_too(leader, colleague, office):
    covered(leader, colleague, office)
    Message.objects.all().delete()
    period = make_period(leader=colleague, office=office, group=make_member(group=make_group(office=office)).group)

    passing_on.give_period_to(period, to=leader, by=leader, now=LATER)
    entry = make_log_entry(support_request=make_request(office=office, leader=leader), kind="question")
    request_emails.tell_of_question(entry, now=LATER)

    both = ["Maja Lind", "Sam Ek"]
    assert told() == [(kind, name) for kind in ("period_given", "question_asked") for name in both]


def test_the_cover_hears_nothing_of_another_office_where_they_do_not_cover(leader, colleague, office, other_office):
    StaffRole.objects.create(user=leader, office=other_office, role=Role.LEADER, starts_on=date(2020, 1, 1))
    covered(leader, colleague, office)

    assert covers_of(leader, office, TODAY) == [colleague]
    assert covers_of(leader, other_office, TODAY) == []
    assert covers_of(leader, office, TODAY + WEEK * 2) == []


def test_the_manager_of_the_office_arranges_for_others_and_nobody_else_does(
    leader, colleague, office, office_manager, other_office
):
    third = make_staff(office=office)
    elsewhere = make_staff(Role.OFFICE_MANAGER, office=other_office)

    for someone in (colleague, third, elsewhere):
        with pytest.raises(cover.NotForYouToArrange):
            covered(leader, colleague, office, by=someone)
    assert covered(leader, colleague, office, by=office_manager).covers == leader


def test_only_who_leads_groups_there_all_the_time_can_cover(leader, colleague, other_office_leader, editor, office):
    leaving = make_staff(office=office)
    StaffRole.objects.filter(user=leaving).update(ends_on=TODAY + timedelta(days=3))

    for nobody in (leader, other_office_leader, editor, leaving):
        with pytest.raises(cover.CannotCover):
            covered(leader, nobody, office)
    assert covered(leader, leaving, office, ends_on=TODAY + timedelta(days=3)).user == leaving


def test_a_cover_gets_to_see_no_more_than_before(leader, colleague, office, other_office):
    make_request(office=office)
    make_request(office=other_office)

    def seen(user: User) -> int:
        user = User.objects.get(pk=user.pk)
        return SupportRequest.objects.filter(in_offices_of(user)).count()

    before = seen(colleague)
    covered(leader, colleague, office)

    assert (before, seen(colleague)) == (1, 1)


def test_who_only_covers_cannot_cover_for_someone_else_by_that(leader, colleague, office):
    covered(leader, colleague, office)
    StaffRole.objects.filter(user=colleague, covers=None).delete()

    with pytest.raises(cover.CannotCover):
        covered(make_staff(office=office, name="Tredje"), colleague, office, by=make_staff(Role.PROGRAMME_MANAGER))


@pytest.mark.parametrize(
    ("first", "last"), [(-1, 3), (3, 2), (0, 400)], ids=["has passed", "ends before it begins", "too long"]
)
def test_days_that_cannot_be(leader, colleague, office, first, last):
    days = {"starts_on": TODAY + timedelta(days=first), "ends_on": TODAY + timedelta(days=last)}

    with pytest.raises(cover.CoverDaysWrong):
        covered(leader, colleague, office, **days)


def test_somebody_without_groups_there_needs_no_cover(colleague, editor, office, office_manager):
    with pytest.raises(cover.NothingToCover):
        covered(editor, colleague, office, by=office_manager)


def test_several_share_the_work_but_nobody_does_it_twice(leader, colleague, office):
    third = make_staff(office=office)
    covered(leader, colleague, office)
    covered(leader, third, office)

    with pytest.raises(cover.CoversAlready):
        covered(leader, colleague, office, ends_on=TODAY + WEEK * 2)
    assert covers_of(leader, office, TODAY) == [colleague, third]


def own_role(user) -> QuerySet[StaffRole]:
    return StaffRole.objects.filter(user=user, covers=None)


@pytest.mark.parametrize("whose", ["leader", "colleague"])
def test_cover_goes_when_either_of_the_two_leaves(whose, leader, colleague, office, request):
    covered(leader, colleague, office)
    make_request(office=office)

    own_role(request.getfixturevalue(whose)).delete()

    assert works_for(colleague, TODAY) == [colleague.pk]
    assert covers_of(leader, office, TODAY) == []
    sees = [row.office for row in SupportRequest.objects.visible_to(User.objects.get(pk=colleague.pk))]
    assert sees == ([office] if whose == "leader" else [])


@pytest.mark.parametrize("whose", ["leader", "colleague"])
def test_cover_ends_on_the_day_when_either_of_the_two_does(whose, leader, colleague, office, request):
    covered(leader, colleague, office)

    own_role(request.getfixturevalue(whose)).update(ends_on=TODAY + timedelta(days=2))

    holds = [covers_of(leader, office, TODAY + timedelta(days=day)) == [colleague] for day in range(5)]
    assert holds == [True, True, True, False, False]


def test_cover_does_not_stand_on_work_of_another_kind_or_elsewhere(leader, colleague, office, other_office):
    covered(leader, colleague, office)

    own_role(leader).update(role=Role.EDITOR)
    StaffRole.objects.create(user=leader, office=other_office, role=Role.LEADER, starts_on=TODAY)

    assert works_for(colleague, TODAY) == [colleague.pk]


def test_cover_stands_for_who_now_answers_for_the_office(leader, colleague, office):
    covered(leader, colleague, office)

    own_role(leader).update(role=Role.OFFICE_MANAGER)

    assert works_for(colleague, TODAY) == [colleague.pk, leader.pk]


def test_cover_to_come_stands_on_a_role_to_come(leader, colleague, office):
    role = covered(leader, colleague, office, starts_on=TODAY + timedelta(days=3))

    own_role(colleague).update(starts_on=TODAY + timedelta(days=3))
    assert list(StaffRole.objects.standing(TODAY).filter(covers=leader)) == [role]

    own_role(colleague).update(starts_on=TODAY + timedelta(days=4))
    assert list(StaffRole.objects.standing(TODAY).filter(covers=leader)) == []


def test_it_can_end_sooner_and_both_are_told(leader, colleague, office):
    role = covered(leader, colleague, office)
    soon = NOW + timedelta(days=2)
    Message.objects.all().delete()
    with pytest.raises(cover.NotForYouToArrange):
        cover.end_cover(role, by=colleague, now=soon)

    for _ in range(2):
        cover.end_cover(role, by=leader, now=soon)

    role.refresh_from_db()
    assert role.ends_on == TODAY + timedelta(days=1)
    assert told() == [("cover_ended", "Sam Ek"), ("cover_ended", "Maja Lind")]


def test_one_that_has_not_begun_never_was(leader, colleague, office):
    role = covered(leader, colleague, office, starts_on=TODAY + timedelta(days=3))

    cover.end_cover(role, by=leader, now=NOW)

    assert not StaffRole.objects.filter(covers__isnull=False).exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_arranged_twice_at_once_is_arranged_once(leader, colleague, office):
    start = Barrier(2)

    def arrange() -> None:
        start.wait()
        covered(leader, colleague, office)
        connection.close()

    threads = [Thread(target=arrange) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert StaffRole.objects.filter(covers=leader).count() == 1
