"""The end, on the group's page: what we keep, signed by both; and the way back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people.clock import now
from people.views.careful import ask_about_numbers
from support.actions.exits import NotInExit, NotInTheGroup, keep_thing, sign_exit, start_exit, unkeep_thing
from support.actions.periods import PeriodClosed, come_back
from support.enums import KeepKind, Phase
from support.forms.private import KeptThingForm
from support.views.ours import Ours, needs_group


@require_http_methods(["GET", "HEAD", "POST"])
@needs_group
def exit_page(request: HttpRequest, ours: Ours) -> HttpResponse:
    """Where the end stands. While it is under way, the list of what the group keeps can grow."""
    form = KeptThingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if numbers := form.personal_numbers():
            return ask_about_numbers(request, numbers)
        try:
            keep_thing(ours.period, kind=KeepKind(form.cleaned_data["kind"]), text=form.cleaned_data["text"], now=now())
        except NotInExit:
            messages.info(request, _("Listan kan bara ändras medan vi avslutar."))
        return redirect("support:exit")
    context = {"period": ours.period, "things": list(ours.period.kept_things.all()), "form": form, "Phase": Phase}
    return render(request, "support/my_exit.html", context)


@require_POST
@needs_group
def remove_thing(request: HttpRequest, ours: Ours, pk: int) -> HttpResponse:
    try:
        unkeep_thing(get_object_or_404(ours.period.kept_things, pk=pk), now=now())
    except NotInExit:
        messages.info(request, _("Listan kan bara ändras medan vi avslutar."))
    return redirect("support:exit")


@require_POST
@needs_group
def begin(request: HttpRequest, ours: Ours) -> HttpResponse:
    """Vi är klara: the group ends the support, whenever it wants."""
    try:
        start_exit(ours.period, now=now())
    except PeriodClosed:
        messages.info(request, _("Stödet är redan avslutat."))
    return redirect("support:exit")


@require_POST
@needs_group
def sign(request: HttpRequest, ours: Ours) -> HttpResponse:
    try:
        sign_exit(ours.period, member=ours.member, now=now())
    except (NotInExit, NotInTheGroup):
        messages.info(request, _("Det finns inget att skriva under just nu."))
    else:
        messages.success(request, _("Ni har skrivit under."))
    return redirect("support:exit")


@require_POST
@needs_group
def return_to_us(request: HttpRequest, ours: Ours) -> HttpResponse:
    """Vi vill komma tillbaka. A second tap finds the period that the first one opened."""
    if ours.period.phase == Phase.EXIT:
        return redirect("support:exit")
    come_back(ours.period, now=now())
    messages.success(request, _("Välkomna tillbaka. Er utvecklingsledare hör av sig."))
    return redirect("support:my_page")
