"""What was asked for, as the database understands it: words, stems, and what the glossary calls the same thing."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Q

from knowledge.models import Term

LONGEST_TEXT = 200
WORDS_READ = 8
LONGEST_WORD = 40
SHORTEST_BEGINNING = 3
"""Letters. A shorter word is looked for as it stands, not as the beginning of others."""
SHORTEST_STEM = 4
LONGEST_PHRASE = 4
"""Words in a synonym of the glossary."""
WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
CONFIGS = {"sv": "swedish", "en": "english"}


class Way(Enum):
    """How strictly words are taken. The next way is tried when one finds nothing."""

    ALL = "all"
    """Every word: an inflection of it, or a word that begins with it."""
    LOOSE = "loose"
    """Every word, or at least a word that begins with its stem."""
    ANY = "any"
    """Some of the words."""


@dataclass(frozen=True)
class Word:
    """A word as it was written, and its stem in each language; None where the language says it too often to matter."""

    written: str
    stems: dict[str, str | None]


@dataclass(frozen=True)
class Part:
    """Words that belong together, and the words of the glossary that mean the same in each language."""

    words: tuple[Word, ...]
    means: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Question:
    """All that was asked for. Every part is to be found."""

    text: str
    parts: tuple[Part, ...]

    @property
    def words(self) -> list[Word]:
        return [word for part in self.parts for word in part.words]

    @property
    def bare(self) -> "Question":
        """The same words without what the glossary calls them."""
        return replace(self, parts=tuple(replace(part, means=dict.fromkeys(CONFIGS, ())) for part in self.parts))

    @property
    def ways(self) -> list[Way]:
        """Those that make a difference. One word is all that there is of them."""
        return [Way.ALL, Way.LOOSE, Way.ANY][: 3 if len(self.parts) > 1 else 2] if self.parts else []

    def matches(self, language: str, way: Way) -> list[Q]:
        """The entries of a language that answer it: any of these, the one that costs least first."""
        begun = Q(exact=self.beginning(language, way))
        return [begun] if way is Way.LOOSE else [Q(words=self.stemmed(language, way)), begun]

    def stemmed(self, language: str, way: Way = Way.ALL) -> SearchQuery:
        """In the language's own way with inflections. It drops the words that it says too often by itself."""
        parts = [_either([_all(_written(part)), *map(_spelt, part.means[language])]) for part in self.parts]
        return SearchQuery(_joined(parts, way), config=CONFIGS[language], search_type="raw")

    def beginning(self, language: str, way: Way = Way.ALL) -> SearchQuery:
        """By the words as they stand in texts: what was written is how they begin."""
        too_common = {word.written for word in self.words if word.stems[language] is None}
        skipped = too_common if any(word.written not in too_common for word in self.words) else set()
        parts = []
        for part in self.parts:
            words = [word for word in part.words if word.written not in skipped]
            begun = [_all(_begun(word, language, too_common, way) for word in words)] if words else []
            if begun or part.means[language]:
                parts.append(_either([*begun, *map(_spelt, part.means[language])]))
        return SearchQuery(_joined(parts, way), config="simple", search_type="raw")

    def marks(self, language: str) -> set[str]:
        """How words begin that answer it, to mark them in a text."""
        counts = [word for word in self.words if word.stems[language] is not None] or self.words
        stems = {word.stems[language] or word.written for word in counts}
        stems = {stem for stem in stems if len(stem) >= SHORTEST_STEM}
        means = {word for part in self.parts for mean in part.means[language] for word in words_of(mean)}
        return {word.written for word in counts} | stems | means


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, each once: what is not a letter or a digit only parts them."""
    plain = unicodedata.normalize("NFC", text[:LONGEST_TEXT]).lower()
    return list(dict.fromkeys(word[:LONGEST_WORD].rstrip("-") for word in WORD.findall(plain)))[:WORDS_READ]


def asked(text: str) -> Question:
    """What a text asks for. Two queries: for stems, and to the glossary. No words, no query."""
    written = words_of(text)
    if not written:
        return Question(text, ())
    means = _glossary_for(written)
    stems = _stems_of(written)
    parts, place = [], 0
    while place < len(written):
        length = next(n for n in range(LONGEST_PHRASE, 0, -1) if n == 1 or _phrase(written, place, n) in means)
        words = tuple(Word(one, stems[one]) for one in written[place : place + length])
        nothing: dict[str, tuple[str, ...]] = dict.fromkeys(CONFIGS, ())
        parts.append(Part(words, means.get(_phrase(written, place, length), nothing)))
        place += length
    return Question(" ".join(written), tuple(parts))


def _phrase(written: Sequence[str], place: int, length: int) -> str:
    """So many words from a place on; nothing when there are not so many."""
    return " ".join(written[place : place + length]) if place + length <= len(written) else ""


def _stems_of(words: list[str]) -> dict[str, dict[str, str | None]]:
    columns = ", ".join(f"(ts_lexize('{config}_stem', word))[1]" for config in CONFIGS.values())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT word, {columns} FROM unnest(%s::text[]) word", [words])  # noqa: S608 -- our own names
        return {word: dict(zip(CONFIGS, stems, strict=True)) for word, *stems in cursor.fetchall()}


def _glossary_for(written: list[str]) -> dict[str, dict[str, tuple[str, ...]]]:
    """For each phrase that is a form or a synonym of terms: what these are called in each language."""
    phrases = {_phrase(written, place, n) for place in range(len(written)) for n in range(1, LONGEST_PHRASE + 1)} - {""}
    spelt = [*phrases, *(one.capitalize() for one in phrases), *(one.upper() for one in phrases)]
    terms = Term.objects.published().filter(Q(forms__overlap=spelt) | Q(synonyms__overlap=spelt))
    means: dict[str, dict[str, tuple[str, ...]]] = {}
    for word, word_en, forms, synonyms in terms.values_list("word", "word_en", "forms", "synonyms"):
        for phrase in phrases & {other.lower() for other in (*forms, *synonyms)}:
            known = means.setdefault(phrase, dict.fromkeys(CONFIGS, ()))
            means[phrase] = {
                "sv": (*known["sv"], *filter(words_of, [word])),
                "en": (*known["en"], *filter(words_of, [word_en])),
            }
    return means


def _written(part: Part) -> list[str]:
    return [_quoted(word.written) for word in part.words]


def _begun(word: Word, language: str, too_common: set[str], way: Way) -> str:
    if word.written in too_common or len(word.written) < SHORTEST_BEGINNING:
        return _quoted(word.written)
    stem = word.stems[language] or ""
    if way is Way.LOOSE and len(stem) >= SHORTEST_STEM:
        return _either([f"{_quoted(word.written)}:*", f"{_quoted(stem)}:*"])
    return f"{_quoted(word.written)}:*"


def _spelt(mean: str) -> str:
    """All its words, wherever they stand: to see that they follow each other, every text would have to be read."""
    return _all(map(_quoted, words_of(mean)))


def _quoted(word: str) -> str:
    """Only letters, digits and hyphens get this far, so that nothing needs escaping."""
    return f"'{word}'"


def _all(parts: Iterable[str]) -> str:
    return "(" + " & ".join(parts) + ")"


def _either(parts: Iterable[str]) -> str:
    return "(" + " | ".join(parts) + ")"


def _joined(parts: Sequence[str], way: Way) -> str:
    return (" | " if way is Way.ANY else " & ").join(parts)
