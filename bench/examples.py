"""Very many believable examples: sentences of the sample examples, with places and words of their own."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice, product
from random import Random
from typing import Any

from groups.enums import DutyBearerKind, SizeBand, SupportKind
from groups.models import Topic
from knowledge.enums import Cost, Setting, State
from knowledge.models import Example, ExampleStep
from knowledge.readability import SENTENCE_END
from knowledge.seed_files import Item, read
from mobilisering.generate.tables import without_history

AT_A_TIME = 1000
IN_ENGLISH = 0.1
"""So many of them can be read in English too."""
FIRST_OF_THINGS = (
    "cykel skol buss sjuk bostads ungdoms kvarters fritids park hamn strand tvätt gårds trapp vatten sop snö ljus ljud "
    "mark natt sommar vinter dag kväll familje gymnasie bad berg dal skogs torg kök trädgårds lek idrotts hobby språk "
    "läs arbets jobb läkar tand möbel kläd mat"
)
LAST_OF_THINGS = (
    "väg parkering gård kö plats hall sal kurs tid karta lista grupp klubb ledare vakt nyckel port dörr lampa bänk "
    "hylla skylt peng avgift regel stuga brunn bro stig kiosk ränna lucka trappa spång kväll vecka fest lokal låda "
    "plan bok resa"
)
FIRST_OF_PLACES = (
    "Alm Björk Ek Lind Gran Tall Rönn Asp Al Hassel Käll Sten Sand Ler Mos Ljung Äng Åker Ström Fors Sjö Ö Vik Norr "
    "Söder Öster Väster Stor Lill Ny Gammel Hög Låg Kvarn Smed Präst Kungs Mår Räv Varg Björn"
)
LAST_OF_PLACES = (
    "höjden backen dalen lunda torp by ryd hult sta berga boda ås näs vik holm köping hamn fors vad åsen bro"
)
THINGS = tuple(map("".join, product(FIRST_OF_THINGS.split(), LAST_OF_THINGS.split())))
PLACES = tuple(map("".join, product(FIRST_OF_PLACES.split(), LAST_OF_PLACES.split())))


def make_examples(count: int, *, until: datetime, seed: int, progress: Callable[[int], object]) -> None:
    """Published examples, the newest an hour before `until`, one for each quarter of an hour before."""
    rng = Random(seed)
    stock = list(read("examples"))
    topics = list(Topic.objects.all())
    with without_history((Example, ExampleStep)):
        made = _examples(stock, count, until, rng)
        while batch := list(islice(made, AT_A_TIME)):
            rows = Example.objects.bulk_create([row for row, _steps in batch])
            ExampleStep.objects.bulk_create(
                ExampleStep(example=row, number=number, **step)
                for row, (_row, steps) in zip(rows, batch, strict=True)
                for number, step in enumerate(steps, 1)
            )
            link = Example.topics.through
            link.objects.bulk_create(link(example_id=row.pk, topic_id=rng.choice(topics).pk) for row in rows)
            progress(len(rows))


def _examples(stock: list[Item], count: int, until: datetime, rng: Random) -> Iterator[tuple[Example, list[Item]]]:
    for number in range(count):
        yield _example(stock, number, until - timedelta(hours=1, minutes=15 * (count - number)), rng)


def _example(stock: list[Item], number: int, at: datetime, rng: Random) -> tuple[Example, list[Item]]:
    item, place, thing = rng.choice(stock), rng.choice(PLACES), _thing(rng)
    in_english = rng.random() < IN_ENGLISH
    said: dict[str, Any] = {}
    for name in Example.TRANSLATED:
        said[name] = rng.choice(stock)[name] if name in {"quote", "quote_by", "period", "who"} else item[name]
        said[f"{name}_en"] = item[f"{name}_en"] if in_english else [] if name == "learned" else ""
    said["title"] = f"{item['title'].rstrip('.')[:60]}: {thing} i {place}"
    said["wrong"] = _mixed(stock, "wrong", rng, thing, place)
    said["outcome"] = _mixed(stock, "outcome", rng, _thing(rng), place)
    steps = [
        step
        | {"text": f"{step['text']} Vi tog också upp en {_thing(rng)} och en {_thing(rng)}."}
        | ({} if in_english else {"title_en": "", "text_en": ""})
        for step in rng.sample(rng.choice(stock)["steps"], 3)
    ]
    row = Example(
        **said,
        slug=f"{item['slug'][:50]}-{number}",
        place=place,
        setting=rng.choice(Setting.values),
        size_band=rng.choice(SizeBand.values),
        duty_bearer_kind=rng.choice(DutyBearerKind.values),
        cost=rng.choice(Cost.values),
        supports=rng.sample(SupportKind.values, 2),
        happened_on=date(2024, 1, 1),
        is_invented=True,
        state=State.PUBLISHED,
        published_at=at,
        changed_at=at,
    )
    return row, steps


def _mixed(stock: list[Item], section: str, rng: Random, thing: str, place: str) -> str:
    """Five sentences from anywhere, and one of its own."""
    sentences = [rng.choice(SENTENCE_END.split(rng.choice(stock)[section].strip())) for _ in range(5)]
    return " ".join([*sentences, f"Det gällde en {thing} nära {rng.choice(PLACES)}, en bit från {place}."])


def _thing(rng: Random) -> str:
    """Some words are in very many texts and most in few, as in a language."""
    return THINGS[int(len(THINGS) * rng.random() ** 3)]
