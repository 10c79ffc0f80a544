from datetime import date

from django.db import migrations

SOURCE = "Kommuner enligt SCB (paketet kommunkoder 1.1.1)"
CHECKED_ON = date(2026, 11, 20)

OTHER_NAMES = {"Falun": "Falu kommun", "Orust": "Orust kommun"}
TAKE_NO_S = tuple("aeiouyåäösxz")


def full_name(name):
    """ "Ale" is Ale kommun and "Bjuv" is Bjuvs kommun."""
    return OTHER_NAMES.get(name, f"{name} kommun" if name.endswith(TAKE_NO_S) else f"{name}s kommun")


def add_duty_bearers(apps, schema_editor):
    """Every municipality is responsible for something: the register of duty-bearers starts with them."""
    DutyBearer = apps.get_model("groups", "DutyBearer")
    known = DutyBearer.objects.filter(kind="municipality").values("municipality")
    DutyBearer.objects.bulk_create(
        DutyBearer(
            name=full_name(municipality.name),
            kind="municipality",
            municipality=municipality,
            source=SOURCE,
            checked_on=CHECKED_ON,
        )
        for municipality in apps.get_model("groups", "Municipality").objects.exclude(pk__in=known)
    )


def remove_duty_bearers(apps, schema_editor):
    """Takes away what was added here; what someone has since checked stays."""
    apps.get_model("groups", "DutyBearer").objects.filter(kind="municipality", source=SOURCE).delete()


class Migration(migrations.Migration):
    dependencies = [("groups", "0002_municipalities")]

    operations = [migrations.RunPython(add_duty_bearers, remove_duty_bearers)]
