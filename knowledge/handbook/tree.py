"""What editors and groups write, as a tree that the typesetter can show: the same little Markdown as on the pages."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from markdown_it.token import Token

from knowledge.markup import SCHEMES, TAG, as_tokens

Node = dict[str, Any]
ResolveLink = Callable[[str], Node]
"""What an address is in the book: where it leads (`url`), or the mark of a text that stands in the book (`to`)."""

DEEPEST = 8
"""Levels of lists in lists, of bold in links and the like. What lies deeper loses its form and keeps its words."""

WRITING_LINE = re.compile("…{8,}")
EMPHASIS = {"strong", "em"}
"""One look for both: italics are hard to read."""


@dataclass
class _Part:
    """A token with what stands between it and the one that ends it."""

    kind: str
    token: Token
    children: list["_Part"] = field(default_factory=list)


def tree_of(text: str, resolve_link: ResolveLink) -> list[Node]:
    """The paragraphs, lists and headings of a text. Whatever else was written comes out as words."""
    return list(_blocks(_nested(as_tokens(text)), resolve_link))


def line_of(text: str, resolve_link: ResolveLink) -> list[Node]:
    """A text of one line: words, bold, links."""
    tokens = [token for token in as_tokens(text) if token.type == "inline"]
    return _with_lines(part for token in tokens for part in _inline(_nested(token.children or []), resolve_link))


def _nested(tokens: Iterable[Token]) -> list[_Part]:
    """The tokens as a tree that is never deeper than DEEPEST, however deep someone has nested them."""
    top: list[_Part] = []
    levels, too_deep = [top], 0
    for token in tokens:
        if token.nesting > 0 and len(levels) > DEEPEST:
            too_deep += 1
        elif token.nesting > 0:
            part = _Part(token.type.removesuffix("_open"), token)
            levels[-1].append(part)
            levels.append(part.children)
        elif token.nesting < 0 and too_deep:
            too_deep -= 1
        elif token.nesting < 0:
            levels.pop()
        else:
            levels[-1].append(_Part(token.type, token))
    return top


def _blocks(parts: Iterable[_Part], resolve_link: ResolveLink) -> Iterator[Node]:
    for part in parts:
        if part.kind == "inline":
            words = _with_lines(_inline(_nested(part.token.children or []), resolve_link))
            yield {"kind": "plain", "parts": words}
        elif part.kind in {"paragraph", "heading"} and not part.token.hidden:
            for inner in _blocks(part.children, resolve_link):
                yield {"kind": part.kind, "parts": inner["parts"]}
        elif part.kind == "blockquote":
            yield {"kind": "quote", "blocks": list(_blocks(part.children, resolve_link))}
        elif part.kind in {"bullet_list", "ordered_list"}:
            items = [item.children if item.kind == "list_item" else [item] for item in part.children]
            start = int(part.token.attrs.get("start", 1)) if part.kind == "ordered_list" else None
            yield {"kind": "list", "start": start, "items": [list(_blocks(item, resolve_link)) for item in items]}
        else:
            yield from _blocks(part.children, resolve_link)


def _inline(parts: Iterable[_Part], resolve_link: ResolveLink) -> Iterator[Node]:
    for part in parts:
        if part.kind == "hardbreak":
            yield {"kind": "break"}
        elif part.kind in EMPHASIS:
            yield {"kind": "strong", "parts": list(_inline(part.children, resolve_link))}
        elif part.kind == "link":
            led = _led(str(part.token.attrs.get("href", "")), resolve_link)
            yield {"kind": "link", "parts": list(_inline(part.children, resolve_link))} | led
        elif part.children:
            yield from _inline(part.children, resolve_link)
        elif words := _words_of(part.token):
            yield {"kind": "text", "text": words}


def _words_of(token: Token) -> str:
    if token.type == "softbreak":
        return " "
    # The only HTML that the parser makes is that of our own telephone number.
    return unescape(TAG.sub("", token.content)) if token.type == "html_inline" else token.content


def _led(href: str, resolve_link: ResolveLink) -> Node:
    """Only to where the pages let a link lead too; else it is words."""
    is_ours = href.startswith("/") and not href.startswith("//")
    return resolve_link(href) if is_ours or href.partition(":")[0].lower() in SCHEMES else {}


def _with_lines(parts: Iterable[Node]) -> list[Node]:
    """Dots to write on become lines; the last one takes the room that is left."""
    found: list[Node] = []
    for part in parts:
        if part["kind"] != "text":
            found.append(part)
            continue
        for number, piece in enumerate(WRITING_LINE.split(part["text"])):
            if number:
                found.append({"kind": "line", "is_last": False})
            if piece:
                found.append({"kind": "text", "text": piece})
    for part in reversed(found):
        if part["kind"] == "line":
            part["is_last"] = True
            break
    return found
