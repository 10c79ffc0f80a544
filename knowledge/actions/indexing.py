"""What the search knows: one entry for each language of each public text, written when the text comes out.

With the entries goes the list of words that stand in them (`SearchWord`), which tells what a misspelt word may have
been. It is told only of words that are new or gone. Whoever writes here holds the row of `Published`: one at a time.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from itertools import groupby

from django.db import connection, transaction

from knowledge.enums import EntryKind
from knowledge.models import PublicText, Published, SearchEntry, SearchWord
from knowledge.sources import SearchText
from knowledge.texts import in_all_languages, kind_of, path_of

COLUMNS = ("title", "also", "lead", "text", "path", "published_at")
SUGGESTED_WORD = "^[[:alpha:]]+(-[[:alpha:]]+)*$"
SHORTEST_WORD, LONGEST_WORD = 3, 40
_ENTRY, _WORD = SearchEntry._meta.db_table, SearchWord._meta.db_table
_WORDS_OF_ENTRIES = f"""
    SELECT entry.language, lexeme AS word, count(*) AS uses
    FROM {_ENTRY} entry, unnest(entry.exact)
    WHERE entry.id = ANY(%s) AND lexeme ~ '{SUGGESTED_WORD}'
    AND length(lexeme) BETWEEN {SHORTEST_WORD} AND {LONGEST_WORD}
    GROUP BY entry.language, lexeme
"""  # noqa: S608 -- the name of our own table


def enter(text: PublicText) -> None:
    """The search finds the text, by the words it has now."""
    enter_all([text])


def leave(text: PublicText) -> None:
    """The search knows nothing of the text any more."""
    replace(kind_of(text).key.value, [text.pk], [])


def enter_all(texts: Iterable[PublicText]) -> None:
    """For many at once, such as after a release: a handful of queries for each kind, besides those for their words."""
    for key, some in groupby(sorted(texts, key=_key_of), key=_key_of):
        of_kind = list(some)
        replace(key.value, [text.pk for text in of_kind], [found for text in of_kind for found in search_texts(text)])


def _key_of(text: PublicText) -> EntryKind:
    return kind_of(text).key


def search_texts(text: PublicText) -> Iterable[SearchText]:
    """The text as the search shall know it, once for each language it can be read in."""
    assert text.published_at is not None  # only what is public is found
    path = path_of(text)
    for said in in_all_languages(text):
        yield SearchText(
            text.pk, said.language, said.title, path, text.published_at, said.lead, said.text, also=said.also
        )


@transaction.atomic
def replace(kind: str, keys: Collection[int], texts: Iterable[SearchText], *, count_words: bool = True) -> int:
    """What stands in `texts` is all that there is about the keys of this kind. How many entries that changed.

    An entry that already says the same is not written again.
    """
    Published.objects.get_or_create(pk=1)
    Published.objects.select_for_update().get(pk=1)
    old = {(row.about_id, row.language): row for row in SearchEntry.objects.filter(kind=kind, about_id__in=keys)}
    new = {(text.about_id, text.language): text for text in texts}
    written = [text for key, text in new.items() if key not in old or _differs(old[key], text)]
    gone = [row.pk for key, row in old.items() if key not in new]
    changed = [old[key].pk for text in written if (key := (text.about_id, text.language)) in old]
    if count_words and (gone or changed):
        _forget_words_of([*gone, *changed])
    SearchEntry.objects.filter(pk__in=gone).delete()
    rows = SearchEntry.objects.bulk_create(
        [SearchEntry(kind=kind, **asdict(text)) for text in written],
        update_conflicts=True,
        unique_fields=["kind", "about_id", "language"],
        update_fields=COLUMNS,
    )
    if count_words and rows:
        _count_words_of([row.pk for row in rows])
    return len(written) + len(gone)


def recount_words() -> None:
    """Counts all words of all entries anew."""
    with transaction.atomic(), connection.cursor() as cursor:
        Published.objects.get_or_create(pk=1)
        Published.objects.select_for_update().get(pk=1)
        SearchWord.objects.all().delete()
        for language in SearchEntry.objects.order_by("language").values_list("language", flat=True).distinct():
            cursor.execute(
                f"INSERT INTO {_WORD} (language, word, uses) "  # noqa: S608 -- the names of our own tables
                "SELECT %s, word, ndoc FROM ts_stat(format('SELECT exact FROM "
                + _ENTRY
                + " WHERE language = %%L', %s)) "
                f"WHERE word ~ '{SUGGESTED_WORD}' AND length(word) BETWEEN {SHORTEST_WORD} AND {LONGEST_WORD}",
                [language, language],
            )


def _differs(row: SearchEntry, text: SearchText) -> bool:
    return any(getattr(row, name) != getattr(text, name) for name in COLUMNS)


def _forget_words_of(entries: Sequence[int]) -> None:
    """Before the entries change: what stands nowhere else is no word any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {_WORD} known SET uses = greatest(known.uses - gone.uses, 0) FROM ({_WORDS_OF_ENTRIES}) gone "  # noqa: S608
            "WHERE known.language = gone.language AND known.word = gone.word",
            [list(entries)],
        )
    SearchWord.objects.filter(uses=0).delete()


def _count_words_of(entries: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_WORD} AS known (language, word, uses) {_WORDS_OF_ENTRIES} "
            "ON CONFLICT (language, word) DO UPDATE SET uses = known.uses + EXCLUDED.uses",
            [list(entries)],
        )
