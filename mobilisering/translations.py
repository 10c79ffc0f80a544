"""Translations without gettext's own tools, which a fresh machine lacks.

    python -m mobilisering.translations compile   writes the .mo of each .po that has changed
    python -m mobilisering.translations update    brings every .po up to date with the texts in code and templates
    python -m mobilisering.translations check     fails when a text has no translation, or a translation no text

The texts in code and templates are Swedish: Swedish is the source language and has no .po of its own.
"""

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import polib

if TYPE_CHECKING:
    from mobilisering.texts import Text

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
APPS = ["people", "groups", "support", "training", "donations", "knowledge", "mobilisering"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
SHOWN = 20  # faults, so that the number of them is not lost out of sight
Key = tuple[str | None, str, str]


def catalogues(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/LC_MESSAGES/*.po"))


def compile_translations(folder: Path = LOCALE) -> list[Path]:
    """Returns what was written."""
    written = []
    for source in catalogues(folder):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            half_done = target.with_suffix(f".{os.getpid()}")
            polib.pofile(str(source)).save_as_mofile(str(half_done))
            half_done.replace(target)  # whoever reads at this moment has the old one or the new one whole
            written.append(target)
    return written


def key_of_entry(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def key_of_text(text: "Text") -> Key:
    return text.context, text.singular, text.plural


def update_catalogue(path: Path, texts: "list[Text]") -> None:
    """Keeps what is translated, adds what is new with an empty translation, drops what is no longer used."""
    catalogue = polib.pofile(str(path), wrapwidth=78)
    have = {key_of_entry(entry): entry for entry in catalogue if not entry.obsolete}
    catalogue.clear()
    for text in texts:
        context, singular, plural = key_of_text(text)
        entry = have.get((context, singular, plural)) or polib.POEntry(
            msgctxt=context,
            msgid=singular,
            msgid_plural=plural,
            msgstr_plural={0: "", 1: ""} if plural else {},
        )
        entry.occurrences = [(text.place, "")]
        entry.flags = [flag for flag in entry.flags if flag == "fuzzy"]
        if "%(" in singular:
            entry.flags.append("python-format")
        catalogue.append(entry)
    catalogue.save()


def faults_of_entry(entry: polib.POEntry) -> str:
    """In words, or the empty string."""
    translations = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    wanted = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
    if not all(translations):
        return "not translated"
    if entry.fuzzy:
        return "marked as fuzzy"
    if any(not set(PLACEHOLDER.findall(text)) <= wanted for text in translations):
        return "has a placeholder that the text has not"
    if not entry.msgid_plural and set(PLACEHOLDER.findall(entry.msgstr)) != wanted:
        return "lacks a placeholder that the text has"
    return ""


def faults(path: Path, texts: "list[Text]") -> list[str]:
    catalogue = [entry for entry in polib.pofile(str(path)) if not entry.obsolete]
    have = {key_of_entry(entry) for entry in catalogue}
    used = {key_of_text(text) for text in texts}
    found = [f"{text.place}: {text.singular!r} is not in it" for text in texts if key_of_text(text) not in have]
    found += [f"{entry.msgid!r} is not used" for entry in catalogue if key_of_entry(entry) not in used]
    found += [f"{entry.msgid!r} {words}" for entry in catalogue if (words := faults_of_entry(entry))]
    return found


def texts_of_the_portal() -> "list[Text]":
    from mobilisering.texts import all_texts  # noqa: PLC0415 -- slow import

    return all_texts(ROOT, APPS)


def check() -> int:
    texts = texts_of_the_portal()
    found = [f"{path.relative_to(ROOT)}: {words}" for path in catalogues(LOCALE) for words in faults(path, texts)]
    for line in found[:SHOWN]:
        print(line)
    if found:
        print(f"{len(found)} faults in the translations. `make translations` adds what is new.")
    return 1 if found else 0


def main(arguments: list[str]) -> int:
    match arguments:
        case ["compile"]:
            compile_translations()
        case ["update"]:
            texts = texts_of_the_portal()
            for path in catalogues(LOCALE):
                update_catalogue(path, texts)
        case ["check"]:
            return check()
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
