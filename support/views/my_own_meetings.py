"""Vi har träffats: the group tells of a meeting it has held without us."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.clock import now, today
from people.views.careful import ask_about_numbers
from support.actions.own_meetings import MeetingToCome, PeriodClosed, tell_of_meeting
from support.forms.private import OwnMeetingForm
from support.views.ours import Ours, needs_group


@require_http_methods(["GET", "HEAD", "POST"])
@needs_group
def tell(request: HttpRequest, ours: Ours) -> HttpResponse:
    form = OwnMeetingForm(request.POST if request.method == "POST" else None, initial={"held_on": today()})
    if not form.is_valid():
        return render(request, "support/my_own_meeting.html", {"form": form})
    if numbers := form.personal_numbers():
        return ask_about_numbers(request, numbers)
    try:
        tell_of_meeting(
            ours.period,
            member=ours.member,
            held_on=form.cleaned_data["held_on"],
            text=form.cleaned_data["text"],
            once_key=form.cleaned_data["once_key"],
            now=now(),
        )
    except MeetingToCome:
        form.add_error("held_on", _("Välj dagen när ni träffades, i dag eller tidigare"))
        return render(request, "support/my_own_meeting.html", {"form": form})
    except PeriodClosed:
        messages.info(request, _("Stödet är avslutat. Det går inte att skriva mer här."))
    else:
        messages.success(request, _("Bra! Det står i er historik nu."))
    return redirect("support:my_page")
