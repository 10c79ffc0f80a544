"""A request that is put aside for a while, and taken up again by its link or its code."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people.clock import now
from people.enums import Channel
from people.private_access import way_in_url
from support import questions
from support.actions.requests import send_saved_link
from support.views.mine import my_request, told

CAN_BE_SENT = (Channel.SMS, Channel.EMAIL)


@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """Spara och fortsätt senare: the code, the two words and the link."""
    mine = my_request(request)
    if mine is None:
        return redirect("support:request")
    if not mine.is_draft:
        return redirect("support:already_sent")
    known = told(request, mine.link)
    contact = mine.support_request.contact
    context = {
        "code": mine.link.code,
        "words": known.words if known else "",
        "address": f"{settings.PORTAL_URL}{known.path}" if known else "",
        "until": mine.support_request.draft_until,
        "sends_by": contact.get_channel_display().lower() if contact.channel in CAN_BE_SENT else "",
    }
    return render(request, "support/request_saved.html", context)


@require_POST
def send_link(request: HttpRequest) -> HttpResponse:
    """The link to the draft on the channel that the person has already chosen."""
    mine = my_request(request)
    if mine and mine.is_draft and mine.support_request.contact.channel in CAN_BE_SENT:
        send_saved_link(mine.support_request, now=now())
        messages.success(request, _("Vi skickar länken nu. Det kan ta någon minut."))
    return redirect("support:saved")


@require_safe
def resume(request: HttpRequest) -> HttpResponse:
    """Goes on where the person stopped; asks for code and words when this browser does not know whose draft it is."""
    mine = my_request(request)
    if mine is None:
        return HttpResponseRedirect(way_in_url(request))
    if not mine.is_draft:
        return redirect("support:my_page")
    asked = questions.first_unpassed(mine.support_request)
    return redirect("support:question", asked.slug) if asked else redirect("support:check")
