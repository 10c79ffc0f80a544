"""How much there is in each block, all in one query, exact to a thousand."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet

from people.counting import LIMIT, capped_counts
from people.models import MANAGING_ROLES, held_roles
from support.day import work
from support.day.desk import LIVING_PHASES, Desk
from support.models import SupportPeriod

Part = Callable[[Desk], QuerySet[Any]]

PARTS: dict[str, tuple[Part, ...]] = {
    "hand-overs": (work.hand_overs_to_answer,),
    "new": (work.new_requests, work.new_organisations),
    "today": (work.meetings_today,),
    "follow-up": (
        work.requests_to_follow_up,
        work.periods_to_follow_up,
        work.meetings_to_record,
        work.check_ins_in_basket,
        work.calls_to_make,
        work.questions,
        work.organisations_to_answer,
    ),
    "quiet": (work.quiet_periods,),
    "waiting": (work.waiting_requests, work.waiting_periods),
    "resting": (work.resting_periods,),
    "promises": (work.promises_at_risk,),
    "contacts": (work.unsafe_contacts,),
    "new-here": (
        work.new_here_requests,
        work.new_here_periods,
        work.questions_here,
        work.calls_to_make_here,
    ),
}
"""block → what it is made of, as functions of a desk."""


def counts_of(desk: Desk, known: Mapping[Part, int] | None = None) -> dict[str, int]:
    """The number of rows in each block, and of groups in each phase; one more than a thousand means "more than".

    `known` are parts that have been read to their end already: these are not counted again.
    """
    known = known or {}
    found = {block: sum(known.get(part, 0) for part in parts) for block, parts in PARTS.items()}
    rows: dict[str, QuerySet[Any]] = {
        f"{block}:{number}": part(desk)
        for block, parts in PARTS.items()
        for number, part in enumerate(parts)
        if part not in known and (block != "promises" or answers_for_office(desk))
    }
    mine = SupportPeriod.objects.visible_to(desk.user).filter(leader__in=desk.leaders)
    rows |= {f"phase {phase.value}:0": mine.filter(phase=phase) for phase in LIVING_PHASES}
    for name, count in capped_counts(rows).items():
        block = name.partition(":")[0]
        found[block] = min(found.get(block, 0) + count, LIMIT + 1)
    return found


def answers_for_office(desk: Desk) -> bool:
    """Whether the promises of an office are theirs to watch over."""
    return desk.user.is_superuser or any(role in MANAGING_ROLES for role, _office in held_roles(desk.user))
