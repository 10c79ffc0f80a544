"""A leader's own spreadsheet becomes cases: kept as a draft, looked through, and taken in all at once or not at all.

Nobody is told anything because of it. No message is queued, and the first time a group is asked how it goes lies at
least a gap ahead.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from people.actions.jobs import JobFile, JobGone, NotPossible, ask_for_job, keep_file, keep_result, start_job
from people.calendar import stockholm_day
from people.enums import JobState
from people.models import Job, Office, User
from people.personnummer import find_personal_numbers, without
from people.spreadsheets import XLSX, Line, Sheet, write_spreadsheet
from support.actions.caseload_rows import CheckedRow, Fate, check_rows
from support.actions.caseload_writing import write_cases
from support.caseload_columns import CaseField, guess_columns
from support.models import ImportedCase
from support.permissions import can_handle_cases_of

KIND = "support.caseload"

ROWS_AT_ONCE = 250


class AliasColumnNeeded(Exception):
    """A group is known by its alias: one column must hold it."""


class ColumnTwice(Exception):
    """One column was chosen for two things."""


class RowsAreWrong(Exception):
    """Some rows cannot be taken in, and nobody has said to leave them out."""


class NothingNew(Exception):
    """No row would become a case."""


@transaction.atomic
def keep_spreadsheet(sheet: Sheet, *, office: Office, by: User, now: datetime) -> Job:
    """Keeps a file that was read, encrypted and for a day, with a guess of what its columns mean. No more."""
    content = {
        "headings": sheet.headings,
        "lines": [[line.number, line.cells] for line in sheet.lines],
        "name": sheet.name,
        "skipped": sheet.skipped,
    }
    return ask_for_job(
        KIND,
        name=_("Hämta in från kalkylblad, %(office)s") % {"office": office},
        by=by,
        now=now,
        office=office,
        options={"columns": guess_columns(sheet.headings)},
        content=json.dumps(content, ensure_ascii=False),
        is_draft=True,
    )


def sheet_of(job: Job) -> Sheet:
    """The file as it was read. Raises JobGone when its day has passed."""
    if not job.content or "file" in job.outcome:
        raise JobGone
    kept = json.loads(job.content)
    lines = [Line(number, cells) for number, cells in kept["lines"]]
    return Sheet(kept["headings"], lines, kept["name"], tuple(kept["skipped"]))


def columns_of(job: Job) -> dict[CaseField, int]:
    """Which column holds what, as chosen or guessed."""
    return {CaseField(name): index for name, index in job.options["columns"].items()}


@transaction.atomic
def choose_columns(job: Job, columns: Mapping[CaseField, int]) -> Job:
    """Says which column holds what. Raises AliasColumnNeeded, ColumnTwice, JobGone when it has begun."""
    job.refresh_from_db(from_queryset=Job.objects.select_for_update())
    if job.state != JobState.DRAFT or not job.content:
        raise JobGone
    if CaseField.ALIAS not in columns:
        raise AliasColumnNeeded
    if len(set(columns.values())) != len(columns):
        raise ColumnTwice
    job.options = {**job.options, "columns": dict(columns), "is_chosen": True}
    job.save(update_fields=["options"])
    return job


def check_caseload(job: Job, *, by: User, now: datetime) -> list[CheckedRow]:
    """What would become of each row, if it was taken in now. Changes nothing. Raises JobGone."""
    assert job.office is not None  # a caseload is always an office's
    return check_rows(sheet_of(job), columns_of(job), office=job.office, by=by, today=stockholm_day(now))


@transaction.atomic
def start_import(job: Job, *, leaves_out_wrong: bool, by: User, now: datetime) -> Job:
    """The owner says go. A sweep takes the rows in. Raises RowsAreWrong, NothingNew, JobGone."""
    rows = check_caseload(job, by=by, now=now)
    fates = [row.fate for row in rows]
    if Fate.NEW not in fates:
        raise NothingNew
    if Fate.WRONG in fates and not leaves_out_wrong:
        raise RowsAreWrong
    job = start_job(job, now=now, total=fates.count(Fate.NEW))
    job.options = {**job.options, "leaves_out_wrong": leaves_out_wrong}
    job.save(update_fields=["options"])
    return job


def import_caseload(job: Job, *, now: datetime, tell: Callable[[int, int], None]) -> None:
    """Takes the rows in, all in one transaction: a crash or an error leaves nothing behind.

    One import at an office at a time: what another has just taken in is there already for this one. Called again after
    it was done, it changes nothing. Raises NotPossible, with words for the owner.
    """
    if "new" in job.outcome:
        return
    office, by = job.office, job.user
    if office is None or not can_handle_cases_of(by, office, stockholm_day(now)):
        raise NotPossible(_("Du arbetar inte längre med ärenden på orten. Inget är hämtat in."))
    try:
        with transaction.atomic():
            # Without the key: others go on writing rows that refer to the office.
            Office.objects.select_for_update(no_key=True).get(pk=office.pk)
            rows = check_caseload(job, by=by, now=now)
            if any(row.fate == Fate.WRONG for row in rows) and not job.options.get("leaves_out_wrong"):
                raise NotPossible(_("Några rader går inte längre att hämta in. Inget är hämtat in. Skicka filen igen."))
            _take_in(job, [row for row in rows if row.fate == Fate.NEW], now, tell)
            _keep_outcome(job, rows)
    except JobGone:
        raise NotPossible(_("Filen är borttagen efter ett dygn. Skicka den igen.")) from None


def _take_in(job: Job, rows: Sequence[CheckedRow], now: datetime, tell: Callable[[int, int], None]) -> None:
    assert job.office is not None  # seen to before
    tell(0, len(rows))
    for start in range(0, len(rows), ROWS_AT_ONCE):
        some = rows[start : start + ROWS_AT_ONCE]
        periods = write_cases(some, office=job.office, by=job.user, now=now)
        ImportedCase.objects.bulk_create(
            ImportedCase(office=job.office, key=row.key, period=period, job=job, imported_at=now)
            for row, period in zip(some, periods, strict=True)
        )
        tell(start + len(some), len(rows))


def _keep_outcome(job: Job, rows: Sequence[CheckedRow]) -> None:
    """The figures, and the rows that were left out as a file to mend. The rest of what the file held is let go."""
    outcome = {fate.value: sum(row.fate == fate for row in rows) for fate in Fate}
    if outcome[Fate.WRONG]:
        keep_file(job, mending_file(sheet_of(job).headings, rows), outcome=outcome)
    else:
        keep_result(job, outcome=outcome)


def mending_file(headings: Sequence[str], rows: Sequence[CheckedRow]) -> JobFile:
    """The rows that are wrong, each with what to mend; personal numbers are taken out already."""
    wrong = [row for row in rows if row.fate == Fate.WRONG]
    title = _("Att rätta")
    lines: list[list[str]] = [
        [" ".join(row.read.errors.values()), *(_without_numbers(cell) for cell in row.line.cells)] for row in wrong
    ]
    return JobFile(f"{title}.{XLSX}", write_spreadsheet(XLSX, [title, *headings], lines, title=title))


def _without_numbers(cell: str) -> str:
    return without(cell, find_personal_numbers(cell))
