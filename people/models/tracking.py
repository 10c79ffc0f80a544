"""Which rows keep a history. Triggers in the database write it, so that no way of saving gets past them."""

from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db import models

Model = TypeVar("Model", bound=type[models.Model])


def tracked(*, without: tuple[str, ...] = ()) -> Callable[[Model], Model]:
    """Keeps every version of the rows of a model, with who made it. `without` names the columns that are left out.

    The history lies beside the row as `row.history`. It must go when what it tells of is erased: the columns that hold
    personal data are in it too.
    """
    trackers = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
    return pghistory.track(*trackers, exclude=list(without))
