"""How easy a Swedish text is to read: LIX, the longest sentence, and words to avoid. A gate against the worst.

LIX (Björnsson 1968): words in a sentence, plus the share of words longer than six letters in per cent. The limits and
the words stand in the portal's language guide; a low LIX proves nothing, people must read too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_LIX = 32
MOST_WORDS = 20
LONG_WORD = 6

AVOIDED = {
    "ansök": "be om stöd",
    "inkomm": "skicka, skriva",
    "handlägg": "vi hör av oss senast …",
    "skyndsam": "säg vilken dag",
    "återkoppl": "svar, höra av sig",
    "granska uppgift": "kolla svaren",
    "verifier": "kolla",
    "huvudman": "den som har ansvar",
    "ansvarig aktör": "den som har ansvar",
    "insats": "stöd",
    "brukare": "den som får stöd",
    "målgrupp": "de det gäller",
    "utsatta": "säg vilka och vad de möter",
    "dialogmöte": "träffas, prata",
    "avstämning": "träffas, prata",
    "bidragsgiv": "pengar till",
    "finansier": "pengar till",
    "misslyck": "det gick inte",
    "ogiltig": "säg vad som behövs",
    "fel uppstod": "det gick inte",
    "radera": "ta bort",
    "gallra": "ta bort",
}
"""The beginning of a word to avoid → what to say instead."""

AVOIDED_AS_THEY_STAND = {
    "medel": "pengar",
    "oj": "säg vad som hände",
    "tveka inte": "hör av dig",
    "vänligen": "säg bara vad man gör",
}
"""The same for whole words, which others begin with: medel, but not medelålders."""

WORD = re.compile(r"[\w.-]*\w")
SENTENCE_END = re.compile(r"(?<=[.!?:])\s+")
AVOIDED_WORD = re.compile(
    rf"\b(?:(?P<beginning>{'|'.join(map(re.escape, AVOIDED))})\w*"
    rf"|(?P<whole>{'|'.join(map(re.escape, AVOIDED_AS_THEY_STAND))})\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Readability:
    """What was measured of a text. An empty text has nothing wrong with it."""

    words: int
    lix: float
    longest: str
    longest_words: int
    avoided: tuple[tuple[str, str], ...]
    """Each word to avoid, as it stands in the text, with what to say instead."""

    @property
    def is_easy(self) -> bool:
        return self.lix <= MOST_LIX and self.longest_words <= MOST_WORDS and not self.avoided


def sentences_of(text: str) -> Iterator[str]:
    """The sentences of a plain text. A line is the end of one too: headings and points of a list have no full stop."""
    for line in text.splitlines():
        for sentence in SENTENCE_END.split(line.strip()):
            if WORD.search(sentence):
                yield sentence


def readability(text: str) -> Readability:
    """Measures a plain text without markup."""
    sentences = list(sentences_of(text))
    words = [WORD.findall(sentence) for sentence in sentences]
    count = sum(map(len, words))
    if not count:
        return Readability(0, 0.0, "", 0, ())
    long_ones = sum(len(word) > LONG_WORD for some in words for word in some)
    longest = max(range(len(sentences)), key=lambda i: len(words[i]))
    return Readability(
        words=count,
        lix=count / len(sentences) + 100 * long_ones / count,
        longest=sentences[longest],
        longest_words=len(words[longest]),
        avoided=tuple(_avoided_in(text)),
    )


def _avoided_in(text: str) -> Iterator[tuple[str, str]]:
    told = set()
    for found in AVOIDED_WORD.finditer(text):
        word = found.group(0)
        if word.lower() not in told:
            told.add(word.lower())
            whole = found["whole"]
            yield word, AVOIDED_AS_THEY_STAND[whole.lower()] if whole else AVOIDED[found["beginning"].lower()]
