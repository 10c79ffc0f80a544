"""Public pages, kept by each web process until anything public changes, and asked for again by browsers every time.

What is kept is the finished page, packed, under the number of changes so far (`Published`). The number is read from the
database at every visit, so a text that is withdrawn is gone from all kept pages, in all processes, with the transaction
that withdrew it. Nothing has to be told, and nothing can fail to be.

Nothing personal comes into such a page: its view gets a request that says nothing of who asks, and a form in it that
carries a token is refused. Whoever has a message waiting for them gets a page of their own, that nobody keeps.
"""

import gzip
import hashlib
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_http_date_safe
from django.utils.translation import override
from django.views.decorators.http import require_safe

from knowledge.actions.publishing import changes_so_far
from knowledge.texts import LANGUAGES, language_now

View = Callable[..., HttpResponse]

LANGUAGE_PARAMETER = "lang"
"""What stands in the address of a page in a certain language, whatever language the reader has chosen."""
KEPT_FOR = 600.0
"""Seconds until what is counted as no change shows all the same: a theme with a new name, a database brought back."""
LARGEST_KEPT = 500_000
"""Bytes of a page, packed."""
LONGEST_QUERY = 300
MOST_PAGES = 1_000
MOST_ASKED = 200
"""Pages with something asked for in the address. They have a place of their own, so that whoever asks for a thousand
things drives out no other page."""

_REFUSED = re.compile(r"\s*q\s*=\s*0(\.0*)?\s*")


@dataclass(frozen=True)
class Kept:
    """A finished page, packed for the browsers that can unpack it (all of them)."""

    packed: bytes
    headers: dict[str, str]
    until: float


class Shelf:
    """The pages of one process as they are after so many changes. After the next one it is empty."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._changes = -1
        self._pages: OrderedDict[tuple[str, ...], Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, changes: int, key: tuple[str, ...]) -> Kept | None:
        with self._lock:
            page = self._pages.get(key) if changes == self._changes else None
            if page is None or page.until < time.monotonic():
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, changes: int, key: tuple[str, ...], page: Kept) -> None:
        with self._lock:
            if changes != self._changes:
                self._pages.clear()
                self._changes = changes
            self._pages[key] = page
            while len(self._pages) > self.most:
                self._pages.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()


_plain, _asked = Shelf(MOST_PAGES), Shelf(MOST_ASKED)
_also_changes_with: list[Callable[[], str]] = []


def changes_with(what: Callable[[], str]) -> None:
    """A page also holds only as long as this says the same: what the site puts into every page. Called at start."""
    _also_changes_with.append(what)


def forget() -> None:
    """Empties the shelves of this process: for tests, whose databases count their changes from the beginning."""
    _plain.clear()
    _asked.clear()


def public_page(view: View) -> View:
    """For views that show the same to everyone. Only their answer 200 is kept, unless it has a `Cache-Control`."""

    @require_safe
    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = named_language(request) or language_now()
        with override(language):
            if CookieStorage.cookie_name in request.COOKIES:
                return _of_their_own(view(_marked(request), *args, **kwargs))
            query = request.META.get("QUERY_STRING", "")
            shelf = _asked if query else _plain
            key = (language, request.path, query, *(what() for what in _also_changes_with))
            changes = _changes()
            page = None if changes is None else shelf.get(changes, key)
            if page is None:
                nobody = _anonymous(request)
                answer = view(nobody, *args, **kwargs)
                _refuse_tokens(nobody)
                if not _may_be_kept(answer):
                    return _told(answer, language)
                page = _finished(answer, language)
                if changes is not None and len(query) <= LONGEST_QUERY and len(page.packed) <= LARGEST_KEPT:
                    shelf.put(changes, key, page)
            return _answer(request, page)

    return kept


def _changes() -> int | None:
    """None when the database does not answer: then nothing is known of what is kept, and a page is made anew."""
    try:
        return changes_so_far()
    except (OperationalError, InterfaceError):
        return None


def _may_be_kept(answer: HttpResponse) -> bool:
    """A view that says itself who may keep its answer, such as one that lacks a part, is taken at its word."""
    is_page = answer.status_code == HttpResponse.status_code and not answer.streaming
    return is_page and "Cache-Control" not in answer.headers


def named_language(request: HttpRequest) -> str:
    """The language that the address names; empty when it names none."""
    named = request.GET.get(LANGUAGE_PARAMETER, "")
    return named if named in LANGUAGES else ""


def address(path: str, language: str = LANGUAGES[0]) -> str:
    """The whole address of a public page in a language, as others are told it: never by the host of a request."""
    ending = "" if language == LANGUAGES[0] else f"?{LANGUAGE_PARAMETER}={language}"
    return f"{settings.PORTAL_URL}{path}{ending}"


def _marked(request: HttpRequest) -> HttpRequest:
    request.is_public_page = True  # type: ignore[attr-defined]  # the head of the page says where it stands
    return request


def _anonymous(request: HttpRequest) -> HttpRequest:
    """The same page asked for by nobody in particular: no cookie, no session, no user, no host of their choice."""
    nobody = HttpRequest()
    nobody.method = "GET"
    nobody.path, nobody.path_info = request.path, request.path_info
    nobody.GET = request.GET
    nobody.resolver_match = request.resolver_match
    nobody.META = {
        "REQUEST_METHOD": "GET",
        "QUERY_STRING": request.META.get("QUERY_STRING", ""),
        "HTTP_HOST": urlsplit(settings.PORTAL_URL).netloc,
    }
    return _marked(nobody)


def _refuse_tokens(asked: HttpRequest) -> None:
    if "CSRF_COOKIE" in asked.META:
        raise ImproperlyConfigured(f"{asked.path} is kept for everyone, and there is a form with a token in it.")


def _finished(response: HttpResponse, language: str) -> Kept:
    """Packed, with what the view said of it. The mark (ETag) is weak: packed or not, it is the same page."""
    _told(response, language)
    response.headers["ETag"] = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    packed = gzip.compress(response.content, 6, mtime=0)
    return Kept(packed, dict(response.headers), time.monotonic() + KEPT_FOR)


def _answer(request: HttpRequest, page: Kept) -> HttpResponse:
    if takes_gzip(request.headers.get("Accept-Encoding", "")):
        answer = HttpResponse(page.packed, headers={**page.headers, "Content-Encoding": "gzip"})
    else:
        request.META["HTTP_ACCEPT_ENCODING"] = "identity"  # GZipMiddleware does not read q=0
        answer = HttpResponse(gzip.decompress(page.packed), headers=page.headers)
    changed = parse_http_date_safe(page.headers.get("Last-Modified", ""))
    found = get_conditional_response(request, page.headers["ETag"], changed, answer)
    return found if isinstance(found, HttpResponse) else answer


def takes_gzip(accepted: str) -> bool:
    """What `Accept-Encoding` says of gzip: named, and not with `q=0`."""
    for part in accepted.lower().split(","):
        coding, _semicolon, weight = part.partition(";")
        if coding.strip() == "gzip":
            return not _REFUSED.fullmatch(weight)
    return False


def _told(response: HttpResponse, language: str) -> HttpResponse:
    """What browsers and those in between may do: keep it, and ask before they show it."""
    response.headers.setdefault("Cache-Control", "no-cache")
    response.headers.setdefault("Content-Language", language)
    patch_vary_headers(response, ["Accept-Encoding", "Accept-Language", "Cookie"])
    return response


def _of_their_own(response: HttpResponse) -> HttpResponse:
    response.is_private = True  # type: ignore[attr-defined]  # PrivatePagesMiddleware asks
    return response
