"""The public pages, for those who search the whole web, each with the same page in other languages beside it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import StringIO
from itertools import islice
from xml.sax.xmlreader import AttributesImpl

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.xmlutils import SimplerXMLGenerator

from knowledge.caching import address, public_page
from knowledge.models import Page, PublicText, ShortText
from knowledge.sources import sources
from knowledge.texts import KINDS, LANGUAGES, LISTED, is_whole_in, path_of, with_steps
from knowledge.views.shown import EASY

LISTS = (
    *("start", *(kind.list_url for kind in LISTED.values())),
    *("knowledge:handbooks", "knowledge:easy_pages", "knowledge:open_data"),
)
ONE = LANGUAGES[:1]
"""What is in one language alone has one address, whatever language that is."""
MOST_OF_A_KIND = 10_000
"""The newest. A sitemap holds 50,000 addresses at most, and each text has two."""
AT_A_TIME = 500


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
        _write(xml, reverse(name), LANGUAGES, None)
    for text in _texts():
        there = [language for language in LANGUAGES if is_whole_in(text, language)]
        _write(xml, path_of(text), there, text.last_changed_at)
        if isinstance(text, Page) and text.easy:
            _write(xml, f"{text.path}{EASY}", ONE, text.last_changed_at)
    for short in ShortText.objects.published():
        _write(xml, path_of(short), ONE, short.changed_at)
    for path in _of_others():
        _write(xml, path, ONE, None)
    xml.endElement("urlset")
    xml.endDocument()
    return HttpResponse(out.getvalue(), content_type="application/xml; charset=utf-8")


def _texts() -> Iterator[PublicText]:
    for kind in KINDS:
        rows = kind.model._default_manager.published().order_by("-published_at", "-pk")
        left = rows[:MOST_OF_A_KIND].iterator(chunk_size=AT_A_TIME)
        while some := list(islice(left, AT_A_TIME)):
            yield from with_steps(some, LANGUAGES[1])


def _of_others() -> Iterator[str]:
    """What other subjects let the search find, as they list it."""
    own = {kind.key.value for kind in KINDS}
    for source in sources().values():
        if source.kind not in own:
            yield from (text.path for text in islice(source.texts(), MOST_OF_A_KIND))


def _write(xml: SimplerXMLGenerator, path: str, languages: Sequence[str], changed: datetime | None) -> None:
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
