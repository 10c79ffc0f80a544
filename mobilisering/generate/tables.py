"""Rows on their way into the database: text lines for COPY, a buffer per table, every column that a model has."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import connection, models

NULL = r"\N"
AT_A_TIME = 20_000
"""Rows of all tables together between two writes."""


def as_text(value: Any) -> str:
    """A value as COPY reads it. The words are ours: none holds a tab, a line break or a backslash."""
    if isinstance(value, str):
        return value
    if value is None:
        return NULL
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, dict):
        return json.dumps(value)
    if isinstance(value, list):
        return "{" + ",".join(map(as_text, value)) + "}"
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


class Table:
    """Lines for one table. `add` gives the key of the new row, so that others can point to it before it is written."""

    def __init__(self, model: type[models.Model], count: Callable[[], None]) -> None:
        meta = model._meta
        self.name, self.key = meta.db_table, meta.pk.column
        fields = [one for one in meta.concrete_fields if not one.generated]
        self.columns = [one.column or "" for one in fields]
        self.place = {one.attname: number for number, one in enumerate(fields)}
        self.blank = [as_text(one.get_default() if one.has_default() else None if one.null else "") for one in fields]
        self.newest = model._default_manager.aggregate(newest=models.Max("pk"))["newest"] or 0
        self.lines: list[str] = []
        self.count = count

    def add(self, **values: str | int) -> int:
        """One more row; a column that is not named gets the default of the model."""
        self.newest += 1
        line = self.blank.copy()
        line[0] = str(self.newest)
        for name, value in values.items():
            line[self.place[name]] = as_text(value)
        self.lines.append("\t".join(line))
        self.count()
        return self.newest

    def write(self) -> None:
        """What has gathered goes into the database."""
        columns = ", ".join(connection.ops.quote_name(one) for one in self.columns)
        with connection.cursor() as cursor, cursor.copy(f"COPY {self.name} ({columns}) FROM STDIN") as copy:
            copy.write("\n".join([*self.lines, ""]))
        self.lines.clear()


class Tables:
    """All the tables that are filled, in the order in which rows point to each other."""

    def __init__(self, *order: type[models.Model], progress: Callable[[int], object]) -> None:
        self.progress = progress
        self.waiting = 0
        self.rows = 0
        self.of = {model: Table(model, self._count) for model in order}

    def _count(self) -> None:
        self.waiting += 1

    def write_when_full(self) -> None:
        """Between two cases: then nothing points to a row that is not there yet."""
        if self.waiting >= AT_A_TIME:
            self.write()

    def write(self) -> None:
        for table in self.of.values():
            if table.lines:
                table.write()
        self.rows += self.waiting
        self.progress(self.waiting)
        self.waiting = 0

    def finish(self) -> None:
        """Writes the rest; keys go on from here, and the planner knows what there is."""
        self.write()
        with connection.cursor() as cursor:
            for table in self.of.values():
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [table.name, table.key, max(table.newest, 1)]
                )


@contextmanager
def without_history(models_filled: Iterable[type[models.Model]]) -> Iterator[None]:
    """Made-up rows have no history: nobody wrote them. The triggers rest while they are filled in."""
    names = [model._meta.db_table for model in models_filled]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks to come cannot be altered
        for name in names:
            cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        yield
        for name in names:
            cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
