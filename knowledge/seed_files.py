"""The public texts that come with the portal, as they stand in `knowledge/seed/`: TOML, one file for each text.

Terms stand several to a file, by subject. Examples are invented, and only the sample programme shows them.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "seed"

Item = dict[str, Any]


def read(kind: str) -> Iterator[Item]:
    """The texts of a kind (`terms`, `tools`, `pages`, `short`, `examples`), in the order of their files."""
    for path in sorted((FOLDER / kind).glob("*.toml")):
        yield from read_file(path)


def read_file(path: Path) -> list[Item]:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    terms: list[Item] = content.get("terms", [content])
    return terms


def hash_of(item: Item) -> str:
    """What tells whether a text is still as the files once said. The order of keys does not matter."""
    return hashlib.sha256(json.dumps(item, sort_keys=True, default=str).encode()).hexdigest()
