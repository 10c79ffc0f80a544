"""Kolla ett intyg: whoever holds one sees whether it is ours, and that it says what we say. Nothing about others.

Wrong codes are counted for each network address and day. A right one tells no more than stands on the paper.
"""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from people.clock import now
from people.views import floods
from training.certificates.codes import normalise_check_code
from training.certificates.content import saying_of, true_certificate
from training.forms.after import CheckCodeForm

WRONG = "check_code"
MOST_WRONG_A_DAY = 100
"""More than all who misread a paper at one workplace in a day; a guesser would need 10¹⁵ times as many."""


@require_http_methods(["GET", "HEAD", "POST"])
def write_code(request: HttpRequest) -> HttpResponse:
    form = CheckCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return redirect("training:verified", check_code=form.cleaned_data["check_code"])
    return _for_one_reader(render(request, "training/verify.html", {"form": form}))


@require_safe
def verified(request: HttpRequest, check_code: str) -> HttpResponse:
    """What the certificate with this code says; in plain words that there is none."""
    if floods.is_flooding(request, WRONG, MOST_WRONG_A_DAY, now=now()):
        page = render(request, "training/verify_later.html", status=HTTPStatus.TOO_MANY_REQUESTS)
        return _for_one_reader(page)
    code = normalise_check_code(check_code)
    certificate = true_certificate(code) if code else None
    if certificate is None:
        floods.count(request, WRONG, now=now())
        context = {"form": CheckCodeForm(), "code": code}
        return _for_one_reader(render(request, "training/verify_unknown.html", context, status=HTTPStatus.NOT_FOUND))
    return _for_one_reader(render(request, "training/verified.html", {"said": saying_of(certificate)}))


def _for_one_reader(response: HttpResponse) -> HttpResponse:
    """Kept by nobody on the way, and found by no search."""
    response.is_private = True  # type: ignore[attr-defined]
    response.headers["X-Robots-Tag"] = "noindex"
    return response
