"""Hard words explained where they first stand in a public text, and gathered last on the page as *Ord i texten*.

A view makes one `Marker` for a page, and the template lets each text pass it, in the order it is read
(`{% load reading %}`, `{{ said.body|marked:marker }}`). What was marked is then listed by
`{% include "knowledge/_words.html" %}`.

A word is marked once for a page, one at most in a paragraph or point of a list, and never in a heading, a link or a
quote. The longest term wins: "möte med ansvariga" before "möte". The HTML is read by a parser, never by a pattern.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from html import escape
from html.parser import HTMLParser
from unicodedata import normalize

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from knowledge.markup import as_html, as_inline_html
from knowledge.models import Term

NEVER = frozenset({"Mobilisering"})
"""Stop list, as it is written: the portal's own name is no word to explain."""

PARAGRAPHS = frozenset({"p", "li"})
UNMARKED = frozenset({"h1", "h2", "h3", "h4", "a", "blockquote", "button"})
WORD = re.compile(r"[\w-]+")
SENTENCE_START = re.compile(r"(^|[.!?:…])[\s\"”»(–-]*$")
COLUMNS = ("slug", "word", "word_en", "forms", "meaning", "meaning_en", "usage", "usage_en")
LAST_LETTERS = {letter: 0x110000 + place for place, letter in enumerate("åäö")}

Forms = dict[str, list[tuple[str, Term]]]
"""The first word of a form, in small letters → every form that begins with it, the longest first."""


def terms_to_mark() -> list[Term]:
    """All that the glossary explains in texts. One query."""
    return list(Term.objects.published().filter(is_marked=True).only(*COLUMNS))


def forms_of(term: Term, language: str) -> Iterator[str]:
    """How a term may stand in a text. English words are known in the plural too."""
    if language == "sv":
        yield from {term.word, *term.forms}
    elif term.is_in(language):
        yield from {term.word_en, f"{term.word_en}s"}


def by_first_word(terms: Iterable[Term], language: str) -> Forms:
    found: Forms = defaultdict(list)
    for term in terms:
        for form in forms_of(term, language):
            if first := WORD.match(form):
                found[first[0].lower()].append((form, term))
    for some in found.values():
        some.sort(key=lambda one: -len(one[0]))
    return found


class Marker:
    """Marks the words of one page, and remembers which. The glossary is read when the first text comes by.

    `without` is the page's own word, when the page is about one.
    """

    def __init__(self, language: str, *, without: Iterable[str] = ()) -> None:
        self.language = language
        self._seen = set(without)
        self._marked: list[Term] = []

    @cached_property
    def _forms(self) -> Forms:
        return by_first_word(terms_to_mark(), self.language)

    def mark(self, html: SafeString) -> SafeString:
        """The same HTML, made by `markup.py`, with its words marked."""
        reader = _Reader(self)
        reader.feed(html)
        reader.close()
        return mark_safe("".join(reader.written))  # noqa: S308 -- the tags of clean HTML, and escaped text

    def text(self, text: str) -> SafeString:
        return self.mark(as_html(text))

    def line(self, text: str) -> SafeString:
        return self.mark(as_inline_html(text))

    @property
    def words(self) -> list[dict[str, str]]:
        """What has been marked so far, from A to Ö."""
        said = [(term, term.said(self.language)) for term in self._marked]
        return [
            {"slug": term.slug, "word": words.word, "meaning": words.meaning}
            for term, words in sorted(said, key=lambda one: alphabetical(one[1].word))
        ]

    def first_in(self, text: str, before: str) -> tuple[int, int, Term] | None:
        """Where the first word to mark stands in a text. `before` is what comes before it in the paragraph."""
        for word in WORD.finditer(text):
            for form, term in self._forms.get(word[0].lower(), ()):
                end = word.start() + len(form)
                if term.slug in self._seen or not _ends_at(text, end):
                    continue
                if _is_form(text[word.start() : end], form, before + text[: word.start()]):
                    return word.start(), end, term
        return None

    def button(self, shown: str, term: Term) -> str:
        self._seen.add(term.slug)
        self._marked.append(term)
        words = term.said(self.language)
        context = {"slug": term.slug, "shown": shown, "word": words.word, "meaning": words.meaning}
        return render_to_string("knowledge/_term.html", context).strip()


class _Reader(HTMLParser):
    """Writes HTML again as it reads it, and lets the marker change the text of paragraphs."""

    def __init__(self, marker: Marker) -> None:
        super().__init__(convert_charrefs=True)
        self.marker = marker
        self.written: list[str] = []
        self.unmarked = 0
        self.paragraph = ""
        self.has_mark = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.written.append(self.get_starttag_text() or "")
        self.unmarked += tag in UNMARKED
        if tag in PARAGRAPHS:
            self.paragraph, self.has_mark = "", False

    def handle_endtag(self, tag: str) -> None:
        self.written.append(f"</{tag}>")
        self.unmarked -= tag in UNMARKED

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.written.append(self.get_starttag_text() or "")

    def handle_data(self, data: str) -> None:
        found = None if self.unmarked or self.has_mark else self.marker.first_in(data, self.paragraph)
        self.paragraph += data
        if found is None:
            self.written.append(_text(data))
            return
        start, end, term = found
        self.has_mark = True
        self.written += [_text(data[:start]), self.marker.button(data[start:end], term), _text(data[end:])]


def alphabetical(word: str) -> list[int]:
    """The place of a word in the Swedish alphabet: å, ä and ö come last, in that order; é is an e."""
    letters = (LAST_LETTERS.get(letter) or ord(normalize("NFD", letter)[0]) for letter in word.casefold())
    return list(letters)


def initial(word: str) -> str:
    """The letter that a word stands under in a list."""
    first = word[:1].upper()
    return first if first in "ÅÄÖ" else normalize("NFD", first)[:1]


def _text(text: str) -> str:
    return escape(text, quote=False)


def _ends_at(text: str, end: int) -> bool:
    """Whether a word ends there. A hyphen goes on with the word."""
    return end >= len(text) or not re.match(r"[\w-]", text[end])


def _is_form(found: str, form: str, before: str) -> bool:
    """As the glossary writes it, or with a capital first in a sentence; and not on the stop list."""
    if found in NEVER:
        return False
    return found == form or (found == form[:1].upper() + form[1:] and bool(SENTENCE_START.search(before)))
