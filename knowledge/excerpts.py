"""A few lines of a text around the words that were looked for, with these marked. Whatever the text holds, it comes
out as text: every piece is escaped by itself, and only `<mark>` is put between."""

import re
from collections.abc import Collection, Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

LENGTH = 200
BEFORE = 50
"""Characters: of the whole, and before the first word found."""
SHORTEST_BEGINNING = 3
"""Shorter ones are only marked where they are a whole word."""
MOST_READ = 200
"""Places where the words stand. Among more, the best few lines are not worth looking for."""
SPACE = re.compile(r"\s+")
ELLIPSIS = "…"


def marked(text: str, beginnings: Collection[str]) -> SafeString:
    """The whole text, its words that begin as one of these marked."""
    parts, end = [], 0
    for found in _finds(text, beginnings):
        parts += [escape(text[end : found.start()]), f"<mark>{escape(found[0])}</mark>"]
        end = found.end()
    return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308 -- every piece of it is escaped above


def excerpt(text: str, beginnings: Collection[str], length: int = LENGTH) -> SafeString:
    """The lines in which most of the words stand; the first ones when none does."""
    line = SPACE.sub(" ", text).strip()
    begin, end = _window(line, beginnings, length)
    cut = marked(line[begin:end].strip(), beginnings)
    before, after = f"{ELLIPSIS} " if begin else "", f" {ELLIPSIS}" if end < len(line) else ""
    return mark_safe(f"{before}{cut}{after}")  # noqa: S308 -- `marked` has escaped it


def holds_any(text: str, beginnings: Collection[str]) -> bool:
    return next(_finds(text, beginnings), None) is not None


def _finds(text: str, beginnings: Collection[str]) -> Iterator[re.Match[str]]:
    if not beginnings:
        return iter(())
    longest_first = sorted(beginnings, key=len, reverse=True)
    ways = (re.escape(one) + (r"\w*" if len(one) >= SHORTEST_BEGINNING else r"(?!\w)") for one in longest_first)
    return re.finditer(rf"(?<!\w)(?:{'|'.join(ways)})", text, re.IGNORECASE)


def _window(line: str, beginnings: Collection[str], length: int) -> tuple[int, int]:
    """From where to where, between words."""
    if len(line) <= length:
        return 0, len(line)
    finds = [found for found, _number in zip(_finds(line, beginnings), range(MOST_READ), strict=False)]
    starts = [found.start() for found in finds]
    best, most = 0, 0
    for number, start in enumerate(starts):
        near = (found for found in finds[number:] if found.end() <= start + length - BEFORE)
        different = len({found[0].lower()[:SHORTEST_BEGINNING] for found in near})
        if different > most:
            best, most = start, different
    begin = 0 if best <= BEFORE else _next_word(line, best - BEFORE, best)
    if len(line) - begin <= length:
        return begin, len(line)
    last_space = line.rfind(" ", begin + 1, begin + length)
    return begin, last_space if last_space > begin else begin + length


def _next_word(line: str, earliest: int, latest: int) -> int:
    space = line.find(" ", earliest, latest)
    return space + 1 if space >= 0 else latest
