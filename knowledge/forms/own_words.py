"""The form in which a group changes the text about itself: the sections that readers meet, with our words in them."""

from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from knowledge.actions.group_edits import COLUMNS, MARKDOWN, OwnWords, Step
from knowledge.forms.contribute import MOST_LINES, in_parts, lines_of
from knowledge.markup import literally
from knowledge.models import Example, ExampleStep
from people.form_guards import FreeTextForm
from people.form_pack import ShortEnough

MOST_STEPS = 30
NEW_STEPS = 2
"""Empty places for steps that are not there yet."""
ROWS = 9
"""Of a long text: enough to see what one changes."""


def _room(model: type[Example | ExampleStep], name: str) -> int:
    """How many signs a column holds."""
    column: Any = model._meta.get_field(name)
    return int(column.max_length)


def _text(label: Any, name: str, *, hint: Any = "", required: Any = "", is_long: bool = False) -> forms.CharField:
    """A box with room for what its column holds."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=_room(Example, name),
        required=bool(required),
        error_messages={"required": required} if required else {},
        widget=forms.Textarea if is_long else forms.TextInput,
    )


class OwnWordsForm(FreeTextForm):
    """The text of an example, for its group. `own_words_form` gives it places for the steps."""

    submit_label = _("Skicka till oss")
    places = 0

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    title = _text(_("Rubrik"), "title", required=_("Skriv en rubrik"))
    lead = _text(_("Det viktigaste, i två meningar"), "lead", is_long=True)
    place = _text(_("Plats"), "place", hint=_("Lämna tomt om någon kan kännas igen."))
    period = _text(_("Tid"), "period")
    who = _text(_("Vilka ni är"), "who", hint=_("Skriv inga namn."))
    duty_bearer = _text(_("Den som har ansvar"), "duty_bearer", hint=_("Skriv inga namn på personer."))
    cost_text = _text(_("Vad det kostade"), "cost_text")
    wrong = _text(_("Vad var fel?"), "wrong", required=_("Berätta vad som var fel"), is_long=True)
    quote = _text(_("Citat"), "quote", is_long=True)
    quote_by = _text(_("Vem säger det?"), "quote_by", hint=_("Aldrig ett namn."))
    outcome = _text(_("Vad hände sedan?"), "outcome", required=_("Berätta vad som hände sedan"), is_long=True)
    did_not_work = _text(_("Det som inte fungerade"), "did_not_work", is_long=True)
    learned = forms.CharField(
        label=_("Det här lärde ni er"),
        help_text=_("En sak på varje rad."),
        max_length=5000,
        required=False,
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in MARKDOWN:
            self.fields[name].widget.attrs["rows"] = ROWS

    def clean(self) -> dict[str, Any]:
        super().clean()
        for name in MARKDOWN:
            self._fits(name, _room(Example, name))
        for number in range(1, self.places + 1):
            self._check_step(number)
        if not self.errors and not any(map(any, self._steps())):
            self.add_error("title_1", ValidationError(_("Berätta vad ni gjorde"), code="required"))
        return self.cleaned_data

    def _check_step(self, number: int) -> None:
        """A step has a title and a text, or neither."""
        names = f"title_{number}", f"text_{number}"
        if self.errors.keys() & {*names}:
            return
        title, text = self._step(number)
        self._fits(names[1], _room(ExampleStep, "text"))
        if text and not title:
            self.add_error(names[0], ValidationError(_("Skriv en rubrik"), code="required"))
        elif title and not text:
            self.add_error(names[1], ValidationError(_("Skriv vad ni gjorde"), code="required"))

    def clean_learned(self) -> str:
        text = str(self.cleaned_data["learned"])
        if len(lines_of(text)) > MOST_LINES:
            sentence = _("Skriv högst %(most)s rader. Sätt ihop några av dem.")
            raise ValidationError(sentence, code="too_many", params={"most": MOST_LINES})
        return text

    def _fits(self, name: str, room: int) -> None:
        """With what keeps the words literal, too."""
        try:
            ShortEnough(room)(literally(self.cleaned_data.get(name, "")))
        except ValidationError as error:
            self.add_error(name, error)

    def _step(self, number: int) -> Step:
        return self.cleaned_data.get(f"title_{number}", ""), self.cleaned_data.get(f"text_{number}", "")

    def _steps(self) -> list[Step]:
        return [self._step(number) for number in range(1, self.places + 1)]

    def words(self) -> OwnWords:
        """What they have written. Ask a valid form."""
        learned = [part for line in lines_of(self.cleaned_data["learned"]) for part in in_parts(line)]
        columns = {name: self.cleaned_data[name] for name in COLUMNS}
        return OwnWords(**columns, learned=learned, steps=self._steps())


def own_words_form(places: int) -> type[OwnWordsForm]:
    """The form with so many places for steps."""
    steps = {}
    for number in range(1, places + 1):
        room = _room(ExampleStep, "title"), _room(ExampleStep, "text")
        steps[f"title_{number}"] = forms.CharField(label=_("Rubrik"), max_length=room[0], required=False)
        steps[f"text_{number}"] = forms.CharField(
            label=_("Vad ni gjorde"), max_length=room[1], required=False, widget=forms.Textarea
        )
    layout = (
        Fieldset(_("Överst"), "title", "lead"),
        Fieldset(_("I korthet"), "place", "period", "who", "duty_bearer", "cost_text"),
        "wrong",
        *(
            Fieldset(format_lazy(_("Så gjorde ni, steg {number}"), number=number), f"title_{number}", f"text_{number}")
            for number in range(1, places + 1)
        ),
        Fieldset(_("Någon av er säger"), "quote", "quote_by"),
        Fieldset(_("Efteråt"), "outcome", "did_not_work", "learned"),
    )
    return type("OwnWordsForm", (OwnWordsForm,), {**steps, "layout": layout, "places": places})


def initial_of(words: OwnWords) -> dict[str, str]:
    """The words as the form shows them: air between paragraphs."""
    shown = {name: getattr(words, name) for name in COLUMNS} | {"learned": "\n".join(words.learned)}
    shown |= {name: _airy(shown[name]) for name in MARKDOWN}
    for number, (title, text) in enumerate(words.steps, 1):
        shown[f"title_{number}"], shown[f"text_{number}"] = title, _airy(text)
    return shown


def _airy(text: str) -> str:
    return "\n\n".join(text.splitlines())


def places_for(words: OwnWords) -> int:
    return min(len(words.steps) + NEW_STEPS, MOST_STEPS)


def places_in(posted: Any) -> int:
    """How many places for steps a form had that was sent."""
    return max(1, next((n for n in range(MOST_STEPS) if f"title_{n + 1}" not in posted), MOST_STEPS))
