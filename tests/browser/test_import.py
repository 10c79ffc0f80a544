"""From the spreadsheet and back, as a browser shows it: by keyboard, without JavaScript, in every look."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from people import clock
from people.actions.jobs import JobFile, keep_file, run_due_jobs
from people.enums import JobState
from people.models import Job, Office, User
from tests.browser.conftest import Look, PageAt, SignIn
from tests.factories import make_group, make_member, make_period
from tests.support.caseload_kit import make_draft

IMPORT = "/admin/support/importedcase/"
HEADINGS = ["Nr", "Alias", "Kontaktperson", "Kontaktsätt", "Telefon", "Skyddad", "Senast", "Skostorlek"]
ROWS = [
    ["1", "Värmegruppen", "Dina", "samtal", "070-174 06 15", "", "", "38"],
    ["2", "Lampan", "Lo", "sms", "070-174 06 16", "ja", "", ""],
    ["3", "Grinden", "", "", "070-174 06 17", "", "", ""],
    ["4", "Ljuset", "", "sms", "031-390 06 10", "", "snart", ""],
    ["5", "Gamla gänget", "", "", "", "", "", ""],
]


@pytest.fixture
def paths(leader: User, office: Office) -> list[str]:
    """Every page that was built for it."""
    make_group(office=office, alias="Gamla gänget")
    period = make_period(group=make_group(office=office), leader=leader)
    make_member(group=period.group)
    now = clock.now()
    draft = make_draft(leader, office, ROWS, HEADINGS)
    running = Job.objects.create(
        kind="support.export",
        user=leader,
        name="Hämta ut: Grupper",
        state=JobState.WAITING,
        done=2,
        total=5,
        created_at=now,
    )
    done = Job.objects.create(
        kind="support.export",
        user=leader,
        name="Hämta ut: Grupper",
        state=JobState.DONE,
        created_at=now,
        wipe_at=now + timedelta(days=1),
    )
    keep_file(done, JobFile("Grupper.csv", b"a;b"), outcome={})
    over = Job.objects.create(
        kind="support.caseload",
        user=leader,
        office=office,
        name="Hämta in från kalkylblad",
        state=JobState.DONE,
        created_at=now,
        outcome={"new": 2, "exists": 1, "over": 0, "wrong": 1},
    )
    failed = Job.objects.create(
        kind="support.caseload",
        user=leader,
        office=office,
        name="Hämta in från kalkylblad",
        state=JobState.FAILED,
        created_at=now,
        reason="Filen är borttagen efter ett dygn. Skicka den igen.",
    )
    return [
        IMPORT,
        f"{IMPORT}{draft.pk}/kolumner/",
        f"{IMPORT}{draft.pk}/kontroll/",
        f"{IMPORT}{over.pk}/",
        f"{IMPORT}{failed.pk}/",
        f"{IMPORT}ut/support.supportperiod/?show=all",
        "/admin/people/job/",
        f"/admin/people/job/{running.pk}/change/",
        f"/admin/people/job/{done.pk}/change/",
    ]


def test_the_pages_are_accessible_in_every_look(
    page_at: PageAt, sign_in: SignIn, look: Look, leader: User, paths: list[str]
) -> None:
    page = page_at(360)
    sign_in(page, leader)

    found = []
    for path in paths:
        page.goto(path)
        found += look(page, path)

    assert found == []


def test_a_file_is_taken_in_by_keyboard_and_without_javascript(
    page_at: PageAt, sign_in: SignIn, leader: User, office: Office, tmp_path: Path
) -> None:
    file = tmp_path / "grupper.csv"
    file.write_text("\n".join(";".join(row) for row in [HEADINGS, *ROWS]), "utf-8-sig")
    page = page_at(360, java_script=False)
    sign_in(page, leader)

    page.goto("/admin/support/supportperiod/")
    page.get_by_role("link", name="Hämta in från kalkylblad").press("Enter")
    page.get_by_label("Fil", exact=True).set_input_files(file)
    page.get_by_role("button", name="Fortsätt").press("Enter")
    expect(page.get_by_label("Gruppens alias")).to_have_value("1")
    page.get_by_role("button", name="Visa vad som skulle hända").press("Enter")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Hämta raderna att rätta (xlsx)").press("Enter")
    page.get_by_role("button", name="Hämta in de 4 som går").press("Enter")
    expect(page.get_by_role("heading", name="Väntar")).to_be_visible()
    run_due_jobs(clock.now, seconds=30)
    page.get_by_role("link", name="Uppdatera").press("Enter")

    expect(page.get_by_role("link", name="Värmegruppen")).to_be_visible()
    assert fetched.value.suggested_filename == "Att rätta.xlsx"
