"""Counts that never read a whole table: exact up to a limit, then "more than that"."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.utils.translation import gettext as _

LIMIT = 1000
SPACE = "\N{NO-BREAK SPACE}"


def capped_counts(rows: Mapping[str, QuerySet[Any]], limit: int = LIMIT) -> dict[str, int]:
    """How many rows there are of each, all in one query; `limit` + 1 means more than `limit`."""
    parts: dict[str, tuple[str, tuple[Any, ...]]] = {}
    using = "default"
    for name, some in rows.items():
        query = some.order_by().values("pk")[: limit + 1].query
        using = some.db
        try:
            sql, params = query.get_compiler(using).as_sql()
        except EmptyResultSet:
            continue
        parts[name] = (f"(SELECT COUNT(*) FROM ({sql}) counted)", tuple(params))  # noqa: S608 -- the ORM wrote the SQL
    counted = dict.fromkeys(rows, 0)
    if parts:
        with connections[using].cursor() as cursor:
            cursor.execute(
                "SELECT " + ", ".join(sql for sql, _params in parts.values()),
                [param for _sql, params in parts.values() for param in params],
            )
            counted.update(zip(parts, cursor.fetchone() or (), strict=True))
    return counted


def count_in_words(number: int, limit: int = LIMIT) -> str:
    """The count as we write it: "12", or "fler än 1 000"."""
    if number <= limit:
        return grouped(number)
    return _("fler än %(number)s") % {"number": grouped(limit)}


def grouped(number: int) -> str:
    """A number in figures, its thousands apart as Swedish writes them."""
    return f"{number:,}".replace(",", SPACE)
