import pytest
from django import forms
from django.template import Context, Template
from django.utils.translation import override

from mobilisering.templatetags.face import ICONS, icon, tel
from mobilisering.templatetags.portal_forms import error_summary
from people.form_pack import PortalForm
from people.numbers import in_words


class TwoQuestions(PortalForm):
    name = forms.CharField(label="Namn")
    place = forms.ChoiceField(label="Plats", choices=[("a", "A")], widget=forms.RadioSelect)
    age = forms.IntegerField(label="Ålder", required=False)


@pytest.mark.parametrize("name", sorted(file.stem for file in ICONS.glob("*.svg")))
def test_every_icon_is_drawn_in_the_colour_of_the_text_and_says_nothing(name: str) -> None:
    drawn = icon(name)

    assert drawn.startswith('<svg class="icon')
    assert 'stroke="currentColor"' in drawn
    assert 'aria-hidden="true"' in drawn
    assert '<path d="' in drawn


@pytest.mark.parametrize("name", ["finns-inte", "../img/brand", "Phone", ""])
def test_an_icon_that_does_not_exist_is_a_mistake_of_ours(name: str) -> None:
    with pytest.raises(ValueError, match="no icon"):
        icon(name)


def test_an_icon_that_points_follows_the_line_of_reading() -> None:
    assert 'class="icon icon--dir"' in icon("arrow-right")
    assert 'class="icon"' in icon("phone")


@pytest.mark.parametrize(
    ("number", "link"),
    [("031-390 06 10", "tel:+46313900610"), ("+46 31 390 06 10", "tel:+46313900610"), ("112", "tel:112")],
)
def test_a_number_can_be_called_from_anywhere(number: str, link: str) -> None:
    assert tel(number) == link


def test_small_numbers_are_said_in_words() -> None:
    assert [in_words(number) for number in (0, 1, 2, 12, 13)] == ["noll", "ett", "två", "tolv", "13"]


@pytest.mark.parametrize(
    ("answers", "heading"),
    [
        ({}, "Två svar saknas"),
        ({"name": "Ali"}, "Ett svar saknas"),
        ({"name": "Ali", "place": "b"}, "Ett svar behöver ändras"),
        ({"place": "b"}, "Två svar behöver ändras"),
    ],
)
def test_the_error_summary_counts_in_words(answers: dict[str, str], heading: str) -> None:
    with override("sv"):
        assert error_summary(TwoQuestions(answers))["heading"] == heading


def test_the_error_summary_takes_the_focus_and_links_to_each_field_in_order() -> None:
    html = Template("{% load portal_forms %}{% error_summary form %}").render(Context({"form": TwoQuestions({})}))

    assert 'role="alert" tabindex="-1" autofocus' in html
    assert html.index('<a href="#id_name">Skriv ett svar</a>') < html.index(
        '<a href="#id_place_0">Välj ett av svaren</a>'
    )


def test_what_stands_in_the_way_of_the_whole_form_is_said_in_the_summary() -> None:
    form = TwoQuestions({"name": "Ali", "place": "a"})
    form.add_error(None, "Någon hann före. Välj en annan tid.")

    html = Template("{% load portal_forms %}{% error_summary form %}").render(Context({"form": form}))

    assert "Det gick inte än" in html
    assert "Någon hann före. Välj en annan tid." in html


@pytest.mark.parametrize("form", [None, "", TwoQuestions(), TwoQuestions({"name": "Ali", "place": "a"})])
def test_without_errors_there_is_no_summary(form: object) -> None:
    html = Template("{% load portal_forms %}{% error_summary form %}").render(Context({"form": form}))

    assert html.strip() == ""
