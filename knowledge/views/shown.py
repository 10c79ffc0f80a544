"""A page of the editors as readers see it, also where it stands above what the page does: a form, a choice."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import override

from knowledge.marking import Marker
from knowledge.markup import as_inline_html, as_plain
from knowledge.models import Page

EASY = "lattlast/"
"""What stands after the address of a page that is also there in easy Swedish."""


@dataclass(frozen=True)
class ShownPage:
    """The words of a page in one language, ready to be put in a template."""

    path: str
    language: str
    """What it is written in: Swedish, also for English readers, as long as the English is not complete."""
    title: str
    lead: SafeString
    body: SafeString
    marker: Marker
    """Has marked the hard words of the body, and lists them."""
    summary: str
    """The lead as plain text, for machines."""
    easy_title: str
    easy_path: str
    """Empty when there is no easy version."""


def shown(page: Page, language: str) -> ShownPage:
    """The page as it is read in a language. Of an unsaved page too: an editor's preview. One query."""
    said = page.said(language)
    marker = Marker(said.language)
    with override(said.language):  # the explanations have words of ours in them
        body = marker.text(said.body)
    return ShownPage(
        path=page.path,
        language=said.language,
        title=said.title,
        lead=as_inline_html(said.lead),
        body=body,
        marker=marker,
        summary=as_plain(said.lead),
        easy_title=page.easy_title or page.title,
        easy_path=f"{page.path}{EASY}" if page.easy else "",
    )
