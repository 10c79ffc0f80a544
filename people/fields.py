"""Columns whose content lies encrypted at rest."""

from typing import Any

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

from people import crypto


class EncryptedTextField(models.TextField):
    """Text that only the application can read. Cannot be searched: keep a keyed hash beside it where that is needed.

    The empty string is stored as it is, so that "nothing there" can be told apart without a key.
    """

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return crypto.decrypt(value) if value else value

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return crypto.encrypt(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Only emptiness can be asked for; anything else would quietly find nothing."""
        if lookup_name not in {"exact", "isnull"}:
            raise TypeError(f"an encrypted column cannot be searched with {lookup_name}")
        return super().get_lookup(lookup_name)


def searchable(*columns: str) -> models.GeneratedField:
    """The words of some columns, kept by the database for searching. No stemming: names and places are as they are."""
    return models.GeneratedField(
        expression=SearchVector(*columns, config="simple"), output_field=SearchVectorField(), db_persist=True
    )
