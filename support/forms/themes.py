"""What someone wanted to do something about when they came to the request: the themes of the example they had read."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from groups.models import Topic


def _themes() -> list[tuple[str, str]]:
    return list(Topic.objects.values_list("slug", "name"))


class ThemesForm(forms.Form):
    """The themes that stand in the address. With one that we do not know there are none."""

    tema = forms.MultipleChoiceField(choices=_themes, required=False)

    @classmethod
    def read(cls, query: Mapping[str, Any]) -> "ThemesForm":
        form = cls(query if "tema" in query else {})
        form.full_clean()
        return form

    @property
    def chosen(self) -> list[str]:
        """By their slugs. No query when the address names none."""
        return list(self.cleaned_data.get("tema", []))

    def as_query(self) -> str:
        """To be put after the address of the next page; empty without themes."""
        return f"?{urlencode({'tema': self.chosen}, doseq=True)}" if self.chosen else ""

    def in_words(self) -> str:
        """The beginning of an answer, which whoever asks may go on with or take away."""
        names = [name for slug, name in _themes() if slug in self.chosen] if self.chosen else []
        return _("Det handlar om: %(themes)s.") % {"themes": ", ".join(names)} if names else ""
