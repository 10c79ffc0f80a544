"""Something printed as PDF: tagged for those who listen to it (PDF/UA-1), set by typst, a Python package of its own.

The typesetter reads nothing but the folder of its own page and writes nothing; it knows no network. Every time the same
content is printed it becomes the same file. What is printed comes as data and is never read as a program.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

FONTS = Path(__file__).resolve().parent / "fonts"
STANDARDS: list[Any] = ["1.7", "ua-1"]

USUAL = frozenset(
    {*map(chr, range(0x20, 0x7F)), *map(chr, range(0xA1, 0xAD)), *map(chr, range(0xAE, 0x132)), *"’‘”“„–—…€"}
)
"""Signs that need no trial: Public Sans has these, and more."""

PLACEHOLDER = "□"
"""Stands for a sign that no font here can draw: a page that lacks one would not be accessible, and is not made."""

MOST_TRIED = 500
"""Unusual signs in one print that are tried. More than that is no text of ours."""

TRIAL = b'#set document(title: "x")\n#set text(font: "Public Sans")\n#sys.inputs.signs'


@dataclass(frozen=True)
class Printed:
    pdf: bytes
    pages: int


def print_pdf(source: Path, name: str, content: dict[str, Any], *, at: datetime) -> Printed:
    """Prints the content by the page at `source`, which finds it as JSON in `sys.inputs` under `name`.

    The page tells how many it became under the label `<pages>`.
    """
    compiler = typst.Compiler(
        source,
        root=source.parent,
        font_paths=_fonts(),
        sys_inputs={name: json.dumps(_drawable(content), ensure_ascii=False)},
    )
    pdf = compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=int(at.timestamp()))
    assert isinstance(pdf, bytes)
    return Printed(pdf, int(json.loads(compiler.query("<pages>", field="value", one=True))))


def can_draw(text: str) -> bool:
    """Whether our fonts have every sign of a short text."""
    unusual = sorted({*text} - USUAL)
    return len(unusual) <= MOST_TRIED and not [*_missing_among(unusual)]


@cache
def _fonts() -> typst.Fonts:
    """Ours and those that typst brings, the same on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONTS])


def _drawable(content: dict[str, Any]) -> dict[str, Any]:
    """The content with a placeholder for each sign that no font can draw, and with spaces instead of signals."""
    unusual = sorted({*json.dumps(content, ensure_ascii=False)} - USUAL)
    missing = [*_missing_among(unusual[:MOST_TRIED]), *unusual[MOST_TRIED:]]
    table = dict.fromkeys(range(0x20), " ") | dict.fromkeys(map(ord, missing), PLACEHOLDER)
    changed: dict[str, Any] = _translated(content, table)
    return changed


def _translated(part: Any, table: dict[int, str]) -> Any:
    if isinstance(part, str):
        return part.translate(table)
    if isinstance(part, dict):
        return {name: _translated(value, table) for name, value in part.items()}
    return [_translated(value, table) for value in part] if isinstance(part, (list, tuple)) else part


def _missing_among(signs: list[str]) -> Iterable[str]:
    """Those that cannot be drawn: all are tried at once, and halves of them as long as it does not go well."""
    if not signs or _can_draw(signs):
        return []
    if len(signs) == 1:
        return signs
    half = len(signs) // 2
    return [*_missing_among(signs[:half]), *_missing_among(signs[half:])]


def _can_draw(signs: list[str]) -> bool:
    try:
        typst.compile(
            TRIAL, font_paths=_fonts(), format="pdf", pdf_standards=STANDARDS, sys_inputs={"signs": " ".join(signs)}
        )
    except typst.TypstError:
        return False
    return True
