"""What a certificate says, the same on paper, on the screen and to whoever checks its code."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from people.calendar import stockholm_day
from people.printing import Printed, print_pdf
from training.enums import CourseKind, RegistrationState
from training.models import Certificate, Session

SOURCE = Path(__file__).resolve().parent / "certificate.typ"
AN_HOUR = timedelta(hours=1)
QUARTER = Decimal("0.25")


@dataclass(frozen=True)
class Saying:
    """What one certificate says, in words of the active language. What the course is called stays in Swedish."""

    name: str
    took_part: str
    course: str
    outcomes: list[str]
    day: str
    hours: str
    office: str
    led_by: str
    issued: str
    check_code: str
    address: str

    def facts(self) -> Iterator[tuple[str, str]]:
        yield _("Dag"), self.day
        yield _("Tid"), self.hours
        yield _("Ort"), self.office
        yield _("Ledare"), self.led_by


def saying_of(certificate: Certificate) -> Saying:
    """Of a certificate loaded with its registration, session, course and office."""
    session = certificate.registration.session
    course = session.course
    is_network = course.kind == CourseKind.NETWORK
    return Saying(
        name=certificate.name,
        took_part=_("har varit med på nätverksträffen") if is_network else _("har varit med på utbildningen"),
        course=course.title,
        outcomes=course.outcomes,
        day=_in_words(session.starts_at),
        hours=hours_in_words(session),
        office=session.office.name,
        led_by=session.led_by,
        issued=_in_words(certificate.issued_at),
        check_code=certificate.check_code,
        address=address_of(certificate),
    )


def true_certificate(check_code: str) -> Certificate | None:
    """The certificate with that code and all it says; None when there is none, or it holds no more.

    Where fewer came than we first noted, only as many hold as came, the first that were made out.
    """
    rows = Certificate.objects.select_related("registration__session__course", "registration__session__office")
    found = rows.filter(check_code=check_code, registration__state=RegistrationState.ATTENDED).first()
    if found is None:
        return None
    earlier = Certificate.objects.filter(registration=found.registration_id, pk__lt=found.pk).count()
    return found if earlier < (found.registration.came or 0) else None


def address_of(certificate: Certificate) -> str:
    """Where anyone can see that the certificate is true."""
    return f"{settings.PORTAL_URL}{reverse('training:verified', args=[certificate.check_code])}"


def hours_in_words(session: Session) -> str:
    """How long it was, to the nearest quarter of an hour: "2,5 timmar"."""
    hours = Decimal((session.ends_at - session.starts_at) / AN_HOUR)
    quarters = max(QUARTER, (hours / QUARTER).quantize(Decimal(1), ROUND_HALF_UP) * QUARTER)
    number = int(quarters) if quarters == int(quarters) else quarters.normalize()
    return ngettext("%(hours)s timme", "%(hours)s timmar", 1 if number == 1 else 2) % {"hours": number_format(number)}


def print_certificate(certificate: Certificate) -> Printed:
    """As PDF in the active language. The same certificate in the same words becomes the same file."""
    saying = saying_of(certificate)
    return print_pdf(SOURCE, "certificate", _content(certificate, saying), at=certificate.issued_at)


def _content(certificate: Certificate, saying: Saying) -> dict[str, Any]:
    day = stockholm_day(certificate.issued_at)
    return {
        "language": "en" if get_language() == "en" else "sv",
        "date": [day.year, day.month, day.day],
        "name": saying.name,
        "took_part": saying.took_part,
        "course": saying.course,
        "outcomes": saying.outcomes,
        "facts": [*saying.facts()],
        "check_code": saying.check_code,
        "address": saying.address,
        "words": {
            "title": _("Intyg"),
            "brand": "Mobilisering",
            "outcomes": _("Det gick vi igenom"),
            "issued": _("Vi skrev intyget den %(day)s.") % {"day": saying.issued},
            "check_code": _("Kontrollkod"),
            "check": _("Vem som helst kan kolla att intyget är äkta. Skriv koden här:"),
        },
    }


def _in_words(moment: datetime) -> str:
    return format_date(timezone.localtime(moment), pgettext("datum på intyg", "j F Y"))
