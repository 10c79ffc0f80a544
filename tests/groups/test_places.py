import csv
import os
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from groups.enums import DutyBearerKind
from groups.models import DutyBearer, Municipality

pytestmark = pytest.mark.django_db

PLACES = Path(os.environ.get("PLACES_DATA", "places"))
"""A folder with another list of municipalities to check against, where there is one."""

places_migration = import_module("groups.migrations.0002_municipalities")
duty_bearers_migration = import_module("groups.migrations.0003_municipal_duty_bearers")


def test_sweden_has_290_municipalities_in_21_counties() -> None:
    rows = Municipality.objects.all()

    assert rows.count() == 290
    assert rows.values("county_code", "county_name").distinct().count() == 21
    assert rows.filter(office__isnull=False).count() == 0
    assert all(row.code.startswith(row.county_code) for row in rows)


def test_they_sort_as_swedes_expect() -> None:
    names = list(Municipality.objects.values_list("name", flat=True))

    assert names[0] == "Ale"
    assert names[-1] == "Övertorneå"
    assert names.index("Ystad") < names.index("Åmål") < names.index("Älmhult") < names.index("Öckerö")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Ale", "Ale"),
        ("  ale kommun ", "Ale"),
        ("BJUVS KOMMUN", "Bjuv"),
        ("borås stad", "Borås"),
        ("Stockholms stad", "Stockholm"),
        ("Region Gotland", "Gotland"),
        ("upplands  väsby", "Upplands Väsby"),
        ("Halmstad", "Halmstad"),
    ],
)
def test_a_municipality_is_found_as_people_say_it(said: str, name: str) -> None:
    assert [row.name for row in Municipality.objects.named(said)] == [name]


@pytest.mark.parametrize("said", ["", "kommun", "Atlantis", "%", "Ale'"])
def test_what_is_no_municipality_finds_none(said: str) -> None:
    assert list(Municipality.objects.named(said)) == []


def test_every_municipality_is_a_duty_bearer_by_its_full_name() -> None:
    rows = DutyBearer.objects.filter(kind=DutyBearerKind.MUNICIPALITY)

    names = dict(rows.values_list("municipality__name", "name"))
    assert len(names) == 290
    assert {name: names[name] for name in ("Ale", "Bjuv", "Borås", "Falun", "Kalix", "Solna", "Orust")} == {
        "Ale": "Ale kommun",
        "Bjuv": "Bjuvs kommun",
        "Borås": "Borås kommun",
        "Falun": "Falu kommun",
        "Kalix": "Kalix kommun",
        "Solna": "Solna kommun",
        "Orust": "Orust kommun",
    }


def test_loading_twice_adds_nothing_and_unloading_takes_all_away() -> None:
    with connection.schema_editor() as editor:
        places_migration.add_municipalities(apps, editor)
        duty_bearers_migration.add_duty_bearers(apps, editor)
        twice = (Municipality.objects.count(), DutyBearer.objects.count())
        duty_bearers_migration.remove_duty_bearers(apps, editor)
        places_migration.remove_municipalities(apps, editor)

    assert twice == (290, 290)
    assert (Municipality.objects.count(), DutyBearer.objects.count()) == (0, 0)


@pytest.mark.skipif(not PLACES.is_dir(), reason="PLACES_DATA names no folder")
def test_the_list_agrees_with_another_one() -> None:
    with (PLACES / "sjbrg_municipality_county.csv").open(encoding="utf-8", newline="") as file:
        others = {
            (row["municipality_code"], row["municipality_name_short"], row["county_name"])
            for row in csv.DictReader(file)
        }

    assert set(Municipality.objects.values_list("code", "name", "county_name")) == others
