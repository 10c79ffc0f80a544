"""Finds every text marked for translation, in Python and in templates, without the xgettext a fresh machine lacks."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation.template import templatize

# how many arguments each function takes, and which of them is what
SHAPES = {
    "_": ("singular",),
    "gettext": ("singular",),
    "gettext_noop": ("singular",),
    "ngettext": ("singular", "plural"),
    "pgettext": ("context", "singular"),
    "npgettext": ("context", "singular", "plural"),
}
SHAPES |= {f"{name}_lazy": shape for name, shape in SHAPES.items() if name.endswith("gettext")}
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL_IN_TEMPLATE = re.compile(rf"(?<![\w.])(_|n?p?gettext)\(({LITERAL}(?:, ?{LITERAL})*)")


@dataclass(frozen=True)
class Text:
    singular: str
    plural: str = ""
    context: str | None = None
    place: str = field(default="", compare=False)


def texts_in_python(source: str, place: str) -> Iterator[Text]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        shape = SHAPES.get(name, ())
        constants = [arg.value for arg in node.args[: len(shape)] if isinstance(arg, ast.Constant)]
        values = [value for value in constants if isinstance(value, str)]
        if shape and len(values) == len(shape):
            yield Text(place=place, **dict(zip(shape, values, strict=True)))


def texts_in_template(source: str, place: str) -> Iterator[Text]:
    """Django rewrites the template into calls; between them stands only filling."""
    for name, arguments in CALL_IN_TEMPLATE.findall(templatize(source, origin=place)):
        values = [ast.literal_eval(literal) for literal in re.findall(LITERAL, arguments)]
        yield Text(place=place, **dict(zip(SHAPES[name], values, strict=True)))


def all_texts(root: Path, apps: list[str]) -> list[Text]:
    """Each text once, in the order of the files, with the file it is first found in."""
    found: dict[Text, Text] = {}
    for app in apps:
        for path in sorted((root / app).rglob("*.py")):
            for text in texts_in_python(path.read_text(), str(path.relative_to(root))):
                found.setdefault(text, text)
    folders = [root / "templates", *(root / app / "templates" for app in apps)]
    for path in sorted(path for folder in folders for path in folder.rglob("*.*")):
        for text in texts_in_template(path.read_text(), str(path.relative_to(root))):
            found.setdefault(text, text)
    return list(found.values())
