"""What the triggers keep, and how it is told: every way of saving, whoever is behind it, in words."""

from concurrent.futures import ThreadPoolExecutor

import pghistory
import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from groups.models import Group
from people.actions.contacts import choose_contact_way, protect_contact, recheck_contact
from people.enums import Channel
from people.history import PAGE, last_change, steps_of
from people.models import Contact, Office, StaffRole, User
from support.actions import plans
from support.enums import PlanStatus
from tests.factories import (
    NOW,
    TODAY,
    make_contact,
    make_group,
    make_item,
    make_meeting,
    make_member,
    make_period,
    make_request,
    make_role_contract,
)

Told = tuple[str, str, str, list[tuple[str, str, str]]]


def told(row: object, user: User) -> list[Told]:
    steps, _has_more = steps_of(row, user)  # type: ignore[arg-type]
    return [
        (one.thing, one.what, one.who, [(change.label, change.was, change.now) for change in one.changes])
        for one in steps
    ]


def test_a_change_past_every_save_is_told_with_what_was_and_what_is(leader: User, office: Office) -> None:
    group = make_group(office=office, area="Norr")

    Group.objects.filter(pk=group.pk).update(area="Söder", visibility="public")

    assert told(group, leader)[0] == (
        "Grupp",
        "Ändrades",
        "portalen",
        [
            ("Område", "Norr", "Söder"),
            ("Vem får veta att gruppen finns", "Bara gruppen och de som stöttar den", "Alla"),
        ],
    )


def test_changes_of_many_rows_at_once_are_kept_for_each(leader: User, office: Office) -> None:
    some = [make_group(office=office, area="Norr") for _ in range(3)]
    for group in some:
        group.area = "Öster"

    Group.objects.bulk_update(some, ["area"])

    assert [told(group, leader)[0][3] for group in some] == [[("Område", "Norr", "Öster")]] * 3


def test_rows_that_are_made_at_once_are_told_of(leader: User, office: Office) -> None:
    made = Group.objects.bulk_create([Group(alias=f"Grupp {n}", office=office) for n in (1, 2)])

    assert [told(group, leader)[0][1] for group in made] == ["Skapades", "Skapades"]


def test_a_new_row_is_told_with_what_it_held(leader: User, office: Office) -> None:
    group = make_group(office=office, alias="Lekplatsen", area="Norr")

    thing, what, who, changes = told(group, leader)[0]

    assert (thing, what, who) == ("Grupp", "Skapades", "portalen")
    assert [one for one in changes if one[0] != "Skapad"] == [
        ("Alias", "", "Lekplatsen"),
        ("Ort", "", "Almhöjden"),
        ("Område", "", "Norr"),
        ("Hur många", "", "Vi vet inte"),
        ("Vem får veta att gruppen finns", "", "Bara gruppen och de som stöttar den"),
    ]


def test_whoever_is_signed_in_is_behind_what_happens_on_the_page(
    as_leader: Client, leader: User, office: Office
) -> None:
    period = make_period(group=make_group(office=office), office=office, leader=leader, horizon="")

    as_leader.post(f"/admin/support/supportperiod/{period.pk}/agree/", {"supports": ["startup"], "horizon": "Till jul"})

    thing, what, who, changes = told(period, leader)[0]
    assert (thing, what, who) == ("Stödperiod", "Ändrades", "Maja Lind")
    assert ("Hur länge", "–", "Till jul") in changes


def test_whoever_has_no_account_is_the_group_on_its_own_page(leader: User, office: Office) -> None:
    group = make_group(office=office)

    with pghistory.context(user=None):
        Group.objects.filter(pk=group.pk).update(area="Söder")

    assert told(group, leader)[0][2] == "gruppen, på sin egen sida"


@pytest.mark.django_db(transaction=True)
def test_two_people_at_the_same_moment_are_not_mistaken_for_each_other(
    leader: User, colleague: User, office: Office
) -> None:
    groups = [make_group(office=office) for _ in range(8)]

    def change(number: int) -> None:
        with pghistory.context(user=(leader, colleague)[number % 2].pk):
            Group.objects.filter(pk=groups[number].pk).update(area=str(number))
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(change, range(8)))

    assert [told(group, leader)[0][2] for group in groups] == [leader.name, colleague.name] * 4


def test_what_belongs_to_a_period_is_told_with_it_also_when_it_is_gone(leader: User, office: Office) -> None:
    period = make_period(group=make_group(office=office), office=office, leader=leader)
    item = make_item(period=period, text="Ring skolan")
    plans.set_item_status(item, status=PlanStatus.DONE, by_group=False, by=leader, now=NOW)
    item.delete()

    lines = [(thing, what) for thing, what, _who, _changes in told(period, leader)]

    assert [line for line in lines if line[0] != "Stödperiod"] == [
        ("Punkt i planen", "Togs bort"),
        ("Punkt i planen", "Ändrades"),
        ("Punkt i planen", "Skapades"),
    ]


def test_a_request_is_told_with_its_meeting_and_its_contact(leader: User, office: Office) -> None:
    support_request = make_request(office=office, contact=make_contact(called="Dina"))
    make_meeting(support_request=support_request, leader=leader)

    assert {thing for thing, _what, _who, _changes in told(support_request, leader)} == {
        "Förfrågan",
        "Kontakt",
        "Första möte",
    }


def test_a_group_is_told_with_its_members_and_those_who_support_it(leader: User, office: Office) -> None:
    group = make_group(office=office)
    make_member(group=group, contact=make_contact(called="Dina"))
    make_role_contract(group=group)

    lines = told(group, leader)

    assert [thing for thing, _what, _who, _changes in lines] == ["Rollöverenskommelse", "Medlem", "Grupp"]
    assert ("Kontakt", "", "Dina") in lines[1][3]


def test_of_an_address_only_that_it_changed_is_told(leader: User, office: Office) -> None:
    contact = make_request(office=office, contact=make_contact(channel=Channel.SMS, phone="070-174 06 15")).contact
    choose_contact_way(
        contact,
        channel=Channel.SMS,
        phone="070-174 06 16",
        may_say_who_we_are=False,
        never_leave_message=False,
        now=NOW,
    )

    steps, _has_more = steps_of(contact, leader)

    assert [(one.label, one.was, one.now, one.is_hidden) for one in steps[0].changes] == [("Telefon", "", "", True)]
    assert not any(digits in repr(steps) for digits in ("4670174", "070-174", "06 15"))


def test_of_a_protected_person_nothing_of_who_or_how_is_told(leader: User, office: Office) -> None:
    contact = make_request(office=office, contact=make_contact(called="Dina")).contact
    protect_contact(contact, is_protected=True, by=leader, reason="Hen berättade", now=NOW)
    Contact.objects.filter(pk=contact.pk).update(called="Alva", channel=Channel.SELF)
    recheck_contact(contact, still_safe=True, now=NOW.replace(day=20))

    assert [changes for _thing, _what, _who, changes in told(contact, leader)] == [
        [("Kontaktsättet kollat", "1 september 2026", "20 september 2026")],
        [("Skyddad identitet", "nej", "ja")],
        [("Kontaktsättet kollat", "", "1 september 2026")],
    ]


def test_a_save_that_changes_nothing_one_sees_is_no_line(leader: User, office: Office) -> None:
    contact = make_request(office=office).contact
    before = told(contact, leader)

    contact.save()  # encrypts the address anew: another text in the database, the same address

    assert told(contact, leader) == before


def test_a_row_that_the_user_does_not_see_is_not_named(
    leader: User, other_office_leader: User, office: Office, other_office: Office
) -> None:
    theirs = make_group(office=other_office, alias="Hemliga gruppen")
    support_request = make_request(office=office)
    type(support_request).objects.filter(pk=support_request.pk).update(group=theirs)

    changed = [changes for _thing, what, _who, changes in told(support_request, leader) if what == "Ändrades"]
    assert changed == [[("Grupp", "–", "något du inte ser")]]


def test_a_page_holds_fifty_and_says_when_there_is_more(leader: User, office: Office) -> None:
    group = make_group(office=office)
    for number in range(PAGE):
        Group.objects.filter(pk=group.pk).update(area=str(number))

    first, has_more = steps_of(group, leader)
    second, has_even_more = steps_of(group, leader, page=2)

    assert (len(first), has_more) == (PAGE, True)
    assert ([one.what for one in second], has_even_more) == (["Skapades"], False)
    assert first[0].changes[0].was == str(PAGE - 2)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_long_history_costs_no_more_queries_than_a_short_one(
    rows: int, leader: User, office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    period = make_period(group=make_group(office=office), office=office, leader=leader)
    for number in range(rows):
        item = make_item(period=period)
        with pghistory.context(user=leader.pk):
            plans.set_item_status(item, status=PlanStatus.DONE, by_group=False, by=leader, now=NOW)
            type(period).objects.filter(pk=period.pk).update(horizon=str(number))
    leader = User.objects.get(pk=leader.pk)

    with django_assert_num_queries(13):
        steps_of(period, leader)


def test_whoever_changed_a_column_last_is_found(leader: User, colleague: User, office: Office) -> None:
    group = make_group(office=office)
    for user, column in ((leader, "area"), (colleague, "needs")):
        with pghistory.context(user=user.pk):
            Group.objects.filter(pk=group.pk).update(**{column: "Ny"})

    found = [last_change(group, names) for names in (["area"], ["needs"], ())]

    assert [one and one[0] for one in found] == [leader.name, colleague.name, colleague.name]


def test_accounts_without_versions_tell_of_their_roles(administrator: User, leader: User) -> None:
    StaffRole.objects.filter(user=leader).update(ends_on=TODAY)

    assert told(leader, administrator)[0] == (
        "Roll",
        "Ändrades",
        "portalen",
        [("Till och med", "–", "1 september 2026")],
    )
