"""What is joined to a request: locked with it, follows it to its leader, and stands by itself again when it is let go.

Whoever calls holds the lock of the request. One that others are joined to is locked before them, as everywhere.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from people.calendar import stockholm_day
from people.models import User
from support.actions.leaders import set_leader
from support.actions.logs import write_log
from support.enums import LogKind
from support.models import SupportRequest
from support.permissions import leaders_of

JOIN_FIELDS = ("joined_to", "joined_at", "joined_by")


def locked_joined(main: SupportRequest) -> list[SupportRequest]:
    """What is joined to a request that is locked already: locked too, in the order of their numbers."""
    rows = SupportRequest.objects.filter(joined_to=main).order_by("pk").select_for_update(of=("self",))
    return list(rows.select_related("contact", "leader", "office"))


def let_go(joined: SupportRequest, *, because: Any, now: datetime, by: User | None = None) -> None:
    """The request stands by itself; its own log says why, for us only."""
    joined.joined_to = joined.joined_at = joined.joined_by = None
    joined.save(update_fields=JOIN_FIELDS)
    write_log(joined, LogKind.NOTE, because, now=now, by=by, is_internal=True)


def part_from_all(support_request: SupportRequest, *, now: datetime) -> None:
    """The request goes its own way: it leaves what it is joined to, and what is joined to it is let go."""
    if support_request.joined_to_id:
        let_go(support_request, because=_("Hör inte längre ihop med en annan förfrågan."), now=now)
    for joined in locked_joined(support_request):
        if joined.is_open:
            let_go(joined, because=_("Förfrågan som den här hörde ihop med finns inte kvar i kön."), now=now)


def bring_along(main: SupportRequest, *, by: User, now: datetime, before: User | None = None) -> None:
    """Whoever has the request has what is joined to it too, and each person hears it by their own safe way.

    `before` is who had it until now: what someone else has already is left with them. Saying who has the case is the
    promised answer, unless they wait for a call: then their promise stands until one is logged. Call it with `main`
    locked. Again it changes nothing.
    """
    leader = main.leader
    if leader is None:
        return
    for joined in locked_joined(main):
        if joined.is_open and joined.leader_id != leader.pk and not _keeps_own(joined, main, before, now):
            set_leader(joined, leader, by=by, now=now)
        if joined.is_open and joined.office_id != main.office_id:
            joined.office = main.office
            joined.save(update_fields=["office"])


def _keeps_own(joined: SupportRequest, main: SupportRequest, before: User | None, now: datetime) -> bool:
    """Whether someone else has it, who leads groups where the request is worked with now."""
    if joined.leader_id is None or joined.leader_id == (before.pk if before else None):
        return False
    return leaders_of(main.office, stockholm_day(now)).filter(pk=joined.leader_id).exists()
