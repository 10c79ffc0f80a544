"""Rows of a list become a file: made at once when they are few, else as a job; and always written down."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from people.actions.jobs import JobFile, NotPossible, ask_for_job, keep_file
from people.actions.reading import EXPORTED
from people.calendar import stockholm_day
from people.models import CASE_ROLES, AccessLog, Job, Office, User, held_roles
from people.spreadsheets import CSV, XLSX, write_spreadsheet
from support.actions.logs import in_swedish
from support.exports import EXPORTS, PROTECTED, Export, ExportColumn

KIND = "support.export"

AT_ONCE = 1_000
MOST = 100_000
"""Rows. More than that is for a report, not for a file on somebody's computer."""

ROWS_AT_ONCE = 1_000

SO_MANY = ngettext_lazy("%(count)s rad", "%(count)s rader", "count")


def export_now(
    model: str, rows: QuerySet[Any], *, columns: Sequence[str], file_format: str, by: User, now: datetime
) -> JobFile:
    """The rows as a file, and a line for each office of whose rows there are any. Raises NotPossible.

    `rows` are those that `by` may see: the list gives them. Nothing is sent and nothing changes.
    """
    export, counts = EXPORTS[model], Counter[int | None]()
    chosen = export.chosen(columns)
    prepared = export.prepare(rows)[: MOST + 1]
    data = write_spreadsheet(
        file_format if file_format in {XLSX, CSV} else XLSX,
        [*(str(column.label) for column in chosen), str(PROTECTED).capitalize()],
        _lines(export, prepared, chosen, counts),
        title=str(export.title),
    )
    _write_down(model, counts, chosen, by=by, now=now)
    return JobFile(f"{export.title} {stockholm_day(now)}.{file_format}", data)


def _lines(
    export: Export, rows: QuerySet[Any], chosen: Sequence[ExportColumn], counts: Counter[int | None]
) -> Iterator[list[str]]:
    for number, row in enumerate(rows.iterator(chunk_size=ROWS_AT_ONCE), start=1):
        if number > MOST:
            raise NotPossible(_("Listan har fler än 100 000 rader. Välj färre och försök igen."))
        counts[export.office(row)] += 1
        yield export.cells(row, chosen)


@transaction.atomic
def _write_down(
    model: str, counts: Counter[int | None], chosen: Sequence[ExportColumn], *, by: User, now: datetime
) -> None:
    ticked = ", ".join(in_swedish(column.label) for column in chosen if not column.is_safe)
    with_what = in_swedish(gettext_lazy(", med %(columns)s")) % {"columns": ticked} if ticked else ""
    AccessLog.objects.bulk_create(
        AccessLog(
            user=by,
            what=EXPORTED,
            about_model=model,
            about_id=0,
            office_id=office,
            reason=(in_swedish(SO_MANY % {"count": count}) + with_what)[:300],
            at=now,
        )
        for office, count in counts.items()
    )


def start_export(
    model: str,
    *,
    query: str,
    columns: Sequence[str],
    file_format: str,
    by: User,
    now: datetime,
    pks: Sequence[int] | None = None,
) -> Job:
    """Asks for a file of a list, named by the query in its address, and of it only `pks` if these are given.

    Which rows there are is decided when the work is done, for the user as they are then. Whoever works at one office
    fetches the file only for as long as they do.
    """
    offices = {office for role, office in held_roles(by) if role in CASE_ROLES}
    only = offices.pop() if len(offices) == 1 else None
    return ask_for_job(
        KIND,
        name=_("Hämta ut: %(what)s") % {"what": EXPORTS[model].title},
        by=by,
        now=now,
        office=Office.objects.filter(pk=only).first() if only else None,
        options={
            "model": model,
            "query": query,
            "columns": [*columns],
            "format": file_format,
            "pks": None if pks is None else [*pks],
        },
    )


def export_job(job: Job, rows_of: Callable[[str, str, User], QuerySet[Any]], *, now: datetime) -> None:
    """Does the work of `start_export`. `rows_of(model, query, user)` gives the rows of the list. Raises NotPossible."""
    asked = job.options
    rows = rows_of(asked["model"], asked["query"], job.user)
    if asked["pks"] is not None:
        rows = rows.filter(pk__in=asked["pks"])
    file = export_now(asked["model"], rows, columns=asked["columns"], file_format=asked["format"], by=job.user, now=now)
    keep_file(job, file, outcome={})
