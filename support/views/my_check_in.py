"""Hur går det? Three taps for the group, and now and then its nine strengths."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.clock import now, today
from people.models import Contact
from people.views.careful import ask_about_numbers
from support.actions.answers import CheckInOver, answer_check_in
from support.actions.check_ins import Questions, answerable, questions_of
from support.actions.periods import DayHasPassed, PauseTooLong
from support.actions.strengths import NothingAnswered, mark_strengths
from support.enums import Capacity, CheckInKind, CheckInState, Drives, Going, Wish
from support.forms.private import CHECK_IN_FORMS, CapacityForm, CheckInForm
from support.models import CheckIn, SupportPeriod
from support.strengths import web_of
from support.views.ours import Ours, needs_group


@require_http_methods(["GET", "HEAD", "POST"])
@needs_group
def check_in(request: HttpRequest, ours: Ours) -> HttpResponse:
    """The question that waits; without one, when we are in touch next. Answering twice leads to the same thanks."""
    asked = answerable(ours.period)
    if asked is None:
        return redirect("support:check_in_thanks") if request.method == "POST" else _nothing_asked(request, ours.period)
    asks = questions_of(asked, ours.contact, today())
    form = CHECK_IN_FORMS[CheckInKind(asked.kind)](
        request.POST if request.method == "POST" else None,
        initial={"number": asked.number},
        asks_still_safe=asks.asks_still_safe,
    )
    if request.method == "POST" and request.POST.get("number") not in {None, str(asked.number)}:
        messages.info(request, _("Ni har redan svarat."))
        return redirect("support:check_in_thanks")
    if not form.is_valid():
        return render(request, "support/check_in.html", {"form": form, "check_in": asked})
    if numbers := form.personal_numbers():
        return ask_about_numbers(request, numbers)
    return _answer(request, asked, form, ours.contact, asks)


def _answer(request: HttpRequest, asked: CheckIn, form: CheckInForm, contact: Contact, asks: Questions) -> HttpResponse:
    answers = form.cleaned_data
    safe = answers.get("still_safe")
    try:
        answer_check_in(
            asked,
            going=Going(answers["going"]),
            drives=Drives(answers["drives"]),
            wish=Wish(answers["wish"]),
            pause_until=answers.get("pause_until"),
            still_safe=None if safe is None else safe == "yes",
            comment=answers["comment"],
            contact=contact,
            now=now(),
        )
    except DayHasPassed:
        form.add_error("pause_until", _("Välj en dag som kommer"))
        return render(request, "support/check_in.html", {"form": form, "check_in": asked})
    except PauseTooLong:
        form.add_error("pause_until", _("Välj en dag inom två år"))
        return render(request, "support/check_in.html", {"form": form, "check_in": asked})
    except CheckInOver:
        messages.info(request, _("Ni har redan svarat."))
    return redirect("support:strengths" if asks.asks_capacity else "support:check_in_thanks")


def _nothing_asked(request: HttpRequest, period: SupportPeriod) -> HttpResponse:
    planned = period.check_ins.filter(state=CheckInState.PLANNED).order_by("expected").first()
    return render(request, "support/check_in_none.html", {"planned": planned, "period": period})


@require_http_methods(["GET", "HEAD"])
@needs_group
def thanks(request: HttpRequest, ours: Ours) -> HttpResponse:
    """When we are in touch next, and why just then."""
    planned = ours.period.check_ins.filter(state=CheckInState.PLANNED).order_by("expected").first()
    return render(request, "support/check_in_thanks.html", {"planned": planned, "period": ours.period})


@require_http_methods(["GET", "HEAD", "POST"])
@needs_group
def strengths(request: HttpRequest, ours: Ours) -> HttpResponse:
    """The nine domains, voluntarily, and how they have been marked before, drawn as a web."""
    form = CapacityForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            mark_strengths(ours.period, marks=form.marks(), now=now())
        except NothingAnswered:
            messages.info(request, _("Svara först på hur det går. Sedan kan ni rita nätet."))
            return redirect("support:check_in")
        messages.success(request, _("Sparat. Ni ser nätet här på sidan."))
        return redirect("support:strengths")
    marked = ours.period.check_ins.exclude(capacity={}).order_by("-number").values_list("capacity", "answered_at")
    webs = [web_of({Capacity(domain): mark for domain, mark in marks.items()}, at) for marks, at in marked[:2]]
    return render(request, "support/strengths.html", {"form": form, "webs": webs})
