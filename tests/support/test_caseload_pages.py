"""The pages of an import: file, columns, row by row, taken in. Each is one's own; nothing happens before the end."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from groups.models import Group
from people.enums import Role
from people.models import Job, Office, StaffRole, User
from tests.factories import NOW, TODAY, make_group
from tests.support.admin_pages import text_of
from tests.support.caseload_kit import csv_file, import_rows, make_draft, run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

IMPORT = "/admin/support/importedcase/"


def step(job: Job, name: str) -> str:
    return f"{IMPORT}{job.pk}/{name}/" if name else f"{IMPORT}{job.pk}/"


def test_from_the_file_to_the_groups(as_leader, leader, office):
    chosen = as_leader.post(IMPORT, {"office": office.pk, "file": csv_file()})
    job = Job.objects.get()
    assert chosen.url == step(job, "kolumner")
    columns = as_leader.get(chosen.url)
    matched = as_leader.post(chosen.url, {"alias": "1", "key": "0", "next_step": "5", "next_step_on": "6"})
    assert matched.url == step(job, "kontroll")
    assert Group.objects.count() == 0
    begun = as_leader.post(matched.url)
    assert begun.url == step(job, "")
    waits = text_of(as_leader.get(begun.url))
    run_jobs()
    result = text_of(as_leader.get(begun.url))

    assert "Filen har 2 rader." in text_of(columns)
    assert "Väntar" in waits
    assert "Nya grupper 2" in result
    assert sorted(Group.objects.values_list("alias", flat=True)) == ["Lampan", "Värmegruppen"]


def test_the_columns_are_shown_without_what_leads_to_a_person(as_leader: Client, leader: User, office: Office) -> None:
    job = make_draft(
        leader, office, [["Lampan", "dina@example.org", "0701740615", "2026-09-10"]], ["Alias", "B", "C", "D"]
    )

    seen = text_of(as_leader.get(step(job, "kolumner")))

    assert "(en e-postadress)" in seen
    assert "(ett nummer)" in seen
    assert "2026-09-10" in seen
    assert "dina@example.org" not in seen
    assert "0701740615" not in seen


def test_a_column_for_the_alias_must_be_chosen_and_none_twice(as_leader: Client, leader: User, office: Office) -> None:
    job = make_draft(leader, office)

    missing = text_of(as_leader.post(step(job, "kolumner"), {"key": "0"}))
    twice = text_of(as_leader.post(step(job, "kolumner"), {"alias": "1", "key": "1"}))

    assert "Välj kolumnen som gruppens alias står i" in missing
    assert "Samma kolumn är vald två gånger." in twice


def test_row_by_row_it_says_what_would_happen_with_errors_first(
    as_leader: Client, leader: User, office: Office
) -> None:
    make_group(office=office, alias="Grinden")
    rows = [
        ["Värmegruppen", "Dina", "samtal", "070-174 06 15", "", ""],
        ["Lampan", "Lo", "sms", "070-174 06 16", "ja", ""],
        ["Grinden", "", "", "", "", ""],
        ["Ljuset", "", "sms", "031-390 06 10", "", "snart"],
    ]
    job = make_draft(leader, office, rows, ["Alias", "Kontakt", "Kontaktsätt", "Telefon", "Skyddad", "Senast"])

    seen = text_of(as_leader.get(step(job, "kontroll")))

    numbers = [seen.index(f"Rad {number}:") for number in (4, 5, 2, 3)]
    assert numbers == sorted(numbers)
    assert "Nya grupper 2 Finns redan 0 Behöver rättas 2" in seen
    assert "Ring 070-174 06 15." in seen
    assert "Skyddad identitet. Bara sms. Visa numret med skäl." in seen
    assert "070-174 06 16" not in seen
    assert "031-390 06 10" not in seen.replace("Kontaktsättet är sms. Skriv ett mobilnummer, till exempel", "")
    assert "Senast: ”snart” – Skriv dagen så här: 2026-09-01." in seen
    assert "Hämta in de 2 som går" in seen


def test_rows_that_are_wrong_can_be_fetched_and_left_out(as_leader: Client, leader: User, office: Office) -> None:
    job = make_draft(leader, office, [["Ett", ""], ["Två", "snart"]], ["Alias", "Senast"])

    refused = as_leader.post(step(job, "kontroll"), follow=True)
    before = as_leader.get(step(job, "ratta"))
    as_leader.post(step(job, "kontroll"), {"leave_out": "yes"})
    run_jobs()
    after = as_leader.get(step(job, "ratta"))

    assert "Några rader behöver rättas först." in text_of(refused)
    assert before["Content-Disposition"] == "attachment; filename*=UTF-8''Att%20r%C3%A4tta.xlsx"
    assert (before.status_code, after.status_code) == (200, 200)
    assert [group.alias for group in Group.objects.all()] == ["Ett"]


def test_a_second_press_leads_to_the_same_page(as_leader, leader, office):
    job = make_draft(leader, office)

    first, second = as_leader.post(step(job, "kontroll")), as_leader.post(step(job, "kontroll"))
    run_jobs()

    assert first.url == second.url == step(job, "")
    assert Group.objects.count() == 2


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (None, "Välj en fil"),
        (SimpleUploadedFile("tom.csv", b""), "Filen är tom. Välj en annan."),
        (SimpleUploadedFile("a.pdf", b"%PDF-1.7"), "Spara den som xlsx eller csv, utan lösenord."),
        (SimpleUploadedFile("a.csv", b"Alias\n"), "Filen har inga rader."),
    ],
)
def test_a_file_that_does_not_do_is_answered_on_the_page(
    as_leader: Client, office: Office, file: SimpleUploadedFile | None, words: str
) -> None:
    response = as_leader.post(IMPORT, {"office": office.pk, **({"file": file} if file else {})})

    assert words in text_of(response)
    assert Job.objects.count() == 0


def test_only_ones_own_offices_can_be_chosen(
    as_leader: Client, leader: User, office: Office, other_office: Office
) -> None:
    foreign = as_leader.post(IMPORT, {"office": other_office.pk, "file": csv_file()})
    StaffRole.objects.create(user=leader, office=other_office, role=Role.LEADER, starts_on=TODAY)
    as_leader.post(IMPORT, {"office": other_office.pk, "file": csv_file()})

    assert foreign.status_code == 200
    assert [job.office for job in Job.objects.all()] == [other_office]


@pytest.mark.parametrize("name", ["", "kolumner", "kontroll", "ratta"])
def test_anothers_file_is_not_there(
    client: Client, leader: User, colleague: User, administrator: User, office: Office, name: str
) -> None:
    job = make_draft(leader, office, [["Två", "snart"]], ["Alias", "Senast"])

    for user in (colleague, administrator):
        client.force_login(user)
        assert client.get(step(job, name)).status_code == 404
        assert client.post(step(job, name)).status_code == 404


@pytest.mark.parametrize("name", ["", "kolumner", "kontroll", "ratta"])
def test_those_who_do_not_work_with_cases_are_kept_out(
    client: Client, leader: User, editor: User, treasurer: User, outsider: User, office: Office, name: str
) -> None:
    job = make_draft(leader, office)

    for user, status in ((editor, 403), (treasurer, 403), (outsider, 302)):
        client.force_login(user)
        assert client.get(step(job, name)).status_code == status
        assert client.get(IMPORT).status_code == status
    client.logout()
    assert client.get(step(job, name)).status_code == 302


def test_a_file_whose_day_has_passed_is_asked_for_again(as_leader: Client, leader: User, office: Office) -> None:
    job = make_draft(leader, office)
    Job.objects.update(content="", wipe_at=None)

    response = as_leader.get(step(job, "kontroll"), follow=True)

    assert "Filen finns inte kvar, eller är redan hämtad in." in text_of(response)


def test_an_import_that_is_over_leads_to_what_became_of_it(as_leader, leader, office):
    job = import_rows(leader, office)

    assert as_leader.get(step(job, "kolumner")).url == step(job, "")
    assert as_leader.get(f"/admin/people/job/{job.pk}/change/").url == step(job, "")


def test_django_s_own_pages_for_rows_are_not_there(as_leader: Client, leader: User, office: Office) -> None:
    job = import_rows(leader, office)

    for path in ("add/", f"{job.pk}/change/", f"{job.pk}/delete/", f"{job.pk}/history/"):
        assert as_leader.get(IMPORT + path).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_often_for_many_rows(
    as_leader: Client, leader: User, office: Office, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [[f"Grupp {number}", "Dina", "sms", "0701740615"] for number in range(count)]
    job = make_draft(leader, office, rows, ["Alias", "Kontakt", "Kontaktsätt", "Telefon"])

    with django_assert_num_queries(7):
        as_leader.get(step(job, "kontroll"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_result_asks_as_often_for_many_groups(
    as_leader: Client, leader: User, office: Office, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    job = import_rows(leader, office, [[f"Grupp {number}"] for number in range(count)], ["Alias"])

    with django_assert_num_queries(5):
        as_leader.get(step(job, ""))


def test_the_page_shows_some_rows_at_a_time(as_leader: Client, leader: User, office: Office) -> None:
    job = make_draft(leader, office, [[f"Grupp {number}"] for number in range(60)], ["Alias"])

    first = as_leader.get(step(job, "kontroll")).content.decode()
    second = as_leader.get(step(job, "kontroll") + "?sida=2").content.decode()
    odd = as_leader.get(step(job, "kontroll") + "?sida=tja").content.decode()

    assert [page.count("<h3>") for page in (first, second, odd)] == [50, 10, 50]


def test_it_is_the_day_of_the_tests() -> None:
    assert NOW.date() == TODAY
