"""Klarar vi oss själva? The five signs in the group's own opinion, in words and never as a grade."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.clock import now
from people.enums import YesNoUnknown
from support.actions.check_ins import mark_readiness
from support.enums import Readiness
from support.forms.private import SignsForm
from support.models import SupportPeriod
from support.views.ours import Ours, needs_group


@require_http_methods(["GET", "HEAD", "POST"])
@needs_group
def signs(request: HttpRequest, ours: Ours) -> HttpResponse:
    if not ours.period.is_open:
        return redirect("support:exit")
    newest = _newest(ours.period)
    form = SignsForm(request.POST if request.method == "POST" else None, initial=newest)
    if request.method == "POST" and form.is_valid():
        mark_readiness(ours.period, marks=form.marks(), by_group=True, now=now())
        messages.success(request, _("Sparat. Tack."))
        return redirect("support:signs")
    manages = [Readiness(sign) for sign, value in newest.items() if value == YesNoUnknown.YES]
    return render(request, "support/signs.html", {"form": form, "manages": manages})


def _newest(period: SupportPeriod) -> dict[str, str]:
    """What was last said of each sign, by the group or by us."""
    return {mark.sign: mark.value for mark in period.readiness_marks.order_by("marked_on", "pk")}
