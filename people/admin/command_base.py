"""What a command is: a button on the page of a row, a small page with a form, one action, a sentence back.

A command is thin: the action decides whether it may happen, and its refusal is put into words here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar

from django.db import models
from django.urls import reverse
from django.utils.functional import Promise

from people.form_pack import PortalForm
from people.models import User

Words = str | Promise
Row = TypeVar("Row", bound=models.Model)
Refusals = Mapping[type[Exception], Words | Callable[[Any], Words]]
"""exception of an action → what we say about it; a function gets the exception, to say who or when."""


class Confirm(PortalForm):
    """Nothing to fill in: the button says it all."""


class Command(Generic[Row]):
    """One thing staff can do to a row. Subclasses say what, when it is possible, and which action does it."""

    name: ClassVar[str]
    """Stands in the address and in the name of the address."""
    label: ClassVar[Words]
    done: ClassVar[Words]
    intro: ClassVar[Words] = ""
    form_class: ClassVar[type[PortalForm]] = Confirm
    template: ClassVar[str] = "admin/command.html"
    refusals: ClassVar[Refusals] = {}
    shows_current: ClassVar[bool] = True
    """Whether `initial` is what stands in the row now. A form that only suggests something says False."""
    is_main: ClassVar[bool] = False
    """What most often comes next; drawn as the first choice."""
    takes_away: ClassVar[bool] = False
    """Whether the row is gone afterwards: then its list comes next."""
    place: ClassVar[str] = ""
    """Where on the page the button stands, when not among the first ones; the page's template knows the names."""

    def is_possible(self, row: Row) -> bool:
        """Whether the button is shown. The action has the last word."""
        return True

    def is_allowed(self, row: Row, user: User) -> bool:
        """Asked beside the permission to change such rows."""
        return True

    def make_form(self, row: Row, user: User, data: Any = None) -> PortalForm:
        return self.form_class(data, initial=self.initial(row, user))

    def initial(self, row: Row, user: User) -> dict[str, Any]:
        """What the form shows at first. When that has changed before the form comes back, nothing is done."""
        return {}

    def context(self, row: Row, user: User) -> dict[str, Any]:
        """What else the small page shows."""
        return {}

    def preview(self, row: Row, answers: dict[str, Any], user: User) -> dict[str, Any]:
        """What would be sent, shown once before it is. Empty where nothing needs to be seen first."""
        return {}

    def run(self, row: Row, answers: dict[str, Any], *, by: User, now: datetime) -> models.Model | None:
        """Calls the action. A row that is returned is the one whose page comes next."""
        raise NotImplementedError

    def comes_back_to(self, row: Row) -> models.Model:
        """The row whose page is shown afterwards."""
        return row


def in_words(refusal: Exception, refusals: Refusals) -> Words:
    """What we say about the refusal of an action. Anything else goes on as the error it is."""
    for cls in type(refusal).__mro__:
        if cls in refusals:
            words = refusals[cls]
            return words(refusal) if callable(words) else words
    raise refusal


class Creation(Generic[Row]):
    """How staff add a row where that takes more than filling in its columns: a form, one action, the new row's page."""

    label: ClassVar[Words]
    done: ClassVar[Words]
    intro: ClassVar[Words] = ""
    template: ClassVar[str] = "admin/command.html"
    refusals: ClassVar[Refusals] = {}

    def make_form(self, user: User, data: Any = None) -> PortalForm:
        raise NotImplementedError

    def run(self, answers: dict[str, Any], *, by: User, now: datetime) -> Row:
        raise NotImplementedError


@dataclass(frozen=True)
class Button:
    """A command on a page: sent at once, or a link to its form."""

    name: str
    label: Words
    url: str
    at_once: bool
    is_main: bool
    place: str


def page_of(row: models.Model) -> str:
    """The address of the row's page in the admin."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def is_plain(command: Command[Any]) -> bool:
    """Whether one press is enough."""
    return command.form_class is Confirm and not command.intro
