"""What stands in the address of a list: words to look for, and picks. What cannot be understood there is left out."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms

from knowledge.enums import TermTopic
from knowledge.facets import CHOICES, LABELS
from people.plain_text import plain_text

LONGEST = 100
MOST_PICKS = 30
SLUG = re.compile(r"[a-z0-9-]{1,60}")


class Words(forms.CharField):
    """What someone looks for: never refused, but cut when it is very long."""

    def __init__(self) -> None:
        super().__init__(required=False, strip=True)

    def clean(self, value: Any) -> str:
        return " ".join(plain_text(str(value or "")).split())[:LONGEST]


class Picked(forms.MultipleChoiceField):
    """Values of a facet. Unknown ones are left out; without choices any slug is known."""

    def __init__(self, choices: Iterable[tuple[str, Any]] = ()) -> None:
        self.known = {value for value, _label in choices}
        super().__init__(required=False)

    def clean(self, value: Any) -> list[str]:
        some = dict.fromkeys(plain_text(str(one)) for one in (value or [])[:MOST_PICKS])
        return [one for one in some if (one in self.known if self.known else SLUG.fullmatch(one))]


class ExamplePicks(forms.Form):
    q = Words()
    topic = Picked()
    duty_bearer = Picked(CHOICES["duty_bearer"])
    support = Picked(CHOICES["support"])
    setting = Picked(CHOICES["setting"])
    cost = Picked(CHOICES["cost"])

    def picks(self) -> dict[str, list[str]]:
        """Facet → values, those with any."""
        self.is_valid()
        return {name: self.cleaned_data[name] for name in LABELS if self.cleaned_data[name]}

    def words(self) -> str:
        self.is_valid()
        return str(self.cleaned_data["q"])


class TermPicks(forms.Form):
    q = Words()
    topic = Picked(TermTopic.choices)

    def topic_picked(self) -> str:
        self.is_valid()
        return next(iter(self.cleaned_data["topic"]), "")

    def words(self) -> str:
        self.is_valid()
        return str(self.cleaned_data["q"])
