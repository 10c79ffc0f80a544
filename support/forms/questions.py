"""The request's eleven questions as the reader meets them: one form each, wording and all."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from groups.enums import SizeBand, SupportKind
from groups.models import Municipality
from people.form_guards import FreeTextForm, OnceKeyMixin
from people.form_pack import Button, Datalist, Why, Words
from support import questions
from support.enums import AccessNeed, Asker, GroupKnows, Responsible, Urgency
from support.models import SupportRequest

UNKNOWN = "unknown"
"""The option "Vi vet inte än", where not knowing is a true answer."""


class Explained:
    """A layout object: a sentence that begins with a word explained where it stands."""

    def __init__(self, *, slug: str, word: Words, after: Words, meaning: Words) -> None:
        self.words = {"id": slug, "word": word, "after": after, "meaning": meaning}

    def render(self, form: forms.BaseForm, context: Any, **kwargs: Any) -> SafeString:
        return render_to_string("support/_explained.html", self.words)


class QuestionForm(OnceKeyMixin, FreeTextForm):
    """One question. Fields have the names of the columns their answers are kept in, unless the form says otherwise."""

    slug: ClassVar[str]
    when_alone: ClassVar[Mapping[str, Words]] = {}
    """field → its wording for someone who has no group yet."""
    word_explained: ClassVar[Sequence["Explained"]] = ()
    more_buttons = (("spara", _("Spara och fortsätt senare")),)

    def __init__(self, *args: Any, is_alone: bool = False, is_sent: bool = False, **kwargs: Any) -> None:
        self.is_sent = is_sent
        super().__init__(*args, **kwargs)
        for name, label in self.when_alone.items() if is_alone else ():
            self.fields[name].label = label  # type: ignore[assignment]  # Django takes any lazy text

    def build_helper(self) -> FormHelper:
        helper = super().build_helper()
        helper.layout.extend([*self.word_explained, Why(questions.BY_SLUG[self.slug].why)])
        if self.is_sent:
            helper.inputs = [Button("", _("Spara"))]
        return helper

    @classmethod
    def initial_of(cls, support_request: SupportRequest) -> dict[str, Any]:
        """What the person has answered already."""
        return {name: getattr(support_request, name) for name in cls.answer_names()}

    @classmethod
    def answer_names(cls) -> list[str]:
        return [name for name in cls.base_fields if name != "once_key"]

    def answers(self) -> dict[str, Any]:
        """The answer as `save_answers` takes it."""
        return {name: self.cleaned_data[name] for name in self.answer_names()}

    def is_untouched(self) -> bool:
        """Nothing was written or chosen: there is nothing to lose."""
        return set(self.changed_data) <= {"once_key"}


class AskerForm(QuestionForm):
    slug = "vem"
    heading = "asker"

    asker = forms.ChoiceField(
        label=_("Vem är du?"),
        choices=Asker.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj det som stämmer bäst på dig")},
    )


class GroupKnowsForm(QuestionForm):
    slug = "vet-gruppen"
    heading = "group_knows"

    group_knows = forms.ChoiceField(
        label=_("Vet gruppen att du frågar?"),
        choices=GroupKnows.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj om gruppen vet att du frågar")},
    )


class WhatForm(QuestionForm):
    slug = "vad"
    heading = "what"
    when_alone = {"what": _("Vad vill du förändra?")}

    what = forms.CharField(
        label=_("Vad vill ni förändra?"),
        help_text=_("Några meningar räcker. Skriv som du pratar. Skriv inte namn på andra."),
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": _("Berätta kort vad ni vill förändra, eller välj att berätta när vi pratar")},
    )
    tells_when_talking = forms.BooleanField(label=_("Jag berättar hellre när vi pratar"), required=False)

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("tells_when_talking") and self.has_error("what", "required"):
            del self.errors["what"]
            self.cleaned_data["what"] = ""
        return self.cleaned_data


class SizeForm(QuestionForm):
    slug = "hur-manga"
    heading = "size_band"

    size_band = forms.ChoiceField(
        label=_("Hur många är ni?"),
        help_text=_("Det gör inget om ni inte vet säkert."),
        choices=[
            (band.value, band.label)
            for band in (SizeBand.FEW, SizeBand.SOME, SizeBand.MANY, SizeBand.LARGE, SizeBand.ALONE, SizeBand.UNKNOWN)
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj ungefär hur många ni är")},
    )
    in_common = forms.CharField(
        label=_("Vad har ni gemensamt?"),
        help_text=_("Till exempel samma gata, samma kurs eller samma problem."),
        max_length=200,
        required=False,
    )


class PlaceForm(QuestionForm):
    slug = "var"
    heading = "place"
    when_alone = {"place": _("Var finns du?")}

    place = forms.CharField(
        label=_("Var finns ni?"),
        help_text=_("Kommunen räcker."),
        max_length=80,
        widget=Datalist(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Skriv vilken kommun ni finns i")},
    )
    area = forms.CharField(label=_("Område eller stadsdel"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_municipalities(self.fields["place"])


def offer_municipalities(field: forms.Field) -> None:
    """Lists all municipalities under the field; anything else may be written too."""
    if isinstance(field.widget, Datalist):
        field.widget.offered = list(Municipality.objects.values_list("name", flat=True))


class ResponsibleForm(QuestionForm):
    slug = "ansvar"
    heading = "responsible"
    exclusive = {"responsible": Responsible.UNKNOWN}
    word_explained = (
        Explained(
            slug="skyldighetsbarare",
            word=_("Skyldighetsbärare"),
            after=_("är ett annat ord för den som har ansvar."),
            meaning=_("Den som ska se till att det blir rätt. Det kan stå i en lag eller i ett avtal."),
        ),
    )
    reveals = {"responsible": {Responsible.OTHER: ["responsible_other"]}}

    responsible = forms.MultipleChoiceField(
        label=_("Vem kan ändra på det?"),
        help_text=_("Välj alla som du tror har ansvar. Vi hjälper er att ta reda på det."),
        choices=Responsible.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Välj minst ett svar. Du kan välja att ni inte vet än")},
    )
    responsible_other = forms.CharField(
        label=_("Vem?"), max_length=120, error_messages={"required": _("Skriv vem som kan ändra på det")}
    )


class SupportsForm(QuestionForm):
    slug = "stod"
    heading = "supports"
    when_alone = {"supports": _("Vilket stöd vill du ha?")}
    exclusive = {"supports": UNKNOWN}
    hints = {
        "supports": {
            SupportKind.STARTUP: _("komma i gång"),
            SupportKind.KNOWLEDGE: _("lära oss hur det fungerar"),
            SupportKind.RESOURCES: _("lokal, tolk eller lite pengar"),
            SupportKind.GUIDANCE: _("någon att tänka med"),
        }
    }

    supports = forms.MultipleChoiceField(
        label=_("Vilket stöd vill ni ha?"),
        help_text=_("Välj ett eller flera."),
        choices=[*SupportKind.choices, (UNKNOWN, _("Vi vet inte än"))],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Välj minst ett svar. Du kan välja att ni inte vet än")},
    )

    @classmethod
    def initial_of(cls, support_request: SupportRequest) -> dict[str, Any]:
        not_known = [UNKNOWN] if cls.slug in support_request.answered else []
        return {"supports": support_request.supports or not_known}

    def answers(self) -> dict[str, Any]:
        return {"supports": [one for one in self.cleaned_data["supports"] if one != UNKNOWN]}


class UrgencyForm(QuestionForm):
    slug = "brattom"
    heading = "urgency"
    reveals = {"urgency": {Urgency.TWO_WEEKS: ["urgent_what"]}}

    urgency = forms.ChoiceField(
        label=_("Är det bråttom?"),
        help_text=_('Är någon i fara nu? Ring <a href="tel:112">112</a>.'),
        choices=Urgency.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj hur bråttom det är")},
    )
    urgent_what = forms.CharField(
        label=_("Vad händer, och när?"),
        max_length=300,
        error_messages={"required": _("Skriv kort vad som händer, och när")},
    )


class AccessForm(QuestionForm):
    slug = "behov"
    heading = "access_needs"
    reveals = {"access_needs": {AccessNeed.OTHER: ["access_other"]}}

    access_needs = forms.MultipleChoiceField(
        label=_("Behöver ni något för att kunna vara med?"),
        help_text=_("Vi ordnar det vi kan. Skriv inte om sjukdomar."),
        choices=AccessNeed.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    access_other = forms.CharField(label=_("Vad?"), max_length=200, required=False)
