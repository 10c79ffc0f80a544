"""How editors write public texts in the admin: lists with one on each line, each text measured where it stands."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knowledge.actions.contributing import OTHER_ADDRESSES
from knowledge.markup import as_plain
from knowledge.models import ShortText
from knowledge.readability import MOST_LIX, MOST_WORDS, Readability, readability
from people.admin.save_conflicts import Plain, SeenForm
from people.plain_text import plain_post

FEWEST_MEASURED = 8
"""Words. LIX says nothing of a heading."""
FEWEST_JUDGED = 30
"""Words. In a sentence or two a single long word makes LIX high."""
LAST = 999
"""Where a step without a number ends up; the steps are numbered anew when they are saved."""


class LinesField(forms.CharField):
    """A list of short texts, one on each line. Empty lines are passed over."""

    widget = forms.Textarea

    def __init__(self, *args: Any, line_length: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sentence = gettext_lazy("En rad får ha högst %(limit_value)s tecken.")
        self.validators.append(MaxLengthValidator(line_length, sentence))

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        text = super().to_python(value) or ""
        return [line.strip() for line in text.splitlines() if line.strip()]

    def run_validators(self, value: Any) -> None:
        for line in value:
            super().run_validators(line)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(data) != (initial or []))


class WrittenForm(SeenForm):
    """What is pasted from other programs comes without signs that nobody sees, and that no feed may hold."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(None if data is None else plain_post(data), *args, **kwargs)


class MeasuredForm(WrittenForm):
    """Each text says its language to the browser, and each Swedish one how easy it is to read, as it stands now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        translated: Iterable[str] = getattr(self._meta.model, "TRANSLATED", ())
        for name in self.fields:
            column = name.removesuffix("_en")
            if column in translated or name.startswith("easy"):
                self.fields[name].widget.attrs["lang"] = "en" if name.endswith("_en") else "sv"
            if name in translated or name == "easy":
                self._measure(name)

    def _measure(self, name: str) -> None:
        shown = self[name]
        value = shown.value() or ""
        text = "\n".join(value) if isinstance(value, list) else str(value)
        measured = readability(as_plain(text))
        if measured.words >= FEWEST_MEASURED or measured.avoided:
            shown.help_text = format_html("{}{}", format_help(shown.help_text), measured_in_words(measured))

    def _compared(self, name: str, value: Any) -> Plain:
        """The order of the lines counts."""
        is_lines = isinstance(self.fields[name], LinesField) and isinstance(value, list)
        return super()._compared(name, "\n".join(value) if is_lines else value)


class TextForm(MeasuredForm):
    """A public text. `refusal` is why a save that looked right was undone: it is said on the page that comes back."""

    refusal = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Sista delen av adressen. Tomt: vi gör det av rubriken.")

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.refusal:
            self.add_error(None, forms.ValidationError(self.refusal, code="refused"))
        if "slug" in self.fields and not self.cleaned_data.get("slug") and "slug" not in self.errors:
            self.cleaned_data["slug"] = self._free_slug()
        return self.cleaned_data

    def clean_slug(self) -> str:
        """Not the last part of an address where something else stands."""
        slug: str = self.cleaned_data["slug"]
        if slug in OTHER_ADDRESSES:
            raise forms.ValidationError(_("Där står en annan sida. Välj ett annat adressnamn."), code="taken")
        return slug

    def _free_slug(self) -> str:
        """Of the heading, with a number where another text has that name."""
        rows: Any = self._meta.model._default_manager
        given = self.cleaned_data.get("title") or self.cleaned_data.get("word") or self.cleaned_data.get("path") or ""
        base = slugify(given.replace("/", " "))[:70] or "text"
        taken = set(rows.filter(slug__startswith=base).exclude(pk=self.instance.pk).values_list("slug", flat=True))
        return next(one for one in _numbered(base) if one not in taken | OTHER_ADDRESSES)


def _numbered(base: str) -> Iterator[str]:
    yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1


class StepForm(MeasuredForm):
    """One step; without a number it comes last."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "number" in self.fields:
            self.fields["number"].required = False
            self.fields["number"].help_text = _("Tomt: sist.")

    def clean_number(self) -> int:
        number = self.cleaned_data.get("number")
        return LAST if number is None else int(number)


class ShortTextForm(WrittenForm):
    """A short text in another language, written in its direction."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.instance.language if isinstance(self.instance, ShortText) else ""
        for name in {"title", "body"} & set(self.fields):
            self.fields[name].widget.attrs.update({"lang": language, "dir": "auto"})
        if "in_swedish" in self.fields:
            self.fields["in_swedish"].widget.attrs["lang"] = "sv"


def format_help(help_text: Any) -> SafeString:
    return format_html("<span>{}</span> ", help_text) if help_text else SafeString("")


def measured_in_words(measured: Readability) -> SafeString:
    """LIX and counts; where something is too long or better said otherwise, which and how."""
    figures = _("LIX %(lix)s · %(words)s ord · längsta meningen %(longest)s ord") % {
        "lix": round(measured.lix),
        "words": measured.words,
        "longest": measured.longest_words,
    }
    notes = []
    if measured.longest_words > MOST_WORDS:
        notes.append(format_html("{} <q>{}</q>", _("Dela meningen:"), measured.longest))
    if measured.lix > MOST_LIX and measured.words >= FEWEST_JUDGED:
        notes.append(format_html("{}", _("Korta orden eller meningarna.")))
    for word, instead in measured.avoided:
        notes.append(format_html("{} <q>{}</q>. {} {}.", _("Undvik"), word, _("Säg hellre:"), instead))
    mark = "reads reads--hard" if notes else "reads"
    return format_html(
        '<span class="{}">{}{}</span>', mark, figures, format_html_join("", "<br>{}", ((note,) for note in notes))
    )
