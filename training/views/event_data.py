"""A session said to machines in the words of schema.org (JSON-LD): what its page says and nothing more."""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from people.calendar import STOCKHOLM
from training.enums import SessionState
from training.models import Session

CONTEXT = "https://schema.org"
ONLINE, THERE = f"{CONTEXT}/OnlineEventAttendanceMode", f"{CONTEXT}/OfflineEventAttendanceMode"
OFF, ON = f"{CONTEXT}/EventCancelled", f"{CONTEXT}/EventScheduled"
_CODES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}
"""Whatever a text holds, it cannot end the element it stands in."""


def as_event(session: Session) -> SafeString:
    """The element for the head of the page, as data that no browser runs."""
    where = f"{settings.PORTAL_URL}{reverse('training:session', args=[session.course.slug, session.pk])}"
    place = {"@type": "Place", "name": session.place, "address": session.place}
    event: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "EducationEvent",
        "@id": where,
        "url": where,
        "name": session.course.title,
        "description": session.course.lead,
        "startDate": session.starts_at.astimezone(STOCKHOLM).isoformat(timespec="minutes"),
        "endDate": session.ends_at.astimezone(STOCKHOLM).isoformat(timespec="minutes"),
        "eventStatus": OFF if session.state == SessionState.CANCELLED else ON,
        "eventAttendanceMode": THERE if session.place else ONLINE,
        "location": place if session.place else {"@type": "VirtualLocation", "url": where},
        "inLanguage": session.language,
        "isAccessibleForFree": not session.price,
        "organizer": {"@type": "Organization", "name": "Mobilisering"},
    }
    told = json.dumps(event, ensure_ascii=False, separators=(",", ":")).translate(_CODES)
    return mark_safe(f'<script type="application/ld+json">{told}</script>')  # noqa: S308 -- see _CODES
