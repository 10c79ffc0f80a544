import csv
from pathlib import Path

from django.db import migrations

MUNICIPALITIES = Path(__file__).resolve().parent.parent / "data" / "municipalities.csv"


def add_municipalities(apps, schema_editor):
    """Adds the 290 municipalities; those that are there keep what has been said about them."""
    Municipality = apps.get_model("groups", "Municipality")
    with MUNICIPALITIES.open(encoding="utf-8", newline="") as file:
        rows = [Municipality(**row) for row in csv.DictReader(file)]
    Municipality.objects.bulk_create(rows, ignore_conflicts=True)


def remove_municipalities(apps, schema_editor):
    """Takes away those that nothing refers to any more: a municipality in use stops it."""
    with MUNICIPALITIES.open(encoding="utf-8", newline="") as file:
        codes = [row["code"] for row in csv.DictReader(file)]
    apps.get_model("groups", "Municipality").objects.filter(code__in=codes).delete()


class Migration(migrations.Migration):
    dependencies = [("groups", "0001_groups")]

    operations = [migrations.RunPython(add_municipalities, remove_municipalities)]
