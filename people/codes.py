"""Speakable codes and words: the way back to one's own page for someone who lost the link, also over the phone.

The programme's own rule: a code is a Swedish tree or plant without å, ä and ö, and four digits without 0 and 1, so that
nothing is misheard or mistyped (`TALL 4827`). The two words are shown once, beside the code, and are the secret part.
"""

import random
import re
import secrets
import unicodedata
from functools import cache
from pathlib import Path

DIGITS = "23456789"
DIGITS_IN_CODE = 4
WORDS_BESIDE_CODE = 2

_LOOKS_LIKE = str.maketrans("OLI", "011")
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015.,]+")

_system_random = secrets.SystemRandom()


@cache
def all_names() -> tuple[str, ...]:
    """Trees and plants, told apart by ear."""
    return _lines("code_names.txt")


@cache
def all_words() -> tuple[str, ...]:
    """Everyday things: at least 1 024, so that two of them in order are worth 20 bits."""
    return _lines("words.txt")


def new_code(rng: random.Random = _system_random) -> str:
    """A code such as `TALL 4827`. Whether it is free is for the caller to see."""
    return f"{rng.choice(all_names())} {''.join(rng.choices(DIGITS, k=DIGITS_IN_CODE))}"


def normalise_code(text: str) -> str | None:
    """The code as we write it, from how a person writes it; None when it cannot be a code.

    Small letters, other or missing spaces, the digits of other scripts, and 0 or 1 for o, l or i in the name are all
    understood. There is nothing to understand the other way, as no code has a 0 or a 1.
    """
    characters = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()
    name = _names_by_look().get(characters[:-DIGITS_IN_CODE].translate(_LOOKS_LIKE))
    digits = "".join(str(unicodedata.decimal(character, "")) for character in characters[-DIGITS_IN_CODE:])
    if name is None or len(digits) != DIGITS_IN_CODE or not set(digits) <= set(DIGITS):
        return None
    return f"{name} {digits}"


def new_words(rng: random.Random = _system_random) -> str:
    """Two plain words, such as `kanot lykta`."""
    return " ".join(rng.choices(all_words(), k=WORDS_BESIDE_CODE))


def normalise_words(text: str) -> str | None:
    """The two words as we write them; None when they are not two of ours. Their order counts."""
    words = _SEPARATORS.sub(" ", unicodedata.normalize("NFKC", text)).lower().split()
    if len(words) != WORDS_BESIDE_CODE or not set(words) <= set(all_words()):
        return None
    return " ".join(words)


@cache
def _names_by_look() -> dict[str, str]:
    return {name.translate(_LOOKS_LIKE): name for name in all_names()}


def _lines(file_name: str) -> tuple[str, ...]:
    return tuple(Path(__file__).with_name(file_name).read_text(encoding="utf-8").split())
