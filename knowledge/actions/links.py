"""Links in public texts, tried once a day. One that leads nowhere two days in a row is shown to the editors."""

import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from knowledge.actions.external_links import Answer, answer_of
from knowledge.models import LinkCheck, Page, PublicText
from knowledge.texts import KINDS, LISTED, steps_of

AGAIN_AFTER = timedelta(hours=20)
"""Between the tries of a link, a little less than a day: the sweep does not run at the same second each day."""
MOST_ASKED = 200
"""So many pages of others are asked for in one sweep; the rest come first in the next."""

LONGEST_SWEEP = 150
"""Seconds until no more is asked: a task that takes far longer is ended before it has told that it is alive."""

LINK = re.compile(r"\]\(\s*<?([^)\s>]+)")
LONGEST = 500
NOT_FOLLOWED = ("tel:", "mailto:", "#")

OURS = {f"knowledge:{key.value}": kind.model for key, kind in LISTED.items()}
PAGES = ("knowledge:page", "knowledge:easy_page")

Ask = Callable[[str], Answer]


def broken() -> QuerySet[LinkCheck]:
    """Those that lead nowhere. Our own pages at once; those of others when they were gone two days in a row."""
    at_once = Q(url__startswith="/")
    twice = Q(checked_at__gte=F("broken_since") + AGAIN_AFTER)
    return LinkCheck.objects.filter(broken_since__isnull=False).filter(at_once | twice)


def broken_in(text: PublicText) -> QuerySet[LinkCheck]:
    """Those of one text."""
    return broken().filter(about_model=text._meta.label_lower, about_id=text.pk)


def links_in(text: PublicText) -> Iterator[str]:
    """What the text links to, in both languages. One query for its steps, unless they are there already."""
    parts: list[str] = []
    rows: list[Any] = [text, *steps_of(text)]
    for row in rows:
        for name in (*row.TRANSLATED, *(f"{name}_en" for name in row.TRANSLATED)):
            value = getattr(row, name)
            parts += value if isinstance(value, list) else [value]
    if isinstance(text, Page):
        parts.append(text.easy)
    for part in parts:
        yield from (url[:LONGEST] for url in LINK.findall(part) if not url.startswith(NOT_FOLLOWED))


def check_links(now: datetime, *, ask: Ask = answer_of) -> int:
    """Tries the links of all published texts that are due; how many led nowhere.

    A link that is tried twice, after a crash, is tried twice: nothing else happens.
    """
    note_links()
    due = LinkCheck.objects.filter(Q(checked_at__isnull=True) | Q(checked_at__lte=now - AGAIN_AFTER))
    order = due.order_by(F("checked_at").asc(nulls_first=True), "pk").values_list("url", flat=True)
    urls = list(dict.fromkeys(order))
    ours = [url for url in urls if url.startswith("/")]
    others = [url for url in urls if not url.startswith("/")][:MOST_ASKED]
    bad = 0
    begun = time.monotonic()
    for url in (*ours, *others):
        if time.monotonic() - begun > LONGEST_SWEEP:
            break
        answer = answer_of_ours(url) if url.startswith("/") else _answer_of_others(url, ask)
        bad += bool(answer.problem)
        _write_down(url, answer, now)
    return bad


@transaction.atomic
def note_links() -> None:
    """One row for each link of each published text; those that nothing links to any more are forgotten."""
    found: dict[tuple[str, int], set[str]] = {}
    for kind in KINDS:
        for text in kind.published().order_by("pk").iterator(chunk_size=500):
            if links := set(links_in(text)):
                found[(kind.model._meta.label_lower, text.pk)] = links
    known: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
    for pk, url, model, about in LinkCheck.objects.values_list("pk", "url", "about_model", "about_id"):
        known[(model, about)][url] = pk
    gone = [pk for about, rows in known.items() for url, pk in rows.items() if url not in found.get(about, ())]
    LinkCheck.objects.filter(pk__in=gone).delete()
    LinkCheck.objects.bulk_create(
        [
            LinkCheck(url=url, about_model=model, about_id=pk)
            for (model, pk), urls in found.items()
            for url in sorted(urls - known.get((model, pk), {}).keys())
        ],
        ignore_conflicts=True,
    )


def answer_of_ours(url: str) -> Answer:
    """Whether a page of the portal is there for readers: the address exists, and a text behind it is public."""
    path = unquote(urlsplit(url).path)
    try:
        match = resolve(path)
    except Resolver404:
        return Answer(404, _("Det finns ingen sida på den adressen."))
    texts: Iterable[Any] | None = None
    if model := OURS.get(match.view_name):
        rows: Any = model._default_manager
        texts = rows.published().filter(slug=match.kwargs["slug"])
    elif match.view_name in PAGES:
        texts = Page.objects.published().filter(path=match.kwargs["path"])
    elif row := Page.objects.filter(path=path).first():
        texts = [row] if row.is_public else []
    if texts is not None and not list(texts):
        return Answer(404, _("Sidan är inte publicerad."))
    return Answer(200)


def _answer_of_others(url: str, ask: Ask) -> Answer:
    if url.startswith("https://"):
        return ask(url)
    if url.startswith("http://"):
        return Answer(0, _("Länken börjar med http. Bara https blir en länk."))
    return Answer(0, _("Länken börjar varken med / eller https."))


def _write_down(url: str, answer: Answer, now: datetime) -> None:
    rows = LinkCheck.objects.filter(url=url)
    rows.update(status=answer.status, problem=answer.problem[:200], checked_at=now)
    if answer.problem:
        rows.filter(broken_since__isnull=True).update(broken_since=now)
    else:
        rows.update(broken_since=None)
