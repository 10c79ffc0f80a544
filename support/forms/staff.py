"""What a leader fills in while handling a request, a question or a request from an organisation."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from groups.enums import SupportKind
from groups.models import Group
from people.form_pack import PortalForm, Words
from people.models import Office
from support.enums import LogKind

LOG_LENGTH = 4000
DECISION_LENGTH = 2000
RESULT_LENGTH = 2000


def long_text(label: Any, *, required: Words = "", max_length: int = LOG_LENGTH, **kwargs: Any) -> forms.CharField:
    """A text of several lines. `required` is what we say when it is missing; without it the text may be left out."""
    if required:
        kwargs["error_messages"] = {"required": required}
    widget = forms.Textarea(attrs={"rows": 5})
    return forms.CharField(label=label, required=bool(required), max_length=max_length, widget=widget, **kwargs)


class LogForm(PortalForm):
    """We talked, met, or noted something."""

    kind = forms.ChoiceField(
        label=_("Vad var det?"),
        choices=[(kind.value, kind.label) for kind in (LogKind.CALL, LogKind.MEETING, LogKind.NOTE)],
        widget=forms.RadioSelect,
        initial=LogKind.CALL,
    )
    text = long_text(
        _("Vad pratade ni om?"),
        required=_("Skriv kort vad ni pratade om"),
        help_text=_("Gruppen ser texten på sin sida, om du inte kryssar i rutan under."),
    )
    is_internal = forms.BooleanField(label=_("Bara vi ser"), required=False)


class AnswerForm(PortalForm):
    """An answer to a question from the group."""

    text = long_text(_("Ditt svar"), required=_("Skriv ett svar"), help_text=_("Gruppen läser svaret på sin sida."))


class AcceptForm(PortalForm):
    """Yes: a new group under an alias chosen together with it, or one that exists already."""

    NEW, EXISTING = "new", "existing"

    reveals = {"which": {NEW: ["alias", "office"], EXISTING: ["group"]}}

    which = forms.ChoiceField(
        label=_("Vilken grupp är det?"),
        choices=[(NEW, _("En ny grupp")), (EXISTING, _("En grupp som redan finns här"))],
        widget=forms.RadioSelect,
        initial=NEW,
    )
    alias = forms.CharField(
        label=_("Den nya gruppens alias"),
        max_length=80,
        help_text=_("Bestäm namnet med gruppen. Aldrig en persons namn."),
        error_messages={"required": _("Skriv det namn ni har bestämt med gruppen")},
    )
    group = forms.ModelChoiceField(
        Group.objects.none(),
        label=_("Gruppen som finns"),
        empty_label=_("Välj en grupp"),
        error_messages={"required": _("Välj gruppen")},
    )
    supports = forms.MultipleChoiceField(
        label=_("Vilket stöd börjar ni med?"),
        choices=SupportKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    office = forms.ModelChoiceField(
        Office.objects.none(),
        label=_("Vilken ort ska gruppen höra till?"),
        empty_label=_("Välj ort"),
        error_messages={"required": _("Välj vilken ort gruppen ska höra till")},
    )

    def __init__(
        self, *args: Any, groups: QuerySet[Group], offices: QuerySet[Office] | None = None, **kwargs: Any
    ) -> None:
        """`offices` for a request from the common queue, which has no office yet."""
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]
        if offices is None:
            del self.fields["office"]
        else:
            self.fields["office"].queryset = offices  # type: ignore[attr-defined]


class DecisionForm(PortalForm):
    """A no, or a way to someone who can help better: why, and where to turn instead."""

    reason = long_text(_("Varför?"), required=_("Skriv varför, så att gruppen förstår"), max_length=DECISION_LENGTH)
    turn_to = long_text(
        _("Vart kan de vända sig i stället?"),
        required=_("Skriv vart gruppen kan vända sig"),
        max_length=DECISION_LENGTH,
        help_text=_("Skriv namn, telefonnummer och vad de kan få där."),
    )


class OrganisationAnswerForm(PortalForm):
    """The answer that is sent to an organisation."""

    text = long_text(
        _("Svar till organisationen"), required=_("Skriv ett svar"), help_text=_("Texten skickas som den står.")
    )


class ResultForm(PortalForm):
    """What came out of a request from an organisation."""

    result = long_text(
        _("Vad kom ni fram till?"), required=_("Skriv kort vad ni kom fram till"), max_length=RESULT_LENGTH
    )
