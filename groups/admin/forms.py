"""What staff fill in about groups, their members, and those who support them."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from groups.enums import ApprovalKind, EnablerRole, MemberRole
from groups.models import Enabler, Organisation
from people.enums import SpokenLanguage
from people.form_pack import PortalForm
from people.forms import ContactWayForm
from people.models import Office

APPROVAL_LENGTH = 8000
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AliasForm(PortalForm):
    """Another name for the group."""

    alias = forms.CharField(
        label=_("Alias"),
        max_length=80,
        help_text=_("Bestäm namnet med gruppen. Aldrig en persons namn."),
        error_messages={"required": _("Skriv det namn ni har bestämt med gruppen")},
    )


class NewGroupForm(AliasForm):
    """A group that has not asked by itself, such as one met outdoors. The rest is filled in on its page."""

    office = forms.ModelChoiceField(
        Office.objects.none(),
        label=_("Ort"),
        empty_label=_("Välj ort"),
        error_messages={"required": _("Välj vilken ort gruppen hör till")},
    )

    def __init__(self, *args: Any, offices: QuerySet[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]


class PersonForm(ContactWayForm):
    """Someone new, asked on the telephone: what to call them and the safe way to reach them."""

    called = forms.CharField(
        label=_("Vad ska vi kalla personen?"), max_length=60, required=False, help_text=_("Får vara ett alias.")
    )

    field_order: Any = ("called",)

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.errors:
            self.cleaned_data["way"] = self.contact_way()
        return self.cleaned_data


class MemberForm(PersonForm):
    """Someone new in the group."""

    role = forms.ChoiceField(
        label=_("Roll i gruppen"), choices=MemberRole.choices, widget=forms.RadioSelect, initial=MemberRole.MEMBER
    )

    field_order = ("called", "role")


class NewEnablerForm(PersonForm):
    """Someone who shares time, knowledge and resources with groups."""

    office = forms.ModelChoiceField(
        Office.objects.none(),
        label=_("Ort"),
        empty_label=_("Välj ort"),
        error_messages={"required": _("Välj ort")},
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.all(), label=_("Organisation"), required=False, empty_label=_("Ingen")
    )
    competences = forms.CharField(
        label=_("Kan bidra med"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    spoken = forms.MultipleChoiceField(
        label=_("Språk"), choices=SpokenLanguage.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offices: QuerySet[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]


class EnablerForm(forms.ModelForm):
    """What can be edited of someone who supports groups."""

    languages = forms.MultipleChoiceField(
        label=_("Språk"), choices=SpokenLanguage.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = Enabler
        fields = ("office", "organisation", "competences", "languages", "is_active")


class ApprovalForm(PortalForm):
    """What the group is asked to agree to, word by word."""

    kind = forms.ChoiceField(label=_("Vad gäller det?"), choices=ApprovalKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Rubrik"), max_length=120, error_messages={"required": _("Skriv en rubrik som gruppen känner igen")}
    )
    text = forms.CharField(
        label=_("Exakt text"),
        max_length=APPROVAL_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Gruppen säger ja eller nej till precis den här texten. Ändras den frågar vi igen."),
        error_messages={"required": _("Skriv texten som gruppen ska säga ja eller nej till")},
    )


class RoleForm(PortalForm):
    """What a group and an enabler have agreed."""

    enabler = forms.ModelChoiceField(
        Enabler.objects.none(),
        label=_("Möjliggörare"),
        empty_label=_("Välj en möjliggörare"),
        error_messages={"required": _("Välj vem gruppen är överens med")},
    )
    role = forms.ChoiceField(label=_("Roll"), choices=EnablerRole.choices, widget=forms.RadioSelect)
    task = forms.CharField(
        label=_("I vilken uppgift?"), max_length=200, error_messages={"required": _("Skriv vilken uppgift det gäller")}
    )
    review_on = forms.DateField(label=_("När går ni igenom det igen?"), widget=DAY)
    employer_is_duty_bearer = forms.BooleanField(
        label=_("Arbetsgivaren har ansvar i frågan"),
        required=False,
        help_text=_("Då ser möjliggöraren mindre av gruppens arbete."),
    )

    def __init__(self, *args: Any, enablers: QuerySet[Enabler], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["enabler"].queryset = enablers  # type: ignore[attr-defined]


class EndRoleForm(PortalForm):
    """Why the group ends a role; they need not say."""

    because = forms.CharField(
        label=_("Varför?"), max_length=200, required=False, help_text=_("Gruppen behöver inte säga varför.")
    )
