import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from tqdm import tqdm

from mobilisering.generate.everything import generate
from people import clock
from support.models import SupportRequest

ROWS_PER_REQUEST = 8.4
"""About how many rows come with each request, for the bar."""


class Command(BaseCommand):
    help = "Fills an empty database with believable requests, groups and periods: for measuring, never for real."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--requests", type=int, default=10_000)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, requests: int, seed: int, **options: Any) -> None:
        if not settings.DEVELOPMENT:
            raise CommandError("Made-up cases belong in a database for development: DEVELOPMENT=1.")
        if requests < 1:
            raise CommandError("--requests must be 1 or more.")
        if SupportRequest.objects.exists():
            raise CommandError("There are requests already. Made-up ones are never mixed with others.")
        begin = time.perf_counter()
        with tqdm(total=round(requests * ROWS_PER_REQUEST), unit=" rader", file=sys.stderr) as bar:
            rows = generate(requests=requests, seed=seed, today=clock.today(), progress=bar.update)
        seconds = time.perf_counter() - begin
        self.stdout.write(f"{rows} rows in {seconds:.1f} s: {rows / seconds:.0f} rows a second.")
