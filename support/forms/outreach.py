"""A talk before there is a request, in one line; what would tell who someone is is asked about, gently."""

import re
from collections.abc import Mapping
from copy import copy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from groups.enums import LedTo
from groups.models import Municipality
from people.clock import today
from people.form_guards import LONGEST_SEARCHED, FreeTextForm, OnceKeyMixin, PersonalNumber
from people.form_pack import Datalist, PortalForm
from people.models import Office, User, in_offices_of
from people.personnummer import find_personal_numbers, without
from people.phone_numbers import read_number
from people.plain_text import plain_post
from support.forms.questions import offer_municipalities

_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>.,;]+")
_PHONE = re.compile(r"(?<![\w+-])(?:\+|0)[\d\s()/-]{6,18}\d(?![\w-])")

OF_TALK = "samtal_%s"
"""Ids of the fields: the form may stand on a page with others."""

Span = tuple[int, int, str]


def find_traces(text: str) -> list[Span]:
    """What would lead to a person: personal numbers, telephone numbers and e-mail addresses, with where they stand."""
    found = find_personal_numbers(text)
    found += [(one.start(), one.end(), one.group()) for one in _EMAIL.finditer(text)]
    phones = ((one.start(), one.end(), one.group()) for one in _PHONE.finditer(text))
    taken = {index for start, end, _text in found for index in range(start, end)}
    found += [one for one in phones if read_number(one[2]) and not taken & {*range(one[0], one[1])}]
    return sorted(found)


class TalkForm(OnceKeyMixin, FreeTextForm):
    """Whom one talked with, where and about what. One line is enough."""

    who_with = forms.CharField(
        label=_("Vem pratade du med?"),
        help_text=_("Till exempel: en förälder vid lekplatsen. Inga namn eller nummer."),
        max_length=120,
        error_messages={"required": _("Skriv vem du pratade med, utan namn")},
    )
    need = forms.CharField(
        label=_("Vad gällde det?"), max_length=500, error_messages={"required": _("Skriv kort vad det gällde")}
    )
    place = forms.CharField(label=_("Var?"), max_length=120, required=False)
    municipality = forms.CharField(
        label=_("Kommun"), max_length=80, required=False, widget=Datalist(attrs={"autocomplete": "off"})
    )
    met_on = forms.DateField(
        label=_("Vilken dag?"), initial=today, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    office = forms.ModelChoiceField(
        Office.objects.none(),
        label=_("Ort"),
        empty_label=_("Välj ort"),
        error_messages={"required": _("Välj vilken ort samtalet hör till")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, user: User, is_short: bool = False) -> None:
        super().__init__(data, auto_id=OF_TALK)
        offices = Office.objects.filter(in_offices_of(user, "pk"), is_active=True)
        self.only_office = offices[0] if len(offices) == 1 else None
        if self.only_office:
            del self.fields["office"]
        else:
            self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        if not is_short:
            offer_municipalities(self.fields["municipality"])

    def _without_numbers(self, data: Mapping[str, Any]) -> Mapping[str, Any]:
        written = {name: str(plain_post(data).get(name, "")) for name in self.free_texts() if name in data}
        cleaned: Any = copy(data)
        for name, text in written.items():
            if len(text) <= LONGEST_SEARCHED:
                cleaned[name] = without(text, find_traces(text))
        return cleaned

    def personal_numbers(self) -> list[PersonalNumber]:
        """As in other forms, and telephone numbers and addresses too: here there is no safe place for them."""
        if self.keeps_numbers:
            return []
        return [
            PersonalNumber(self.fields[name].label or "", text)
            for name in self.free_texts()
            for _start, _end, text in find_traces(str(self.cleaned_data.get(name) or ""))
        ]

    def clean_municipality(self) -> Municipality | None:
        name = self.cleaned_data["municipality"]
        found = Municipality.objects.named(name).first() if name else None
        if name and found is None:
            raise ValidationError(_("Det finns ingen kommun som heter så. Lämna tomt om du inte vet"), code="no_place")
        return found

    def clean_met_on(self) -> Any:
        day = self.cleaned_data["met_on"]
        if day > today():
            raise ValidationError(_("Dagen har inte kommit än. Skriv dagen ni pratade"), code="to_come")
        return day

    def talk(self) -> dict[str, Any]:
        """The answers as `note_talk` takes them."""
        return {
            "office": self.only_office or self.cleaned_data["office"],
            **{name: self.cleaned_data[name] for name in ("who_with", "need", "place", "municipality", "met_on")},
            "once_key": self.cleaned_data["once_key"],
        }


class LedToForm(PortalForm):
    """What came of a talk. A request is made by the portal itself."""

    led_to = forms.ChoiceField(
        label=_("Vad ledde samtalet till?"),
        choices=[(one.value, one.label) for one in LedTo if one != LedTo.REQUEST],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vad samtalet ledde till")},
    )
