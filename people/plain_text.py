"""Text as people mean it: what they typed stays, what they cannot see or say goes."""

import unicodedata
from collections.abc import Mapping

from django.http import QueryDict

JOINERS_AND_MARKS = frozenset("\u200c\u200d\u200e\u200f\u061c")
"""Invisible, yet needed to write Persian, Arabic or Hebrew (and emoji) rightly."""

REPLACEMENT = "\ufffd"
"""Stands where bytes could not be read as text. It is kept, so that a form can show the place and ask again."""

_DROPPED = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))


def plain_text(text: str) -> str:
    """The text without NUL, control characters, overrides of the writing direction and other invisible signs.

    Lines end with a single newline, tabs become spaces, letters and their accents are joined (NFC).
    """
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\t", " ")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n")
    )
    kept = (
        sign for sign in text if sign == "\n" or sign in JOINERS_AND_MARKS or unicodedata.category(sign) not in _DROPPED
    )
    return unicodedata.normalize("NFC", "".join(kept))


def plain_post(data: Mapping[str, object]) -> Mapping[str, object]:
    """A posted form with every value as plain text; the original is left as it is."""
    if not isinstance(data, QueryDict):
        return {name: plain_text(value) if isinstance(value, str) else value for name, value in data.items()}
    cleaned = QueryDict(mutable=True)
    for name, values in data.lists():
        cleaned.setlist(name, [plain_text(value) for value in values])
    return cleaned
