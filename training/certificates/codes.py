"""Check codes such as `K7WP-3MXQ-9RTF`: read from a paper, over the telephone too, and never guessed.

The programme's own rule: twelve consonants and digits. Without 0, O, 1 and I nothing is misread, and without vowels no
code becomes a word. They are worth 57 bits.
"""

import random
import re
import secrets
import unicodedata

SIGNS = "BCDFGHJKLMNPQRSTVWXZ23456789"
GROUPS, IN_GROUP = 3, 4
LENGTH = GROUPS * IN_GROUP

_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015.,]+")
_LONGEST_WRITTEN = 60

_system_random = secrets.SystemRandom()


def new_check_code(rng: random.Random = _system_random) -> str:
    """Whether it is free is for the caller to see."""
    return "-".join("".join(rng.choices(SIGNS, k=IN_GROUP)) for _group in range(GROUPS))


def normalise_check_code(text: str) -> str | None:
    """The code as we write it, from how a person writes it; None when it cannot be a code."""
    if len(text) > _LONGEST_WRITTEN:
        return None
    signs = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()
    if len(signs) != LENGTH or not set(signs) <= set(SIGNS):
        return None
    return "-".join(signs[start : start + IN_GROUP] for start in range(0, LENGTH, IN_GROUP))
