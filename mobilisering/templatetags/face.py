"""Tags every page may use: the inlined stylesheet, icons, telephone links."""

import re
from functools import cache
from pathlib import Path

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info

from mobilisering.stylesheet import stylesheet

register = template.Library()

ICONS = Path(__file__).resolve().parent.parent.parent / "static" / "icons"
_PATH = re.compile(r'<path d="[^"]+" ?/>')
_SVG = (
    '<svg class="icon{}" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="2"'
    ' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{}</svg>'
)
DIRECTED = {"arrow-right", "chevron-left", "chevron-right", "door-exit"}
"""Icons that point along the line of reading; they are mirrored in languages written from the right."""


@register.simple_tag
def inline_stylesheet() -> SafeString:
    return mark_safe(f"<style>{stylesheet()}</style>")  # noqa: S308 -- our own files, no outside text


@cache
def _icon_paths(name: str) -> str:
    file = ICONS / f"{name}.svg"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not file.exists():
        raise ValueError(f"There is no icon called {name!r} in {ICONS.name}/.")
    return "".join(_PATH.findall(file.read_text("utf-8")))


@register.simple_tag
def icon(name: str) -> SafeString:
    """The icon drawn in the page, in the colour of the text beside it. It says nothing to a screen reader."""
    return format_html(_SVG, " icon--dir" if name in DIRECTED else "", mark_safe(_icon_paths(name)))  # noqa: S308 -- own files


@register.filter
def tel(number: str) -> str:
    """A telephone number as a link target: `031-390 06 10` becomes `tel:+46313900610`."""
    digits = re.sub(r"[^\d+]", "", str(number))
    if digits.startswith("0"):
        digits = f"+46{digits[1:]}"
    return f"tel:{digits}"


@register.simple_tag
def page_direction() -> str:
    info = get_language_info(get_language() or "sv")
    return "rtl" if info["bidi"] else "ltr"


@register.simple_tag
def page_language() -> str:
    return get_language() or "sv"
