from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from knowledge.caching import public_page
from knowledge.enums import TermTopic
from knowledge.forms.picking import TermPicks
from knowledge.marking import alphabetical, initial
from knowledge.models import Said, Term
from knowledge.texts import language_now
from knowledge.views.loading import public_text, text_page


@dataclass(frozen=True)
class Related:
    slug: str
    word: str
    language: str


@dataclass(frozen=True)
class Entry:
    """A word of the glossary as it is read in a language."""

    term: Term
    said: Said
    other: str
    """The word in the other language: English for Swedish readers, Swedish for all others."""
    other_language: str
    related: list[Related]


@dataclass(frozen=True)
class Letter:
    letter: str
    entries: list[Entry]


@public_page
def glossary(request: HttpRequest) -> HttpResponse:
    form = TermPicks(request.GET)
    words, topic = form.words(), form.topic_picked()
    terms = list(Term.objects.published().prefetch_related("related"))
    found = [term for term in terms if (not topic or term.topic == topic) and matches(term, words)]
    counts = {value: sum(term.topic == value for term in terms) for value in TermTopic.values}
    context = {
        "letters": by_letter(found),
        "count": len(found),
        "words": words,
        "topic": topic,
        "topics": [(value, label, counts[value]) for value, label in TermTopic.choices if counts[value]],
        "is_narrowed": bool(words or topic),
    }
    return render(request, "knowledge/term_list.html", context)


@text_page
def term_page(request: HttpRequest, slug: str) -> HttpResponse:
    term = public_text(Term.objects.prefetch_related("related"), slug)
    return render(request, "knowledge/term_page.html", term_context(term))


def term_context(term: Term) -> dict[str, Any]:
    """What the page shows of a word; an editor's preview shows the same."""
    entry = entry_of(term)
    return {"entry": entry, "term": term, "said": entry.said}


def matches(term: Term, words: str) -> bool:
    """Whether all that is looked for stands in a word, in one of its forms or in what people say instead."""
    known = " ".join([term.word, term.word_en, *term.forms, *term.synonyms, term.say_instead]).casefold()
    return all(word in known for word in words.casefold().split())


def by_letter(terms: Iterable[Term]) -> list[Letter]:
    """From A to Ö in the language of the page, words of the same letter together."""
    entries = sorted(map(entry_of, terms), key=lambda entry: alphabetical(entry.said.word))
    return [Letter(letter, list(some)) for letter, some in groupby(entries, key=lambda entry: initial(entry.said.word))]


def entry_of(term: Term) -> Entry:
    said = term.said(language_now())
    other, other_language = (term.word_en, "en") if said.language == "sv" else (term.word, "sv")
    near = [(one.slug, one.said(said.language)) for one in term.related.all() if one.is_public]
    related = [Related(slug, words.word, words.language) for slug, words in near]
    return Entry(term, said, other, other_language, sorted(related, key=lambda one: alphabetical(one.word)))
