"""To whose work a contact belongs: each app says, when Django starts, which of its models have a contact.

A contact has no office of its own. Staff see it through the member, the request or the enabler that it is the contact
of, and only through these; the contact of an unsent draft is seen by nobody.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db import models

_owners: "list[type[models.Model]]" = []


def register(*owners: "type[models.Model]") -> None:
    """Each owner has a `contact` and a `visible_to(user)`."""
    _owners.extend(owner for owner in owners if owner not in _owners)


def all_owners() -> "list[type[models.Model]]":
    return _owners
