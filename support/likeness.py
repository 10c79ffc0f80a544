"""How alike two short texts are, by the words they share: 0 is nothing in common, 1 the same words.

The words decide, not their order or their endings, and a long word weighs more than a short one: two groups who both
write "hissen" have more in common than two who both write "vill". Pure: no database, no clock.
"""

import re
from functools import lru_cache

ALIKE = 0.3
"""From here two texts may be about the same thing (the programme's own rule; a person decides in any case)."""

SHORTEST_WORD = 3
SHORTEST_STEM = 4
MOST_SHARED = 4

_WORD = re.compile(r"[^\W\d_]+")

_ENDINGS = (
    *("arnas", "ernas", "ornas", "andet", "arna", "erna", "orna", "ande", "aren", "aste", "ade", "are", "ast"),
    *("het", "ens", "ets", "ar", "er", "or", "en", "et", "an", "na", "te", "de", "as", "es", "a", "e", "n", "t"),
)
"""Longest first: the endings that make one Swedish word look like several."""

_EVERYDAY = """
    alla allt andra att bara behöver blir bli blivit bor den denna deras dess det detta dig din ditt där då efter eller
    ena ett era ert finns flera från får för förändra gemensamt genom gör göra går gruppen grupp ha hade han har hela
    hellre hem henne hjälp hon hur här inga ingen inget inte kan kom kommer kommun kommunen kunna lite man med mellan
    men mer mig min mitt mot mycket måste nog nu när någon något några oss pratar samma sedan ses sig sin sitt ska
    skulle som stöd större så till tycker under upp utan vad var vara varit varje vem vet vid vilken vill våra vår
    vårt ville väl över
"""
EVERYDAY = frozenset(_EVERYDAY.split())
"""Words that stand in almost every request and say nothing of what it is about."""


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """The word without its ending: "hissen", "hissar" and "hiss" are one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def words_of(text: str) -> dict[str, str]:
    """What the text is about: the stem of each telling word, and the word as it was first written."""
    told: dict[str, str] = {}
    for word in _WORD.findall(text.lower()):
        if len(word) >= SHORTEST_WORD and word not in EVERYDAY:
            told.setdefault(stem(word), word)
    return told


def likeness(one: str, other: str) -> float:
    """Twice what the texts share, of all they say, each word weighed by the length of its stem."""
    mine, theirs = words_of(one), words_of(other)
    everything = _weight(mine) + _weight(theirs)
    return 2 * _weight(mine.keys() & theirs.keys()) / everything if everything else 0.0


def shared_words(one: str, other: str) -> list[str]:
    """The words that make the texts alike, the longest first, as the first text writes them."""
    mine, theirs = words_of(one), words_of(other)
    shared = sorted(mine.keys() & theirs.keys(), key=lambda told: (-len(told), told))
    return [mine[told] for told in shared[:MOST_SHARED]]


def _weight(stems: "dict[str, str] | set[str]") -> int:
    return sum(map(len, stems))
