"""The kinds of public text that this app owns, as the search asks for them (`sources.py`)."""

from collections.abc import Callable, Collection, Iterable
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knowledge.actions.indexing import search_texts
from knowledge.enums import EntryKind
from knowledge.models import Example, Page, PublicText, Term, Tool
from knowledge.sources import SearchText, Source, register

CHUNK = 500
KINDS: tuple[tuple[EntryKind, type[PublicText], str | Promise], ...] = (
    (EntryKind.EXAMPLE, Example, _("Exempel")),
    (EntryKind.TOOL, Tool, _("Verktyg")),
    (EntryKind.TERM, Term, _("Ord")),
    (EntryKind.PAGE, Page, _("Sidor")),
)
"""In the order the page of the search names them, and what several of each are called."""


def register_own() -> None:
    for kind, model, names in KINDS:
        register(Source(kind.value, kind.label, names, texts_of(model), partial(still_public, model)))


def texts_of(model: type[PublicText]) -> Callable[[], Iterable[SearchText]]:
    """What lists all that is public of the kind, some hundred rows in memory at a time."""

    def texts() -> Iterable[SearchText]:
        rows: QuerySet[Any] = model._default_manager.published().order_by("pk")
        if issubclass(model, Example | Tool):
            rows = rows.prefetch_related("steps")
        for text in rows.iterator(chunk_size=CHUNK):
            yield from search_texts(text)

    return texts


def still_public(model: type[PublicText], keys: Collection[int]) -> set[int]:
    """Those of the keys that everyone may read at this moment. One query, by key."""
    return set(model._default_manager.published().filter(pk__in=keys).values_list("pk", flat=True))
