"""Requests per second of what anyone reads, beside a bare page of the same server, and what a change costs."""

import time
from collections.abc import Callable
from statistics import median

from django.core.management import call_command
from django.db import connection

from bench.measuring import empty_portal, spread
from bench.pages import BARE, ROUNDS, Visitors, web_server
from knowledge.actions.publishing import content_changed

PAGES = (
    *("/", "/exempel/", "/exempel/hyresgasterna-som-fick-varmen-tillbaka/", "/ordlista/", "/ordlista/mobilisering/"),
    *("/verktyg/", "/verktyg/forsta-motet/", "/sok/?q=mobilisera", "/om/"),
)
GOAL = 0.8
"""Of the bare page's rate, in the median of the rounds."""


def main() -> None:
    with empty_portal():
        call_command("seed_texts", "--with-examples", verbosity=0)
        with web_server() as port:
            visitors = Visitors(port, cookie="")
            for path in (BARE, *PAGES):  # each process reads its templates, and keeps its pages
                visitors.per_second(path)
            measure(visitors)
            after_a_change(visitors)
        connection.close()


def measure(visitors: Visitors) -> None:
    """The bare page and each page take turns."""
    bare: list[float] = []
    for path in PAGES:
        pairs = [(visitors.per_second(BARE), visitors.per_second(path)) for _ in range(ROUNDS)]
        bare += [one for one, _ in pairs]
        ratios = [page / one for one, page in pairs]
        judged = "" if median(ratios) >= GOAL else f"  ! under {GOAL}"
        rates = spread([page for _, page in pairs], ".0f")
        print(f"{path:<55} {rates} requests/s, {spread(ratios)} of the bare page{judged}")
    print(f"{BARE:<55} {spread(bare, '.0f')} requests/s")


def after_a_change(visitors: Visitors) -> None:
    """How long the first reader waits after something was published, and how long the next."""
    for path in PAGES:
        first, next_one = [], []
        for _ in range(ROUNDS):
            content_changed()
            first.append(milliseconds(visitors.ask, path))
            for _other_process in range(6):
                visitors.ask(path)
            next_one.append(milliseconds(visitors.ask, path))
        print(f"{path:<55} first after a change {spread(first, '.1f')} ms, then {spread(next_one, '.1f')} ms")


def milliseconds(ask: Callable[[str], None], path: str) -> float:
    begin = time.perf_counter()
    ask(path)
    return (time.perf_counter() - begin) * 1000
