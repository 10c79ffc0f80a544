"""Intyg: whoever came writes the names, and gets a paper for each."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.clock import now
from people.printing import can_draw
from people.views.careful import ask_about_numbers
from training.actions.certificates import AllMadeOut, NotAttended, make_out, take_back
from training.certificates.content import print_certificate, saying_of
from training.enums import RegistrationState
from training.forms.after import CertificateForm
from training.models import Certificate, Registration
from training.views.behind import needs_registration


@require_http_methods(["GET", "HEAD", "POST"])
@needs_registration
def certificates(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Those that are made out, and one more as long as there are fewer than came."""
    is_noted = registration.state == RegistrationState.ATTENDED and registration.session.is_over(now())
    if not is_noted:
        return render(request, "training/certificates_none.html", {"registration": registration})
    there = list(registration.certificates.order_by("pk"))
    form = CertificateForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if numbers := form.personal_numbers():
            return ask_about_numbers(request, numbers)
        return _make_out(request, registration, form.cleaned_data["name"])
    left = (registration.came or 0) - len(there)
    context = {"registration": registration, "certificates": there, "form": form if left > 0 else None, "left": left}
    return render(request, "training/certificates.html", context)


def _make_out(request: HttpRequest, registration: Registration, name: str) -> HttpResponse:
    try:
        make_out(registration, name=name, now=now())
    except NotAttended:
        messages.info(request, _("Vi har inte skrivit upp att du var med."))
    except AllMadeOut:
        messages.info(request, _("Alla som var med har sina intyg. Blev ett namn fel? Ta bort det intyget först."))
    else:
        messages.success(request, _("Intyget är klart."))
    return redirect("training:certificates")


@require_safe
@needs_registration
def certificate_page(request: HttpRequest, registration: Registration, pk: int) -> HttpResponse:
    """To read or print, whatever letters the name has."""
    certificate = _certificate(registration, pk)
    context = {"certificate": certificate, "said": saying_of(certificate), "has_pdf": can_draw(certificate.name)}
    return render(request, "training/certificate.html", context)


@require_safe
@needs_registration
def certificate_pdf(request: HttpRequest, registration: Registration, pk: int) -> HttpResponse:
    """The paper. A name in letters that our fonts lack is printed from the page instead."""
    certificate = _certificate(registration, pk)
    if not can_draw(certificate.name):
        return redirect("training:certificate", pk=pk)
    response = HttpResponse(print_certificate(certificate).pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="intyg.pdf"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@needs_registration
def take_back_page(request: HttpRequest, registration: Registration, pk: int) -> HttpResponse:
    """Ta bort: the code is unknown from now on, and another name can be written."""
    if take_back(registration, pk=pk):
        messages.success(request, _("Intyget är borttaget. Koden gäller inte längre."))
    return redirect("training:certificates")


def _certificate(registration: Registration, pk: int) -> Certificate:
    """One of their own, with all that it says, while they are noted as having been there."""
    certificate = registration.certificates.filter(pk=pk).first()
    if certificate is None or registration.state != RegistrationState.ATTENDED:
        raise Http404
    certificate.registration = registration
    return certificate
