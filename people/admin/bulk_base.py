"""What it is to do something to many rows at once: what will happen to each, one action for each, a sentence back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Generic

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy

from people.admin.command_base import Confirm, Refusals, Row, Words
from people.form_pack import PortalForm
from people.models import User

MOST = 200
"""Rows at a time."""

LONGEST_KEY = 18
"""Digits of a key that a database can hold."""


@dataclass(frozen=True)
class Outlook:
    """What will happen to one row, in words, or why it is left out."""

    row: Any
    words: Words = ""
    is_left_out: bool = False


class Bulk(Generic[Row]):
    """One thing staff can do to many rows. Subclasses say what happens to each row, and which action does it."""

    name: ClassVar[str]
    label: ClassVar[Words]
    intro: ClassVar[Words] = ""
    form_class: ClassVar[type[PortalForm]] = Confirm
    template: ClassVar[str] = "admin/bulk.html"
    refusals: ClassVar[Refusals] = {}
    looks_first: ClassVar[bool] = False
    """Whether what the answers lead to is shown before it is done."""
    unmarked: ClassVar[Collection[str]] = ()
    """Answers that are given on that second page, and so may differ from what it showed."""
    needs_change: ClassVar[bool] = True
    """Whether it takes the permission to change such rows; else seeing them is enough."""

    def is_allowed(self, user: User) -> bool:
        """Asked beside the permission to change such rows."""
        return True

    def address(self, page: str, pks: Sequence[int], query: str, back: str) -> str:
        """Where the rows that were ticked are taken to."""
        asked = QueryDict(mutable=True)
        asked.update({"pks": ",".join(map(str, pks)), "back": back})
        return f"{page}?{asked.urlencode(safe=',')}"

    def may(self, row: Row, user: User) -> bool:
        """Asked of each row anew when its turn comes."""
        return True

    def make_form(self, rows: Sequence[Row], user: User, data: Any = None) -> PortalForm:
        return self.form_class(data)

    def outlooks(self, rows: Sequence[Row], answers: Mapping[str, Any] | None, user: User) -> list[Outlook]:
        """Row by row, in the order in which they are taken. Without answers what can be said before there are any."""
        return [Outlook(row) for row in rows]

    def context(self, looks: Sequence[Outlook], answers: Mapping[str, Any] | None, user: User) -> dict[str, Any]:
        """What else the page shows."""
        return {}

    def mark(self, context: Mapping[str, Any]) -> str:
        """What else must be the same at the press as it was on the page."""
        return ""

    def run(self, row: Row, answers: Mapping[str, Any], *, by: User, now: datetime) -> None:
        """Calls the action."""
        raise NotImplementedError

    def done(self, count: int) -> str:
        """What came of it: "12 möten är flyttade." """
        raise NotImplementedError


class Fetch(Bulk[Any]):
    """The ticked rows as a file: which columns is asked for on the page where a whole list is fetched."""

    name = "fetch"
    label = gettext_lazy("Hämta ut")
    needs_change = False

    def address(self, page: str, pks: Sequence[int], query: str, back: str) -> str:
        model = page.removeprefix(reverse("admin:index")).split("/")
        asked = QueryDict(query, mutable=True)
        asked["pks"] = ",".join(map(str, pks))
        return f"{reverse('admin:support_export', args=['.'.join(model[:2])])}?{asked.urlencode(safe=',')}"


def ticked_keys(values: Collection[str]) -> list[int]:
    """Keys of rows as they stand in an address or come from a form; what is no key is passed over."""
    return list(dict.fromkeys(int(one) for one in values if one.isdecimal() and len(one) <= LONGEST_KEY))
