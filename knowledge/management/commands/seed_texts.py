from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from knowledge.actions.seeding import seed_texts
from people import clock


class Command(BaseCommand):
    help = "Brings the public texts of this release into the database. What editors have changed stays as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--with-examples", action="store_true", help="the invented examples too")

    def handle(self, *args: Any, **options: Any) -> None:
        done = seed_texts(now=clock.now(), with_examples=options["with_examples"])
        if done.written or options["verbosity"] > 1:
            self.stdout.write(f"{done.written} texts written, {done.unchanged} unchanged, {len(done.kept)} left alone.")
