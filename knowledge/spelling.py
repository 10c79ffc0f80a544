"""What a misspelt word may have been: the nearest of the words that stand in public texts.

å, ä and ö are letters of their own, so "far" is not "får". But on a telephone without them one writes "rattighet":
words are compared without their marks first, and with them among those that are as near.
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORT, MIDDLING = 3, 5
"""Letters. A word this short must be the same but for marks; one this long may have one slip; a longer one two."""
CLEARLY_MORE = 10
"""So many times more texts a word must stand in than the one that was written, when both are words."""


def folded(word: str) -> str:
    """The word without its marks: "rättighet" as "rattighet"."""
    return "".join(one for one in unicodedata.normalize("NFD", word) if not unicodedata.combining(one))


def slips_allowed(word: str) -> int:
    return 0 if len(word) <= SHORT else 1 if len(word) <= MIDDLING else 2


class Vocabulary:
    """Words with the number of texts each stands in, ready to be compared with."""

    def __init__(self, words: Iterable[tuple[str, int]]) -> None:
        self.uses = dict(words)
        self.words = sorted(self.uses)
        self.folded = [folded(word) for word in self.words]
        self.with_fold: dict[str, list[int]] = {}
        for number, plain in enumerate(self.folded):
            self.with_fold.setdefault(plain, []).append(number)

    def begins_a_word(self, written: str) -> bool:
        place = bisect_left(self.words, written)
        return place < len(self.words) and self.words[place].startswith(written)

    def meant_by(self, written: str) -> str | None:
        """The word that was probably meant; None when what is written is as good, or nothing is near.

        The beginning of some word is right as it stands, unless it only lacks the marks of a far more common one.
        """
        uses = self.uses.get(written, 0)
        if uses or self.begins_a_word(written):
            near = [word for word in self._same_but_marks(written) if self.uses[word] >= CLEARLY_MORE * max(uses, 1)]
        else:
            near = self._near(written)
        return min(near, key=lambda word: self._distance(word, written), default=None)

    def _same_but_marks(self, written: str) -> list[str]:
        same = (self.words[number] for number in self.with_fold.get(folded(written), ()))
        return [word for word in same if word != written]

    def _near(self, written: str) -> list[str]:
        slips = slips_allowed(written)
        if not slips:
            return self._same_but_marks(written)
        found = process.extract(folded(written), self.folded, scorer=OSA.distance, score_cutoff=slips, limit=None)
        return [self.words[number] for _word, _distance, number in found]

    def _distance(self, word: str, written: str) -> tuple[int, int, bool, int]:
        """Nearest without marks, then with them; then one that begins the same, then the most common."""
        plain = OSA.distance(folded(word), folded(written))
        return plain, OSA.distance(word, written), word[0] != written[0], -self.uses[word]
