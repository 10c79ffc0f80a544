"""What someone saw before they changed it, so that no save overwrites what another has written meanwhile.

A page carries the values that it showed, signed. When it comes back, a column that has become something else than was
seen and than is asked for now is a conflict: nothing is saved, the page shows both, and a second press after reading
saves. What the page did not touch is never written back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.core import signing
from django.db import connection, models
from django.utils.formats import date_format, time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.crypto import keyed_hash
from people.fields import EncryptedTextField

SALT = "people.admin.save_conflicts"
CHANGED = gettext_lazy(
    "Någon annan har ändrat medan du skrev. Inget är sparat än, och allt du har skrivit står kvar."
    " Jämför här under. Tryck en gång till om det du har skrivit ska gälla."
)
TOO_OLD = gettext_lazy(
    "Sidan var för gammal. Inget är sparat än, och allt du har skrivit står kvar. Kolla igen och tryck en gång till."
)
CHANGED_HERE = gettext_lazy("Någon annan har ändrat det här medan du skrev.")

Plain = str | list[str]
Seen = Mapping[str, Plain]


@dataclass(frozen=True)
class Conflict:
    """One column that two people have changed: as it was when the page was opened, as it is now, as is asked for."""

    label: str
    was: str
    now: str
    mine: str


class ChangedMeanwhile(Exception):
    """Somebody else has saved since the page was opened. Holds the conflicts; none where the page cannot be read."""

    def __init__(self, conflicts: list[Conflict]) -> None:
        super().__init__(conflicts)
        self.conflicts = conflicts

    @property
    def words(self) -> str:
        return str(CHANGED if self.conflicts else TOO_OLD)


def plain(value: Any) -> Plain:
    """A value as it is compared: alike from the database and from a form, whatever the browser did to line ends."""
    if value is None:
        return ""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, (list, tuple, set, frozenset, models.QuerySet)):
        return sorted(str(plain(one)) for one in value)
    if isinstance(value, datetime):
        return str(value.timestamp())
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").strip()


def sign(values: Seen, about: str) -> str:
    """The values as they stand in a page about one row."""
    return signing.dumps(dict(values), salt=f"{SALT}:{about}", compress=True)


def read(token: str, about: str) -> Seen | None:
    """What a page says that it showed; None when it was not written by us, or is about something else."""
    try:
        return dict(signing.loads(token, salt=f"{SALT}:{about}"))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def name_of(row: models.Model, of: str = "") -> str:
    return f"{row._meta.label_lower}:{row.pk}:{of}"


def one_at_a_time(row: models.Model) -> None:
    """Whoever else changes the row on a small page waits until this transaction ends.

    A lock of its own and not that of the row: an action takes the rows that it needs in the order that it needs.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [name_of(row)])


def refuse_what_changed(token: str | None, about: str, form: forms.Form, now: Mapping[str, Any]) -> None:
    """Raises ChangedMeanwhile when what a small page showed is not so any more, and not what is asked for either.

    A form that stands on another page (Min dag) shows no values and carries no token: there is nothing to compare.
    """
    if token is None:
        return
    seen = read(token, about)
    if seen is None:
        raise ChangedMeanwhile([])
    found = []
    for name, value in now.items():
        is_now, mine = plain(value), plain(form.cleaned_data.get(name))
        was = seen.get(name, is_now)
        if name in form.fields and is_now not in (was, mine):
            found.append(conflict(form.fields[name], name, was, is_now, mine))
    if found:
        raise ChangedMeanwhile(found)


def conflict(field: forms.Field, name: str, was: Plain | None, now: Plain, mine: Plain) -> Conflict:
    label = str(field.label or name)
    return Conflict(label, "?" if was is None else _in_words(field, was), _in_words(field, now), _in_words(field, mine))


def _in_words(field: Any, value: Plain) -> str:
    if isinstance(field, forms.BooleanField):
        return _("ja") if value == str(True) else _("nej")
    if not value:
        return "–"
    if isinstance(field, (forms.ModelChoiceField, forms.ModelMultipleChoiceField)):
        choosable: Any = field.queryset
        rows = choosable.filter(pk__in=[value] if isinstance(value, str) else value)
        return ", ".join(str(row) for row in rows) or _("något du inte ser")
    if isinstance(value, list):
        return ", ".join(_one_in_words(field, one) for one in value)
    return _one_in_words(field, value)


def _one_in_words(field: Any, value: str) -> str:
    if isinstance(field, forms.DateTimeField):
        return date_format(localtime(datetime.fromtimestamp(float(value), tz=UTC)), "j F Y H.i")
    if isinstance(field, forms.DateField):
        return date_format(date.fromisoformat(value), "j F Y")
    if isinstance(field, forms.TimeField):
        return time_format(time.fromisoformat(value), "H.i")
    choices = {str(key): str(label) for key, label in _flat(getattr(field, "choices", ()))}
    return choices.get(value, value)


def _flat(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    for key, label in choices:
        yield from label if isinstance(label, (list, tuple)) else [(key, label)]


class SeenForm(forms.ModelForm):
    """Put before a ModelForm: saves only what was changed in the page, and refuses what another has changed too."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts: list[Conflict] = []
        self._touched: list[str] | None = None
        self._is_now: dict[str, Plain] = {}
        if self.instance.pk is not None:
            self._is_now = {name: self._shown(name) for name in self.fields if name in self.initial}
            self.initial["seen"] = sign(self._is_now, name_of(self.instance))

    @property
    def changed_data(self) -> list[str]:
        if self._touched is not None:
            return self._touched
        return [name for name in super().changed_data if name != "seen"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.instance.pk is not None and "seen" in self.fields:
            self._compare(read(self.cleaned_data.get("seen", ""), name_of(self.instance)))
        return self.cleaned_data

    def _compare(self, seen: Seen | None) -> None:
        self._touched = []
        shown_next = dict(self._is_now)
        for name in [one for one in self._is_now if one in self.cleaned_data]:
            mine, now = self._compared(name, self.cleaned_data[name]), self._is_now[name]
            was = seen.get(name, now) if seen is not None else None
            if mine == was:
                self._keep(name)
                shown_next[name] = mine
                continue
            if mine == now:
                continue
            self._touched.append(name)
            if was != now:
                self._refuse(name, was, mine)
        if self.conflicts:
            if seen is None:
                self.add_error(None, forms.ValidationError(TOO_OLD, code="old"))
            self._show_next(shown_next)

    def _refuse(self, name: str, was: Plain | None, mine: Plain) -> None:
        field, now = self.fields[name], self._is_now[name]
        if self._is_secret(name):
            self.conflicts.append(Conflict(str(field.label), "•••", "•••", "•••"))
        else:
            self.conflicts.append(conflict(field, name, was, now, mine))
        if was is not None:
            self.add_error(name, forms.ValidationError(CHANGED_HERE, code="conflict"))

    def _keep(self, name: str) -> None:
        """What the page did not touch stays as it is now."""
        columns = {one.name: one for one in (*self.instance._meta.concrete_fields, *self.instance._meta.many_to_many)}
        if name not in columns:
            return
        column = columns[name]
        is_row = column.is_relation and not column.many_to_many
        self.cleaned_data[name] = getattr(self.instance, name) if is_row else column.value_from_object(self.instance)

    def _show_next(self, values: Seen) -> None:
        """The page that is shown now knows what it shows: as it was where nothing was touched, else as it is now."""
        shown: Any = self.data
        answers = shown.copy()
        answers[self.add_prefix("seen")] = sign(values, name_of(self.instance))
        self.data = answers

    def _shown(self, name: str) -> Plain:
        return self._compared(name, self.initial[name])

    def _compared(self, name: str, value: Any) -> Plain:
        return keyed_hash(str(plain(value))) if self._is_secret(name) else plain(value)

    def _is_secret(self, name: str) -> bool:
        columns = {one.name: one for one in self.instance._meta.concrete_fields}
        return isinstance(columns.get(name), EncryptedTextField)


def watched(form: type[forms.ModelForm]) -> type[forms.ModelForm]:
    """The form with what was seen in it."""
    return form if issubclass(form, SeenForm) else type(form.__name__, (SeenForm, form), {})
