from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from people.actions.keys import Rotated, left_under_old_keys, rotate_hashes, rotate_second_steps, rotate_texts


class Command(BaseCommand):
    help = (
        "Writes all that is encrypted, and the hashes of addresses, anew with the newest of FIELD_KEYS and HASH_KEYS. "
        "Put the new key first, start every process anew, run this, and take the old key away when it says so. "
        "It may be stopped and run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="say only how it ended")

    def handle(self, *args: Any, quiet: bool, **options: Any) -> None:
        totals: dict[str, list[int]] = {}
        for step in (rotate_texts, rotate_second_steps, rotate_hashes):
            for batch in step():
                self._count(totals, f"{batch.model._meta.label} ({step.__name__})", batch, quiet=quiet)
        for name, (looked_at, rewritten) in totals.items():
            self.stdout.write(f"{name}: {rewritten} of {looked_at} rows written anew")
        self.stdout.write("The old FIELD_KEYS entry can go.")
        left = {name: count for name, count in left_under_old_keys().items() if count}
        for name, count in left.items():
            self.stdout.write(f"{name}: {count} still need the old HASH_KEYS entry")
        if not left:
            self.stdout.write("The old HASH_KEYS entry can go.")

    def _count(self, totals: dict[str, list[int]], name: str, batch: Rotated, *, quiet: bool) -> None:
        total = totals.setdefault(name, [0, 0])
        total[0] += batch.looked_at
        total[1] += batch.rewritten
        if not quiet:
            self.stderr.write(f"{name}: {total[0]} rows", ending="\r")
