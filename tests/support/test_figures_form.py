"""Ortens siffror: which days and which office are asked for, and what cannot be shown."""

import pytest

from tests.factories import (
    NOW,
    make_request,
)
from tests.support.figures_kit import DAY, FIGURES, FILE, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


def shown(response, name: str) -> list[str]:
    """The errors of one field."""
    return list(response.context["form"].errors.get(name, []))


@pytest.mark.parametrize(
    ("asked", "field", "words"),
    [
        ({"period": "sommaren"}, "period", "Den perioden finns inte. Välj en i listan."),
        ({"office": "Göteborg"}, "office", "Den orten finns inte. Välj en i listan."),
        ({"office": "²"}, "office", "Den orten finns inte. Välj en i listan."),
        ({"period": "own"}, "first", "Skriv en dag."),
        ({"period": "own", "first": "2026-02-30", "last": "2026-03-01"}, "first", "Skriv datumet så här: 2026-09-08"),
        (
            {"period": "own", "first": "1999-12-31", "last": "2000-01-02"},
            "first",
            "Välj en dag från år 2000 eller senare.",
        ),
        (
            {"period": "own", "first": "2026-08-01", "last": "2026-09-02"},
            "last",
            "Välj en dag som har varit, eller i dag.",
        ),
        (
            {"period": "own", "first": "2026-08-02", "last": "2026-08-01"},
            "last",
            "Sista dagen kommer före den första.",
        ),
        ({"period": "own", "first": "2021-01-01", "last": "2026-08-01"}, "last", "Välj högst fem år åt gången."),
    ],
)
def test_what_cannot_be_shown_is_said_in_words(as_leader, asked, field, words):
    response, file = as_leader.get(FIGURES, asked), as_leader.get(FILE, asked)

    assert (response.status_code, response.context["sections"], shown(response, field)) == (200, [], [words])
    assert (file.status_code, file["Location"].partition("?")[0]) == (302, FIGURES)


def test_days_of_ones_own_are_shown(as_leader, office):
    for days in (0, 3, 4, 8):
        make_request(office=office, received_at=NOW - days * DAY)

    response = as_leader.get(FIGURES, {"period": "own", "first": "2026-08-29", "last": "2026-09-01"})

    assert table(response, "arrived")["Alla"] == ["2", "–", "1"]


def test_days_are_left_alone_when_another_period_is_chosen(as_leader):
    response = as_leader.get(FIGURES, {"period": "month", "first": "hej", "last": ""})

    assert (response.context["form"].errors, str(response.context["asked"].spans.now)) == ({}, "1 september 2026")


def test_the_form_shows_what_holds_when_nothing_is_chosen(as_leader):
    response = as_leader.get(FIGURES)

    assert '<option value="year" selected>Det här året</option>' in response.content.decode()
