"""The one stylesheet of the portal: small files put together, inlined in every page and named in the CSP by its hash.

Inlined, because a linked sheet costs a phone on a slow line a second round trip before it shows anything.
"""

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

FOLDER = Path(__file__).resolve().parent.parent / "static" / "css"
LAYERS = (
    *("reset", "tokens", "base", "layout", "header", "content", "lists", "words", "forms"),
    *("group", "reading", "utilities", "print"),
)
"""One file, one cascade layer; a later layer wins over an earlier one whatever the selectors say."""

_STRING = r'("[^"]*")'
_NOISE = re.compile(_STRING + r"|/\*.*?\*/|\s+", re.DOTALL)
_LOOSE = re.compile(_STRING + r"|\s*([{};,])\s*|:\s+")
_FONT = re.compile(r'url\("\.\./(fonts/[^"]+)"\)')


def minified(css: str) -> str:
    """The same rules without comments and needless white space; text in quotes is left alone."""

    def calm(found: re.Match[str]) -> str:
        return found[1] or " "

    def tight(found: re.Match[str]) -> str:
        return found[1] or found[2] or ":"

    return _LOOSE.sub(tight, _NOISE.sub(calm, css)).replace(";}", "}").strip()


def _build() -> str:
    rules = [f"@layer {','.join(LAYERS)};"]
    rules += [f"@layer {name}{{{minified((FOLDER / f'{name}.css').read_text('utf-8'))}}}" for name in LAYERS]
    return _FONT.sub(lambda found: f'url("{static(found[1])}")', "".join(rules))


@lru_cache(maxsize=1)
def _built_once(changed: float) -> str:
    return _build()


def stylesheet() -> str:
    """The whole sheet as it stands between <style> and </style>; in development built anew when a file has changed."""
    return _built_once(max(file.stat().st_mtime for file in FOLDER.iterdir()) if settings.DEVELOPMENT else 0)


def csp_hash() -> str:
    """The source expression that lets the inlined sheet, and no other inline style, through the CSP."""
    digest = hashlib.sha256(stylesheet().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
