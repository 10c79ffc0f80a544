"""Pages of the site itself: the start page, the choice of language, and what is shown when something stops."""

import sys
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.core.paginator import Paginator
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from knowledge.caching import public_page
from knowledge.views.examples import newest_examples
from mobilisering.context_processors import face
from mobilisering.style_form import StyleForm

RESENDABLE_SIGNS = 100_000
"""A posted form larger than this is not written into the page that offers to send it again."""

NEVER_RESENT = ("/konto/", "/admin/")
"""Where a form may carry a password or a decision of staff."""


EXAMPLES_FIRST = 3
"""So many examples stand on the start page: the newest."""


@public_page
def start(request: HttpRequest) -> HttpResponse:
    """Without its examples when the database does not answer: here one finds the telephone number."""
    try:
        return render(request, "mobilisering/start.html", {"examples": newest_examples(EXAMPLES_FIRST)})
    except (OperationalError, InterfaceError):
        page = render(request, "mobilisering/start.html", {"examples": []})
        page.headers["Cache-Control"] = "no-store"
        return page


@require_safe
def language(request: HttpRequest) -> HttpResponse:
    """Where one chooses a language, to come back to the page one came from: perhaps in the middle of a form."""
    came_from = _came_from(request)
    response = render(request, "mobilisering/language.html", {"languages": settings.LANGUAGES, "next": came_from})
    # PrivatePagesMiddleware asks: it may name a page of their own.
    response.is_private = came_from != reverse("start")  # type: ignore[attr-defined]
    return response


def _came_from(request: HttpRequest) -> str:
    """The page of ours that the link was on, as its own browser says; otherwise the start page."""
    address = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}):
        return reverse("start")
    page = urlsplit(address)
    if page.path.startswith(reverse("language")):
        return reverse("start")
    return f"{page.path}?{page.query}" if page.query else page.path


def _plain_page(request: HttpRequest, status: HTTPStatus, **context: Any) -> HttpResponse:
    """An error page that asks neither the database nor the session for anything."""
    page = render_to_string(f"{status.value}.html", {**face(request), **context})
    return HttpResponse(page, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    too_large = isinstance(exception, (RequestDataTooBig, TooManyFieldsSent))
    return _plain_page(request, HTTPStatus.BAD_REQUEST, too_large=too_large)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _plain_page(request, HTTPStatus.FORBIDDEN)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _plain_page(request, HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault, said in plain words; a database that does not answer is a pause (503), anything else a 500."""
    is_pause = isinstance(sys.exc_info()[1], (OperationalError, InterfaceError))
    return _plain_page(request, HTTPStatus.SERVICE_UNAVAILABLE if is_pause else HTTPStatus.INTERNAL_SERVER_ERROR)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page had been open too long, or cookies are off. What was written is kept and can be sent again.

    It is offered again only when the browser itself says that the form came from our own page.
    """
    own_origin = f"{request.scheme}://{request.get_host()}"
    may_resend = request.headers.get("Origin") == own_origin and not request.path.startswith(NEVER_RESENT)
    posted = [
        (name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"
    ]
    if not may_resend or sum(len(name) + len(value) for name, value in posted) > RESENDABLE_SIGNS:
        posted = []
    context = {**face(request), "posted": posted, "action": request.get_full_path()}
    return render(request, "403_csrf.html", context, status=HTTPStatus.FORBIDDEN)


def style_page(request: HttpRequest) -> HttpResponse:
    """Every component of the house on one page, in development only; sent, the form shows its errors."""
    if not settings.DEVELOPMENT:
        raise Http404
    form = StyleForm(request.POST or None)
    page = Paginator(range(30), 10).page(2)
    return render(request, "mobilisering/style.html", {"form": form, "page": page, "query": ""})
