"""The rules of seats: how many are free, who in the queue they go to, and how that is said in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

MOST_SEATS = 6
"""How many seats one registration takes at most: a group comes together (the issue of trainings)."""

OFFER_LASTS = timedelta(hours=48)
"""How long a freed seat is held for whoever it is offered to (domain.md §6)."""

OFFERS_UNTIL = timedelta(hours=2)
"""So long before the beginning nobody is offered a seat any more: they would not have time to come."""

FEW = 5
"""From so many free seats we say how many there are."""


@dataclass(frozen=True)
class Waiting:
    """Someone in the queue, by the key of the registration, and how many seats they need together."""

    key: int
    seats: int


def next_offers(free: int, queue: Iterable[Waiting]) -> list[Waiting]:
    """Who in the queue, in its order, is offered the free seats: each time the first whose seats fit in what is left.

    Four who wait for three seats are passed by until there are four; they keep their place.
    """
    offered = []
    for waiting in queue:
        if waiting.seats <= free:
            offered.append(waiting)
            free -= waiting.seats
    return offered


def offer_until(now: datetime, starts_at: datetime) -> datetime | None:
    """Until when a seat that is offered now is held; None when there is no time for it any more."""
    latest = starts_at - OFFERS_UNTIL
    return min(now + OFFER_LASTS, latest) if now < latest else None
