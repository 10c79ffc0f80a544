"""Brings the database up to date before the portal starts: `python -m mobilisering.prepare`.

Prints what `manage.py seed` has to say: who can sign in to the sample programme.
"""

import os

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def migrate() -> None:
    """Asks first: on a database that is up to date, `migrate` itself takes far longer than the question."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mobilisering.settings")
    django.setup()
    migrate()
    call_command("seed")


if __name__ == "__main__":
    main()
