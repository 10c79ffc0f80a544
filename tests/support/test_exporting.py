"""Hämta ut: exactly the rows of the list, safe columns unless ticked, protected people left out, written down."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from people.actions.jobs import file_of
from people.enums import Channel, JobState
from people.models import AccessLog, Job, Office, User
from support.actions import exporting
from support.admin.exporting import rows_of_list
from support.enums import Phase
from support.exports import EXPORTS
from support.models import SupportPeriod
from tests.factories import (
    NOW,
    TODAY,
    make_contact,
    make_enabler,
    make_group,
    make_link,
    make_log_entry,
    make_meeting,
    make_member,
    make_period,
    make_request,
)
from tests.support.admin_pages import text_of
from tests.support.caseload_kit import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

PERIODS = "support.supportperiod"
OUT = "/admin/support/importedcase/ut/"


def make_case(
    office: Office, leader: User, alias: str, *, phase: Phase = Phase.START, **contact: object
) -> SupportPeriod:
    group = make_group(office=office, alias=alias)
    fields: dict[str, object] = {"called": "Dina", "channel": Channel.SMS, "phone": "070-174 06 15"} | contact
    make_member(group=group, contact=make_contact(**fields))
    return make_period(group=group, leader=leader, phase=phase)


def rows_in(data: bytes) -> list[list[str]]:
    return [list(row) for row in csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";")]


def fetch(client: Client, model: str, columns: list[str], query: str = "") -> list[list[str]]:
    response = client.post(f"{OUT}{model}/?{query}", {"columns": columns, "file_format": "csv"})
    assert response["Content-Type"] == "text/csv; charset=utf-8", text_of(response)
    return rows_in(response.content)


def test_the_file_holds_the_rows_of_the_list_and_no_others(
    as_leader: Client, leader: User, office: Office, other_office: Office, other_office_leader: User
) -> None:
    make_case(office, leader, "Lampan")
    make_case(office, leader, "Grinden", phase=Phase.CHANGE)
    make_case(other_office, other_office_leader, "Främmande")

    every = fetch(as_leader, PERIODS, ["group"], "show=all")
    changing = fetch(as_leader, PERIODS, ["group", "phase"], "show=change")
    found = fetch(as_leader, PERIODS, ["group"], "show=all&q=lampan")

    assert sorted(every) == [["Grinden", ""], ["Grupp", "Skyddad identitet"], ["Lampan", ""]]
    assert changing == [["Grupp", "Fas", "Skyddad identitet"], ["Grinden", "Förändringsarbete", ""]]
    assert found == [["Grupp", "Skyddad identitet"], ["Lampan", ""]]


def test_rows_that_were_ticked_are_fetched_alone_and_foreign_ones_never(
    as_leader: Client, leader: User, office: Office, other_office: Office, other_office_leader: User
) -> None:
    ours, _other = make_case(office, leader, "Lampan"), make_case(office, leader, "Grinden")
    foreign = make_case(other_office, other_office_leader, "Främmande")

    found = fetch(as_leader, PERIODS, ["group"], f"show=all&pks={ours.pk},{foreign.pk}")

    assert found == [["Grupp", "Skyddad identitet"], ["Lampan", ""]]


def test_every_kind_of_list_can_be_fetched_with_all_its_columns(
    as_leader: Client, leader: User, office: Office
) -> None:
    period = make_case(office, leader, "Lampan")
    request = make_request(
        office=office, group=period.group, contact=make_contact(called="=Lo", email="lo@example.org")
    )
    make_link(about=request, code="TALL 4827")
    make_meeting(support_request=request, leader=leader)
    make_enabler(office=office)
    make_log_entry(period=period, text="Hemligt", is_internal=True)

    found = {
        model: fetch(as_leader, model, [column.name for column in export.columns], "show=all")
        for model, export in EXPORTS.items()
    }

    assert {model: len(rows) for model, rows in found.items()} == dict.fromkeys(EXPORTS, 2)
    as_dict = dict(zip(*found["support.supportrequest"], strict=True))
    assert (as_dict["Kod"], as_dict["Kontaktperson"], as_dict["E-post"]) == ("TALL 4827", "'=Lo", "lo@example.org")
    as_dict = dict(zip(*found[PERIODS], strict=True))
    assert (as_dict["Telefon"], as_dict["Interna anteckningar"]) == ("070-174 06 15", "2026-09-01 10:00 Hemligt")


def test_what_is_not_ticked_is_not_there(as_leader: Client, leader: User, office: Office) -> None:
    for export in EXPORTS.values():
        unsafe = {column.name for column in export.columns if not column.is_safe}
        assert unsafe >= {"called", "phone", "email"}

    page = as_leader.get(f"{OUT}{PERIODS}/?show=all")
    assert "Listan är tom just nu" in text_of(page)
    make_case(office, leader, "Lampan")
    html = as_leader.get(f"{OUT}{PERIODS}/?show=all").content.decode()
    ticked = [
        part.split('"')[0] for part in html.split('name="columns" value="')[1:] if "checked" in part.split(">")[0]
    ]
    assert set(ticked) == {column.name for column in EXPORTS[PERIODS].columns if column.is_safe}


def test_someone_protected_is_never_in_a_file(as_leader: Client, leader: User, office: Office) -> None:
    period = make_case(office, leader, "Lampan", protected=True, called="Hemlig Hanna")
    hers = {"what": "Han söker mig på Storgatan.", "place": "Storgatan i Ljusdal", "area": "Storgatan"}
    support_request = make_request(office=office, contact=period.group.members.get().contact, **hers)
    for about in ({"period": period}, {"support_request": support_request}):
        make_log_entry(text="Ring 070-174 06 15, hon bor på Storgatan.", is_internal=True, **about)
    make_enabler(office=office, contact=make_contact(called="Hemlig Hassan", protected=True))

    for model, export in EXPORTS.items():
        rows = fetch(as_leader, model, [column.name for column in export.columns], "show=all")
        text = str(rows)
        assert [row[-1] for row in rows[1:]] == ["skyddad identitet"] * (len(rows) - 1)
        assert not any(hidden in text for hidden in ("Hemlig", "070-174", "Storgatan", "@"))


def test_each_office_s_rows_are_written_down_with_it(
    client: Client,
    programme_manager: User,
    leader: User,
    office: Office,
    other_office: Office,
    other_office_leader: User,
) -> None:
    make_case(office, leader, "Lampan")
    make_case(office, leader, "Grinden")
    make_case(other_office, other_office_leader, "Ljuset")
    client.force_login(programme_manager)

    fetch(client, PERIODS, ["group", "phone"], "show=all")

    lines = AccessLog.objects.order_by("office__name").values_list("user", "what", "about_model", "office", "reason")
    assert list(lines) == [
        (programme_manager.pk, "export", PERIODS, office.pk, "2 rader, med Telefon"),
        (programme_manager.pk, "export", PERIODS, other_office.pk, "1 rad, med Telefon"),
    ]


def test_many_rows_become_a_job_whose_file_is_ones_own(as_leader, leader, office, monkeypatch):
    monkeypatch.setattr(exporting, "AT_ONCE", 1)
    make_case(office, leader, "Lampan")
    make_case(office, leader, "Grinden")

    response = as_leader.post(f"{OUT}{PERIODS}/?show=all", {"columns": ["group"], "file_format": "xlsx"})
    run_jobs()

    job = Job.objects.get()
    assert response.url == f"/admin/people/job/{job.pk}/change/"
    fetched = as_leader.get(f"/admin/people/job/{job.pk}/fil/")
    sheet = load_workbook(io.BytesIO(fetched.content)).active
    assert sorted(row[0] for row in sheet.iter_rows(min_row=2, values_only=True)) == ["Grinden", "Lampan"]


def start(leader: User) -> Job:
    return exporting.start_export(PERIODS, query="show=all", columns=["group"], file_format="csv", by=leader, now=NOW)


def test_whoever_lost_the_role_meanwhile_gets_nothing(leader: User, office: Office) -> None:
    make_case(office, leader, "Lampan")
    job = start(leader)
    leader.roles.update(ends_on=TODAY - timedelta(days=1))

    run_jobs()

    job.refresh_from_db()
    assert (job.state, file_of(job), AccessLog.objects.count()) == (JobState.FAILED, None, 0)


def test_what_moved_to_another_office_meanwhile_is_left_out(leader: User, office: Office, other_office: Office) -> None:
    make_case(office, leader, "Lampan")
    moved = make_case(office, leader, "Grinden")
    job = start(leader)
    SupportPeriod.objects.filter(pk=moved.pk).update(office=other_office)

    run_jobs()

    job.refresh_from_db()
    file = file_of(job)
    assert file is not None
    assert rows_in(file.data)[1:] == [["Lampan", ""]]


def test_a_list_one_may_not_see_is_no_file_either(
    client: Client, editor: User, treasurer: User, outsider: User, leader: User
) -> None:
    for user, status in ((editor, 403), (treasurer, 403), (outsider, 302)):
        client.force_login(user)
        assert client.get(f"{OUT}{PERIODS}/").status_code == status
        assert client.post(f"{OUT}{PERIODS}/", {"columns": ["group"], "file_format": "csv"}).status_code == status
    client.logout()
    assert client.get(f"{OUT}{PERIODS}/").status_code == 302
    client.force_login(leader)
    assert client.get(f"{OUT}people.user/").status_code == 404
    assert client.get(f"{OUT}nonsense/").status_code == 404


def test_what_the_list_passes_over_in_its_address_the_file_passes_over_too(
    as_leader: Client, leader: User, office: Office
) -> None:
    make_case(office, leader, "Lampan")

    found = fetch(as_leader, PERIODS, ["group"], "show=all&nonsense__x=1&p=7&all=")

    assert found[1:] == [["Lampan", ""]]


@pytest.mark.parametrize("count", [1, 3])
def test_a_file_asks_as_often_for_many_rows(
    leader: User, office: Office, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        make_case(office, leader, f"Grupp {number}")
    rows = rows_of_list(PERIODS, "show=all", User.objects.get(pk=leader.pk))
    every = [column.name for column in EXPORTS[PERIODS].columns]

    with django_assert_num_queries(6):
        exporting.export_now(PERIODS, rows, columns=every, file_format="xlsx", by=leader, now=NOW)


def test_a_file_of_an_office_is_not_fetched_by_someone_who_works_at_another_now(
    client: Client, leader: User, office: Office, other_office: Office
) -> None:
    make_case(office, leader, "Lampan")
    job = exporting.start_export(PERIODS, query="show=all", columns=["group"], file_format="csv", by=leader, now=NOW)
    run_jobs()
    client.force_login(leader)
    address = reverse("admin:people_job_file", args=[job.pk])

    before = client.get(address).status_code
    leader.roles.update(office=other_office)

    assert (before, client.get(address).status_code) == (200, 404)
