"""The quick steps every office starts with. They can be changed and switched off in the admin."""

from django.db import migrations

STEPS = (
    {
        "name": "Ringde, fick inget svar",
        "log_kind": "call",
        "log_text": "Ringde, ingen svarade.",
        "next_step": "Vi ringer igen",
        "next_step_days": 2,
    },
    {
        "name": "Väntar på gruppen",
        "log_kind": "note",
        "log_text": "Vi väntar på att gruppen hör av sig.",
        "next_step": "Vi hör hur det går",
        "next_step_days": 14,
        "waits_for": "group",
        "message": "Hej! Nu är det er tur att fundera i lugn och ro. Skriv på er sida eller ring när ni vill gå vidare.",
    },
    {
        "name": "Väntar på den som har ansvar",
        "scope": "period",
        "log_kind": "note",
        "log_text": "Vi väntar på svar från den som har ansvar.",
        "next_step": "Vi kollar om svaret har kommit",
        "next_step_days": 14,
        "waits_for": "duty_bearer",
    },
    {
        "name": "Bad gruppen välja tid",
        "scope": "request",
        "log_kind": "note",
        "log_text": "Bad gruppen välja en tid att ses.",
        "next_step": "Vi kollar om ni har valt en tid",
        "next_step_days": 5,
        "waits_for": "group",
        "message": "Hej! På er sida finns tider att välja mellan. Passar ingen av dem, så skriv det där eller ring.",
    },
    {
        "name": "Vi pratade, allt rullar på",
        "scope": "period",
        "log_kind": "call",
        "log_text": "Vi pratade. Gruppen arbetar vidare.",
        "is_internal": False,
        "next_step": "Vi hör hur det går",
        "next_step_days": 21,
    },
)


def add_steps(apps, schema_editor):
    quick_step = apps.get_model("support", "QuickStep")
    for position, fields in enumerate(STEPS):
        quick_step.objects.get_or_create(office=None, name=fields["name"], defaults={**fields, "position": position})


def remove_steps(apps, schema_editor):
    """Takes away what was added, as long as nobody has changed its name."""
    names = [fields["name"] for fields in STEPS]
    apps.get_model("support", "QuickStep").objects.filter(office=None, name__in=names).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('support', '0003_caseload'),
    ]

    operations = [
        migrations.RunPython(add_steps, remove_steps),
    ]
