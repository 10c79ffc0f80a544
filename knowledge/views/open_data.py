"""Open data: a page for people, and the same texts as JSON and CSV for programs."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import http_date
from django.utils.translation import gettext_lazy as _

from knowledge.caching import address, public_page
from knowledge.models import Example, PublicText, Term, Tool
from knowledge.open_data import LICENCE, Row, example_row, flat, term_row, tool_row
from knowledge.texts import path_of
from people.spreadsheets import CSV, TYPES, write_spreadsheet

JSON = "json"
SOURCE = "Mobilisering"


@dataclass(frozen=True)
class DataSet:
    """One kind of texts. `about` says in a sentence what there is to know of them."""

    model: type[PublicText]
    row: Callable[[Any, str], Row]
    with_rows: tuple[str, ...]
    title: str | Promise
    about: str | Promise


SETS = {
    "ordlista": DataSet(Term, term_row, ("related",), _("Ordlistan"), _("Ord och vad de betyder.")),
    "exempel": DataSet(
        Example,
        example_row,
        ("steps", "topics", "tools"),
        _("Exempel"),
        _("Vad grupper har gjort. De påhittade är märkta med ”invented”."),
    ),
    "verktyg": DataSet(Tool, tool_row, ("steps", "related"), _("Verktyg"), _("Sätt att arbeta, steg för steg.")),
}


@public_page
def open_data(request: HttpRequest) -> HttpResponse:
    """What there is to fetch, and what one may do with it."""
    sets = [
        (name, data, [(kind, reverse("knowledge:data_file", args=[name, kind])) for kind in (JSON, CSV)])
        for name, data in SETS.items()
    ]
    return render(request, "knowledge/open_data.html", {"sets": sets, "licence": LICENCE})


@public_page
def data_file(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """All published texts of a kind. The answer says when any of them last changed, came or was taken away."""
    if name not in SETS or kind not in {JSON, CSV}:
        raise Http404
    data = SETS[name]
    texts = data.model._default_manager.published().order_by("slug").prefetch_related(*data.with_rows)
    rows = [data.row(text, address(path_of(text))) for text in texts]
    changed = _changed_at(data.model)
    body = _as_json(name, rows, changed) if kind == JSON else _as_csv(name, rows)
    headers = {
        "Content-Disposition": f'inline; filename="{name}.{kind}"',
        "Link": f'<{LICENCE.url}>; rel="license"',
        "Content-Language": "sv, en",
        "Access-Control-Allow-Origin": "*",
    }
    if changed:
        headers["Last-Modified"] = http_date(changed.timestamp())
    content_type = "application/json; charset=utf-8" if kind == JSON else TYPES[CSV]
    return HttpResponse(body, content_type=content_type, headers=headers)


def _changed_at(model: type[PublicText]) -> datetime | None:
    rows = model._default_manager.filter(published_at__isnull=False)
    moments = rows.aggregate(one=Max("changed_at"), two=Max("published_at"), three=Max("withdrawn_at"))
    return max(filter(None, moments.values()), default=None)


def _as_json(name: str, rows: list[Row], changed: datetime | None) -> bytes:
    described = {
        "name": name,
        "source": SOURCE,
        "url": address(reverse("knowledge:open_data")),
        "licence": {"code": LICENCE.code, "url": LICENCE.url},
        "changed": changed.isoformat(timespec="seconds") if changed else None,
        "items": rows,
    }
    return json.dumps(described, ensure_ascii=False, indent=1).encode()


def _as_csv(name: str, rows: list[Row]) -> bytes:
    cells = [flat(row | {"licence": LICENCE.code, "source": SOURCE}) for row in rows]
    headings = list(cells[0]) if cells else []
    return write_spreadsheet(CSV, headings, [list(row.values()) for row in cells], title=name)
