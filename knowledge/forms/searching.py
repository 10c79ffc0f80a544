"""What stands in the address of the search. What cannot be understood there is left out."""

from typing import Any

from django import forms

from knowledge.forms.picking import Words
from knowledge.sources import sources


class Kind(forms.CharField):
    """A kind of text that the search knows; any other is no kind."""

    def clean(self, value: Any) -> str:
        return value if value in sources() else ""


class SearchForm(forms.Form):
    q = Words()
    kind = Kind(required=False)
    page = Words()

    def asked(self) -> dict[str, str]:
        self.is_valid()
        return dict(self.cleaned_data)
