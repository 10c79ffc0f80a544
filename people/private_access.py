"""Who may see a private page: whoever came in by its link or code, in this browser, for half a day at most.

The session holds which link was opened, never what opened it. Every page asks the database whether it still stands.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from people.clock import real_now
from people.enums import LinkPurpose
from people.models import PrivateLink

P = ParamSpec("P")

SESSION_KEY = "private_links"
LONGEST_VISIT = timedelta(hours=12)


def open_in_session(request: HttpRequest, link: PrivateLink) -> None:
    """Lets this browser see the link's pages until it closes, at most for twelve hours.

    The session gets a new key, so that one planted beforehand is worth nothing.
    """
    opened: dict[str, Any] = request.session.get(SESSION_KEY, {})
    opened[link.purpose] = {"link": link.pk, "until": (real_now() + LONGEST_VISIT).isoformat()}
    request.session.cycle_key()
    request.session[SESSION_KEY] = opened
    request.session.set_expiry(0)


def current_link(request: HttpRequest, purpose: LinkPurpose) -> PrivateLink | None:
    """The link of that purpose that this browser has opened, with its contact; None when none is open any more."""
    opened = request.session.get(SESSION_KEY, {}).get(purpose)
    if not opened or datetime.fromisoformat(opened["until"]) <= real_now():
        return None
    return PrivateLink.objects.usable().filter(pk=opened["link"], purpose=purpose).select_related("contact").first()


def forget(request: HttpRequest) -> None:
    """Nothing in this browser leads to a private page any more; whoever was signed in is signed out too."""
    request.session.flush()


def way_in_url(request: HttpRequest) -> str:
    """Where someone without a link is asked for code and words, and from where they come back to this page."""
    return f"{reverse('people:way_in')}?{urlencode({'next': request.get_full_path()})}"


def needs_link(
    purpose: LinkPurpose,
) -> Callable[
    [Callable[Concatenate[HttpRequest, PrivateLink, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, P], HttpResponse],
]:
    """Gives the view the opened link after the request; sends everyone else to the way in."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, PrivateLink, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            link = current_link(request, purpose)
            if link is None:
                return HttpResponseRedirect(way_in_url(request))
            return view(request, link, *args, **kwargs)

        return wrapped

    return decorate
