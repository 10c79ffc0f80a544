"""The public texts as data: what is in them, what is not, and how they are asked for."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from groups.models import Topic
from knowledge import caching
from knowledge.actions.publishing import withdraw
from knowledge.enums import State
from people.models import Contact
from tests.factories import NOW, make_contact, make_group
from tests.knowledge.texts import make_example, make_term, make_tool

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
COLUMNS = {
    "ordlista": "id url published changed word_sv word_en meaning_sv meaning_en usage_sv usage_en say_instead_sv topic "
    "related",
    "verktyg": "id url published changed kind title_sv title_en lead_sv lead_en when_sv when_en time_sv time_en "
    "people_sv people_en bring_sv bring_en tips_sv tips_en pitfalls_sv pitfalls_en sheet_sv sheet_en steps related",
    "exempel": "id url published changed invented title_sv title_en lead_sv lead_en period_sv period_en who_sv who_en "
    "duty_bearer_sv duty_bearer_en cost_text_sv cost_text_en wrong_sv wrong_en quote_sv quote_en quote_by_sv "
    "quote_by_en outcome_sv outcome_en did_not_work_sv did_not_work_en learned_sv learned_en place place_kind "
    "group_size duty_bearer_kind cost_kind supports topics steps tools",
}
"""Others' programs read these names: one may be added, none changed or taken away."""


def rows_of(client: Client, path: str) -> list[dict[str, str]]:
    text = client.get(path).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_the_page_says_what_there_is_and_what_one_may_do_with_it(client: Client) -> None:
    page = client.get("/oppna-data/").content.decode()

    for name in COLUMNS:
        assert f'href="/oppna-data/{name}.json"' in page
        assert f'href="/oppna-data/{name}.csv"' in page
    assert "https://creativecommons.org/licenses/by/4.0/" in page


@pytest.mark.parametrize("name", COLUMNS)
def test_the_columns_are_called_what_they_have_always_been_called(name: str, client: Client) -> None:
    make_term()
    make_tool()
    make_example()

    item = client.get(f"/oppna-data/{name}.json").json()["items"][0]
    row = rows_of(client, f"/oppna-data/{name}.csv")[0]

    assert list(item) == COLUMNS[name].split()
    assert list(row) == [*COLUMNS[name].split(), "licence", "source"]


def test_an_example_is_told_as_its_page_tells_it(client: Client) -> None:
    housing, tool = Topic.objects.create(slug="bostad", name="Bostad"), make_tool(slug="mat-sjalva")
    hidden = make_tool(state=State.DRAFT)
    topics, tools = [housing], [tool, hidden]
    make_example("Värmen", slug="varmen", steps=[("Ett", "Mätte"), ("Två", "Ringde")], topics=topics, tools=tools)

    found = client.get("/oppna-data/exempel.json").json()
    item = found["items"][0]

    assert found["licence"] == {"code": "CC-BY-4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
    assert (item["id"], item["url"], item["invented"]) == ("varmen", f"{SITE}/exempel/varmen/", True)
    assert [(step["title_sv"], step["text_sv"]) for step in item["steps"]] == [("Ett", "Mätte"), ("Två", "Ringde")]
    assert (item["topics"], item["tools"]) == (["bostad"], ["mat-sjalva"])


def test_english_is_told_only_when_all_of_a_text_is_translated_as_on_its_page(client: Client) -> None:
    words = {"title_en": "The heat", "lead_en": "It was cold.", "wrong_en": "Cold.", "outcome_en": "Warm."}
    make_example(**words, learned_en=["Measure."], slug="a", steps=[{"title": "Ett", "text": "Två", "title_en": "One"}])
    whole = {"title": "Ett", "text": "Två", "title_en": "One", "text_en": "Two"}
    make_example(**words, learned_en=["Measure."], slug="b", steps=[whole])

    part, all_of_it = client.get("/oppna-data/exempel.json").json()["items"]

    assert (part["title_en"], part["learned_en"], part["steps"][0]["title_en"]) == ("", [], "")
    told = (all_of_it["title_en"], all_of_it["learned_en"], all_of_it["steps"][0]["text_en"])
    assert told == ("The heat", ["Measure."], "Two")


def test_nothing_of_who_is_behind_an_example_is_in_it(client: Client) -> None:
    contact: Contact = make_contact(called="Amal", email="amal@example.com")
    make_example(group=make_group(alias="Ljusgruppen"), contact=contact, happened_on=NOW.date())

    told = b"".join(client.get(f"/oppna-data/exempel.{kind}").content for kind in ("json", "csv")).decode()

    assert [word for word in ("Amal", "amal@", "Ljusgruppen", "contact", "group_id", "happened") if word in told] == []


def test_a_cell_is_never_a_formula(client: Client) -> None:
    make_term("=HYPERLINK(1)", usage="+46 31 390 06 10", meaning="@SUM(A1)")

    row = rows_of(client, "/oppna-data/ordlista.csv")[0]

    assert (row["word_sv"], row["usage_sv"], row["meaning_sv"]) == ("'=HYPERLINK(1)", "+46 31 390 06 10", "'@SUM(A1)")


def test_in_a_table_several_things_stand_in_one_cell_a_line_each(client: Client) -> None:
    make_tool(tips=["Börja i tid", "Fika"], steps=[("Ett", "Mät"), ("Två", "Ring")])

    row = rows_of(client, "/oppna-data/verktyg.csv")[0]

    assert row["tips_sv"] == "Börja i tid\nFika"
    assert row["steps"] == "10 | Ett |  | Mät | \n10 | Två |  | Ring | "


def test_what_is_withdrawn_is_out_of_the_file_at_once(client: Client) -> None:
    example = make_example("Värmen")
    make_example("Utkastet", state=State.DRAFT)
    before = client.get("/oppna-data/exempel.json")

    withdraw(example, now=NOW + timedelta(days=1))
    after = client.get("/oppna-data/exempel.json", headers={"If-Modified-Since": before["Last-Modified"]})

    assert [item["title_sv"] for item in before.json()["items"]] == ["Värmen"]
    assert (after.json()["items"], after["Last-Modified"]) == ([], "Wed, 02 Sep 2026 08:00:00 GMT")


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_who_has_the_file_is_told_so(kind: str, client: Client) -> None:
    make_term()
    path = f"/oppna-data/ordlista.{kind}"
    answer = client.get(path)

    assert answer["Cache-Control"] == "no-cache"
    assert answer["Content-Disposition"] == f'inline; filename="ordlista.{kind}"'
    for header in ({"If-None-Match": answer["ETag"]}, {"If-Modified-Since": answer["Last-Modified"]}):
        assert client.get(path, headers=header).status_code == 304


@pytest.mark.parametrize("name", COLUMNS)
def test_three_rows_ask_no_more_than_one(
    name: str, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def rows(count: int) -> None:
        for _ in range(count):
            make_example(tools=[make_tool(related=[make_tool()])])
            make_term(related=[make_term()])
        caching.forget()

    rows(1)
    with django_assert_num_queries({"ordlista": 4, "verktyg": 5, "exempel": 6}[name]):
        client.get(f"/oppna-data/{name}.json")
    rows(2)
    with django_assert_num_queries({"ordlista": 4, "verktyg": 5, "exempel": 6}[name]):
        client.get(f"/oppna-data/{name}.json")


@pytest.mark.parametrize("path", ["/oppna-data/sidor.json", "/oppna-data/exempel.xml", "/oppna-data/exempel"])
def test_what_is_not_offered_is_not_there(path: str, client: Client) -> None:
    assert client.get(path).status_code == 404


def test_an_empty_file_is_a_file(client: Client) -> None:
    assert json.loads(client.get("/oppna-data/ordlista.json").content)["items"] == []
    assert client.get("/oppna-data/ordlista.csv").status_code == 200


@pytest.mark.parametrize("path", ["/oppna-data/", "/oppna-data/exempel.json"])
def test_it_is_only_read(path: str, client: Client) -> None:
    assert client.post(path).status_code == 405
