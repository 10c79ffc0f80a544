"""What every public form does before it takes anything: asks about personal numbers, and minds floods."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from people.form_guards import DECISION


def ask_about_numbers(request: HttpRequest, numbers: object) -> HttpResponse:
    """The gentle interruption: everything that was written stands hidden in the page, to be sent again either way."""
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    posted = [(name, value) for name, value in sent if name not in {"csrfmiddlewaretoken", DECISION}]
    return render(request, "people/personal_number.html", {"numbers": numbers, "posted": posted})


def too_many(request: HttpRequest, page: Callable[[], HttpResponse]) -> HttpResponse:
    """So much has come from one network today that it can hardly be people: the same page again, with another way."""
    sentence = _(
        "Det har kommit ovanligt många förfrågningar från samma nätverk som ditt i dag. Dina svar finns kvar här."
        " Försök igen i morgon. Eller ring %(phone)s, så skriver vi ner det åt dig."
    )
    messages.warning(request, sentence % {"phone": settings.PORTAL_PHONE})
    response = page()
    response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    return response
