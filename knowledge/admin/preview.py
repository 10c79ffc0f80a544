"""A text as readers will see it, whatever state it is in: made public, drawn by the public page itself, and undone.

Nothing of it stays: the whole happens in a transaction that is rolled back. What the server keeps of public pages is
kept under the number of changes so far; here that is a number that nobody else will ever read under.
"""

import inspect
import secrets
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import PermissionDenied
from django.core.handlers.wsgi import WSGIRequest
from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, resolve, reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from knowledge.actions.publishing import content_changed
from knowledge.enums import State
from knowledge.models import Example, PublicText, Published, ShortText
from knowledge.readability import MOST_LIX, MOST_WORDS, Readability, readability
from knowledge.texts import LANGUAGES, Gathered, gathered, is_whole_in, path_of
from knowledge.views.shown import EASY
from people import clock

KEPT_OUT = ("HTTP_COOKIE", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "CONTENT_TYPE", "HTTP_RANGE")


class PreviewMixin(BaseModelAdmin):
    """A kind of text whose rows are seen as readers will see them, at `visa/` under the page of each."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_safe(self.preview_view))
        return [path("<int:pk>/visa/", view, name=self._preview_name), *super().get_urls()]  # type: ignore[misc]

    @property
    def _preview_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_preview"

    def preview_url(self, row: Any) -> str:
        return reverse(f"admin:{self._preview_name}", args=[row.pk])

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if row is None:
            raise Http404
        language, is_easy = request.GET.get("lang", LANGUAGES[0]), "lattlast" in request.GET
        with transaction.atomic():
            return draw(request, row, language=language, is_saved=True, is_easy=is_easy)


@dataclass(frozen=True)
class Preview:
    """What the bar above the page says."""

    is_saved: bool
    is_public: bool
    state: str
    language: str
    is_whole: bool
    """Whether all of it is there in the language; otherwise readers get Swedish."""
    measured: Readability | None
    most_lix: int = MOST_LIX
    most_words: int = MOST_WORDS


def plain_of(text: PublicText) -> str:
    """All Swedish words of a text, as they are measured."""
    said: Gathered = gathered(text, "sv")
    return f"{said.title}\n{said.lead}\n{said.text}"


def draw(request: HttpRequest, row: Any, *, language: str, is_saved: bool, is_easy: bool = False) -> HttpResponse:
    """The public page of the row. Changes rows: call it in a transaction, which is marked here to be rolled back."""
    language = language if language in LANGUAGES else LANGUAGES[0]
    row.refresh_from_db()  # with the steps as they stand in the transaction
    preview = _preview(row, language, is_saved=is_saved)
    _make_public(row, clock.now())
    address = path_of(row) + (EASY if is_easy else "")
    with override(language):
        match = resolve(address)
        asked = _as_reader(request, address, language)
        asked.resolver_match = match
        asked.preview = preview  # type: ignore[attr-defined]  # base.html shows it
        response: HttpResponse = inspect.unwrap(match.func)(asked, *match.args, **match.kwargs)
        if hasattr(response, "render"):
            response.render()
    transaction.set_rollback(True)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _preview(row: Any, language: str, *, is_saved: bool) -> Preview:
    if isinstance(row, ShortText):
        return Preview(is_saved, row.checked_on is not None, "", language, True, None)
    measured = readability(plain_of(row)) if language == "sv" else None
    return Preview(is_saved, row.is_public, row.get_state_display(), language, is_whole_in(row, language), measured)


def _make_public(row: models.Model, now: datetime) -> None:
    rows: Any = type(row)._default_manager.filter(pk=row.pk)
    if isinstance(row, ShortText):
        rows.update(checked_on=Coalesce(F("checked_on"), Value(now.date())), checked_by=Value("–"))
    else:
        checked = {"checked_at": Coalesce(F("checked_at"), Value(now))} if isinstance(row, Example) else {}
        moment = Coalesce(F("published_at"), Value(now))
        rows.update(state=State.PUBLISHED, published_at=moment, withdrawn_at=None, **checked)
    content_changed()
    Published.objects.update(changes=-secrets.randbelow(2**62))


def _as_reader(request: HttpRequest, address: str, language: str) -> HttpRequest:
    """What someone who is not signed in would ask for."""
    environ = {name: value for name, value in request.META.items() if name not in KEPT_OUT}
    environ |= {"PATH_INFO": address, "SCRIPT_NAME": "", "REQUEST_METHOD": "GET", "CONTENT_LENGTH": "0"}
    environ |= {"QUERY_STRING": f"lang={language}", "wsgi.input": BytesIO()}
    asked = WSGIRequest(environ)
    asked.user = AnonymousUser()
    asked.session = SessionStore()
    asked.LANGUAGE_CODE = language
    return asked
