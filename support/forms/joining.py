"""What a leader fills in to say that two requests belong together."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.form_pack import PortalForm, Words
from people.models import PrivateLink, User
from support.finding import keys_in
from support.models import SupportRequest


class JoinForm(PortalForm):
    """Which other request, by its code, and which of the two stays in the queue."""

    THIS, OTHER = "this", "other"

    other = forms.CharField(
        label=_("Kod på den andra förfrågan"),
        max_length=40,
        help_text=_("Ett ord och fyra siffror, till exempel TALL 4827."),
        error_messages={"required": _("Skriv koden på den andra förfrågan")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    main = forms.ChoiceField(
        label=_("Vilken ska vara kvar i kön?"),
        choices=[(THIS, _("Den här")), (OTHER, _("Den andra"))],
        initial=THIS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vilken som ska vara kvar i kön")},
    )

    def __init__(self, *args: Any, row: SupportRequest, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.user = row, user

    def clean_other(self) -> SupportRequest:
        """Says the same of a code that does not exist, of one elsewhere, and of one that is decided."""
        other = self._found(self.cleaned_data["other"])
        if other is None:
            raise ValidationError(_("Det finns ingen annan öppen förfrågan hos er med den koden"), code="no_request")
        return other

    def _found(self, text: str) -> SupportRequest | None:
        """By its code, or by its number where there is no code."""
        written = text.strip()
        keys = keys_in(f"#{written}" if written.isdecimal() else written)
        rows = SupportRequest.objects.visible_to(self.user).sent().exclude(pk=self.row.pk)
        return next((row for row in rows.filter(pk__in=keys or []) if row.is_open), None)


class CodeChoices(forms.ModelMultipleChoiceField):
    """Requests to tick, by code and place."""

    codes: dict[int, str]

    def label_from_instance(self, obj: Any) -> str:
        return named(obj, self.codes)


def named(row: SupportRequest, codes: dict[int, str]) -> str:
    """What a request is called on a page: its code, or its number, and the place."""
    return " · ".join(part for part in (codes.get(row.pk) or f"#{row.pk}", row.place) if part)


def ask_about_joined(form: PortalForm, row: SupportRequest, *, label: Words, help_text: Words) -> PortalForm:
    """Adds to a decision whom else it holds for, where other requests are joined to this one. Nobody is ticked."""
    joined = [one for one in row.joined.order_by("pk") if one.is_open]
    if joined:
        field = CodeChoices(
            row.joined.all(),
            label=label,
            help_text=help_text,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": _("Välj svar i listan"), "invalid_pk_value": _("Välj svar i listan")},
        )
        field.codes = PrivateLink.objects.codes_of(SupportRequest, [one.pk for one in joined])
        field.queryset = row.joined.filter(pk__in=[one.pk for one in joined]).order_by("pk")
        form.fields["also"] = field
    return form
