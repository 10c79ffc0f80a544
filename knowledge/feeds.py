"""Atom feeds of what was published last. They tell a title and an ingress, and lead to the text: it stays with us.

A text that was withdrawn is out of its feed at once, and the feed asks readers' programs to forget it (RFC 6721).
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from knowledge.caching import address
from knowledge.models import PublicText
from knowledge.open_data import LICENCE
from knowledge.texts import ListedKind, is_whole_in, path_of, summary_of, title_of, with_steps
from people.plain_text import plain_text

MOST_ENTRIES = 30
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
"""What an empty feed says of its last change."""


class Feed(Atom1Feed):
    """Atom with tombstones; the moment of its last change is never that of today."""

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:at": TOMBSTONES}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        for entry_id, moment in self.feed["gone"]:
            handler.addQuickElement("at:deleted-entry", "", {"ref": entry_id, "when": rfc3339_date(moment)})

    def latest_post_date(self) -> datetime:
        moments: Iterable[Any] = (item[name] for item in self.items for name in ("pubdate", "updateddate"))
        return max([BEGINNING, *moments, *(moment for _entry_id, moment in self.feed["gone"])])


def feed_of(kind: ListedKind, language: str) -> Feed:
    """The feed in a language: only what can be read in it. Two queries, and one for steps but in Swedish."""
    newest = kind.model._default_manager.published().order_by("-published_at", "-pk")[: 2 * MOST_ENTRIES]
    texts = [text for text in with_steps(newest, language) if is_whole_in(text, language)][:MOST_ENTRIES]
    withdrawn = kind.model._default_manager.withdrawn().filter(published_at__isnull=False)
    gone = withdrawn.order_by("-withdrawn_at", "-pk")[:MOST_ENTRIES]
    feed = Feed(
        title=f"{kind.feed_title} – Mobilisering",
        link=address(reverse(kind.list_url), language),
        description=_("Stöd till grupper som går ihop för att förändra något orättvist. Gratis och på era villkor."),
        language=language,
        feed_url=address(reverse(kind.feed_url), language),
        feed_copyright=LICENCE.name,
        gone=[(_id_of(text, language), text.withdrawn_at) for text in gone],
    )
    for text in texts:
        _enter(feed, text, language)
    return feed


def _id_of(text: PublicText, language: str) -> str:
    """What a text is called in feeds, in one language: always the same, and it tells nothing of what the text says.

    Its address would: when the text is withdrawn, no word of it is to be left, and its title stands in its address.
    """
    return f"tag:{urlsplit(settings.PORTAL_URL).hostname},2026:{text._meta.model_name}:{text.pk}:{language}"


def _enter(feed: Feed, text: PublicText, language: str) -> None:
    """Without the signs that no XML may hold, wherever the words came from."""
    said = text.said(language)
    where = address(path_of(text), language)
    feed.add_item(
        title=plain_text(title_of(text, said)),
        link=where,
        description=plain_text(summary_of(text, said)),
        unique_id=_id_of(text, language),
        pubdate=text.published_at,
        updateddate=text.last_changed_at,
    )
