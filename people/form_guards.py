"""Quiet guards for public forms: sending twice is sending once, and programs are told from people unasked.

A personal number that slips in where people write freely is asked about, gently, and nothing is lost.
"""

import uuid
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from people.form_pack import PortalForm, Words
from people.personnummer import find_personal_numbers, without
from people.plain_text import plain_post

FASTEST_SECONDS = 3
"""A form sent back sooner than this was not read by a person."""

_SALT = "people.form_guards"

NOT_WRITTEN = frozenset({"once_key", "website", "opened"})
"""What stands in a form without anyone having written it."""

DECISION = "personnummer"
KEEP, REMOVE = "behall", "ta-bort"
"""What the writer has decided about a personal number, under this name."""

LONGEST_SEARCHED = 5000
"""Signs. Longer texts are refused for their length before anyone looks for numbers in them."""


class OnceKeyMixin(PortalForm):
    """A key made when the form is shown. The row that is written carries it, unique: sending twice is sending once.

    What was written is part of the key: an old page, edited and sent again, is something new and is not lost.
    """

    once_key = forms.CharField(required=False, initial=uuid.uuid4, widget=forms.HiddenInput)

    def clean_once_key(self) -> uuid.UUID:
        """From the key of the page that was sent; a fresh one, also on the page shown next, where it was broken."""
        try:
            key = uuid.UUID(self.cleaned_data["once_key"])
        except ValueError:
            key = uuid.uuid4()
            self.replace_answer("once_key", str(key))
        written = [(name, self[name].data) for name in self.fields if name not in NOT_WRITTEN]
        return uuid.uuid5(key, repr(written))


class TrapField(forms.CharField):
    """A field that no person sees or reaches; what stands in it was written by a program."""

    is_trap = True


def _opened_now() -> str:
    return signing.dumps("opened", salt=_SALT)


class GuardMixin(PortalForm):
    """Tells people from programs without asking anything of people: a field no one sees, and the time it took.

    Neither is ever an error. The view asks `looks_automated` and shows the page once more, with everything still in it.
    """

    website = TrapField(
        label=_("Fyll inte i det här fältet"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    opened = forms.CharField(required=False, initial=_opened_now, widget=forms.HiddenInput)

    def clean_website(self) -> str:
        """Notes that the trap was filled and empties it: a browser that fills in everything is not caught twice."""
        self.trap_was_filled = bool(self.cleaned_data["website"])
        self.replace_answer("website", "")
        return ""

    def clean_opened(self) -> str:
        """Notes whether the form came back sooner than it can be read, or without the signed moment it was shown."""
        self.was_too_fast = True
        try:
            signing.loads(self.cleaned_data["opened"], salt=_SALT, max_age=FASTEST_SECONDS)
        except signing.SignatureExpired:
            self.was_too_fast = False
        except signing.BadSignature:
            self.replace_answer("opened", _opened_now())
        return ""

    def looks_automated(self) -> bool:
        """Asked after the form was validated."""
        return self.trap_was_filled or self.was_too_fast


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
