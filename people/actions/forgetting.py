"""Taking what is erased out of the history too: that something happened stays there, what it was does not."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from people.history import FORGOTTEN, UPDATED, versions_of


def empty_history(rows: models.QuerySet[Any], nothing: Mapping[str, Any]) -> int:
    """Every version of the rows gets these values instead of its own. Says how many versions there were.

    To be called in the transaction that erases, after the rows themselves are emptied: that makes a version too.
    """
    versions = versions_of(rows.model)
    kept = {one.name for one in versions._meta.get_fields()}
    of_rows = versions.objects.filter(pgh_obj__in=list(rows.values_list("pk", flat=True)))
    changed = of_rows.update(**{name: value for name, value in nothing.items() if name in kept})
    of_rows.filter(pgh_label=UPDATED).update(pgh_label=FORGOTTEN)
    return changed


def remove_history(model: type[models.Model], *pks: Any) -> int:
    """Takes every version away, of rows that leave no trace. To be called after they are deleted, as that makes one."""
    return versions_of(model).objects.filter(pgh_obj__in=pks).delete()[0]
