"""What editors and groups write, as HTML that can do no harm: a little Markdown, and nothing that is not asked for.

Everything goes through two libraries: `markdown-it-py` knows no HTML here, and `nh3` lets only the tags below through.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape, unescape

import nh3
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from people.phone_numbers import as_e164

BLOCKS = {"p", "ul", "ol", "li", "h2", "h3", "strong", "em", "a", "br", "blockquote", "bdi"}
INLINE = {"strong", "em", "a", "br", "bdi"}
OUR_PHONE = "031-390 06 10"
"""How the texts of the repository write the portal's own number. Readers see the one that is set."""
SCHEMES = {"https", "tel", "mailto"}

NOT_READ = ["image", "code", "fence", "table", "html_block", "html_inline", "backticks"]
"""Of Markdown."""


def _phone_links(state: StateCore) -> None:
    """The portal's number is a link wherever it is written, but for inside another link."""
    for token in state.tokens:
        if token.children:
            token.children = list(_with_phone(token.children))


def _with_phone(tokens: Iterable[Token]) -> Iterator[Token]:
    number = settings.PORTAL_PHONE
    written = re.compile(f"({re.escape(OUR_PHONE)}|{re.escape(number)})")
    links_open = 0
    for token in tokens:
        links_open += (token.type == "link_open") - (token.type == "link_close")
        if token.type != "text" or not written.search(token.content):
            yield token
            continue
        for part in written.split(token.content):
            if not written.fullmatch(part):
                yield Token("text", "", 0, content=part)
            elif links_open:
                yield Token("text", "", 0, content=number)
            else:
                target = escape(as_e164(number) or number)
                yield Token(
                    "html_inline", "", 0, content=f'<a href="tel:{target}"><bdi dir="ltr">{escape(number)}</bdi></a>'
                )


def _parser(*, breaks: bool) -> MarkdownIt:
    options = {"html": False, "linkify": False, "typographer": False, "breaks": breaks}
    parser = MarkdownIt("js-default", options).disable(NOT_READ)
    parser.core.ruler.push("phone_links", _phone_links)
    return parser


_markdown, _easy = _parser(breaks=False), _parser(breaks=True)

TAG = re.compile(r"<[^>]+>")
BLOCK_END = re.compile(r"</(p|li|h[1-6]|blockquote)>|<br ?/?>")
WRITING_LINE = re.compile(r"_{3,}")
ONE_LAST = re.compile(r"^((?:(?!___).)*[^_])_{3,}[ \t]*$", re.MULTILINE)
"""A line of text with one line to write on, last: there is room for all of it."""

SIGNS = re.compile(r"[\\`*_\[\]<~]|&(?=#?\w+;)")
LINE_START = re.compile(r"(?=[#>=+-])|(?<=\d)(?=[.)](?:\s|$))")
"""What Markdown reads as more than words: anywhere, and where a line begins (after a number, too)."""

BLANKS = {
    "\ue000": '<span class="blank"></span>',
    "\ue001": '<span class="blank blank--whole"></span>',
}
"""Signs of no alphabet, which stand for lines to write on while the parsers are at work."""


def as_html(text: str, *, breaks: bool = False) -> SafeString:
    """Paragraphs, lists, headings from the second level, bold, links. `breaks` keeps each line a line."""
    return _clean((_easy if breaks else _markdown).render(_without_rules(text)), BLOCKS)


def as_inline_html(text: str) -> SafeString:
    """One line: bold and links alone."""
    return _clean(_markdown.renderInline(_without_rules(text)), INLINE)


def as_sheet(text: str) -> SafeString:
    """A sheet to write on: `____` is drawn as a line, as long as the page is wide when it stands last and alone."""
    html = str(as_html(WRITING_LINE.sub("\ue000", ONE_LAST.sub("\\1\ue001", text))))
    for sign, line in BLANKS.items():
        html = html.replace(sign, line)
    return mark_safe(html)  # noqa: S308 -- as_html made it, and the lines are ours


def as_plain(text: str) -> str:
    """The words alone, a line for each paragraph, heading or point: for reading aloud, measuring and searching."""
    html = BLOCK_END.sub("\n", _markdown.render(_without_rules(text)))
    lines = (line.strip() for line in unescape(TAG.sub("", html)).splitlines())
    return "\n".join(line for line in lines if line)


def as_tokens(text: str) -> list[Token]:
    """The parts of the text, for what is no HTML at all: the printed handbook (`handbook/tree.py`)."""
    return _markdown.parse(_without_rules(text))


def links_of(text: str) -> list[str]:
    """Where its links lead, in their order."""
    inside = (part for token in as_tokens(text) for part in token.children or () if part.type == "link_open")
    return [str(part.attrs["href"]) for part in inside]


def literally(text: str) -> str:
    """Words from outside, as Markdown that reads just as they were written: no links, no headings, lines as lines.

    Only the signs that would mean something get a backslash, so that editors can go on with the text.
    """
    return "\n\n".join(_literal_line(line.strip()) for line in text.splitlines() if line.strip())


def _literal_line(line: str) -> str:
    line = SIGNS.sub(r"\\\g<0>", line)
    number = len(line) - len(line.lstrip("0123456789"))
    special = LINE_START.match(line, number)
    return f"{line[:number]}\\{line[number:]}" if special else line


def _without_rules(text: str) -> str:
    """`____` is a line to write on, not a rule across the page: a row of dots that no parser touches."""
    return WRITING_LINE.sub("……………………", text)


def _clean(html: str, tags: set[str]) -> SafeString:
    cleaned = nh3.clean(
        html,
        tags=tags,
        attributes={"a": {"href"}, "bdi": {"dir"}},
        url_schemes=SCHEMES,
        link_rel="noopener",
        strip_comments=True,
    )
    return mark_safe(cleaned)  # noqa: S308 -- nh3 has let through what is named above and nothing else
