"""The public pages, for those who search the whole web, each with the same page in other languages beside it."""

from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from xml.sax.xmlreader import AttributesImpl

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.xmlutils import SimplerXMLGenerator

from knowledge.caching import address, public_page
from knowledge.models import Example, Page, PublicText, Term, Tool
from knowledge.texts import LANGUAGES, path_of

LISTS = (
    *("start", "knowledge:examples", "knowledge:tools", "knowledge:terms"),
    *("knowledge:handbooks", "knowledge:easy_pages", "knowledge:open_data"),
)
MOST_OF_A_KIND = 10_000
"""The newest. A sitemap holds 50,000 addresses at most, and each text has two."""


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    out = StringIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    namespaces = {
        "xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "xmlns:xhtml": "http://www.w3.org/1999/xhtml",
    }
    xml.startElement("urlset", AttributesImpl(namespaces))
    for name in LISTS:
        _write(xml, reverse(name), list(LANGUAGES), None)
    for text in _texts():
        spoken = [language for language in LANGUAGES if text.is_in(language)]
        _write(xml, path_of(text), spoken, text.last_changed_at)
    xml.endElement("urlset")
    xml.endDocument()
    return HttpResponse(out.getvalue(), content_type="application/xml; charset=utf-8")


def _texts() -> Iterator[PublicText]:
    for kind in (Page, Example, Tool, Term):
        rows = kind._default_manager.published().order_by("-published_at", "-pk")
        yield from rows[:MOST_OF_A_KIND].iterator(chunk_size=500)


def _write(xml: SimplerXMLGenerator, path: str, languages: list[str], changed: datetime | None) -> None:
    """One entry for each language, and each of them names them all."""
    for language in languages:
        xml.startElement("url", AttributesImpl({}))
        xml.addQuickElement("loc", address(path, language))
        if changed:
            xml.addQuickElement("lastmod", changed.isoformat(timespec="seconds"))
        if len(languages) > 1:
            for other in (*languages, "x-default"):
                where = address(path) if other == "x-default" else address(path, other)
                xml.addQuickElement("xhtml:link", "", {"rel": "alternate", "hreflang": other, "href": where})
        xml.endElement("url")
