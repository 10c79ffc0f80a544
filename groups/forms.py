"""What a group answers on its own page."""

from django import forms

from groups.enums import Decision
from people.form_pack import PortalForm


class DecisionForm(PortalForm):
    """Yes or no."""

    decision = forms.ChoiceField(choices=Decision.choices)
