"""Those who come to a session become a file, and that is always written down."""

from datetime import datetime

from django.db import transaction

from people.actions.jobs import JobFile
from people.actions.reading import EXPORTED
from people.calendar import stockholm_day
from people.models import AccessLog, User
from people.spreadsheets import CSV, XLSX, write_spreadsheet
from training.exports import HEADINGS, lines_of
from training.models import Session


@transaction.atomic
def export_participants(session: Session, *, file_format: str, by: User, now: datetime) -> JobFile:
    """A row for each registration that is not taken back. No addresses and no needs; no name that is protected."""
    registrations = list(session.registrations.select_related("contact"))
    rows = lines_of(registrations)
    wanted = CSV if file_format == CSV else XLSX
    data = write_spreadsheet(wanted, [str(one) for one in HEADINGS], rows, title=str(session.course))
    AccessLog.objects.create(
        user=by,
        what=EXPORTED,
        about_model=Session._meta.label_lower,
        about_id=session.pk,
        office=session.office,
        at=now,
    )
    return JobFile(f"{session.course} {stockholm_day(session.starts_at)}.{wanted}", data)
