from django.urls import path, register_converter

from knowledge.enums import EntryKind
from knowledge.models import Page
from knowledge.views import (
    contribute,
    examples,
    feeds,
    handbooks,
    open_data,
    own_words,
    pages,
    search,
    sitemap,
    terms,
    tools,
)


class PagePath:
    """An address at which the editors have, or have had, a page. Any other is not ours to answer.

    Asked in the database, and last of all addresses: an unknown one stays the plain 404 that it would have been.
    """

    regex = r"(?:[-\w]+/)+"

    def to_python(self, value: str) -> str:
        if not Page.objects.filter(path=f"/{value}", published_at__isnull=False).exists():
            raise ValueError
        return f"/{value}"

    def to_url(self, value: str) -> str:
        return value.removeprefix("/")


register_converter(PagePath, "page")

app_name = "knowledge"
urlpatterns = [
    path("exempel/flode/", feeds.feed, {"kind": EntryKind.EXAMPLE}, name="example_feed"),
    path("verktyg/flode/", feeds.feed, {"kind": EntryKind.TOOL}, name="tool_feed"),
    path("ordlista/flode/", feeds.feed, {"kind": EntryKind.TERM}, name="term_feed"),
    path("oppna-data/", open_data.open_data, name="open_data"),
    path("oppna-data/<slug:name>.<slug:kind>", open_data.data_file, name="data_file"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sok/", search.search, name="search"),
    path("opensearch.xml", search.opensearch, name="opensearch"),
    path("exempel/", examples.example_list, name="examples"),
    path("exempel/lamna/", contribute.page, name="contribute"),
    path("exempel/lamna/tack/", contribute.thanks, name="contributed"),
    path("exempel/<slug:slug>/", examples.example_page, name="example"),
    path("verktyg/", tools.tool_list, name="tools"),
    path("verktyg/<slug:slug>/", tools.tool_page, name="tool"),
    path("ordlista/", terms.glossary, name="terms"),
    path("ordlista/<slug:slug>/", terms.term_page, name="term"),
    path("handbok/", handbooks.handbooks, name="handbooks"),
    path("handbok/<int:number>.pdf", handbooks.handbook_pdf, name="handbook_pdf"),
    path("min-sida/att-godkanna/<int:pk>/andra/", own_words.own_words, name="own_words"),
    path("min-sida/att-godkanna/<int:pk>/andrat/", own_words.sent, name="own_words_sent"),
    path("om/", pages.page, name="about"),
    path("sa-gar-det-till/", pages.page, name="how_it_works"),
    path("trygg/", pages.page, name="safe"),
    path("tillganglighet/", pages.page, name="accessibility"),
    path("personuppgifter/", pages.page, name="personal_data"),
    path("kontakt/", pages.page, name="contact"),
    path("lattlast/", pages.easy_pages, name="easy_pages"),
    path("<page:path>lattlast/", pages.easy_page, name="easy_page"),
    path("sprak/<slug:code>/", pages.short_text, name="short_text"),
    path("<page:path>", pages.page, name="page"),
]
