"""Accounts and offices in the admin."""

from datetime import date, timedelta
from http import HTTPStatus

import pytest

from people.enums import Role
from people.models import AccessLog, Office, StaffRole, User
from tests.factories import TODAY, make_staff, make_user
from tests.people.admin_pages import page, seen_on, text
from tests.support.admin_pages import cells

pytestmark = pytest.mark.django_db


YESTERDAY = TODAY - timedelta(days=1)
ROLES = {"roles-TOTAL_FORMS": "1", "roles-INITIAL_FORMS": "0"}


def account(**changes: str) -> dict[str, str]:
    return {
        "name": "Ny Person",
        "email": "Ny@Example.org",
        "phone": "",
        "language": "sv",
        "is_staff": "on",
        "is_active": "on",
    } | changes


def test_an_account_with_its_role_is_made_without_a_password(as_administrator, office):
    role = {"roles-0-role": Role.LEADER, "roles-0-office": str(office.pk), "roles-0-starts_on": "2026-01-01"}

    as_administrator.post(page(User, name="add"), account() | ROLES | role)

    made = User.objects.get(email="ny@example.org")
    assert not made.has_usable_password()
    assert [(role.role, role.office) for role in made.roles.all()] == [(Role.LEADER, office)]


def test_one_address_is_one_account(as_administrator):
    make_user(email="ny@example.org")

    answer = as_administrator.post(page(User, name="add"), account() | ROLES | {"roles-TOTAL_FORMS": "0"})

    assert "Adressen hör redan till ett konto." in text(answer)


def test_an_exchanged_address_is_the_only_one_that_signs_in(as_administrator, leader):
    leader.emailaddress_set.create(email=leader.email, verified=True)

    answers = account() | {"roles-TOTAL_FORMS": "0", "roles-INITIAL_FORMS": "0"}
    as_administrator.post(page(User, leader.pk), answers | seen_on(as_administrator, page(User, leader.pk)))

    leader.refresh_from_db()
    assert (leader.email, leader.emailaddress_set.count()) == ("ny@example.org", 0)


def test_administrators_make_nobody_superuser_and_touch_no_superuser(as_administrator, leader):
    root = make_staff(Role.ADMINISTRATOR, is_superuser=True)

    answers = account(is_superuser="on") | ROLES | {"roles-TOTAL_FORMS": "0"}
    as_administrator.post(page(User, leader.pk), answers | seen_on(as_administrator, page(User, leader.pk)))
    refused = as_administrator.post(page(User, root.pk), account() | ROLES | {"roles-TOTAL_FORMS": "0"})

    assert not User.objects.get(pk=leader.pk).is_superuser
    assert refused.status_code == HTTPStatus.FORBIDDEN
    assert as_administrator.post(page(User, root.pk, "second-step")).status_code == HTTPStatus.FORBIDDEN


def test_a_lost_second_step_is_removed_and_written_down(as_administrator, administrator, leader):
    leader.authenticator_set.create(type="totp", data={})

    as_administrator.post(page(User, leader.pk, "second-step"))
    as_administrator.post(page(User, leader.pk, "second-step"))

    assert not leader.authenticator_set.exists()
    assert [(entry.user, entry.what, entry.about_id) for entry in AccessLog.objects.all()] == [
        (administrator, "remove_second_step", leader.pk)
    ]


def test_the_list_says_in_words_who_may_come_in(as_administrator, leader, colleague):
    colleague.is_active = False
    colleague.save()
    make_user(name="Vera Ny", is_staff=False)

    states = cells(as_administrator.get(page(User)), "state")

    assert sorted(states) == ["Avstängd", "Får inte öppna admin", "Får öppna admin", "Får öppna admin"]


@pytest.fixture
def many_accounts(leader, office_manager, other_office_leader):
    """Beside these: one who has left, one who begins next week, and one whose account is switched off."""
    left = make_staff(name="Lars Slutat", office=leader.roles.get().office)
    left.roles.update(ends_on=YESTERDAY)
    make_staff(name="Nora Ny").roles.update(starts_on=TODAY + timedelta(days=7))
    make_staff(Role.EDITOR, name="Ove Av", is_active=False)


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        ("", ["Ada Min", "Inga Holm", "Kim Berg", "Lars Slutat", "Maja Lind", "Nora Ny", "Ove Av"]),
        ("?show=now", ["Ada Min", "Inga Holm", "Kim Berg", "Maja Lind"]),
        ("?show=not", ["Lars Slutat", "Nora Ny"]),
        ("?show=off", ["Ove Av"]),
        ("?role=leader", ["Kim Berg", "Maja Lind"]),
        ("?office=none", ["Ada Min", "Ove Av"]),
        ("?office={office}", ["Inga Holm", "Maja Lind"]),
        ("?office={office}&role=office_manager", ["Inga Holm"]),
        ("?is_staff=no", []),
        ("?role=nonsense&office=999999", None),
    ],
)
@pytest.mark.usefixtures("at_now", "many_accounts")
def test_the_list_is_narrowed_by_work_role_and_office(as_administrator, office, chosen, names):
    answer = as_administrator.get(page(User) + chosen.format(office=office.pk))

    everyone = [user.name for user in User.objects.order_by("name")]
    assert [user.name for user in answer.context["cl"].result_list] == (everyone if names is None else names)


@pytest.mark.usefixtures("at_now", "many_accounts")
def test_each_tab_says_how_many_there_are(as_administrator):
    tabs = as_administrator.get(page(User)).context["cl"].tabs

    assert tabs.counts == {"all": 7, "now": 4, "not": 2, "off": 1}


@pytest.mark.usefixtures("at_now")
def test_who_only_covers_for_one_who_has_left_has_no_role_there(as_administrator, leader, colleague, office):
    days = {"starts_on": TODAY, "ends_on": TODAY}
    StaffRole.objects.create(user=colleague, covers=leader, role=Role.LEADER, office=office, **days)
    StaffRole.objects.filter(user=leader).delete()

    roles = {user.name: len(user.roles_today) for user in as_administrator.get(page(User)).context["cl"].result_list}

    assert roles == {"Ada Min": 1, "Maja Lind": 0, "Sam Ek": 1}


def test_a_day_typed_with_slashes_has_its_day_first(as_administrator, office):
    role = {"roles-0-role": Role.LEADER, "roles-0-office": str(office.pk), "roles-0-starts_on": "3/12/2026"}

    as_administrator.post(page(User, name="add"), account() | ROLES | role)

    assert StaffRole.objects.get(user__email="ny@example.org").starts_on == date(2026, 12, 3)


def test_an_office_is_made_and_changed_by_the_programmes_own(as_administrator):
    answer = as_administrator.post(page(Office, name="add"), {"name": "Granby", "slug": "granby", "is_active": "on"})

    assert answer.headers["Location"] == page(Office)
    assert Office.objects.get(slug="granby").name == "Granby"


def test_a_leader_reads_offices_and_changes_none(as_leader, office):
    assert as_leader.get(page(Office, office.pk)).status_code == HTTPStatus.OK
    assert as_leader.post(page(Office, office.pk), {"name": "x", "slug": "x"}).status_code == HTTPStatus.FORBIDDEN


def test_a_command_on_an_account_does_not_tell_a_leader_whether_there_is_one(as_leader, leader):
    answers = {as_leader.get(page(User, pk, "second-step")).status_code for pk in (leader.pk, 999_999)}

    assert answers == {HTTPStatus.FORBIDDEN}
