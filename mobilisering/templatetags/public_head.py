"""What the head of a public page says to those who search and to those who share: where it stands, and what it is."""

from html import unescape

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from knowledge import structured_data
from knowledge.caching import address
from knowledge.models import PublicText
from knowledge.texts import KINDS, LANGUAGES, LISTED, is_whole_in, language_now, path_of, summary_of, title_of

register = template.Library()

LOCALES = {"sv": "sv_SE", "en": "en_GB"}
PICTURE = "img/social.png"
PICTURE_SIZE = (1200, 630)


@register.simple_tag(takes_context=True)
def public_head(context: Context) -> SafeString | str:
    """Nothing on a page that is not public: a private address is told to no one."""
    request = context.get("request")
    if request is None or not getattr(request, "is_public_page", False):
        return ""
    language, text = language_now(), _text_of(request, context)
    there = _languages(context, text)
    shown = language if language in there else there[0]
    here = address(request.path, shown if shown in LANGUAGES else LANGUAGES[0])
    parts = (
        _addresses(request.path, here, there),
        _feed(request.path, language),
        _card(context, here, shown, text),
        structured_data.as_script(_things(request.path, language, text)),
    )
    return format_html_join("", "{}", ((part,) for part in parts))


def _text_of(request: HttpRequest, context: Context) -> PublicText | None:
    """The text that stands at this very address. The views call it by its kind."""
    for kind in KINDS:
        text = context.get(kind.key.value)
        if isinstance(text, PublicText) and path_of(text) == request.path:
            return text
    return None


def _languages(context: Context, text: PublicText | None) -> list[str]:
    """Those that the page can be read in. A view says `only_in` of a page that is in one language whatever is asked."""
    if only := context.get("only_in"):
        return [only]
    return [one for one in LANGUAGES if text is None or is_whole_in(text, one)]


def _addresses(path: str, here: str, there: list[str]) -> SafeString:
    """The one address of this page, and of the same page in the other language."""
    others = [(one, address(path, one)) for one in there] + [("x-default", address(path))]
    alternates = format_html_join("", '<link rel="alternate" hreflang="{}" href="{}">', others if there[1:] else [])
    return format_html('<link rel="canonical" href="{}">{}', here, alternates)


def _feed(path: str, language: str) -> SafeString:
    for kind in LISTED.values():
        if path.startswith(reverse(kind.list_url)):
            link = '<link rel="alternate" type="application/atom+xml" title="{}" href="{}">'
            return format_html(link, kind.feed_title, address(reverse(kind.feed_url), language))
    return SafeString("")


def _card(context: Context, here: str, language: str, text: PublicText | None) -> SafeString:
    """What a shared link looks like. The picture is ours and comes from us."""
    said = text.said(language) if text else None
    summary = summary_of(text, said) if text and said else ""
    properties = [
        ("og:site_name", "Mobilisering"),
        ("og:type", "article" if text else "website"),
        ("og:title", title_of(text, said) if text and said else _title(context)),
        *([("og:description", summary)] if summary else []),
        ("og:url", here),
        *([("og:locale", LOCALES[language])] if language in LOCALES else []),
        ("og:image", f"{settings.PORTAL_URL}{static(PICTURE)}"),
        ("og:image:width", str(PICTURE_SIZE[0])),
        ("og:image:height", str(PICTURE_SIZE[1])),
        ("og:image:alt", _("Människor under en båge, och ordet Mobilisering.")),
    ]
    told = format_html_join("", '<meta property="{}" content="{}">', properties)
    return format_html('{}<meta name="twitter:card" content="summary_large_image">', told)


def _title(context: Context) -> str:
    """What the template calls the page, as plain text."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block("title") if blocks else None
    return unescape(block.nodelist.render(context)).strip() if block else "Mobilisering"


def _things(path: str, language: str, text: PublicText | None) -> list[structured_data.Data]:
    if text is not None:
        return structured_data.of_text(text, language)
    if path == reverse("knowledge:terms"):
        return structured_data.of_glossary(language)
    return structured_data.of_start(language) if path == reverse("start") else []
