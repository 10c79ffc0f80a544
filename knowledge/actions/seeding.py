"""The texts that come with the portal, brought into the database. Again at each release; what editors wrote survives.

A row remembers, in `seed_hash`, what the file said (first half) and what the row then said (second half). As long as
the row still says that, nobody has touched it, and a changed file may write it anew; otherwise the row is the editors'
and is left alone. A text that an editor has withdrawn stays withdrawn.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from groups.models import Topic
from knowledge.actions.indexing import enter_all
from knowledge.actions.publishing import content_changed
from knowledge.enums import State
from knowledge.models import Example, ExampleStep, PublicText, ShortText, Term, Tool, ToolStep
from knowledge.seed_files import Item, hash_of, read
from knowledge.texts import KINDS

TOPICS = {
    "bostad": "Bostad",
    "skola": "Skola och förskola",
    "resor": "Resor och kollektivtrafik",
    "trygghet": "Trygghet",
    "halsa": "Hälsa och vård",
    "arbete": "Arbete",
    "miljo": "Miljö",
    "fritid": "Fritid och mötesplatser",
    "migration": "Uppehållstillstånd och etablering",
    "funktion": "Funktionsnedsättning",
    "ekonomi": "Ekonomi och skulder",
    "diskriminering": "Diskriminering",
}
LINKED = {"related", "tools", "examples", "topics", "steps"}
"""What is not a column of the row itself."""

STEP = ("title", "title_en", "text", "text_en")

OURS = {
    "id",
    "state",
    "publish_at",
    "published_at",
    "withdrawn_at",
    "reviewed_on",
    "review_by",
    "changed_at",
    "seed_hash",
}
"""Columns that tell what has become of a text. To change them is not to write it."""


@dataclass
class Seeded:
    """What came of it: how many were written, and which were left to their editors."""

    written: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)


@transaction.atomic
def seed_texts(*, now: datetime, with_examples: bool) -> Seeded:
    """Brings all texts of the files in. A second time it changes nothing."""
    done = Seeded()
    topics = {slug: _topic(slug, name) for slug, name in TOPICS.items()}
    written: list[tuple[PublicText, Item]] = []
    for kind in KINDS:
        if kind.model is not Example or with_examples:
            more = {"is_invented": True} if kind.model is Example else {}
            written += _seed_kind(kind.model, read(kind.seeds), done, now, **more)
    for text, item in written:
        _link(text, item, topics)
    for text, item in written:
        text.seed_hash = hash_of(item)[:32] + fingerprint(text)
        text.save(update_fields=["seed_hash"])
    enter_all(text for text, _item in written if text.is_public)
    for item in read("short"):
        defaults = {name: item[name] for name in ("title", "body", "in_swedish")} | {"changed_at": now}
        done.written += ShortText.objects.get_or_create(language=item["language"], defaults=defaults)[1]
    if done.written:
        content_changed()
    return done


def _topic(slug: str, name: str) -> Topic:
    """The one that is there already, perhaps under another address, or else a new one."""
    there = Topic.objects.filter(Q(slug=slug) | Q(name=name)).first()
    return there or Topic.objects.create(slug=slug, name=name)


def _seed_kind(
    model: type[PublicText], items: Iterable[Item], done: Seeded, now: datetime, **more: Any
) -> list[tuple[PublicText, Item]]:
    """The rows that were written, each with what the file says."""
    rows = {row.slug: row for row in model._default_manager.all()}
    written = []
    for item in items:
        row = rows.get(item["slug"])
        if row is not None and (row.state == State.WITHDRAWN or is_edited(row)):
            done.kept.append(str(row))
        elif row is not None and row.seed_hash[:32] == hash_of(item)[:32]:
            done.unchanged += 1
        else:
            written.append((_write(row or model(state=State.PUBLISHED, published_at=now), item | more, now), item))
            done.written += 1
    return written


def _write(row: PublicText, columns: Item, now: datetime) -> PublicText:
    for name, value in columns.items():
        if name not in LINKED:
            setattr(row, name, date.fromisoformat(value) if name == "happened_on" else value)
    row.changed_at = now
    row.save()
    return row


def is_edited(row: PublicText) -> bool:
    """Whether someone has changed a row since the files wrote it. One that the files never wrote is the editors'."""
    return not row.seed_hash or row.seed_hash[32:] != fingerprint(row)


def fingerprint(row: PublicText) -> str:
    """Of all that a row says, its steps too, and what an example is tied to. A few queries for those that have more.

    Not of what it is related to: a new word that is related to it, in both directions, is no edit of it.
    """
    said = {one.name: getattr(row, one.attname) for one in row._meta.concrete_fields if one.name not in OURS}
    said["steps"] = []
    if isinstance(row, Tool):
        said["steps"] = list(row.steps.values(*STEP, "minutes"))
    if isinstance(row, Example):
        said["steps"] = list(row.steps.values(*STEP))
        said["topics"] = sorted(row.topics.values_list("slug", flat=True))
        said["tools"] = sorted(row.tools.values_list("slug", flat=True))
    return hash_of(said)[:32]


def _link(text: PublicText, item: Item, topics: dict[str, Topic]) -> None:
    """The steps, and what points to other rows, when all of these are there.

    What is related is so in both directions, and only one of the two files may say so: nothing is taken away.
    """
    if isinstance(text, Example):
        text.steps.all().delete()
        ExampleStep.objects.bulk_create(
            ExampleStep(example=text, number=number, **step) for number, step in enumerate(item["steps"], 1)
        )
        text.topics.set([topics[slug] for slug in item["topics"]])
        text.tools.set(Tool.objects.filter(slug__in=item["tools"]))
    if isinstance(text, Tool):
        text.steps.all().delete()
        ToolStep.objects.bulk_create(
            ToolStep(tool=text, number=number, **step) for number, step in enumerate(item["steps"], 1)
        )
        text.related.add(*Tool.objects.filter(slug__in=item["related"]))
    if isinstance(text, Term):
        text.related.add(*Term.objects.filter(slug__in=item["related"]))
