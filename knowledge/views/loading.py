"""Public texts by their address: what is not public does not exist, and what was taken away says so (410)."""

from functools import wraps
from http import HTTPStatus
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from knowledge.caching import View, public_page
from knowledge.enums import State
from knowledge.models import PublicText

Text = TypeVar("Text", bound=PublicText)


class Withdrawn(Exception):
    """The text was public once. `text_page` says so."""


def public_text(rows: QuerySet[Text], slug: str) -> Text:
    """The published text with the name. Raises Http404 when there has never been one, Withdrawn when there has."""
    return first_public(rows.filter(slug=slug))


def first_public(rows: QuerySet[Text]) -> Text:
    """The same for the one text that the rows can be."""
    was_public = Q(published_at__isnull=False, withdrawn_at__isnull=False)  # also when it is being written anew
    text = rows.filter(Q(state=State.PUBLISHED) | was_public).first()
    if text is None:
        raise Http404
    if text.state != State.PUBLISHED:
        raise Withdrawn
    return text


def text_page(view: View) -> View:
    """A public page of one text. Where the text has been taken away, it says so."""

    @public_page
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Withdrawn:
            return gone(request)

    return shown


def gone(request: HttpRequest) -> HttpResponse:
    return render(request, "410.html", status=HTTPStatus.GONE)
