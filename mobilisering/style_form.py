"""A form with one of everything, for the style page in development."""

from django import forms

from people.form_guards import GuardMixin, OnceKeyMixin
from people.form_pack import Datalist, PhoneField, PortalForm, Why


class StyleForm(OnceKeyMixin, GuardMixin, PortalForm):
    """Every kind of field the form pack draws."""

    how = forms.ChoiceField(
        label="Hur vill du att vi hör av oss?",
        choices=[("sms", "Sms"), ("call", "Telefonsamtal"), ("self", "Jag hör av mig själv")],
        widget=forms.RadioSelect,
    )
    phone = PhoneField(label="Telefonnummer", help_text="Till exempel 070-174 06 15")
    phone_call = PhoneField(label="Telefonnummer att ringa")
    never_leave_message = forms.BooleanField(label="Lämna aldrig meddelande", required=False)
    responsible = forms.MultipleChoiceField(
        label="Vem kan ändra på det?",
        help_text="Välj alla som du tror har ansvar.",
        choices=[("municipality", "Kommunen"), ("school", "En skola"), ("unknown", "Vi vet inte än")],
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label="Vilket språk vill ni prata?",
        choices=[("sv", "Svenska"), ("ar", "العربية"), ("ti", "ትግርኛ"), ("uk", "Українська")],
        widget=forms.CheckboxSelectMultiple,
    )
    story = forms.CharField(
        label="Vad vill ni förändra?", help_text="Några meningar räcker.", max_length=1000, widget=forms.Textarea
    )
    place = forms.CharField(
        label="Kommun", max_length=60, widget=Datalist(["Ale", "Göteborg", "Malmö"]), help_text="Kommunen räcker."
    )
    called = forms.CharField(label="Vad ska vi kalla dig?", max_length=40, required=False)
    email = forms.EmailField(label="E-post")
    kind = forms.ChoiceField(label="Sorts möte", choices=[("", "Välj"), ("here", "Hos oss"), ("phone", "På telefon")])
    day = forms.DateField(label="Dag", widget=forms.DateInput(attrs={"type": "date"}))

    reveals = {"how": {"sms": ["phone"], "call": ["phone_call", "never_leave_message"]}}
    hints = {"how": {"sms": "Vi skriver kort och nämner inte vad det gäller"}}
    exclusive = {"responsible": "unknown"}
    languages_of = ["languages"]
    two_columns = ["languages"]
    layout = [
        "how", "responsible", "languages", "story", "place", "called", "email", "kind", "day",
        Why("Alla kan inte ta emot samtal utan att någon annan hör. Därför gör vi bara som du säger."),
    ]  # fmt: skip
    more_buttons = [("save", "Spara och fortsätt senare")]
