import sys
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from knowledge.actions.reindexing import reindex


class Command(BaseCommand):
    help = "Brings the search up to date with all public texts. A second time it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(unit=" texts", file=sys.stderr, disable=options["verbosity"] == 0) as bar:
            changed = reindex(progress=bar.update)
        self.stdout.write(f"{changed} entries changed.")
