import os
from argparse import ArgumentParser
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import connection
from django.test.utils import override_settings

from mobilisering.simulation.programme import Programme
from mobilisering.simulation.report import row_of, table

BEGINS = datetime(2026, 1, 12, 7, 0, tzinfo=UTC)
QUIETLY = {
    "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
    "SMS_GATEWAY": "mobilisering.simulation.gateway.NowhereGateway",
}
BAR = 40  # characters


class Command(BaseCommand):
    help = "Lets a made-up programme live for some weeks, on a database of its own, and prints what became of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--groups", type=int, default=12)
        parser.add_argument("--weeks", type=int, default=52)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, groups: int, weeks: int, seed: int, **options: Any) -> None:
        if groups < 1 or weeks < 1:
            raise CommandError("--groups and --weeks must be 1 or more.")
        name = connection.settings_dict["NAME"]
        connection.settings_dict["TEST"]["NAME"] = f"simulated_programme_{os.getpid()}"
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            with override_settings(**QUIETLY):
                self._live(Programme(groups=groups, seed=seed, begins=BEGINS), weeks)
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)

    def _live(self, programme: Programme, weeks: int) -> None:
        for week in range(1, weeks + 1):
            programme.course.run_until(BEGINS + timedelta(weeks=week))
            self._progress(week, weeks)
        self.stdout.write(table(row_of(group) for group in programme.groups))

    def _progress(self, week: int, weeks: int) -> None:
        done = BAR * week // weeks
        end = "\n\n" if week == weeks else ""
        self.stderr.write(f"\rvecka {week} av {weeks} {'█' * done}{'░' * (BAR - done)}", ending=end)
        self.stderr.flush()
