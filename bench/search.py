"""The search among 100,000 examples: how long the database works for each of forty questions."""

from collections.abc import Callable
from functools import partial
from math import ceil
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection
from tqdm import tqdm

from bench.examples import make_examples
from bench.measuring import empty_portal
from knowledge.actions.reindexing import reindex
from knowledge.actions.seeding import seed_texts
from knowledge.models import SearchEntry, SearchWord
from knowledge.searching.answers import answer
from people import clock

EXAMPLES = 100_000
ROUNDS = 5
SLOWEST_MS = 60
"""At the 95th percentile, in the database alone."""
QUESTIONS: dict[str, tuple[str, ...]] = {
    "common words": ("grupp", "kommunen", "möte", "krav", "hyresvärden", "vi", "rättigheter", "skolan"),
    "rare words": ("Almtorp", "Björnholm", "tandport", "möbelbrunn", "skolkö", "gymnasiespång"),
    "beginnings": ("mobil", "komm", "sko", "vär", "tolk", "biblio"),
    "synonyms": ("mobilisera", "gå ihop", "makthavare", "samlas", "volontär"),
    "several words": (
        "krav på hyresvärden",
        "buss skola krav",
        "värme i huset",
        "cykelbrunn kommun",
        "sommarbok vinterkarta",
        "bänk Ekdalen fest",
    ),
    "misspelt": ("rattighet", "koalitoin", "hyresvarden", "moete", "biblotek"),
    "in English": ("rights", "demand", "municipality", "libary"),
}
"""What people may ask, by what it asks of the database; forty in all."""


def milliseconds_in_database(work: Callable[[], Any]) -> float:
    """How long the statements of the work take together."""
    spent = 0.0

    def timed(execute: Callable[..., Any], *args: Any) -> Any:
        nonlocal spent
        begin = perf_counter()
        try:
            return execute(*args)
        finally:
            spent += perf_counter() - begin

    with connection.execute_wrapper(timed):
        work()
    return 1000 * spent


def milliseconds_of_work(work: Callable[[], Any]) -> float:
    """How long the database's process had the processor meanwhile, whatever else runs; 0 when it is elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        told = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    before = told.read_text() if told.exists() else "0"
    work()
    after = told.read_text() if told.exists() else "0"
    return (int(after.split()[0]) - int(before.split()[0])) / 1e6


def percentile(values: list[float], share: float) -> float:
    """The least value that so large a share of the values does not exceed."""
    return sorted(values)[ceil(share * len(values)) - 1]


def fill() -> None:
    """A hundred thousand examples beside the texts that come with the portal, all entered by `reindex`."""
    now = clock.now()
    seed_texts(now=now, with_examples=False)
    with tqdm(unit=" examples") as bar:
        make_examples(EXAMPLES, until=now, seed=1, progress=bar.update)
    with tqdm(unit=" texts") as bar:
        reindex(progress=bar.update)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def main() -> None:
    with empty_portal():
        fill()
        measure()


def measure() -> None:
    """Asks everything some times, and says how long the database worked for it: of each question the median."""
    print(f"{SearchEntry.objects.count()} entries, {SearchWord.objects.count()} words; ms in the database")
    print(f"{'':<16} {'p50':>8} {'p95':>8} {'max':>8}")
    everything, worked = [], []
    for kind, questions in QUESTIONS.items():
        language = "en" if kind == "in English" else "sv"
        times = []
        for text in questions:
            ask = partial(answer, text, language=language)
            ask()  # the words to compare a misspelt one with are read once
            times.append(median(milliseconds_in_database(ask) for _ in range(ROUNDS)))
            worked.append(median(milliseconds_of_work(ask) for _ in range(ROUNDS)))
        everything += times
        print_row(kind, times)
    print_row("all", everything)
    print_row("processor", worked)
    is_fine = percentile(everything, 0.95) <= SLOWEST_MS
    print(f"{'Within' if is_fine else 'Outside'} the goal of {SLOWEST_MS} ms.")


def print_row(name: str, times: list[float]) -> None:
    print(f"{name:<16} {median(times):>8.1f} {percentile(times, 0.95):>8.1f} {max(times):>8.1f}")
