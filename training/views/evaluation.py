"""Vad tyckte du? Three questions to someone who was there, on their own page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.clock import now
from people.views.careful import ask_about_numbers
from training.actions.evaluating import NothingAsked, evaluate
from training.evaluations import is_asked
from training.forms.after import EvaluationForm
from training.models import Registration
from training.views.behind import needs_registration


@require_http_methods(["GET", "HEAD", "POST"])
@needs_registration
def evaluate_page(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Whoever has answered, or is asked nothing, comes back to their own page."""
    if not is_asked(registration, now()):
        return _back(request, registration)
    form = EvaluationForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "training/evaluate.html", {"form": form, "course": registration.session.course})
    if numbers := form.personal_numbers():
        return ask_about_numbers(request, numbers)
    try:
        evaluate(registration, **form.answers(), now=now())
    except NothingAsked:  # the last day has passed in this moment
        return _back(request, registration)
    messages.success(request, _("Tack för dina svar."))
    return redirect("training:mine")


def _back(request: HttpRequest, registration: Registration) -> HttpResponse:
    has_answered = registration.evaluated_at is not None
    messages.info(request, _("Du har redan svarat. Tack.") if has_answered else _("Vi har inga frågor till dig nu."))
    return redirect("training:mine")
