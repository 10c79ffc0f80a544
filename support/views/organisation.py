"""For dig som stöttar: when to call us, the four roles, and four questions."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.calendar import long_date
from people.clock import now, today
from people.views import floods
from people.views.careful import ask_about_numbers, too_many
from support.actions.organisations import send_organisation_request
from support.forms.organisation import OrganisationForm
from support.models import OrganisationRequest

SENT = "organisation_request"


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    form = OrganisationForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _show(request, form)
    if numbers := form.personal_numbers():
        return ask_about_numbers(request, numbers)
    if form.looks_automated():
        messages.info(request, _("Kolla svaren en gång till. Tryck sedan på Skicka till oss."))
        return _show(request, form)
    if floods.is_flooding(request, "send", floods.SENT_A_DAY, now=now()):
        return too_many(request, lambda: _show(request, form))
    reads = "en" if get_language() == "en" else "sv"
    organisation_request = send_organisation_request(**form.answers(), now=now(), reads=reads)
    floods.count(request, "send", now=now())
    request.session[SENT] = organisation_request.pk
    return redirect("support:organisation_thanks")


def _show(request: HttpRequest, form: OrganisationForm) -> HttpResponse:
    return render(request, "support/organisation.html", {"form": form})


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """The same page for as long as the browser remembers what was sent."""
    rows = OrganisationRequest.objects.filter(pk=request.session.get(SENT, 0)).select_related("contact")
    sent = rows.first()
    if sent is None:
        return redirect("support:organisation")
    context = {"promised_by": long_date(sent.promised_by, today()), "channel": sent.contact.channel}
    return render(request, "support/organisation_thanks.html", context)
