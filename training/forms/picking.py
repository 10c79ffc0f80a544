"""What stands in the address of the list of trainings: picks. What cannot be understood there is left out."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms

from people.enums import SpokenLanguage
from people.plain_text import plain_text
from training.enums import CourseTopic
from training.finding import AUDIENCES, LABELS

MOST_PICKS = 30
SLUG = re.compile(r"[a-z0-9-]{1,80}")


class Picked(forms.MultipleChoiceField):
    """Values of one kind. Unknown ones are left out; without a list any slug is known."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self.known = set(known)
        super().__init__(required=False)

    def clean(self, value: Any) -> list[str]:
        some = dict.fromkeys(plain_text(str(one)) for one in (value or [])[:MOST_PICKS])
        return [one for one in some if (one in self.known if self.known else SLUG.fullmatch(one))]


class SessionPicks(forms.Form):
    audience = Picked(AUDIENCES)
    topic = Picked(CourseTopic.values)
    office = Picked()
    language = Picked(SpokenLanguage.values)

    def picks(self) -> dict[str, list[str]]:
        """Kind → values, those with any."""
        self.is_valid()
        return {name: self.cleaned_data[name] for name in LABELS if self.cleaned_data[name]}
