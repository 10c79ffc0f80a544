"""The kinds of public text that this app owns, as the search asks for them (`sources.py`)."""

from collections.abc import Callable, Collection, Iterable
from functools import partial

from knowledge.actions.indexing import search_texts
from knowledge.models import PublicText
from knowledge.sources import SearchText, Source, register
from knowledge.texts import KINDS, TextKind

CHUNK = 500


def register_own() -> None:
    for kind in KINDS:
        key = kind.key
        register(Source(key.value, key.label, kind.names, texts_of(kind), partial(still_public, kind.model)))


def texts_of(kind: TextKind) -> Callable[[], Iterable[SearchText]]:
    """What lists all that is public of the kind, some hundred rows in memory at a time."""

    def texts() -> Iterable[SearchText]:
        for text in kind.published().order_by("pk").iterator(chunk_size=CHUNK):
            yield from search_texts(text)

    return texts


def still_public(model: type[PublicText], keys: Collection[int]) -> set[int]:
    """Those of the keys that everyone may read at this moment. One query, by key."""
    return set(model._default_manager.published().filter(pk__in=keys).values_list("pk", flat=True))
