"""Anyone may tell what their group did: eight questions, a look at how it will read, and thanks."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from groups.enums import DutyBearerKind, SizeBand
from knowledge.actions.contributing import Told, as_step, contribute
from knowledge.enums import Setting
from knowledge.forms.contribute import ContributeForm
from knowledge.markup import as_html, as_plain, literally
from people.clock import now
from people.views import floods
from people.views.careful import ask_about_numbers, too_many

SEND, CHANGE = "send", "change"
"""The two buttons under the preview."""


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The questions, and all that was written once more whenever something stands in the way."""
    form = ContributeForm(request.POST if request.method == "POST" else None)
    response = _answer(request, form)
    if request.method == "POST":
        response.is_private = True  # type: ignore[attr-defined]  # read by PrivatePagesMiddleware
    return response


def _answer(request: HttpRequest, form: ContributeForm) -> HttpResponse:
    if not form.is_valid() or CHANGE in request.POST:
        return _show(request, form)
    if numbers := form.personal_numbers():
        return ask_about_numbers(request, numbers)
    if form.looks_automated():
        messages.info(request, _("Kolla texten en gång till. Tryck sedan på knappen längst ner."))
        return _show(request, form)
    if SEND not in request.POST:
        return _preview(request, form)
    if floods.is_flooding(request, "contribute", floods.SENT_A_DAY, now=now()):
        return too_many(request, lambda: _preview(request, form))
    contribute(
        form.told(),
        way=form.way(),
        called=form.cleaned_data["called"],
        once_key=form.cleaned_data["once_key"],
        reads="en" if get_language() == "en" else "sv",
        now=now(),
    )
    floods.count(request, "contribute", now=now())
    return redirect("knowledge:contributed")


def _show(request: HttpRequest, form: ContributeForm) -> HttpResponse:
    return render(request, "knowledge/contribute.html", {"form": form})


def _preview(request: HttpRequest, form: ContributeForm) -> HttpResponse:
    """As readers would meet it. What was written stands hidden in the page, to be sent or changed."""
    written: Any = form.data  # a QueryDict, with every value as plain text
    sent = [(name, value) for name, values in written.lists() for value in values]
    told = form.told()
    context = {
        "told": told,
        "facts": _facts(told),
        "wrong": _html(told.wrong),
        "steps": [_step(said) for said in told.steps],
        "outcome": _html(told.outcome),
        "did_not_work": _html(told.did_not_work),
        "can_be_asked": form.way() is not None,
        "posted": [(name, value) for name, value in sent if name not in {"csrfmiddlewaretoken", SEND, CHANGE}],
    }
    return render(request, "knowledge/contribute_preview.html", context)


def _html(text: str) -> SafeString:
    return as_html(literally(text))


def _step(said: str) -> tuple[str, SafeString]:
    """The title, and the text where that says more."""
    step = as_step(said)
    says_more = as_plain(step["text"]).rstrip(".") != step["title"]
    return step["title"], as_html(step["text"] if says_more else "")


def _facts(told: Told) -> list[tuple[Any, str]]:
    """A label and what it says, for each that says something."""
    kinds: list[tuple[Any, str, Any]] = [
        (_("Plats"), told.place, Setting(told.setting).label),
        (_("Gruppen"), told.who, SizeBand(told.size_band).label),
        (_("Ansvarig"), told.duty_bearer, DutyBearerKind(told.duty_bearer_kind).label),
    ]
    return [(label, ", ".join(filter(None, [own_words, str(kind)]))) for label, own_words, kind in kinds]


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """What happens now. It knows nothing of what was sent, so anyone may look at it."""
    return render(request, "knowledge/contribute_thanks.html")
