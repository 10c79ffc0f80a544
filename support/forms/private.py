"""What a group fills in on its own page: how it goes, what it manages, which time it takes, what it keeps."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.enums import YesNoUnknown
from people.form_guards import FreeTextForm, OnceKeyMixin
from people.form_pack import PortalForm
from support.enums import Capacity, CheckInKind, Drives, Going, KeepKind, Readiness, Wish
from support.forms.staff_meetings import DAY
from support.forms.staff_periods import CAPACITY_MARKS, radio
from support.models import MeetingSlot

AFTER_CARE_WISHES = (
    (Wish.SAME.value, _("Vi klarar oss själva")),
    (Wish.CLOSER.value, _("Vi vill komma tillbaka")),
    (Wish.FINISH.value, _("Hör inte av er mer")),
)


class CheckInForm(FreeTextForm):
    """The three taps, and room for a word. `number` says which question it is that is answered, so that a second tap
    never answers the next one."""

    submit_label = _("Skicka svaret")
    reveals = {"wish": {Wish.PAUSE.value: ["pause_until"]}}
    hints = {
        "wish": {
            Wish.PAUSE.value: _("Ni får vara i fred tills dess"),
            Wish.FINISH.value: _("Vi avslutar tillsammans. Ni kan alltid komma tillbaka"),
        }
    }

    number = forms.IntegerField(required=False, widget=forms.HiddenInput)
    going = radio(_("Hur går det?"), Going.choices, needed=_("Välj hur det går"))
    drives = radio(_("Driver ni frågan själva?"), Drives.choices, needed=_("Välj om ni driver frågan själva"))
    wish = radio(_("Hur ofta ska vi höras?"), Wish.choices, needed=_("Välj hur ofta vi ska höras"))
    pause_until = forms.DateField(
        label=_("Paus till"), required=False, widget=DAY, help_text=_("Tomt går också bra. Då hör vi av oss senare.")
    )
    still_safe = radio(
        _("Är det fortfarande tryggt att vi hör av oss på samma sätt?"),
        [("yes", _("Ja")), ("no", _("Nej"))],
        needed=_("Välj om kontaktsättet är tryggt"),
    )
    comment = forms.CharField(
        label=_("Vill ni säga något mer?"), max_length=1000, required=False, widget=forms.Textarea
    )

    def __init__(self, *args: Any, asks_still_safe: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_still_safe:
            del self.fields["still_safe"]
            self.helper = self.build_helper()


class AfterCareForm(CheckInForm):
    """The same of a group that manages by itself: it does well, comes back, or wants to hear no more."""

    reveals = {}
    hints = {}

    wish = radio(_("Hur vill ni ha det nu?"), AFTER_CARE_WISHES, needed=_("Välj hur ni vill ha det"))
    pause_until = None  # type: ignore[assignment]  # so Django takes a field away


CHECK_IN_FORMS = {CheckInKind.FOLLOW_UP: CheckInForm, CheckInKind.AFTER_CARE: AfterCareForm}


class ScaleForm(PortalForm):
    """Several short questions with the same few answers, each voluntary, drawn as rows to tap in."""

    submit_label = _("Spara")


class CapacityForm(ScaleForm):
    """Nine strengths, each marked 1–5 or not at all. For the group's own eyes, never to compare groups."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        marks = [(str(mark), str(mark)) for mark in CAPACITY_MARKS]
        for domain in Capacity:
            self.fields[domain.value] = radio(domain.label, marks, required=False)

    def marks(self) -> dict[Capacity, int]:
        return {domain: int(mark) for domain in Capacity if (mark := self.cleaned_data.get(domain.value))}


class SignsForm(ScaleForm):
    """The five signs that a group manages by itself, in the group's own opinion. Words, never a grade."""

    QUESTIONS: Mapping[Readiness, Any] = {
        Readiness.MEETS_WITHOUT_US: _("Träffas ni utan oss?"),
        Readiness.SEVERAL_LEAD: _("Kan fler än en av er leda ett möte?"),
        Readiness.OWN_CONTACT: _("Har ni egen kontakt med den som har ansvar?"),
        Readiness.KNOWS_WHERE_TO_TURN: _("Vet ni vart ni vänder er härnäst?"),
        Readiness.OWN_MONEY: _("Sköter ni era pengar själva, eller behöver ni inga?"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for sign, question in self.QUESTIONS.items():
            self.fields[sign.value] = radio(question, YesNoUnknown.choices, required=False)

    def marks(self) -> dict[Readiness, YesNoUnknown]:
        return {sign: YesNoUnknown(mark) for sign in Readiness if (mark := self.cleaned_data.get(sign.value))}


class SlotForm(PortalForm):
    """One of the times we have offered."""

    heading = "slot"
    submit_label = _("Vi tar den tiden")

    slot = radio(_("Vilken tid passar er?"), [], needed=_("Välj en tid"))

    def __init__(self, *args: Any, slots: Iterable[tuple[MeetingSlot, str]], **kwargs: Any) -> None:
        """`slots`: each with its time in words."""
        super().__init__(*args, **kwargs)
        self.fields["slot"].choices = [(str(slot.pk), words) for slot, words in slots]  # type: ignore[attr-defined]


class OwnMeetingForm(OnceKeyMixin, FreeTextForm):
    """A meeting the group has held by itself."""

    submit_label = _("Spara")

    held_on = forms.DateField(
        label=_("När träffades ni?"), widget=DAY, error_messages={"required": _("Välj dagen när ni träffades")}
    )
    text = forms.CharField(
        label=_("Vad kom ni fram till?"),
        help_text=_("Skriv inte namn på andra. Er utvecklingsledare ser texten."),
        max_length=1000,
        required=False,
        widget=forms.Textarea,
    )


class KeptThingForm(FreeTextForm):
    """Something the group keeps when the support ends."""

    submit_label = _("Lägg till på listan")

    kind = radio(_("Vad är det?"), KeepKind.choices)
    text = forms.CharField(
        label=_("Vad behåller ni?"),
        help_text=_("Skriv inga lösenord."),
        max_length=300,
        error_messages={"required": _("Skriv vad ni behåller")},
    )
