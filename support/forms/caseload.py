"""The forms around spreadsheets: a file to take in, what its columns mean, and what to fetch from a list."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from people.form_pack import PortalForm
from people.models import Office
from people.spreadsheets import CSV, MOST_BYTES, XLSX, CannotRead, Sheet, read_spreadsheet
from support.caseload_columns import COLUMNS, CaseField
from support.exports import ExportColumn

NO_FILE = _("Välj en fil")


class SpreadsheetForm(PortalForm):
    """Which file, and for which office where someone works at several."""

    office = forms.ModelChoiceField(label=_("Ort"), queryset=Office.objects.none())
    file = forms.FileField(
        label=_("Fil"),
        help_text=_("Xlsx eller csv. Första raden är rubriker, och sedan en rad för varje grupp. Inga personnummer."),
        error_messages={
            "required": NO_FILE,
            "missing": NO_FILE,
            "invalid": NO_FILE,
            "empty": _("Filen är tom. Välj en annan."),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args: Any, offices: QuerySet[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["office"]
        field.queryset = offices
        if len(offices) == 1:
            field.initial, field.widget = offices[0].pk, forms.HiddenInput()

    def clean_file(self) -> Sheet:
        try:
            return read_spreadsheet(self.cleaned_data["file"].read(MOST_BYTES + 1))
        except CannotRead as error:
            raise ValidationError(str(error), code="unreadable") from None


class ColumnsForm(PortalForm):
    """Which column of the file holds what."""

    def __init__(self, *args: Any, headings: Sequence[str], chosen: dict[CaseField, int], **kwargs: Any) -> None:
        initial = {field.value: str(index) for field, index in chosen.items()}
        super().__init__(*args, initial=initial, **kwargs)
        choices: list[tuple[str, Any]] = [("", _("Finns inte i filen"))]
        choices += [(str(index), name_of_column(index, heading)) for index, heading in enumerate(headings)]
        for column in COLUMNS:
            self.fields[column.field.value] = forms.ChoiceField(
                label=column.label,
                choices=choices,
                help_text=column.help,
                required=column.field == CaseField.ALIAS,
                error_messages={"required": _("Välj kolumnen som gruppens alias står i")},
            )

    def columns(self) -> dict[CaseField, int]:
        return {CaseField(name): int(index) for name, index in self.cleaned_data.items() if index}


def name_of_column(index: int, heading: str) -> str:
    """As the spreadsheet names it: by its letter, and by its heading if it has one."""
    letters = chr(ord("A") + index % 26)
    letters = chr(ord("A") + index // 26 - 1) + letters if index >= 26 else letters  # noqa: PLR2004 -- of the alphabet
    return f"{letters}: {heading}" if heading else letters


class ExportForm(PortalForm):
    """Which columns, and what kind of file."""

    columns = forms.MultipleChoiceField(label=_("Kolumner"), widget=forms.CheckboxSelectMultiple)
    file_format = forms.ChoiceField(
        label=_("Fil"),
        choices=[(XLSX, _("Xlsx, för Excel och LibreOffice")), (CSV, _("Csv, för andra program"))],
        widget=forms.RadioSelect,
        initial=XLSX,
    )

    def __init__(self, *args: Any, offered: Sequence[ExportColumn], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["columns"]
        field.choices = [(column.name, column.label) for column in offered]
        field.initial = [column.name for column in offered if column.is_safe]
