from typing import Any

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.http import QueryDict
from django.utils.translation import override

from people.form_pack import Button, Datalist, PhoneField, PortalForm, Why, about_words
from people.models import Office


class ContactForm(PortalForm):
    how = forms.ChoiceField(
        label="Hur?", choices=[("sms", "Sms"), ("call", "Samtal"), ("self", "Själv")], widget=forms.RadioSelect
    )
    phone = PhoneField(label="Nummer")
    phone_call = PhoneField(label="Nummer att ringa")
    never = forms.BooleanField(label="Lämna aldrig meddelande", required=False)
    who = forms.MultipleChoiceField(
        label="Vem?",
        choices=[("school", "Skolan"), ("landlord", "Värden"), ("unknown", "Vi vet inte än")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    reveals = {"how": {"sms": ["phone"], "call": ["phone_call", "never"]}}
    hints = {"how": {"sms": "Vi skriver kort"}}
    exclusive = {"who": "unknown"}
    more_buttons = [("save", "Spara och fortsätt senare")]


class TextForm(PortalForm):
    story = forms.CharField(label="Vad?", max_length=1000, widget=forms.Textarea, help_text="Några meningar räcker.")
    called = forms.CharField(label="Namn", max_length=10, required=False)
    email = forms.EmailField(label="E-post", error_messages={"required": "Skriv adressen vi får använda"})

    heading = "story"


def errors_of(form: forms.BaseForm) -> dict[str, list[str]]:
    return {name: [str(error) for error in errors] for name, errors in form.errors.items()}


def test_a_follow_up_must_be_answered_only_when_its_option_is_chosen() -> None:
    assert errors_of(ContactForm({"how": "sms"})) == {"phone": ["Skriv ett telefonnummer"]}
    assert errors_of(ContactForm({"how": "call"})) == {"phone_call": ["Skriv ett telefonnummer"]}
    assert errors_of(ContactForm({"how": "self"})) == {}


def test_what_was_written_under_another_option_counts_as_not_answered() -> None:
    form = ContactForm({"how": "self", "phone": "070-174 06 15", "phone_call": "inget nummer", "never": "on"})

    assert form.is_valid()
    assert form.cleaned_data == {"how": "self", "phone": "", "phone_call": "", "never": False, "who": []}


def test_only_the_question_itself_is_asked_for_when_no_option_is_chosen() -> None:
    assert errors_of(ContactForm({"phone": "x"})) == {"how": ["Välj ett av svaren"]}


def test_the_option_that_stands_alone_cannot_be_mixed_with_the_others() -> None:
    form = ContactForm({"how": "self", "who": ["school", "unknown"]})

    assert errors_of(form) == {"who": ["Välj antingen ”Vi vet inte än” eller något av de andra svaren"]}
    assert ContactForm({"how": "self", "who": ["unknown"]}).is_valid()
    assert ContactForm({"how": "self", "who": ["school", "landlord"]}).is_valid()


@pytest.mark.parametrize("number", ["070-174 06 15", "0701740615", "+46 70 174 06 15", "(070) 1740615"])
def test_a_number_may_be_written_as_people_write_it(number: str) -> None:
    form = ContactForm({"how": "sms", "phone": number})

    assert form.is_valid()
    assert form.cleaned_data["phone"].as_e164 == "+46701740615"


def test_a_number_that_is_not_one_is_answered_with_an_example() -> None:
    form = ContactForm({"how": "sms", "phone": "0701"})

    assert errors_of(form) == {"phone": ["Skriv hela numret, till exempel 070-174 06 15"]}


def test_errors_are_plain_swedish_and_a_forms_own_words_win() -> None:
    assert errors_of(TextForm({})) == {"story": ["Skriv ett svar"], "email": ["Skriv adressen vi får använda"]}
    assert errors_of(TextForm({"story": "x", "email": "x"})) == {
        "email": ["Skriv hela e-postadressen, till exempel namn@exempel.se"]
    }


@pytest.mark.parametrize(
    ("field", "sent", "words"),
    [
        (forms.ChoiceField(choices=[("a", "A")]), "b", "Välj ett av svaren i listan"),
        (forms.MultipleChoiceField(choices=[("a", "A")]), ["b"], "Välj ett av svaren i listan"),
        (forms.MultipleChoiceField(choices=[("a", "A")]), [], "Välj minst ett svar"),
        (forms.BooleanField(), "", "Kryssa i rutan för att gå vidare"),
        (forms.IntegerField(), "tre", "Skriv med siffror, till exempel 12"),
        (forms.IntegerField(max_value=9), "12", "Skriv högst 9"),
        (forms.IntegerField(min_value=2), "1", "Skriv minst 2"),
        (forms.DateField(), "i morgon", "Skriv datumet så här: 2026-09-08"),
        (forms.DateField(), "0026-09-08", "Kolla årtalet i datumet"),
        (forms.DateField(), "9999-12-31", "Kolla årtalet i datumet"),
        (forms.TimeField(), "kvart över", "Skriv klockslaget så här: 14:30"),
        (forms.DateTimeField(), "snart", "Skriv dag och tid så här: 2026-09-08 14:30"),
        (forms.URLField(assume_scheme="https"), "min sida", "Skriv hela webbadressen, till exempel https://exempel.se"),
    ],
)
def test_every_sort_of_field_says_what_to_do(field: forms.Field, sent: Any, words: str) -> None:
    form_class = type("OneField", (PortalForm,), {"answer": field})

    assert errors_of(form_class({"answer": sent})) == {"answer": [words]}


@pytest.mark.parametrize(
    ("address", "is_fine"),
    [
        ("namn@exämple.se", True),
        ("namn@" + "å" * 60 + ".se", False),
        ("x" * 65 + "@exempel.se", False),
        ("=?utf-8?q?namn?=@exempel.se", False),
        ("hej", False),
    ],
)
def test_an_address_that_no_mail_server_can_be_given_is_asked_for_again(address: str, is_fine: bool) -> None:
    errors = errors_of(TextForm({"story": "x", "email": address}))

    assert errors.get("email") == (None if is_fine else ["Skriv hela e-postadressen, till exempel namn@exempel.se"])


def test_a_text_that_is_too_long_is_measured_in_words_and_never_cut_off() -> None:
    form = TextForm({"story": "ord " * 300, "called": "Anna-Karin Svensson", "email": "a@exempel.se"})

    assert errors_of(form) == {
        "story": ["Texten är för lång. Ta bort ungefär 30 ord."],
        "called": ["Skriv högst 10 tecken. Nu är det 19."],
    }
    assert "maxlength" not in str(form)


@pytest.mark.parametrize(("signs", "words"), [(1, 1), (60, 9), (200, 30), (1000, 150), (5000, 770)])
def test_lengths_are_told_in_round_numbers_of_words(signs: int, words: int) -> None:
    assert about_words(signs) == words


def test_unseen_signs_are_taken_away_and_unreadable_ones_asked_for_again() -> None:
    hidden = TextForm(QueryDict("story=ja%00%E2%80%AE&email=a%40exempel.se"))
    broken = TextForm(QueryDict("story=Malm%F6&email=a%40exempel.se"))

    assert hidden.is_valid()
    assert hidden.cleaned_data["story"] == "ja"
    assert errors_of(broken) == {"story": ["Några tecken gick inte att läsa. Skriv dem en gång till."]}
    assert "Malm\ufffd" in str(broken["story"])


def test_a_group_of_options_is_drawn_with_its_question_hints_and_follow_ups() -> None:
    html = render_crispy_form(ContactForm())

    assert html.count("<fieldset") == 2
    assert "<legend" in html
    assert '<span class="hint">Vi skriver kort</span>' in html
    assert html.index('value="call"') < html.index('name="never"') < html.index('value="self"')
    assert html.index("— eller —") < html.index('value="unknown"')
    assert html.count('name="phone"') == 1
    assert " required" not in html
    assert 'name="save" value="1"' in html


def test_a_control_is_tied_to_its_hint_and_its_error() -> None:
    html = render_crispy_form(TextForm({"email": "x"}))

    assert 'aria-invalid="true" aria-describedby="id_story_helptext id_story_error"' in html
    assert 'id="id_story_helptext">Några meningar räcker. Du kan skriva ungefär 150 ord.</p>' in html
    assert 'id="id_story_error"' in html


def test_optional_questions_are_marked_and_required_ones_are_not() -> None:
    html = render_crispy_form(TextForm())

    assert html.count("(frivillig)") == 1
    assert html.index("(frivillig)") > html.index("Namn")


def test_the_question_of_a_page_can_be_its_heading() -> None:
    html = render_crispy_form(TextForm())

    assert '<h1 class="label--page"><label for="id_story">Vad?' in html


def test_a_form_is_checked_on_the_server_only() -> None:
    assert "novalidate" in render_crispy_form(TextForm())


def test_a_list_of_offered_answers_still_takes_another() -> None:
    class PlaceForm(PortalForm):
        place = forms.CharField(widget=Datalist(["Ale", 'Å "by"']))

    form = PlaceForm({"place": "Någon annanstans"})

    assert form.is_valid()
    assert 'list="id_place_list"' in str(form["place"])
    assert '<option value="Å &quot;by&quot;"></option>' in str(form["place"])


def test_a_layout_may_fold_out_why_we_ask_and_add_buttons() -> None:
    class AskForm(PortalForm):
        name = forms.CharField()

        layout = ["name", Why("För att <vi> vill veta.")]

    form = AskForm()
    form.helper.add_input(Button("later", "Senare", css_class="btn--2"))

    html = render_crispy_form(form)
    assert "Varför frågar vi?" in html
    assert "För att &lt;vi&gt; vill veta." in html
    assert '<button type="submit" name="later" value="1" class="btn btn--2">Senare</button>' in html


def test_a_form_for_one_row_behaves_the_same() -> None:
    from people.form_pack import PortalModelForm  # noqa: PLC0415 -- slow import

    class OfficeForm(PortalModelForm):
        class Meta:
            model = Office
            fields = ["name"]

    assert errors_of(OfficeForm({})) == {"name": ["Skriv ett svar"]}


def test_words_follow_the_readers_language() -> None:
    form = TextForm({})
    with override("sv"):
        assert str(form.fields["story"].error_messages["required"]) == "Skriv ett svar"
