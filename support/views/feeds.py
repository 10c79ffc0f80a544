"""Calendars to subscribe to: read by programs, without a session, by a private address alone."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from people import clock
from support.actions.calendar_feeds import feed_file


@require_safe
def own_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """A leader's own meetings. An address that has ended answers as one that never was."""
    file = feed_file(token, now=clock.now())
    if file is None:
        raise Http404
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response["ETag"] = f'"{hashlib.sha256(file).hexdigest()[:32]}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
