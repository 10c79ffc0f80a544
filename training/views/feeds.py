"""Calendars: the sessions that anyone may read about, to subscribe to, and someone's own entry as a file."""

import hashlib
from datetime import time, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.calendar import stockholm_day, stockholm_moment
from people.clock import now
from people.models import Office
from training.calendar_files import content_type, entry, file_name, programme
from training.enums import CourseTopic, RegistrationState
from training.models import Registration, Session
from training.models.courses import SessionQuerySet
from training.views.behind import needs_registration

BACK = timedelta(days=30)
"""How far back a calendar tells of sessions."""

MOST = 300
"""Sessions in one calendar: more than an office holds in several years."""


@require_safe
def office_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The sessions at an office, in the language of the reader."""
    office = get_object_or_404(Office, slug=slug)
    name = _("Utbildningar i %(office)s") % {"office": office.name}
    return _feed(request, Session.objects.public().filter(office=office), name)


@require_safe
def topic_feed(request: HttpRequest, topic: str) -> HttpResponse:
    """The sessions about something, at all offices."""
    if topic not in CourseTopic.values:
        raise Http404
    name = _("Utbildningar om %(topic)s") % {"topic": CourseTopic(topic).label}
    return _feed(request, Session.objects.public().filter(course__topic=topic), name)


def _feed(request: HttpRequest, sessions: SessionQuerySet, name: str) -> HttpResponse:
    """What never came out and is called off tells nobody anything. The same file has the same ETag."""
    since = stockholm_moment(stockholm_day(now()) - BACK, time(0))
    shown = sessions.filter(starts_at__gte=since, published_at__isnull=False).select_related("course")
    file = programme(shown[:MOST], name=name)
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response["ETag"] = f'"{hashlib.sha256(file).hexdigest()[:32]}"'
    response["Cache-Control"] = "no-cache"
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


@require_safe
@never_cache
@needs_registration
def calendar_file(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The entry for one's own calendar, as it stands now. Whoever has no seats has nothing to write there yet."""
    if registration.state in {RegistrationState.WAITLISTED, RegistrationState.OFFERED}:
        raise Http404
    response = HttpResponse(entry(registration), content_type=content_type(registration))
    response["Content-Disposition"] = f'attachment; filename="{file_name(registration)}"'
    response["Cache-Control"] = "private, no-store"
    return response
