"""Lists as someone wants to find them again: saved, renamed, deleted. Shared ones belong to their office."""

from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from django.db import IntegrityError, transaction

from people.models import MANAGING_ROLES, Office, SavedView, User, in_offices_of

NOT_KEPT = frozenset({"p", "e", "all", "csrfmiddlewaretoken"})
"""What stands in the address of a list for the moment only: the page one is on, a message."""
LONGEST = 1000


class NameNeeded(Exception):
    """A view is found by its name."""


class NameTaken(Exception):
    """The user already has a view of the list with that name."""


class NotWorkingThere(Exception):
    """A view is shared only with an office where one works."""


class NotYours(Exception):
    """Only the owner changes a view; a shared one is also deleted by who answers for the office."""


class TooLong(Exception):
    """More is searched for than can be kept."""


def kept_of(query: str) -> str:
    """What of the address of a list is kept."""
    pairs = parse_qsl(query.lstrip("?").replace("\x00", ""), max_num_fields=None)
    return urlencode(sorted((name, value) for name, value in pairs if name not in NOT_KEPT))


@transaction.atomic
def save_view(*, name: str, model: str, query: str, office: Office | None, by: User, now: datetime) -> SavedView:
    """Keeps the list under a name, for oneself or for everyone at an office.

    Raises NameNeeded, NameTaken, TooLong or NotWorkingThere.
    """
    name, kept = " ".join(name.split()), kept_of(query)
    if not name:
        raise NameNeeded
    if len(kept) > LONGEST:
        raise TooLong
    if office and not Office.objects.filter(in_offices_of(by, "pk"), pk=office.pk).exists():
        raise NotWorkingThere
    try:
        with transaction.atomic():
            return SavedView.objects.create(user=by, office=office, model=model, name=name, query=kept, created_at=now)
    except IntegrityError as error:
        raise NameTaken from error


@transaction.atomic
def rename_view(view: SavedView, *, name: str, by: User) -> SavedView:
    """Raises NotYours, NameNeeded or NameTaken."""
    name = " ".join(name.split())
    locked = SavedView.objects.select_for_update().get(pk=view.pk)
    if locked.user_id != by.pk:
        raise NotYours
    if not name:
        raise NameNeeded
    if locked.name == name:
        return locked
    locked.name = name
    try:
        with transaction.atomic():
            locked.save(update_fields=["name"])
    except IntegrityError as error:
        raise NameTaken from error
    return locked


@transaction.atomic
def delete_view(view: SavedView, *, by: User) -> None:
    """Takes the view away, for everyone it was shared with. A second time changes nothing. Raises NotYours."""
    locked = SavedView.objects.select_for_update().filter(pk=view.pk).first()
    if locked is None:
        return
    if not may_delete(locked, by):
        raise NotYours
    locked.delete()


def may_delete(view: SavedView, user: User) -> bool:
    """The owner; of a shared one also who answers for its office."""
    if view.user_id == user.pk:
        return True
    answers_for = SavedView.objects.filter(in_offices_of(user, roles=MANAGING_ROLES), office__isnull=False)
    return answers_for.filter(pk=view.pk).exists()
