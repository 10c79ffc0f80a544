"""What has happened to a row, told from the versions that the triggers of the database keep (models/tracking.py).

What belongs to a case is told together with it: each app says so when Django starts. Addresses are never told, only
that they changed; columns without a Swedish name (hashes, once-keys) are not told at all.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import Lag
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import Truncator, capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from people.fields import EncryptedTextField
from people.models import AccessLog, Contact, User

PAGE = 50
LOOKED_BACK = 20
"""How many versions back we look for who changed something, when a save is refused."""
LONGEST = 1000
"""Signs of a text that are shown of each version."""

INSERTED, UPDATED, DELETED, FORGOTTEN = "insert", "update", "delete", "forgotten"
"""What a version is called in the database; the last is one whose words were taken away on someone's wish."""

TOLD_OF_PROTECTED = frozenset({"protected", "discreet", "rechecked_on", "suppressed_because", "stopped_kinds"})
"""What is told of a person with a protected identity: nothing of who they are or how they are reached."""


@dataclass(frozen=True)
class Part:
    """Rows that belong to another: those whose `path` is the `of` of that row."""

    model: type[models.Model]
    path: str
    of: str = "pk"


_parts: dict[type[models.Model], tuple[Part, ...]] = {}


def tell_together(model: type[models.Model], *parts: Part) -> None:
    """From now on the history of such rows holds that of the parts too. Called once by each app, as Django starts."""
    _parts[model] = parts


def told_together() -> Collection[type[models.Model]]:
    """The kinds of rows that have a history with parts: the cases, and those we know."""
    return _parts


@dataclass(frozen=True)
class Change:
    """One column, before and after, in words; empty where there was no row. Of an address only that it changed."""

    label: str
    was: str = ""
    now: str = ""
    is_hidden: bool = False


@dataclass(frozen=True)
class Step:
    """One version of one row: who made it, when, and what was different from the one before."""

    at: datetime
    who: str
    what: str
    thing: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Found:
    """A version that stands on the page: where to find it and the one before."""

    at: datetime
    rank: int
    pk: int
    previous: int | None
    part: Part


def versions_of(model: type[models.Model]) -> Any:
    """The model that holds the versions of a tracked one; None for the others."""
    return model.history.rel.related_model if hasattr(model, "history") else None


def steps_of(row: models.Model, user: User, *, page: int = 1) -> tuple[list[Step], bool]:
    """A page of what has happened to the row and what belongs to it, newest first; and whether there is more.

    Two queries for each kind of row, one for who, and one for each kind of row that is named.
    """
    found = sorted(_found(row, page * PAGE + 1), key=attrgetter("at", "rank", "pk"), reverse=True)
    shown = found[(page - 1) * PAGE : page * PAGE]
    return _told(shown, user), len(found) > page * PAGE


def last_change(row: models.Model, names: Collection[str] = ()) -> tuple[str, datetime] | None:
    """Who last changed any of the columns (or anything at all), and when. None where no version tells."""
    versions = versions_of(type(row))
    if versions is None:
        return None
    newest = list(versions.objects.filter(pgh_obj=row.pk).order_by("-pgh_created_at", "-pgh_id")[:LOOKED_BACK])
    for newer, older in zip(newest, [*newest[1:], None], strict=True):
        if older is None or not names or any(getattr(newer, one, None) != getattr(older, one, None) for one in names):
            return _who(newer, _users([newer])), newer.pgh_created_at
    return None


def reads_of(row: models.Model, user: User, *, page: int = 1) -> tuple[list[AccessLog], bool]:
    """Who has read the row, or revealed or protected the contact in it, as far as the user may know. One query."""
    about = Q(about_model=row._meta.label_lower, about_id=row.pk)
    for part in _parts.get(type(row), ()):
        if part.path == "pgh_obj":
            about |= Q(about_model=part.model._meta.label_lower, about_id=getattr(row, part.of))
    rows = AccessLog.objects.visible_to(user).filter(about).select_related("user").order_by("-at", "-pk")
    found = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    return found[:PAGE], len(found) > PAGE


def _found(row: models.Model, most: int) -> Iterable[Found]:
    """The newest versions of each kind. All of a case are read through its own index: no table is ever scanned."""
    for rank, part in enumerate((Part(type(row), "pgh_obj"), *_parts.get(type(row), ()))):
        versions = versions_of(part.model)
        if versions is None:
            continue
        before = Window(Lag("pgh_id"), partition_by=[F("pgh_obj")], order_by=F("pgh_id").asc())
        rows = versions.objects.filter(**{part.path: getattr(row, part.of)}).annotate(previous=before)
        newest = rows.order_by("-pgh_created_at", "-pgh_id").values_list("pgh_created_at", "pgh_id", "previous")
        for at, pk, previous in newest[:most]:
            yield Found(at, rank, pk, previous, part)


def _told(shown: list[Found], user: User) -> list[Step]:
    versions: dict[tuple[int, int], Any] = {}
    for rank, of_kind in groupby(sorted(shown, key=attrgetter("rank")), key=attrgetter("rank")):
        some = list(of_kind)
        wanted = {one.pk for one in some} | {one.previous for one in some if one.previous}
        rows = versions_of(some[0].part.model).objects.in_bulk(wanted)
        versions |= {(rank, pk): version for pk, version in rows.items()}
    ranks = {one.rank: one.part.model for one in shown}
    pairs = [(one, versions[one.rank, one.pk], versions.get((one.rank, one.previous or 0))) for one in shown]
    hidden = _protected(one.pgh_obj_id for (rank, _pk), one in versions.items() if ranks[rank] is Contact)
    differences = [_differences(one.part.model, newer, older, hidden) for one, newer, older in pairs]
    names = _names(differences, user)
    users = _users([newer for _one, newer, _older in pairs])
    return [
        Step(
            at=one.at,
            who=_who(newer, users),
            what=_what(newer.pgh_label),
            thing=capfirst(str(one.part.model._meta.verbose_name)),
            changes=tuple(_change(newer.pgh_label, one, names) for one in different),
        )
        for (one, newer, _older), different in zip(pairs, differences, strict=True)
        if different or newer.pgh_label != UPDATED
    ]


Difference = tuple[models.Field, Any, Any]


def _differences(model: type[models.Model], newer: Any, older: Any, hidden: Collection[int]) -> list[Difference]:
    """The columns with a name of ours that are not as they were. Of a new row those that hold something."""
    found = []
    for field in model._meta.concrete_fields:
        if not isinstance(field.verbose_name, Promise) or not hasattr(newer, field.attname):
            continue
        now = getattr(newer, field.attname)
        was = getattr(older, field.attname) if older and newer.pgh_label != INSERTED else None
        if newer.pgh_label == DELETED:
            was, now = now, None
        if (was or None) != (now or None) and _is_told(field, newer, hidden):
            found.append((field, was, now))
    return found


def _protected(contacts: Iterable[int]) -> set[int]:
    """Those with a protected identity today: also what was noted before that is not told any more."""
    return set(Contact.objects.filter(pk__in=set(contacts), protected=True).values_list("pk", flat=True))


def _is_told(field: models.Field, newer: Any, hidden: Collection[int]) -> bool:
    if isinstance(field, EncryptedTextField) and newer.pgh_label != UPDATED:
        return False
    if field.model is not Contact:
        return True
    return field.name in TOLD_OF_PROTECTED or not (newer.protected or newer.pgh_obj_id in hidden)


def _change(kind: str, different: Difference, names: dict[tuple[Any, Any], str]) -> Change:
    """A new row has only what it holds, and one that is gone only what it held."""
    field, was, now = different
    label = capfirst(str(field.verbose_name))
    if isinstance(field, EncryptedTextField):
        return Change(label, is_hidden=True)
    return Change(
        label,
        was="" if kind == INSERTED else _in_words(field, was, names),
        now="" if kind == DELETED else _in_words(field, now, names),
    )


def _in_words(field: Any, value: Any, names: dict[tuple[Any, Any], str]) -> str:
    if field.is_relation:
        return names.get((field.related_model, value), _("något du inte ser")) if value else "–"
    choices = dict(getattr(field, "base_field", field).flatchoices)
    if isinstance(value, list):
        return ", ".join(str(choices.get(one, one)) for one in value) or "–"
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if isinstance(value, datetime):
        return date_format(localtime(value), "j F Y H.i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    return Truncator(str(choices.get(value, value))).chars(LONGEST) if value not in {None, ""} else "–"


def _names(differences: list[list[Difference]], user: User) -> dict[tuple[Any, Any], str]:
    """What the rows that columns point to are called. One query for each kind; what the user does not see, not."""
    wanted: dict[Any, set[Any]] = {}
    for field, was, now in (one for some in differences for one in some):
        if field.is_relation:
            wanted.setdefault(field.related_model, set()).update(filter(None, (was, now)))
    names: dict[tuple[Any, Any], str] = {}
    for model, pks in wanted.items():
        rows = model._default_manager.all()
        rows = rows.visible_to(user) if hasattr(rows, "visible_to") else rows
        rows = rows.select_related("contact") if any(one.name == "contact" for one in model._meta.fields) else rows
        names |= {(model, one.pk): str(one) for one in rows.filter(pk__in=pks)}
    return names


def _users(versions: Iterable[Any]) -> dict[int, str]:
    numbers: set[Any] = {(one.pgh_context or {}).get("user") for one in versions} - {None}
    return {one.pk: str(one) for one in User.objects.filter(pk__in=numbers)}


def _who(version: Any, users: dict[int, str]) -> str:
    """A signed-in user; or someone on a page of their own, without an account; or the portal by itself."""
    if version.pgh_context is None:
        return _("portalen")
    number = version.pgh_context.get("user")
    return users.get(number, _("ett konto som är borttaget")) if number else _("gruppen, på sin egen sida")


def _what(label: str) -> str:
    words = {
        INSERTED: _("Skapades"),
        UPDATED: _("Ändrades"),
        DELETED: _("Togs bort"),
        FORGOTTEN: _("Ändrades. Vad det var är borttaget."),
    }
    return words.get(label, label)
