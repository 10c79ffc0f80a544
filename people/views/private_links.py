"""The way in to one's own page, and the way out."""

import time
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from people.actions import way_in
from people.calendar import STOCKHOLM
from people.clock import now
from people.enums import LinkPurpose
from people.form_pack import PortalForm
from people.forms import AskOneTimeCodeForm, NextForm, OneTimeCodeForm, UnlockForm, WayInForm
from people.models import PrivateLink
from people.private_access import forget, open_in_session

CODE_IN_SESSION = "way_in_code"

EVEN_ANSWER = 0.05
"""Seconds that asking for a one-time code takes at least: longer than sending one, so that the time tells nothing."""


def _next(request: HttpRequest, link: PrivateLink) -> str:
    """Where they were going when they were asked to come in; else the first page behind their link."""
    form = NextForm(request.GET)
    return form.cleaned_data["next"] if "next" in request.GET and form.is_valid() else LinkPurpose(link.purpose).home


def _page_behind(link: PrivateLink, rest: str) -> str:
    """The private page that the rest of an address names; the link's first one when a mail program has mangled it."""
    home = LinkPurpose(link.purpose).home
    path = f"/min-sida/{rest}" if rest else home
    try:
        resolve(path)
    except Resolver404:
        return home
    return path


def _try_to_enter(
    request: HttpRequest, form: PortalForm, enter: Callable[[], PrivateLink], *, wrong: str
) -> PrivateLink | HTTPStatus:
    """The link when the try was right; otherwise the status of the page, with what happened told in the form."""
    try:
        link = enter()
    except way_in.WrongTry:
        form.add_error(None, wrong)
        return HTTPStatus.OK
    except way_in.TryLater as later:
        clock = later.until.astimezone(STOCKHOLM).strftime("%H.%M")
        sentence = _(
            "Det har blivit många försök. Försök igen klockan %(clock)s. Länken ni har fått fungerar hela tiden."
        )
        form.add_error(None, sentence % {"clock": clock})
        return HTTPStatus.TOO_MANY_REQUESTS
    open_in_session(request, link)
    return link


@require_http_methods(["GET", "HEAD", "POST"])
def open_link(request: HttpRequest, token: str, rest: str = "") -> HttpResponse:
    """Opens with the address from a message, and leads to the page behind it; the address itself is left at once."""
    try:
        if request.method == "POST":
            return _unlock(request, token, rest)
        link = way_in.enter_by_token(token, now=now())
    except way_in.LinkGone:
        return render(request, "people/link_gone.html", status=HTTPStatus.NOT_FOUND)
    except way_in.CodeNeeded:
        return render(request, "people/unlock.html", {"form": UnlockForm()})
    open_in_session(request, link)
    return HttpResponseRedirect(_page_behind(link, rest))


def _unlock(request: HttpRequest, token: str, rest: str) -> HttpResponse:
    way_in.find_by_token(token)
    form = UnlockForm(request.POST)
    status: PrivateLink | HTTPStatus = HTTPStatus.OK
    if form.is_valid():
        code = form.cleaned_data["code"]
        status = _try_to_enter(
            request,
            form,
            lambda: way_in.enter_by_token_and_code(token, code, now=now()),
            wrong=_("Koden stämmer inte. Kolla den och försök igen."),
        )
    if isinstance(status, PrivateLink):
        return HttpResponseRedirect(_page_behind(status, rest))
    return render(request, "people/unlock.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def way_in_by_words(request: HttpRequest) -> HttpResponse:
    form = WayInForm(request.POST if request.method == "POST" else None)
    status: PrivateLink | HTTPStatus = HTTPStatus.OK
    if form.is_valid():
        answers = form.cleaned_data
        status = _try_to_enter(
            request,
            form,
            lambda: way_in.enter_by_words(answers["code"], answers["words"], now=now()),
            wrong=_("Koden och orden hör inte ihop. Kolla dem och försök igen."),
        )
    if isinstance(status, PrivateLink):
        return HttpResponseRedirect(_next(request, status))
    return render(request, "people/way_in.html", {"form": form, "query": request.GET.urlencode()}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_one_time_code(request: HttpRequest) -> HttpResponse:
    """Asks for a one-time code. The answer is the same whatever code was written."""
    form = AskOneTimeCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        started = time.monotonic()
        way_in.ask_one_time_code(form.cleaned_data["code"], now=now())
        time.sleep(max(0.0, started + EVEN_ANSWER - time.monotonic()))
        request.session[CODE_IN_SESSION] = form.cleaned_data["code"]
        request.session.set_expiry(0)
        return redirect(_with_query(request, "people:way_in_one_time"))
    return render(request, "people/ask_one_time_code.html", {"form": form, "query": request.GET.urlencode()})


@require_http_methods(["GET", "HEAD", "POST"])
def way_in_by_one_time_code(request: HttpRequest) -> HttpResponse:
    asked_for = request.session.get(CODE_IN_SESSION, "")
    form = OneTimeCodeForm(request.POST if request.method == "POST" else None, initial={"code": asked_for})
    status: PrivateLink | HTTPStatus = HTTPStatus.OK
    if form.is_valid():
        answers = form.cleaned_data
        status = _try_to_enter(
            request,
            form,
            lambda: way_in.enter_by_one_time_code(answers["code"], answers["digits"], now=now()),
            wrong=_("Engångskoden stämmer inte, eller så har den slutat gälla. Kolla den, eller be om en ny."),
        )
    if isinstance(status, PrivateLink):
        request.session.pop(CODE_IN_SESSION, None)
        return HttpResponseRedirect(_next(request, status))
    context = {"form": form, "query": request.GET.urlencode()}
    return render(request, "people/way_in_one_time.html", context, status=status)


def _with_query(request: HttpRequest, url_name: str) -> str:
    query = request.GET.urlencode()
    return f"{reverse(url_name)}?{query}" if query else reverse(url_name)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Rensa och avsluta: this browser forgets everything of ours and shows a page that says nothing of whose it was."""
    forget(request)
    response = redirect("people:left")
    response.headers["Clear-Site-Data"] = '"cookies", "storage"'
    return response


@require_GET
def hurry_away(request: HttpRequest) -> HttpResponse:
    """Lämna sidan, a plain link: this browser forgets whose page it had open and is at once somewhere else."""
    forget(request)
    return HttpResponseRedirect(settings.EXIT_URL)


@require_safe
def left(request: HttpRequest) -> HttpResponse:
    return render(request, "people/left.html")
