"""What someone sees once their request has been sent: thanks, the code, the date, and the way to their own page."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from people.calendar import long_date, stockholm_day
from people.clock import today
from people.enums import YesNoUnknown
from people.private_access import forget, way_in_url
from support.views.mine import Mine, my_request, needs_sent_request, told


@require_safe
@needs_sent_request
def sent(request: HttpRequest, mine: Mine) -> HttpResponse:
    """Klart. The same page every time, except that the two words are gone when the own page has been opened."""
    return render(request, "support/request_sent.html", _receipt(request, mine))


@require_safe
@needs_sent_request
def receipt(request: HttpRequest, mine: Mine) -> HttpResponse:
    """The receipt by itself, on paper."""
    return render(request, "support/request_receipt.html", _receipt(request, mine))


def _receipt(request: HttpRequest, mine: Mine) -> dict[str, object]:
    support_request = mine.support_request
    known = told(request, mine.link)
    contact = support_request.contact
    received_at, promised_by = support_request.received_at, support_request.promised_by
    return {
        "code": mine.link.code,
        "words": known.words if known else "",
        "received_on": long_date(stockholm_day(received_at), today()) if received_at else "",
        "promised_by": long_date(promised_by, today()) if promised_by else "",
        "channel": contact.channel,
        "may_say": contact.may_say_who_we_are,
        "wants_interpreter": contact.wants_interpreter == YesNoUnknown.YES,
    }


@require_safe
def already_sent(request: HttpRequest) -> HttpResponse:
    """Ni har redan skickat: where the back button leads after the thanks."""
    mine = my_request(request)
    if mine is None:
        return HttpResponseRedirect(way_in_url(request))
    if mine.is_draft:
        return redirect("support:resume")
    return render(request, "support/already_sent.html")


@require_POST
def start_over(request: HttpRequest) -> HttpResponse:
    """Someone else at the same keyboard, or another group: this browser forgets the request that was sent."""
    forget(request)
    return redirect("support:request")
