"""What a public page is, said to machines in the words of schema.org (JSON-LD).

It says what the page says and nothing more. It stands in the page as data that no browser runs, and whatever a text
holds, it cannot end the element it stands in: `<`, `>` and `&` are written as their codes.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.template.defaultfilters import truncatewords
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from knowledge.caching import address
from knowledge.markup import as_plain
from knowledge.models import Example, PublicText, Said, Term, Tool
from knowledge.open_data import LICENCE
from knowledge.texts import ListedKind, kind_of, path_of, said_in, summary_of, title_of

Data = dict[str, Any]

CONTEXT = "https://schema.org"
_CODES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}
PUBLISHER: Data = {"@type": "Organization", "name": "Mobilisering"}
STEP_WORDS = 40


def as_script(graph: Iterable[Data]) -> SafeString:
    """The element for the head of the page; nothing when there is nothing to say."""
    things = list(graph)
    if not things:
        return SafeString("")
    told = json.dumps({"@context": CONTEXT, "@graph": things}, ensure_ascii=False, separators=(",", ":"))
    safe = told.translate(_CODES)
    return mark_safe(f'<script type="application/ld+json">{safe}</script>')  # noqa: S308 -- see _CODES


def of_text(text: PublicText, language: str) -> list[Data]:
    """A term, an example, a tool or a page, and where it stands among the others."""
    said = said_in(text, language)
    where = address(path_of(text), said.language)
    common = {
        "@id": where,
        "url": where,
        "inLanguage": said.language,
        "license": LICENCE.url,
        "publisher": PUBLISHER,
    }
    return [*_thing(text, said, common), _way_to(text, title_of(text, said), where, language)]


def _thing(text: PublicText, said: Said, common: Data) -> list[Data]:
    title, summary = title_of(text, said), summary_of(text, said)
    if isinstance(text, Term):
        words = {"@type": "DefinedTerm", "name": title, "termCode": text.slug, "description": summary}
        own = {name: common[name] for name in ("@id", "url", "inLanguage")}
        return [{**own, **words, "inDefinedTermSet": address(reverse("knowledge:terms"), said.language)}]
    if isinstance(text, Tool):
        return [{**common, "@type": "HowTo", "name": title, "description": summary, "step": _steps(text, said)}]
    changed = {"dateModified": f"{text.changed_at:%Y-%m-%d}"}
    if isinstance(text, Example):
        moments = {"datePublished": f"{text.published_at:%Y-%m-%d}", **changed} if text.published_at else changed
        return [{**common, "@type": "Article", "headline": title, "description": summary, **moments}]
    return [{**common, "@type": "WebPage", "name": title, **({"description": summary} if summary else {}), **changed}]


def _steps(tool: Tool, said: Said) -> list[Data]:
    told = [step.said(said.language) for step in tool.steps.all()]
    return [
        {"@type": "HowToStep", "name": step.title, "text": truncatewords(as_plain(step.text), STEP_WORDS)}
        for step in told
    ]


def _way_to(text: PublicText, title: str, where: str, language: str) -> Data:
    """The way from the start page."""
    stops = [("Mobilisering", address("/", language))]
    if isinstance(kind := kind_of(text), ListedKind):
        stops.append((str(kind.list_title), address(reverse(kind.list_url), language)))
    return breadcrumbs([*stops, (title, where)])


def breadcrumbs(stops: Iterable[tuple[str, str]]) -> Data:
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": where}
        for number, (name, where) in enumerate(stops, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def of_glossary(language: str) -> list[Data]:
    """The glossary as a whole. Its words stand on pages of their own, and in the open data."""
    where = address(reverse("knowledge:terms"), language)
    named = {"@type": "DefinedTermSet", "@id": where, "url": where, "name": _("Ordlista"), "inLanguage": language}
    return [{**named, "license": LICENCE.url, "publisher": PUBLISHER}]


def of_start(language: str) -> list[Data]:
    where = address("/", language)
    return [{"@type": "WebSite", "@id": where, "url": where, "name": "Mobilisering", "inLanguage": language}]
