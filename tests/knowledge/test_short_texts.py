"""What the portal is, in five more languages: read by nobody before a speaker has checked it, then the right way."""

import re
from datetime import date

import pytest
from django.test import Client

from knowledge.actions.publishing import content_changed
from knowledge.actions.seeding import seed_texts
from knowledge.enums import ShortLanguage
from knowledge.models import ShortText
from tests.factories import NOW

pytestmark = pytest.mark.django_db

ADDRESSES = [f"/sprak/{code}/" for code in ShortLanguage.values]


@pytest.fixture(autouse=True)
def seeded(db: None) -> None:
    seed_texts(now=NOW, with_examples=False)


def check(**which: str) -> None:
    ShortText.objects.filter(**which).update(checked_by="Amina, tolk", checked_on=date(2026, 9, 1))
    content_changed()


def main_of(client: Client, path: str) -> str:
    answered = client.get(path)
    assert answered.status_code == 200
    return answered.content.decode().partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("path", [*ADDRESSES, "/sprak/fr/", "/sprak/sv/"])
def test_what_nobody_has_checked_is_not_there(path: str, client: Client) -> None:
    assert client.get(path).status_code == 404
    assert f'href="{path}"' not in main_of(client, "/sprak/")


@pytest.mark.parametrize("code", ShortLanguage.values)
def test_a_checked_text_is_read_in_its_own_language_and_direction(code: str, client: Client) -> None:
    check(language=code)

    page = main_of(client, f"/sprak/{code}/")

    assert (' dir="rtl"><div class="narrow' in page) == (code in {"ar", "prs"})
    assert re.search(rf'<div class="flow" lang="{code}">\s*<h1>{ShortText.objects.get(language=code).title}', page)
    assert 'href="tel:+46313900610"' in page
    assert '<bdi dir="ltr">031-390 06 10</bdi>' in page


def test_the_page_of_languages_names_those_that_are_checked_as_they_name_themselves(client: Client) -> None:
    check(language="ar")
    check(language="uk")

    named = re.findall(r'<a href="/sprak/(\w+)/" hreflang="\w+"><bdi lang="(\w+)">([^<]+)', main_of(client, "/sprak/"))

    assert named == [("ar", "ar", "العربية"), ("uk", "uk", "Українська")]


def test_a_text_that_is_no_longer_checked_is_gone(client: Client) -> None:
    check(language="so")
    assert client.get("/sprak/so/").status_code == 200

    ShortText.objects.update(checked_on=None)
    content_changed()

    assert client.get("/sprak/so/").status_code == 404


def test_the_frame_is_in_the_language_the_reader_has_chosen(client: Client) -> None:
    check()
    client.cookies["django_language"] = "en"

    page = client.get("/sprak/prs/").content.decode()

    assert '<html lang="en" dir="ltr">' in page
    assert '<div class="flow" lang="prs">' in page


def test_nothing_can_be_sent_to_a_short_text(client: Client) -> None:
    check()

    assert client.post("/sprak/ar/").status_code == 405
