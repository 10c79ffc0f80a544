"""A leader's own time: what is booked and offered in it already, so that no hour is promised to two groups unseen.

Whoever books, moves or offers locks first the leader's time, then the requests by number, then the slots: everyone in
the same order, so that two who do it at once wait for each other and never in a circle.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from people.calendar import SwedishCalendar, stockholm_day
from people.models import User
from support.actions.logs import in_swedish, write_log
from support.emails import meetings as emails
from support.enums import LogKind, SlotState
from support.models import IntakeMeeting, MeetingSlot, SupportRequest

Span = tuple[datetime, datetime]
"""Beginning and end of a time, aware."""

OFFER_AGAIN = _("Föreslå nya tider")


@dataclass(frozen=True)
class Clash:
    """Something in the leader's time. Nothing says with whom: it may be a case of another office."""

    starts_at: datetime
    ends_at: datetime
    is_booked: bool
    """A booked meeting; otherwise a time that another group is offered, and loses when this one gets it."""


class LeaderBusy(Exception):
    """The leader has something else then; `clashes` tells what. Whoever knows it and wants it may insist."""

    def __init__(self, clashes: Iterable[Clash]) -> None:
        self.clashes = sorted(set(clashes), key=lambda one: (one.starts_at, one.ends_at))
        super().__init__(f"{len(self.clashes)} in the way")


@dataclass(frozen=True)
class Stretch:
    """So much of a leader's time, and which request it is for, if any."""

    leader: int
    starts_at: datetime
    ends_at: datetime
    support_request: int | None
    is_booked: bool

    def runs_into(self, other: "Stretch") -> bool:
        """Whether the leader would be at both at once. What is about the same request is never in the way."""
        is_at_once = self.starts_at < other.ends_at and other.starts_at < self.ends_at
        return is_at_once and self.leader == other.leader and self.support_request != other.support_request

    @property
    def clash(self) -> Clash:
        return Clash(self.starts_at, self.ends_at, self.is_booked)


def time_taken(wanted: Collection[Stretch], *, now: datetime, besides: Collection[int] = ()) -> list[Stretch]:
    """What is booked and offered in those leaders' time, from the first to the last of what is wanted. Two queries.

    `besides` are meetings that are left out: they are about to be moved.
    """
    if not wanted:
        return []
    leaders = {one.leader for one in wanted}
    first, last = min(one.starts_at for one in wanted), max(one.ends_at for one in wanted)
    booked = IntakeMeeting.objects.booked().filter(leader__in=leaders).overlapping(first, last).exclude(pk__in=besides)
    offered = MeetingSlot.objects.open(now).filter(leader__in=leaders).overlapping(first, last)
    both: list[tuple[QuerySet[Any], bool]] = [(booked, True), (offered, False)]
    return [
        Stretch(leader, start, end, request, is_booked)
        for rows, is_booked in both
        for leader, start, end, request in rows.values_list("leader", "starts_at", "ends_at", "support_request")
    ]


def clashes_of(
    leader: User, spans: Iterable[Span], *, besides: SupportRequest | None, now: datetime
) -> Mapping[Span, list[Clash]]:
    """What already lies in the leader's time at each of the spans, leaving out what is about `besides` itself.

    Two queries, however many the spans are. Spans that are free are left out.
    """
    about = besides.pk if besides else None
    wanted = [Stretch(leader.pk, start, end, about, True) for start, end in sorted(set(spans))]
    taken = time_taken(wanted, now=now)
    taken.sort(key=lambda one: (one.starts_at, one.ends_at, not one.is_booked))
    found = {
        (one.starts_at, one.ends_at): list(dict.fromkeys(other.clash for other in taken if other.runs_into(one)))
        for one in wanted
    }
    return {span: inside for span, inside in found.items() if inside}


def lock_time_of(leader_id: int) -> None:
    """Nobody else books or offers of the leader's time until the transaction ends. Asked for before any request is.

    A lock that lets others refer to the user, as every new log entry and message does.
    """
    User.objects.select_for_update(no_key=True).get(pk=leader_id)


def lock_with_rivals(support_request: SupportRequest, leader_id: int, span: Span) -> None:
    """Locks the leader's time, and the request together with every other one that is offered the same hour.

    Those that stand by themselves first, then those that are joined to another, as everywhere.
    """
    lock_time_of(leader_id)
    rivals = _offered_to_others(leader_id, span, support_request).values_list("support_request", flat=True)
    wanted = {support_request.pk, *rivals}
    rows = SupportRequest.objects.filter(pk__in=wanted).order_by(F("joined_to").asc(nulls_first=True), "pk")
    list(rows.select_for_update().values_list("pk"))


def _offered_to_others(leader_id: int, span: Span, support_request: SupportRequest) -> QuerySet[MeetingSlot]:
    rows = MeetingSlot.objects.filter(state=SlotState.OFFERED, leader=leader_id).overlapping(*span)
    return rows.exclude(support_request=support_request)


def give_up_slots(leader_id: int, span: Span, *, besides: SupportRequest, now: datetime) -> None:
    """The hour is promised now: the leader's offered times that overlap it are withdrawn from every other group.

    A group that has none left to choose from hears that new ones will come, and its leader gets that as next step.
    The requests are locked by `lock_with_rivals`.
    """
    slots = list(_offered_to_others(leader_id, span, besides))
    if not slots:
        return
    MeetingSlot.objects.filter(pk__in=[slot.pk for slot in slots]).update(state=SlotState.WITHDRAWN)
    theirs = SupportRequest.objects.open().filter(pk__in={slot.support_request_id for slot in slots}).order_by("pk")
    for support_request in theirs.select_related("contact", "office", "leader"):
        if not support_request.slots.open(now).exists() and not support_request.meetings.booked().exists():
            last = max(slot.pk for slot in slots if slot.support_request_id == support_request.pk)
            _tell_that_none_are_left(support_request, once=str(last), now=now)


def _tell_that_none_are_left(support_request: SupportRequest, *, once: str, now: datetime) -> None:
    sentence = _("Tiderna vi föreslog hann bli upptagna. Vi föreslår nya.")
    set_step(support_request, OFFER_AGAIN, working_days=1, now=now)
    write_log(support_request, LogKind.MEETING, sentence, now=now)
    emails.tell_slots_gone(support_request, once=once, now=now)


def set_step(support_request: SupportRequest, text: object, *, working_days: int, now: datetime) -> None:
    """What we do next, within so many working days. It is our turn: nobody is waited for."""
    support_request.next_step = in_swedish(text)
    support_request.next_step_on = SwedishCalendar().add_working_days(stockholm_day(now), working_days)
    support_request.waits_for, support_request.waits_since = "", None
    support_request.save(update_fields=["next_step", "next_step_on", "waits_for", "waits_since"])
