"""Every open period gets a next step and a day, before the database asks for them."""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone


def write_next_steps(apps, schema_editor):
    """What is already written stays."""
    periods = apps.get_model("support", "SupportPeriod").objects.filter(phase__in=["start", "change", "exit"])
    periods.filter(next_step="").update(next_step="Bestäm nästa steg med gruppen")
    periods.filter(next_step_on=None).update(next_step_on=timezone.now().date() + timedelta(days=7))


class Migration(migrations.Migration):

    dependencies = [
        ('support', '0001_support'),
    ]

    operations = [
        migrations.RunPython(write_next_steps, migrations.RunPython.noop),
    ]
