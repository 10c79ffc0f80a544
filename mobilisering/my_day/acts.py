"""What can be done with a row where it stands: commands of the admin, sent from Min dag and back to it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Model
from django.urls import reverse

from people.admin.commands import Command, CommandsMixin, Words, is_plain
from people.admin.once import new_key
from people.models import User

POST, LINK, LOG, STEP = "post", "link", "log", "step"
UNFOLDED = {"log": LOG, "step-done": STEP}
"""Commands whose small form is folded out in the row itself."""


@dataclass(frozen=True)
class Act:
    """One button: sent at once, a small form that folds out, or a link to the page of the command."""

    kind: str
    label: Words
    url: str
    back: str
    uid: str = ""
    is_main: bool = False
    answers: dict[str, str] = field(default_factory=dict)
    """What a press on the button already answers."""
    once: str = field(default_factory=new_key)


@cache
def _commands_of(model: type[Model]) -> dict[str, Command[Any]]:
    model_admin = admin.site.get_model_admin(model)
    return {one.name: one for one in model_admin.commands} if isinstance(model_admin, CommandsMixin) else {}


class Acts:
    """Makes the buttons of one block. A command that is not possible now has none."""

    def __init__(self, block: str, user: User) -> None:
        self.user = user
        self.back = f"{reverse('admin:index')}#{block}"
        self.block = block

    def of(self, row: Model, *names: str | tuple[str, Words]) -> list[Act]:
        """The commands of a row by name, the first one as what most often comes next. A tuple gives other words."""
        return [replace(act, is_main=number == 0) for number, act in enumerate(self.also(row, *names))]

    def also(self, row: Model, *names: str | tuple[str, Words]) -> list[Act]:
        """The same, none of them first."""
        return [act for name in names for act in self._one(row, *([name] if isinstance(name, str) else name))]

    def choices(self, row: Model, name: str, field_name: str, choices: list[tuple[str, Words]]) -> list[Act]:
        """One button for each answer to the only question of a command."""
        url = _address(row, name)
        return [
            Act(POST, label, url, self.back, is_main=number == 0, answers={field_name: value})
            for number, (value, label) in enumerate(choices)
        ]

    def _one(self, row: Model, name: str, label: Words = "") -> Iterator[Act]:
        command = _commands_of(type(row)).get(name)
        if command is None or not (command.is_possible(row) and command.is_allowed(row, self.user)):
            return
        kind = UNFOLDED.get(name) or (POST if is_plain(command) else LINK)
        url = _address(row, name)
        if kind == LINK:
            url = f"{url}?{urlencode({'back': self.back})}"
        uid = f"{self.block}-{row._meta.model_name}-{row.pk}-{name}"
        yield Act(kind, label or command.label, url, self.back, uid)


def _address(row: Model, name: str) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=[row.pk])
