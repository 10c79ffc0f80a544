"""Everything the search knows, brought up to date with what is public. A second time it changes nothing."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from knowledge.actions.indexing import recount_words, replace
from knowledge.actions.publishing import content_changed
from knowledge.models import SearchEntry
from knowledge.sources import SearchText, Source, sources

BATCH = 500


def reindex(*, progress: Callable[[int], object] = lambda _texts: None) -> int:
    """Enters all public texts of all kinds, and takes away what is public no longer. How many entries that changed.

    In batches, each in a transaction of its own: stopped half-way, it has done half, and can be begun again.
    `progress` hears of entries as they are written.
    """
    known = sources()
    changed, _rows = SearchEntry.objects.exclude(kind__in=known).delete()
    for source in known.values():
        changed += _reindex_kind(source, progress)
    recount_words()
    if changed:
        content_changed()
    return changed


def _reindex_kind(source: Source, progress: Callable[[int], object]) -> int:
    changed = 0
    for texts in _batches(source.texts()):
        keys = {text.about_id for text in texts}
        changed += replace(source.kind, keys, texts, count_words=False)
        progress(len(texts))
    entered = SearchEntry.objects.filter(kind=source.kind).order_by("about_id").values_list("about_id", flat=True)
    for some in _keys_in_batches(entered.distinct()):
        gone = set(some) - set(source.still_public(some))
        changed += replace(source.kind, gone, [], count_words=False) if gone else 0
    return changed


def _batches(texts: Iterable[SearchText]) -> Iterator[list[SearchText]]:
    """Some at a time; all languages of one text, which come one after another, in the same."""
    batch: list[SearchText] = []
    for text in texts:
        if len(batch) >= BATCH and batch[-1].about_id != text.about_id:
            yield batch
            batch = []
        batch.append(text)
    if batch:
        yield batch


def _keys_in_batches(keys: Iterable[int]) -> Iterator[list[int]]:
    left = iter(keys)
    while some := list(islice(left, BATCH)):
        yield some
