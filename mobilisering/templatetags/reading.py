"""What public texts need on their pages: from stored text to HTML (`knowledge/markup.py`), hard words explained."""

from django import template
from django.utils.safestring import SafeString

from knowledge import markup
from knowledge.actions import approved_text
from knowledge.marking import Marker

register = template.Library()


@register.filter
def as_html(text: str) -> SafeString:
    """Paragraphs, lists, bold, links."""
    return markup.as_html(text)


@register.filter
def as_line(text: str) -> SafeString:
    """One line: bold and links alone."""
    return markup.as_inline_html(text)


@register.filter
def marked(text: str, marker: Marker) -> SafeString:
    """The text as HTML, its hard words marked. What is HTML already (`as_html(…, breaks=True)`) is only marked."""
    return marker.mark(text) if isinstance(text, SafeString) else marker.text(text)


@register.filter
def marked_line(text: str, marker: Marker) -> SafeString:
    return marker.line(text)


@register.filter
def as_sheet(text: str) -> SafeString:
    """A sheet to write on: each `____` drawn as a line."""
    return markup.as_sheet(text)


@register.filter
def in_languages(text: str) -> list[tuple[str, str]]:
    """What a group is asked about, in parts: the language of each, and its words."""
    return approved_text.in_languages(text)
