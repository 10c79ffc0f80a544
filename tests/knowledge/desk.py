"""What the tests of editing share: whole texts, and a form as a browser would send it back."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse

from groups.enums import DutyBearerKind
from knowledge.enums import Cost, Setting
from knowledge.models import Example, Term, Tool
from tests.knowledge.texts import make_example, make_term, make_tool

WHOLE = {
    "setting": Setting.TOWN,
    "period": "November till maj",
    "did_not_work": "Ingen svarade på breven.",
    "duty_bearer_kind": DutyBearerKind.MUNICIPALITY,
    "duty_bearer": "Kommunen",
    "cost": Cost.FREE,
}
"""What an example needs beside what `make_example` gives it, before it can be published."""


def whole_example(title: str = "", **kwargs: Any) -> Example:
    return make_example(title, **WHOLE | kwargs)


def whole_tool(title: str = "", **kwargs: Any) -> Tool:
    return make_tool(title, **{"when": "När ni börjar", "time": "En timme", "people": "3–15"} | kwargs)


def whole_term(word: str = "", **kwargs: Any) -> Term:
    return make_term(word, **{"usage": "Så låter det."} | kwargs)


def address(row: Any, name: str = "change") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=[row.pk])


def listed(model: Any, query: str = "") -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") + query


def form_on(client: Client, url: str) -> dict[str, Any]:
    """What stands in the big form of a page, as a browser would send it. Buttons are left out."""
    reader = _Form()
    reader.feed(client.get(url).content.decode())
    return reader.answers


class _Form(HTMLParser):
    """Reads what each field of the page holds."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: dict[str, Any] = {}
        self.name = ""
        self.is_text = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        name = has.get("name") or ""
        if tag == "textarea":
            self.name, self.is_text = name, True
            self.answers[name] = ""
        elif tag == "select":
            self.name = name
        elif tag == "option" and "selected" in has:
            self.answers[self.name] = has.get("value") or ""
        elif tag == "input" and name and has.get("type") not in {"submit", "search"}:
            self._input(name, has)

    def _input(self, name: str, has: dict[str, str | None]) -> None:
        value = has.get("value") or ""
        if has.get("type") not in {"checkbox", "radio"}:
            self.answers[name] = value
        elif "checked" in has:
            self.answers.setdefault(name, []).append(value or "on")

    def handle_data(self, data: str) -> None:
        if self.is_text:
            self.answers[self.name] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.is_text = False
            self.answers[self.name] = self.answers[self.name].removeprefix("\n")
