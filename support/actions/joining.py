"""Two requests about the same thing are joined by a person, so that they are worked with as one; and parted again.

The two may have been sent by different people. Nothing of one is ever told to the other: no name, address or text. Each
keeps a page, a code and a promise of their own, and hears what is decided by their own safe way.

Locks: the request that others are joined to first, then these, each kind in the order of their numbers.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from people.calendar import stockholm_day
from people.models import User
from support.actions.joined import JOIN_FIELDS, bring_along, let_go, locked_joined
from support.actions.leaders import set_leader
from support.actions.logs import in_swedish, write_log
from support.actions.requests import JoinedToAnother, RequestClosed
from support.enums import LogKind, RequestStatus
from support.models import SupportRequest

__all__ = [
    "ChangedMeanwhile",
    "JoinedToAnother",
    "NotTheSameOffice",
    "NothingToJoin",
    "RequestClosed",
    "ask_next",
    "join_request",
    "part_request",
]

ONE_AT_A_TIME = "support.joining"


class NotTheSameOffice(Exception):
    """The two stand in different queues: who sees one of them may not see the other."""


class NothingToJoin(Exception):
    """A request is not joined to itself."""


class ChangedMeanwhile(Exception):
    """A colleague joined or parted one of them in this very moment."""


@transaction.atomic
def join_request(support_request: SupportRequest, *, to: SupportRequest, by: User, now: datetime) -> SupportRequest:
    """The request leaves the queue and is worked with together with another, which stays there. Returns the one in it.

    Never in chains: one that is joined itself stands for the request it is joined to, and what was joined to the one
    that leaves comes along. Two who already belong together, whichever way, change nothing. Where the one that stays
    has a leader, whoever has none hears who has their case. Raises RequestClosed, JoinedToAnother, NotTheSameOffice,
    NothingToJoin, ChangedMeanwhile.
    """
    if support_request.pk == to.pk:
        raise NothingToJoin
    main, joined = _locked_mains(support_request, to)
    if main.pk == joined.pk:
        return main
    if joined.pk != support_request.pk:
        raise JoinedToAnother
    if not (main.is_open and joined.is_open):
        raise RequestClosed
    if main.office_id != joined.office_id:
        raise NotTheSameOffice
    for one in [joined, *locked_joined(joined)]:
        one.joined_to, one.joined_at, one.joined_by = main, now, by
        one.save(update_fields=JOIN_FIELDS)
        write_log(one, LogKind.NOTE, _("Hör ihop med en annan förfrågan nu."), now=now, by=by, is_internal=True)
    write_log(main, LogKind.NOTE, _("En annan förfrågan hör ihop med den här nu."), now=now, by=by, is_internal=True)
    bring_along(main, by=by, now=now)
    return main


def _locked_mains(joined: SupportRequest, to: SupportRequest) -> tuple[SupportRequest, SupportRequest]:
    """What the two stand for, both locked: first the one that stays, then the one that leaves.

    One at a time, in the whole programme: else three who join in a circle would wait for one another for ever.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [ONE_AT_A_TIME])
    asked = {joined.pk, to.pk}
    before = _stands_for(asked)
    locked = SupportRequest.objects.filter(pk__in={*before.values()}).order_by("pk").select_for_update(of=("self",))
    rows = {row.pk: row for row in locked.select_related("contact", "leader", "office")}
    after = _stands_for(asked)
    if not {*after.values()} <= rows.keys() or after.keys() != asked:
        raise ChangedMeanwhile
    fresh = {row.pk: row for row in SupportRequest.objects.filter(pk__in=rows).select_related("contact", "leader")}
    return fresh[after[to.pk]], fresh[after[joined.pk]]


def _stands_for(pks: Collection[int]) -> dict[int, int]:
    rows = SupportRequest.objects.filter(pk__in=pks).values_list("pk", "joined_to")
    return {pk: joined_to or pk for pk, joined_to in rows}


@transaction.atomic
def part_request(support_request: SupportRequest, *, by: User, now: datetime) -> SupportRequest:
    """They do not belong together after all: the request is back in the queue, with its promise as it was.

    Whoever had it keeps it. One that stands by itself is left as it is. Raises RequestClosed once it is decided.
    """
    main = SupportRequest.objects.filter(joined=support_request).select_for_update().first()
    support_request.refresh_from_db(from_queryset=SupportRequest.objects.select_for_update())
    if main is None or support_request.joined_to_id != main.pk:
        return support_request
    if not support_request.is_open:
        raise RequestClosed
    let_go(support_request, because=_("Hör inte ihop med den andra förfrågan längre."), now=now, by=by)
    write_log(main, LogKind.NOTE, _("En förfrågan hör inte ihop med den här längre."), now=now, by=by, is_internal=True)
    return support_request


def ask_next(joined: SupportRequest, main: SupportRequest, *, by: User, now: datetime) -> None:
    """What was decided about the other one does not hold here: back in the queue, with the same leader, asked next.

    So nobody is left waiting, and nobody lands in a group of strangers. Both are locked by whoever calls.
    """
    let_go(joined, because=_("Beslutet om den andra förfrågan gällde inte den här."), now=now, by=by)
    is_yes = main.status == RequestStatus.ACCEPTED
    step = _("Fråga om personen vill vara med i gruppen") if is_yes else _("Bestäm vad som händer med förfrågan")
    joined.next_step = in_swedish(step)
    joined.next_step_on = max(joined.promised_by or stockholm_day(now), stockholm_day(now))
    joined.save(update_fields=["next_step", "next_step_on"])
    if joined.leader is None and main.leader:
        set_leader(joined, main.leader, by=by, now=now)
