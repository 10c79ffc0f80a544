"""A handbook of a hundred examples, all tools and all words: how long it takes to gather and to print, its size."""

from functools import partial

from bench.examples import make_examples
from bench.measuring import empty_portal, seconds_for, spread
from knowledge.actions.handbooks import MODELS
from knowledge.actions.seeding import seed_texts
from knowledge.handbook.book import gather
from knowledge.handbook.printing import print_book
from knowledge.models import HandbookEdition
from people import clock

EXAMPLES = 100
ROUNDS = 5


def main() -> None:
    with empty_portal():
        now = clock.now()
        seed_texts(now=now, with_examples=False)
        make_examples(EXAMPLES, until=now, seed=1, progress=lambda count: None)
        chosen = {kind: list(model.objects.published().values_list("pk", flat=True)) for kind, model in MODELS.items()}
        edition = HandbookEdition(number=1, title="Handbok", chosen=chosen)
        gathering = partial(gather, edition, day=now.date())
        printing = partial(print_book, gathering().content, at=now)
        gathered_in = [seconds_for(gathering) for _round in range(ROUNDS)]
        printed_first = seconds_for(printing)  # the typesetter remembers what it has set once
        printed = printing()
    print(f"{', '.join(f'{len(keys)} {kind}' for kind, keys in chosen.items())}, {ROUNDS} rounds")
    print(f"gathered in {spread(gathered_in)} s, printed the first time in {printed_first:.2f} s")
    print(f"{printed.pages} pages, {len(printed.pdf) / 1e6:.1f} MB")
