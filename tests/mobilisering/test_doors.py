"""Every door of the admin, tried by a leader with what belongs to another office: nothing is there."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Message, Office, StaffRole, User
from support.actions.morning import send_morning_summaries
from support.models import QuickStep
from tests.factories import NOW, make_course, make_message
from tests.mobilisering.doors import (
    CODE,
    EVERYONES,
    MARK,
    addresses,
    as_seen,
    filled,
    model_of,
    one_of_each,
    registered,
)

pytestmark = pytest.mark.usefixtures("at_now")

MISSING = 987_654_321
WITH_NAMES = [one for one in addresses() if re.search(r"<(slug|str):", one)]
OF_A_ROW = [one for one in addresses() if re.search(r"<(int|path):", one) and one not in WITH_NAMES]
WITHOUT_ROW = [one for one in addresses() if "<" not in one]
NOT_FOUND, REFUSED, NOT_SO = 404, 403, 405


@pytest.fixture
def foreign(other_office: Office, other_office_leader: User) -> Any:
    rows = one_of_each(other_office, other_office_leader)
    return {**rows, "people.staffrole": StaffRole.objects.get(user=other_office_leader)}


def test_there_is_a_foreign_row_behind_every_door(foreign: dict[str, Any]) -> None:
    assert registered() - EVERYONES - foreign.keys() == set()


def test_a_direct_address_answers_as_if_the_row_did_not_exist(as_leader: Client, foreign: dict[str, Any]) -> None:
    step = QuickStep.objects.exclude(pk=foreign["support.quickstep"].pk).first()
    assert step is not None
    told: dict[str, Any] = {}
    for address in OF_A_ROW:
        if model_of(address) in EVERYONES:
            continue
        for send in (as_leader.get, as_leader.post):
            there = send(filled(address, foreign[model_of(address)].pk, step.pk))
            missing = send(filled(address, MISSING, step.pk))
            answers = (there.status_code, missing.status_code)
            if answers not in {(NOT_FOUND, NOT_FOUND), (REFUSED, REFUSED), (NOT_SO, NOT_SO)} and not _same_way_off(
                there, missing
            ):
                told[f"{send.__name__} {address}"] = answers

    assert told == {}


def _same_way_off(there: Any, missing: Any) -> bool:
    """Both are led away from the row to the same page."""
    return there.status_code == missing.status_code == 302 and _without_keys(there) == _without_keys(missing)


def _without_keys(response: Any) -> str:
    return re.sub(r"\d+", "#", response["Location"])


def test_no_page_is_changed_by_what_another_office_has(
    as_leader: Client, other_office: Office, other_office_leader: User
) -> None:
    lists = [one for one in WITHOUT_ROW if one.count("/") == 4]
    asked = [*WITHOUT_ROW, *(f"{one}?show=all" for one in lists)]
    asked += [f"{one}?q={text}" for one in lists for text in (MARK, CODE.replace(" ", "+"), "%231")]
    exports = ("support.supportrequest", "support.supportperiod", "support.intakemeeting", "groups.group")
    asked += [reverse("admin:support_export", args=[model]) for model in exports]
    make_course()  # those of the whole programme are everyone's
    before = {address: _look(as_leader, address) for address in asked}

    one_of_each(other_office, other_office_leader)

    after = {address: _look(as_leader, address) for address in asked}
    assert [address for address in asked if MARK in after[address].replace(_asked_for(address), "")] == []
    assert [address for address in asked if before[address] != after[address]] == []


def _asked_for(address: str) -> str:
    return MARK if f"q={MARK}" in address else "\0"


def _look(client: Client, address: str) -> str:
    response = client.get(address)
    return f"{response.status_code} {as_seen(response)}"


def test_no_file_holds_what_another_office_has(as_leader: Client, foreign: dict[str, Any]) -> None:
    for model in ("support.supportrequest", "support.supportperiod", "support.intakemeeting", "groups.group"):
        address = reverse("admin:support_export", args=[model])
        row = foreign[model]
        for query in ("", f"?pks={row.pk}"):
            response = as_leader.post(address + query, {"file_format": "csv", "columns": []})
            assert MARK not in response.content.decode("utf-8", "replace"), model


@pytest.mark.parametrize("model", ["support_supportrequest", "support_supportperiod", "support_intakemeeting"])
def test_many_foreign_rows_at_once_are_as_none(as_leader: Client, foreign: dict[str, Any], model: str) -> None:
    row = foreign[model.replace("_", ".")]
    for name in ("take", "write", "offer", "move"):
        address = f"{reverse(f'admin:{model}_bulk', args=[name])}?pks={row.pk}"
        assert as_leader.get(address).status_code in {302, 403}
        assert as_leader.post(address, {"rows": str(row.pk)}).status_code in {302, 403}


def test_autocomplete_and_view_on_site_tell_nothing(as_leader: Client, foreign: dict[str, Any]) -> None:
    group = foreign["groups.group"]
    query = f"?app_label=groups&model_name=member&field_name=group&term={MARK}"

    assert MARK not in as_leader.get(reverse("admin:autocomplete") + query).content.decode()
    assert as_leader.get(f"/admin/r/1/{group.pk}/").status_code == NOT_FOUND


def test_the_morning_mail_of_a_leader_knows_nothing_of_another_office(leader: User, foreign: dict[str, Any]) -> None:
    User.objects.filter(pk=leader.pk).update(wants_morning_mail=True)
    Message.objects.all().delete()
    make_message(user=None, contact=foreign["people.contact"], subject=MARK)

    send_morning_summaries(NOW)

    mails = Message.objects.filter(user=leader)
    assert [one for one in mails if MARK in f"{one.subject}{one.text}{one.short}"] == []


L, M, P, E, T = "leader", "office_manager", "programme_manager", "editor", "treasurer"
A = "administrator"
CASES = {L, M, P, A}
TEXTS = {E, P, A}
WHO_GETS = {
    "index": {*CASES, E, T},
    "support_supportrequest_changelist": CASES,
    "support_supportperiod_changelist": CASES,
    "support_intakemeeting_changelist": CASES,
    "support_intakemeeting_week": CASES,
    "support_handover_changelist": CASES,
    "support_handover_workload": CASES,
    "support_organisationrequest_changelist": CASES,
    "support_quickstep_changelist": CASES,
    "support_officepolicy_changelist": CASES,
    "support_importedcase_changelist": CASES,
    "groups_group_changelist": CASES,
    "groups_enabler_changelist": CASES,
    "groups_outreachcontact_changelist": CASES,
    "groups_municipality_changelist": {*CASES, E},
    "groups_dutybearer_changelist": {*CASES, E},
    "people_contact_changelist": CASES,
    "people_calltask_changelist": CASES,
    "people_message_changelist": CASES,
    "people_privatelink_changelist": CASES,
    "people_job_changelist": {*CASES, E},
    "knowledge_example_changelist": TEXTS,
    "knowledge_tool_changelist": TEXTS,
    "knowledge_term_changelist": TEXTS,
    "knowledge_page_changelist": TEXTS,
    "knowledge_shorttext_changelist": TEXTS,
    "knowledge_linkcheck_changelist": TEXTS,
    "knowledge_handbookedition_changelist": TEXTS,
    "training_course_changelist": {*CASES, E},
    "training_session_changelist": CASES,
    "people_office_changelist": CASES,
    "people_accesslog_changelist": {M, P, A},
    "people_heartbeat_changelist": {M, P, A},
    "people_user_changelist": {P, A},
}
"""Page → the roles that get it; the others are refused."""


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("who", [L, M, P, A, E, T])
def test_each_role_gets_its_own_pages(client: Client, request: pytest.FixtureRequest, who: str) -> None:
    client.force_login(request.getfixturevalue(who))

    got = {page for page in WHO_GETS if client.get(reverse(f"admin:{page}")).status_code == 200}

    assert got == {page for page, roles in WHO_GETS.items() if who in roles}


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("who", [E, T])
def test_whoever_has_no_such_page_is_refused(client: Client, request: pytest.FixtureRequest, who: str) -> None:
    client.force_login(request.getfixturevalue(who))

    refused = {page for page in WHO_GETS if client.get(reverse(f"admin:{page}")).status_code == REFUSED}

    assert refused == {page for page, roles in WHO_GETS.items() if who not in roles}


@pytest.mark.parametrize("who", ["outsider", None])
def test_nobody_else_gets_in(client: Client, request: pytest.FixtureRequest, who: str | None) -> None:
    if who:
        client.force_login(request.getfixturevalue(who))

    got = {page: client.get(reverse(f"admin:{page}")).status_code for page in WHO_GETS}

    assert got == dict.fromkeys(WHO_GETS, 302)
