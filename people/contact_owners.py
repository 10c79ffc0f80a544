"""To whose work a contact belongs: each app says, when Django starts, which of its models have a contact.

A contact has no office of its own. Staff see it through the member, the request or the enabler that it is the contact
of, and only through these; the contact of an unsent draft is seen by nobody.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db import models

    from people.models import Contact

_forgetters: "list[Callable[[Contact, datetime], None]]" = []
_lockers: "list[Callable[[Contact], None]]" = []
_owners: "dict[type[models.Model], str]" = {}


def register(*owners: "type[models.Model]", office: str = "office") -> None:
    """Each owner has a `contact` and a `visible_to(user)`; `office` is the way from it to the office it belongs to."""
    _owners.update(dict.fromkeys(owners, office))


def all_owners() -> "list[type[models.Model]]":
    return [*_owners]


def office_of(contact: "models.Model") -> int | None:
    """The number of the office whose work the contact belongs to; None in the common queue, or when nobody owns it."""
    for owner, path in _owners.items():
        found = owner._default_manager.filter(contact=contact.pk).values_list(f"{path}__pk").first()
        if found:
            return int(found[0]) if found[0] else None
    return None


def when_erased(forget: "Callable[[Contact, datetime], None]") -> None:
    """`forget` is called in the transaction that takes a person away: what the app knows of them goes with it."""
    if forget not in _forgetters:
        _forgetters.append(forget)


def lock_before_erasing(lock: "Callable[[Contact], None]") -> None:
    """`lock` is called before anything about the person is touched: it takes the locks of what others write from.

    Whoever holds such a row writes messages and links to many people; it must not wait for one who waits for it.
    """
    if lock not in _lockers:
        _lockers.append(lock)


def lock_everywhere(contact: "Contact") -> None:
    for lock in _lockers:
        lock(contact)


def forget_everywhere(contact: "Contact", now: datetime) -> None:
    """Each app that asked for it takes away what it knows of the person."""
    for forget in _forgetters:
        forget(contact, now)
