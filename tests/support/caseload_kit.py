"""A leader's spreadsheet on its way in."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from people.actions.jobs import run_due_jobs
from people.models import Job, Office, User
from people.spreadsheets import read_spreadsheet
from support.actions import caseload
from tests.factories import NOW

HEADINGS = ["Nr", "Alias", "Kontaktperson", "Kontaktsätt", "Telefon", "Nästa steg", "Senast"]
ROWS = [
    ["1", "Värmegruppen", "Dina", "samtal", "070-174 06 15", "Ring om lokalen", "2026-09-10"],
    ["2", "Lampan", "", "", "", "", ""],
]


def csv_file(rows: Sequence[Sequence[str]] = ROWS, headings: Sequence[str] = HEADINGS) -> SimpleUploadedFile:
    text = "\r\n".join(";".join(row) for row in [headings, *rows])
    return SimpleUploadedFile("grupper.csv", text.encode("utf-8-sig"))


def make_draft(
    by: User, office: Office, rows: Sequence[Sequence[str]] = ROWS, headings: Sequence[str] = HEADINGS
) -> Job:
    """A file that was read, with its columns as guessed and agreed to."""
    sheet = read_spreadsheet(csv_file(rows, headings).read())
    job = caseload.keep_spreadsheet(sheet, office=office, by=by, now=NOW)
    return caseload.choose_columns(job, caseload.columns_of(job))


def run_jobs(now: datetime = NOW) -> int:
    return run_due_jobs(lambda: now, seconds=60)


def import_rows(
    by: User,
    office: Office,
    rows: Sequence[Sequence[str]] = ROWS,
    headings: Sequence[str] = HEADINGS,
    *,
    leaves_out_wrong: bool = False,
) -> Job:
    """From the file to its end."""
    job = make_draft(by, office, rows, headings)
    caseload.start_import(job, leaves_out_wrong=leaves_out_wrong, by=by, now=NOW)
    run_jobs()
    job.refresh_from_db()
    return job
