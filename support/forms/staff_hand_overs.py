"""What leaders fill in when a case goes over to someone else, for good or while somebody is away."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from people.form_pack import PortalForm
from people.models import Office, User
from support.forms.staff import long_text
from support.forms.staff_meetings import DAY
from support.forms.staff_periods import radio
from support.workload import Load

NOTE_LENGTH = 2000
ANSWER_LENGTH = 300

AtOffice = tuple[str, Sequence[tuple[int, str]]]
"""The name of an office, and who leads groups there: key and name."""


class LeaderField(forms.ModelChoiceField):
    """Someone who leads groups, each with how much they have already."""

    loads: Mapping[int, Load] = {}

    def choose_among(self, leaders: QuerySet[User], loads: Iterable[Load]) -> None:
        self.loads = {load.user.pk: load for load in loads}
        self.queryset = leaders

    def label_from_instance(self, obj: Any) -> str:
        load = self.loads.get(obj.pk)
        return f"{obj} – {load}" if load else str(obj)


def leader_field(label: Any, required: Any) -> LeaderField:
    return LeaderField(
        User.objects.none(), label=label, empty_label=_("Välj person"), error_messages={"required": required}
    )


class GiveForm(PortalForm):
    """Another leader takes over, at once."""

    to = leader_field(_("Vem tar över?"), _("Välj vem som tar över"))

    def __init__(self, *args: Any, colleagues: QuerySet[User], loads: Iterable[Load], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_leader(self, "to", colleagues, loads)


def choose_leader(form: PortalForm, name: str, leaders: QuerySet[User], loads: Iterable[Load]) -> None:
    field = form.fields[name]
    assert isinstance(field, LeaderField)
    field.choose_among(leaders, loads)


class OfferElsewhereForm(PortalForm):
    """A question to another office whether someone there can take over. For what has no office of its own yet."""

    office = forms.ModelChoiceField(
        Office.objects.none(),
        label=_("Vilken ort?"),
        empty_label=_("Välj ort"),
        error_messages={"required": _("Välj vilken ort du frågar")},
    )
    person = forms.ChoiceField(
        label=_("Någon särskild där?"),
        required=False,
        help_text=_("Lämna tomt, så frågar du alla på orten. Den som svarar först tar över."),
    )
    note = long_text(
        _("Det den nya behöver veta"),
        required=_("Skriv det den nya behöver veta"),
        max_length=NOTE_LENGTH,
        help_text=_("Bara ni som arbetar här ser det. Skriv inte namn, nummer eller adresser: allt följer med ändå."),
    )

    def __init__(self, *args: Any, offices: QuerySet[Office], people: Mapping[int, AtOffice], **kwargs: Any) -> None:
        """`people` by the key of their office."""
        super().__init__(*args, **kwargs)
        self.people = people
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        self.fields["person"].choices = [("", _("Vem som helst på orten")), *people.values()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        super().clean()
        office, person = self.cleaned_data.get("office"), self.cleaned_data.get("person")
        if office and person and int(person) not in dict(self.people.get(office.pk, ("", ()))[1]):
            self.add_error("person", ValidationError(_("Personen arbetar inte på den orten."), code="elsewhere"))
        if not self.errors:
            self.cleaned_data["receiver"] = self.receiver()
        return self.cleaned_data

    def receiver(self) -> tuple[Office, User | None]:
        """Which office is asked, and who there, if anyone in particular."""
        chosen = self.cleaned_data["person"]
        return self.cleaned_data["office"], User.objects.get(pk=chosen) if chosen else None


class OfferForm(OfferElsewhereForm):
    """A question to a colleague at the office, or to another office, whether they can take over."""

    HERE, ELSEWHERE = "here", "elsewhere"

    reveals = {"where": {HERE: ["to"], ELSEWHERE: ["office", "person"]}}
    field_order = ("where", "to", "office", "person", "note")

    where = radio(
        _("Vem ska ta över?"), [(HERE, _("En kollega på orten")), (ELSEWHERE, _("En annan ort"))], initial=HERE
    )
    to = leader_field(_("Vilken kollega på orten?"), _("Välj vem du frågar"))

    def __init__(
        self, *args: Any, here: Office, colleagues: QuerySet[User], loads: Iterable[Load], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.here = here
        choose_leader(self, "to", colleagues, loads)
        self.fields["office"].label = format_lazy("{}: {}", _("En annan ort"), _("vilken?"))
        self.fields["person"].label = format_lazy("{}: {}", _("En annan ort"), _("någon särskild där?"))

    def receiver(self) -> tuple[Office, User | None]:
        if self.cleaned_data["where"] == self.HERE:
            return self.here, self.cleaned_data["to"]
        return super().receiver()


class RefuseForm(PortalForm):
    """A no, in words."""

    answer = forms.CharField(
        label=_("Varför kan du inte ta över?"),
        max_length=ANSWER_LENGTH,
        help_text=_("Din kollega läser det. En mening räcker."),
        error_messages={"required": _("Skriv kort varför")},
    )


class CoverForm(PortalForm):
    """Who is away, who sees to the groups meanwhile, and for how long."""

    absent = leader_field(_("Vem är borta?"), _("Välj vem som är borta"))
    cover = leader_field(_("Vem vikarierar?"), _("Välj vem som vikarierar"))
    starts_on = forms.DateField(label=_("Från och med"), widget=DAY)
    ends_on = forms.DateField(label=_("Till och med"), widget=DAY, help_text=_("Vikariatet tar slut av sig självt."))

    def __init__(
        self,
        *args: Any,
        absentees: QuerySet[User] | None,
        covers: QuerySet[User],
        loads: Iterable[Load],
        **kwargs: Any,
    ) -> None:
        """`absentees` is None for someone who arranges for themselves."""
        super().__init__(*args, **kwargs)
        loads = list(loads)
        choose_leader(self, "cover", covers, loads)
        if absentees is None:
            del self.fields["absent"]
        else:
            choose_leader(self, "absent", absentees, loads)

    def clean(self) -> dict[str, Any]:
        super().clean()
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", ValidationError(_("Sista dagen kan inte vara före den första."), code="order"))
        return self.cleaned_data
