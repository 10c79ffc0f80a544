"""What would become of each row at an office: known again, doubled, without a leader; said before anything happens."""

import pytest

from people.models import Office, User
from support.actions import caseload
from support.models import SupportPeriod
from tests.factories import NOW, make_group, make_staff
from tests.support.caseload_kit import HEADINGS, import_rows, make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


def errors(by: User, office: Office, *rows: list[str], headings: list[str] = HEADINGS) -> list[list[str]]:
    checked = caseload.check_caseload(make_draft(by, office, rows, headings), by=by, now=NOW)
    return [list(row.read.errors.values()) for row in checked]


def test_a_row_is_known_by_its_number_when_the_group_has_another_name(leader: User, office: Office) -> None:
    import_rows(leader, office, [["1", "Lampan"]], ["Nr", "Alias"])

    [row] = caseload.check_caseload(make_draft(leader, office, [["1", "Ljuset"]], ["Nr", "Alias"]), by=leader, now=NOW)

    assert (row.fate, row.period) == ("exists", SupportPeriod.objects.get().pk)


def test_numbers_may_be_added_to_a_file_afterwards(leader: User, office: Office) -> None:
    import_rows(leader, office, [["Lampan"]], ["Alias"])

    [row] = caseload.check_caseload(make_draft(leader, office, [["7", "Lampan"]], ["Nr", "Alias"]), by=leader, now=NOW)

    assert row.fate == "exists"


def test_another_row_with_the_alias_of_one_that_was_taken_in_is_not_passed_over(leader: User, office: Office) -> None:
    import_rows(leader, office, [["1", "Lampan"]], ["Nr", "Alias"])

    [[words]] = errors(leader, office, ["2", "Lampan"], headings=["Nr", "Alias"])

    assert words.startswith("Det finns redan en grupp på orten med det namnet.")


def test_doubles_in_the_file_and_at_the_office_are_told_in_words(leader: User, office: Office) -> None:
    make_group(office=office, alias="Grinden")
    make_group(alias="Lampan")

    assert errors(leader, office, ["1", "Lampan"], ["2", "lampan"], ["1", "Grinden"], headings=["Nr", "Alias"]) == [
        [],
        ["Samma alias står på rad 2."],
        [
            "Det finns redan en grupp på orten med det namnet. Är det samma: ta bort raden. Annars: byt alias.",
            "Samma nummer står på rad 2.",
        ],
    ]


def test_only_leaders_of_the_office_are_found(leader: User, other_office_leader: User, office: Office) -> None:
    make_staff(office=office, name="Sam Ek")
    make_staff(office=office, name="Sam Ek")
    rows = [["Ett", "Kim Berg"], ["Två", other_office_leader.email], ["Tre", "Sam Ek"], ["Fyra", leader.email.upper()]]

    unknown = "Hittar ingen utvecklingsledare på orten som heter så. Skriv e-postadressen."
    assert errors(leader, office, *rows, headings=["Alias", "Ledare"]) == [
        [unknown],
        [unknown],
        ["Flera på orten heter så. Skriv e-postadressen."],
        [],
    ]


def test_someone_who_leads_no_groups_says_who_does(programme_manager: User, office: Office) -> None:
    assert errors(programme_manager, office, ["Ett"], headings=["Alias"]) == [
        ["Skriv vilken utvecklingsledare gruppen har."]
    ]


def test_the_way_in_asks_as_often_for_many_rows(leader: User, office: Office, django_assert_num_queries) -> None:
    for count in (1, 30):
        job = make_draft(leader, office, [[f"Grupp {number}"] for number in range(count)], ["Alias"])
        with django_assert_num_queries(4):
            caseload.check_caseload(job, by=leader, now=NOW)
