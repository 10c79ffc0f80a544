"""What the reader probably meant, when little was found."""

from functools import lru_cache

from django.db.models import Max

from knowledge.models import Published, SearchWord
from knowledge.searching.questions import Question
from knowledge.spelling import Vocabulary

FEW = 3
"""So many found, or fewer: then the reader may have meant something else."""
WORDS_COMPARED = 100_000


def meant(question: Question, language: str) -> str:
    """The same words rightly spelt; empty when they are as good as they stand."""
    known = vocabulary(language)
    words = [
        word.written if word.stems[language] is None else known.meant_by(word.written) or word.written
        for word in question.words
    ]
    spelt = " ".join(words)
    return spelt if spelt != question.text else ""


def vocabulary(language: str) -> Vocabulary:
    """The words of all public texts, kept by the process until something public changes."""
    changes = Published.objects.filter(pk=1).values_list("changes", flat=True).first() or 0
    newest = SearchWord.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return _vocabulary(language, (changes, newest))


@lru_cache(maxsize=2)
def _vocabulary(language: str, _state: tuple[int, int]) -> Vocabulary:
    words = SearchWord.objects.filter(language=language, uses__gt=0).order_by("-uses")
    return Vocabulary(words.values_list("word", "uses")[:WORDS_COMPARED])
