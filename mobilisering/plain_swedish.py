"""Plain Swedish, or `make check` fails: `python -m mobilisering.plain_swedish`.

Measures every Swedish text of the repository without a database: the texts in `knowledge/seed/`, and what pages, forms
and messages say, as it stands in templates and code. What pages say once they are put together is measured by
`tests/mobilisering/test_plain_swedish.py`, with the same limits.
"""

import math
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.markup import as_plain
from knowledge.readability import MOST_WORDS, readability
from knowledge.seed_files import read_file
from mobilisering.texts import texts_in_python, texts_in_template
from mobilisering.translations import APPS

ROOT = Path(__file__).resolve().parent.parent

PUBLIC, FORM, EMAIL, EASY = 32.0, 25.0, 28.0, 25.0
"""The highest LIX of what everyone reads, of what is asked, of what is sent, and of easy Swedish."""
ENOUGH_WORDS = 100
"""In a shorter text a single long word moves LIX by a point or more: it is measured together with its like."""

SAID_IN_SEEDS = {
    "terms": ("meaning", "usage"),
    "tools": ("title", "lead", "when", "bring", "steps", "tips", "pitfalls", "sheet"),
    "pages": ("title", "lead", "body"),
    "examples": ("title", "lead", "wrong", "steps", "quote", "outcome", "did_not_work", "learned"),
}

ALLOWED: dict[str, set[str]] = {}
"""File → words to avoid that it may use, because that is what it is about."""

OPEN_TO_ALL = ("mobilisering", "support", "groups", "people", "knowledge", "portal", "training")
CODE: dict[str, tuple[tuple[str, ...], float]] = {
    "pages": (("templates/*.html", *(f"templates/{app}/*.html" for app in OPEN_TO_ALL)), PUBLIC),
    "forms": (
        (
            "support/questions.py",
            "support/forms/*.py",
            "knowledge/forms/contribute*.py",
            "people/form_pack.py",
            "training/forms/registering.py",
        ),
        FORM,
    ),
    "messages": (("templates/*/emails/*.txt",), EMAIL),
    "everything": (("templates/**/*.html", *(f"{app}/**/*.py" for app in APPS)), math.inf),
}
"""What is said in code: the files, and the highest LIX of each and of all together. Staff read the rest too."""
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Measured:
    """A text, where it stands, and what is asked of it."""

    place: str
    text: str
    most_lix: float

    def faults(self) -> Iterator[str]:
        """In words, each with what to do about it."""
        found = readability(self.text)
        if found.words >= ENOUGH_WORDS and found.lix > self.most_lix:
            yield f"{self.place}: LIX {found.lix:.0f}, at most {self.most_lix:.0f}. Shorter sentences, shorter words."
        if found.longest_words > MOST_WORDS:
            yield f"{self.place}: {found.longest_words} words in a sentence, at most {MOST_WORDS}: {found.longest}"
        for word, instead in found.avoided:
            if word.lower() not in ALLOWED.get(self.place, set()):
                yield f"{self.place}: avoid “{word}”. Rather: {instead}"


def in_seeds(root: Path = ROOT) -> Iterator[Measured]:
    """Each file of the texts that come with the portal; the easy version of a page by itself."""
    for kind, names in SAID_IN_SEEDS.items():
        for path in sorted((root / "knowledge" / "seed" / kind).glob("*.toml")):
            place, items = str(path.relative_to(root)), read_file(path)
            yield Measured(place, _lines(item.get(name, "") for item in items for name in names), PUBLIC)
            yield Measured(place, _lines(item.get("easy", "") for item in items), EASY)


def _lines(said: Iterable[Any]) -> str:
    """All that is said, without markup: texts, lists of texts, steps."""
    return "\n".join(line for one in said for line in _words_of(one))


def _words_of(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield as_plain(said)
    elif isinstance(said, dict):
        yield from (as_plain(said[name]) for name in ("title", "text"))
    else:
        yield from (line for one in said for line in _words_of(one))


def in_code(root: Path = ROOT) -> Iterator[Measured]:
    """What pages, forms and messages say, file by file, and then all of a kind together."""
    for kind, (patterns, most_lix) in CODE.items():
        together = []
        for path in sorted(path for pattern in patterns for path in root.glob(pattern)):
            find = texts_in_python if path.suffix == ".py" else texts_in_template
            said = "\n".join(_as_read(text.singular) for text in find(path.read_text("utf-8"), path.name))
            together.append(said)
            yield Measured(str(path.relative_to(root)), said, most_lix)
        yield Measured(kind, "\n".join(together), most_lix)


def _as_read(text: str) -> str:
    """With a name where a name will stand, and without tags."""
    return TAG.sub("", PLACEHOLDER.sub("Ada", text)).replace("\n", " ")


def all_faults(root: Path = ROOT) -> list[str]:
    return [fault for text in (*in_seeds(root), *in_code(root)) for fault in text.faults()]


def main() -> int:
    faults = all_faults()
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
