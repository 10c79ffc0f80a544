"""What is refused in every form, whatever is asked: what cannot be read, sent to or counted with."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from people.plain_text import REPLACEMENT

NO_EMAIL = _("Skriv hela e-postadressen, till exempel namn@exempel.se")

LONGEST_LOCAL_PART = 64
"""Signs before the @ (RFC 5321 §4.5.3.1)."""

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""A day outside these is a slip of the finger, and what is counted from it leaves the calendar."""


def refuse_unreadable(value: object) -> None:
    """Asks for the text again where some signs came in a form that cannot be read."""
    if isinstance(value, str) and REPLACEMENT in value:
        raise ValidationError(_("Några tecken gick inte att läsa. Skriv dem en gång till."), code="unreadable")


def email_to_send_to(address: str) -> None:
    """Refuses also what looks like an address and that no mail server can be given."""
    local, _at, domain = address.rpartition("@")
    try:
        validate_email(address)
        domain.encode("idna")
    except (ValidationError, UnicodeError):
        raise ValidationError(NO_EMAIL, code="invalid") from None
    if len(local) > LONGEST_LOCAL_PART or "=?" in local:  # the second is how a header says that it is encoded
        raise ValidationError(NO_EMAIL, code="invalid")


def refuse_far_days(day: date) -> None:
    """Asks for the day again where the year cannot be meant."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(_("Kolla årtalet i datumet"), code="far_day")
