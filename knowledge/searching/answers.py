"""The answer to a search: what was found, in order, with excerpts; how much of each kind; what was meant."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from knowledge.excerpts import excerpt, holds_any, marked
from knowledge.models import SearchEntry
from knowledge.searching.candidates import Found, find
from knowledge.searching.questions import Question, Way, asked
from knowledge.searching.ranking import ranked
from knowledge.searching.suggestions import FEW, meant
from knowledge.sources import Source, sources
from people.counting import LIMIT, count_in_words, grouped

ON_A_PAGE = 10


@dataclass(frozen=True)
class Hit:
    """A text that was found, as it is shown: what answers is marked."""

    kind: str | Promise
    title: SafeString
    path: str
    language: str
    excerpt: SafeString


@dataclass(frozen=True)
class KindCount:
    """How much there is of a kind; of all, when it has no key."""

    kind: str
    names: str | Promise
    number: str
    is_chosen: bool


@dataclass(frozen=True)
class Answer:
    """All that the page of the search says."""

    hits: list[Hit]
    page: "Page[int]"
    number: int
    total: str
    kinds: list[KindCount]
    way: Way
    meant: str
    is_all: bool

    @property
    def is_loose(self) -> bool:
        """Nothing had all the words; what is shown has some of them."""
        return self.way is Way.ANY


def answer(text: str, *, language: str, kind: str = "", page: str | int = 1) -> Answer:
    """What readers of a language find. Never anything that is not public at this moment."""
    known = sources()
    question = asked(text)
    found = find(question, language, known)
    counts = Counter(one.kind for one in found.candidates)
    chosen = kind if counts[kind] else ""
    of_kind = [one for one in found.candidates if not chosen or one.kind == chosen]
    pages = Paginator(ranked(question, of_kind), ON_A_PAGE)
    shown = pages.get_page(page)
    few = len(found.candidates) <= FEW
    return Answer(
        hits=_hits(question, list(shown), known),
        page=shown,
        number=len(of_kind),
        total=_in_words(len(of_kind), found),
        kinds=_kinds(counts, found, known, chosen),
        way=found.way,
        meant=meant(question, language) if question.parts and few else "",
        is_all=found.is_all and pages.count == len(of_kind),
    )


def _hits(question: Question, keys: list[int], known: dict[str, Source]) -> list[Hit]:
    """The entries of a page in their order, but for what has stopped being public since it was entered."""
    entries = SearchEntry.objects.defer("words", "exact", "also").in_bulk(keys)
    about = defaultdict(set)
    for entry in entries.values():
        about[entry.kind].add(entry.about_id)
    public = {kind: set(known[kind].still_public(some)) for kind, some in about.items()}
    marks = {entry.language: question.marks(entry.language) for entry in entries.values()}
    there = [entries[key] for key in keys if key in entries]
    shown = [entry for entry in there if entry.about_id in public[entry.kind]]
    return [_hit(entry, marks[entry.language], known[entry.kind]) for entry in shown]


def _hit(entry: SearchEntry, marks: set[str], source: Source) -> Hit:
    """With lines of the lead, or of the text when only that has the words."""
    is_in_text = not holds_any(f"{entry.title} {entry.lead}", marks) and holds_any(entry.text, marks)
    lines = entry.text if is_in_text or not entry.lead else entry.lead
    return Hit(source.name, marked(entry.title, marks), entry.path, entry.language, excerpt(lines, marks))


def _kinds(counts: Counter[str], found: Found, known: dict[str, Source], chosen: str) -> list[KindCount]:
    """All together, then each kind there is some of."""
    there = [
        KindCount(kind, source.names, _in_words(counts[kind], found), kind == chosen)
        for kind, source in known.items()
        if counts[kind]
    ]
    return [KindCount("", _("Allt"), _in_words(len(found.candidates), found), not chosen), *there]


def _in_words(number: int, found: Found) -> str:
    """Exact as far as all was told."""
    if found.is_all or number > LIMIT:
        return count_in_words(number)
    return grouped(number)
