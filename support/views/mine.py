"""Whose request this browser has open, and the words that were told to it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from cryptography.fernet import InvalidToken
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from people.actions.contacts import ContactErased
from people.actions.links import OpenedLink
from people.crypto import decrypt, encrypt
from people.enums import LinkPurpose
from people.models import PrivateLink
from people.private_access import current_link, way_in_url
from support.enums import RequestStatus
from support.models import SupportRequest


class Behind(Protocol):
    """What lies behind a link."""

    @property
    def is_draft(self) -> bool: ...


P = ParamSpec("P")
Found = TypeVar("Found", bound=Behind)

TOLD = "told_once"
"""Where the session keeps, encrypted, what is told once: so that a page that was never seen does not lose it."""


@dataclass(frozen=True)
class Mine:
    """The request behind the private link that this browser has opened."""

    link: PrivateLink
    support_request: SupportRequest

    @property
    def is_draft(self) -> bool:
        return self.support_request.status == RequestStatus.DRAFT


def my_request(request: HttpRequest) -> Mine | None:
    link = current_link(request, LinkPurpose.SUPPORT)
    return behind(link) if link else None


def behind(link: PrivateLink) -> Mine | None:
    """The request the link is about; None for links to something else."""
    if link.about_model != SupportRequest._meta.label_lower:
        return None
    rows = SupportRequest.objects.select_related("contact", "leader", "group")
    support_request = rows.filter(pk=link.about_id).first()
    return Mine(link, support_request) if support_request else None


def needs(
    find: Callable[[PrivateLink], Found | None],
) -> Callable[
    [Callable[Concatenate[HttpRequest, Found, P], HttpResponse]], Callable[Concatenate[HttpRequest, P], HttpResponse]
]:
    """Gives a view what lies behind the opened link.

    A draft goes back to its questions. Strangers, and those whose link leads to nothing of the kind, go to the way in.
    """

    def needing(
        view: Callable[Concatenate[HttpRequest, Found, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            link = current_link(request, LinkPurpose.SUPPORT)
            found = find(link) if link else None
            if found is None:
                return HttpResponseRedirect(way_in_url(request))
            if found.is_draft:
                return redirect("support:resume")
            try:
                return view(request, found, *args, **kwargs)
            except ContactErased:  # taken away in another window, in this moment
                return HttpResponseRedirect(way_in_url(request))

        return wrapped

    return needing


needs_sent_request = needs(behind)
"""For the pages of a request that was sent."""


@dataclass(frozen=True)
class Told:
    """The two words and the address of a link, as they were told."""

    link: int
    words: str
    token: str

    @property
    def path(self) -> str:
        return f"/min-sida/{self.token}/"


def remember_told(request: HttpRequest, opened: OpenedLink) -> None:
    secrets = json.dumps({"link": opened.link.pk, "words": opened.words, "token": opened.token})
    request.session[TOLD] = encrypt(secrets)


def told(request: HttpRequest, link: PrivateLink) -> Told | None:
    """What was told about this link in this browser, until it is forgotten."""
    kept = told_now(request)
    return kept if kept and kept.link == link.pk else None


def told_now(request: HttpRequest) -> Told | None:
    """The newest that was told in this browser, about whichever link."""
    try:
        return Told(**json.loads(decrypt(request.session[TOLD])))
    except (KeyError, InvalidToken):  # never told here, or with a key that has been taken away
        return None


def forget_told(request: HttpRequest) -> None:
    request.session.pop(TOLD, None)
