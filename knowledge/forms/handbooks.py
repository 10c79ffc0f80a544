"""Which texts a handbook holds, and in what order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from knowledge.models import HandbookEdition
from people.form_pack import PortalForm

LANGUAGES = (("sv", _("Svenska")), ("en", _("Engelska")))
FARTHEST = 9999
Offered = Mapping[str, Sequence[tuple[int, str]]]
"""Kind of text (`tools`, `examples`, `terms`) → the key and the name of each one that can be chosen."""


@dataclass(frozen=True)
class Line:
    """A text to tick, with a number for its place in the book where that is for the editor to say."""

    name: str
    key: int
    title: str
    is_chosen: bool
    place: BoundField | None


class Texts(forms.TypedMultipleChoiceField):
    """Public texts by their keys. One may have gone while the editor was choosing."""

    default_error_messages = {"invalid_choice": _("En text som du valde är inte publicerad längre. Välj igen.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, required=False, **kwargs)


class HandbookForm(PortalForm):
    """Every text that is offered is ticked from the beginning. The words of the glossary stand from A to Ö anyway."""

    ORDERED = ("tools", "examples")

    title = forms.CharField(
        label=_("Vad heter boken?"), max_length=120, help_text=_("Upplagans nummer och dag skriver vi själva.")
    )
    language = forms.ChoiceField(
        label=_("Språk"),
        choices=LANGUAGES,
        widget=forms.RadioSelect,
        help_text=_("En text som inte finns på engelska kommer med på svenska."),
    )
    tools = Texts(label=_("Verktyg"))
    examples = Texts(label=_("Exempel"))
    terms = Texts(label=_("Ord"), help_text=_("Ord som används i de valda texterna kommer alltid med."))

    def __init__(self, data: Any = None, *, offered: Offered, like: HandbookEdition | None = None) -> None:
        """`like` is an edition to begin from."""
        named = {"title": like.title, "language": like.language} if like else {"title": _("Handbok"), "language": "sv"}
        super().__init__(data, initial=named)
        self.offered = offered
        self.chosen = {kind: [key for key, _title in texts] for kind, texts in offered.items()} | (
            like.chosen if like else {}
        )
        for kind, texts in offered.items():
            self.fields[kind].choices = texts  # type: ignore[attr-defined]  # they are choice fields
            if kind in self.ORDERED:
                for number, (key, title) in enumerate(self._sorted(kind), 1):
                    self.fields[f"{kind}_{key}"] = forms.IntegerField(
                        initial=number,
                        widget=forms.NumberInput(attrs={"aria-label": _("Plats för %(title)s") % {"title": title}}),
                        min_value=0,
                        max_value=FARTHEST,
                        required=False,
                    )

    def kinds(self) -> Iterator[tuple[BoundField, list[Line]]]:
        for kind in self.offered:
            yield self[kind], list(self._lines(kind))

    def _lines(self, kind: str) -> Iterator[Line]:
        ticked = self._ticked(kind)
        for key, title in self._sorted(kind):
            place = self[f"{kind}_{key}"] if kind in self.ORDERED else None
            yield Line(kind, key, title, key in ticked, place)

    def _ticked(self, kind: str) -> set[int]:
        if not self.is_bound:
            return set(self.chosen[kind])
        return {key for key, _title in self.offered[kind] if str(key) in self.data.getlist(kind)}  # type: ignore[attr-defined]  # a QueryDict

    def _sorted(self, kind: str) -> list[tuple[int, str]]:
        """As they were chosen before; what was not chosen then comes last."""
        places = {key: number for number, key in enumerate(self.chosen[kind])} if kind in self.ORDERED else {}
        return sorted(self.offered[kind], key=lambda text: places.get(text[0], FARTHEST))

    def clean(self) -> dict[str, Any]:
        """The keys of each kind in the order that was asked for."""
        answers = super().clean()
        for kind in self.ORDERED:
            places = {key: answers.get(f"{kind}_{key}") for key in answers.get(kind, [])}
            answers[kind] = sorted(places, key=lambda key: _place(places[key]))
        if not self.errors and not any(answers[kind] for kind in self.offered):
            raise forms.ValidationError(_("Välj minst en text."), code="nothing")
        return answers


def _place(number: int | None) -> int:
    """Those without a number come last, in the order they stood."""
    return FARTHEST if number is None else number
