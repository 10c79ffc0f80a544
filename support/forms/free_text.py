"""Forms where people write freely: a personal number that slips in is asked about, gently, and nothing is lost."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django import forms

from people.form_pack import PortalForm, Words
from people.personnummer import find_personal_numbers, without
from people.plain_text import plain_post

DECISION = "personnummer"
KEEP, REMOVE = "behall", "ta-bort"

LONGEST_SEARCHED = 5000
"""Signs. Longer texts are refused for their length before anyone looks for numbers in them."""


@dataclass(frozen=True)
class PersonalNumber:
    """A number that looks like a personal number, and the question it was written under."""

    label: Words
    number: str


class FreeTextForm(PortalForm):
    """Knows which of its fields are written freely, and whether the writer has already decided about a number."""

    def __init__(self, data: Mapping[str, Any] | None = None, *args: Any, **kwargs: Any) -> None:
        decision = data.get(DECISION) if data is not None else None
        self.keeps_numbers = decision == KEEP
        if data is not None and decision == REMOVE:
            data = self._without_numbers(data)
        super().__init__(data, *args, **kwargs)

    @classmethod
    def free_texts(cls) -> list[str]:
        return [
            name
            for name, field in cls.base_fields.items()
            if type(field) is forms.CharField and not field.widget.is_hidden
        ]

    def _without_numbers(self, data: Mapping[str, Any]) -> Mapping[str, Any]:
        written = {name: str(plain_post(data).get(name, "")) for name in self.free_texts() if name in data}
        cleaned: Any = copy(data)
        for name, text in written.items():
            if len(text) <= LONGEST_SEARCHED:
                cleaned[name] = without(text, find_personal_numbers(text))
        return cleaned

    def personal_numbers(self) -> list[PersonalNumber]:
        """What to ask about before anything is saved; nothing once the writer has decided. Ask a valid form."""
        if self.keeps_numbers:
            return []
        return [
            PersonalNumber(self.fields[name].label or "", number)
            for name in self.free_texts()
            for _start, _end, number in find_personal_numbers(self.cleaned_data.get(name) or "")
        ]
