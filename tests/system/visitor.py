"""A person with a browser that has no JavaScript: follows links, fills in forms, keeps cookies."""

import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests


@dataclass
class Form:
    action: str = ""
    method: str = "get"
    values: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    text: str = ""
    in_main: bool = False

    def has(self, name: str) -> bool:
        return name in self.names


class _Page(HTMLParser):
    """The forms and links of a page, and what is filled in already."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.text = ""
        self._inside: Form | None = None
        self._textarea: str | None = None
        self._select: str | None = None
        self._in_main = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        attrs = {name: value or "" for name, value in attributes}
        if tag == "main":
            self._in_main = True
        elif tag == "form":
            self._inside = Form(attrs.get("action", ""), attrs.get("method", "get").lower(), in_main=self._in_main)
            self.forms.append(self._inside)
        elif tag == "a" and "href" in attrs:
            self.links.append((attrs["href"], ""))
        elif self._inside is not None and attrs.get("name"):
            self._control(tag, attrs, self._inside)
        elif tag == "option" and self._inside is not None and self._select and "selected" in attrs:
            self._inside.values.append((self._select, attrs.get("value", "")))

    def _control(self, tag: str, attrs: dict[str, str], form: Form) -> None:
        kind, name = attrs.get("type", "text"), attrs["name"]
        form.names.add(name)
        if tag == "button" or kind in {"submit", "image"}:
            form.buttons.append((name, attrs.get("value", "")))
        elif tag == "input" and (kind not in {"checkbox", "radio"} or "checked" in attrs):
            form.values.append((name, attrs.get("value", "on" if kind == "checkbox" else "")))
        elif tag == "textarea":
            self._textarea = name
        elif tag == "select":
            self._select = name

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self._in_main = False
        elif tag == "form":
            self._inside = None
        elif tag == "textarea" and self._textarea and self._inside is not None:
            if all(name != self._textarea for name, _ in self._inside.values):
                self._inside.values.append((self._textarea, ""))
            self._textarea = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:  # style and script are not read by people
            return
        self.text += data
        if self.links and not self.links[-1][1]:
            self.links[-1] = (self.links[-1][0], data.strip())
        if self._inside is not None:
            self._inside.text += data
            if self._textarea:
                self._inside.values.append((self._textarea, data.removeprefix("\n")))


class Visitor:
    patience = 20.0
    """Seconds that they wait for an answer."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.session = requests.Session()
        self.session.headers["Accept-Language"] = "sv"
        self.url = base
        self.html = ""
        self.page = _Page()
        self.waited: list[tuple[float, str]] = []
        """How many seconds each answer took, with all the ways it was sent on, and where it led."""

    def get(self, path: str) -> "Visitor":
        return self._ask("GET", urljoin(self.url, path))

    def submit(self, *, button: str | None = None, form_with: str = "", **answers: str | list[str]) -> "Visitor":
        """Fills in and sends the form whose text, fields or address mention `form_with`; else the first."""
        form = next(
            form
            for form in self.page.forms
            if form.method == "post"
            and form.in_main
            and (form_with in form.text or form.has(form_with) or form_with in form.action)
        )
        data = [(name, value) for name, value in form.values if name not in answers]
        for name, value in answers.items():
            data += [(name, one) for one in ([value] if isinstance(value, str) else value)]
        if button:
            data.append((button, next((value for name, value in form.buttons if name == button), "1")))
        target = urljoin(self.url, form.action or self.url)
        return self._ask("POST", target, data=data, headers={"Referer": self.url})

    def _ask(self, method: str, url: str, **more: Any) -> "Visitor":
        begin = time.monotonic()
        answer = self.session.request(method, url, timeout=self.patience, **more)
        self.waited.append((time.monotonic() - begin, f"{method} {urlsplit(answer.url).path}"))
        return self._read(answer)

    def _read(self, answer: requests.Response) -> "Visitor":
        assert answer.status_code == 200, f"{answer.status_code} at {answer.url}: {answer.text[:2000]}"
        self.url, self.html, self.page = answer.url, answer.text, _Page()
        self.page.feed(answer.text)
        return self

    @property
    def text(self) -> str:
        return " ".join(self.page.text.split())
