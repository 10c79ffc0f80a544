"""A leader writes to a group: the words stand on the group's own page, and a message says that they are there."""

from datetime import datetime

from django.db import transaction

from people.enums import Channel
from people.models import User
from support.actions import locking, requests
from support.actions.locking import PeriodClosed
from support.actions.logs import write_log
from support.emails import group_messages as emails
from support.enums import LogKind, Phase
from support.models import LogEntry, SupportPeriod, SupportRequest

LONGEST_MESSAGE = 1000


class NothingWritten(Exception):
    """There are no words to send."""


class NoWayToReach(Exception):
    """Nobody who speaks for the group can be reached in a way they have chosen; `reasons` says why, one for each."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@transaction.atomic
def write_to_group(case: SupportRequest | SupportPeriod, *, text: str, by: User, now: datetime) -> LogEntry:
    """What a leader wants to say, written where the group reads it; each who speaks for it is told in their own way.

    Whoever wants calls gets a call, whoever gets in touch themselves reads it then. Counts as the promised answer,
    unless they wait for a call. Raises NothingWritten, NoWayToReach, RequestClosed, PeriodClosed.
    """
    case = _locked(case)
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise NothingWritten
    ways = [emails.reach(contact, text=text, office=case.office) for contact in emails.receivers(case)]
    open_ways = [way for way in ways if not way.is_refused]
    if not open_ways:
        raise NoWayToReach([f"{way.contact.called}: {way.words}".lstrip(": ") for way in ways])
    entry = write_log(case, LogKind.MESSAGE, text, now=now, by=by)
    if isinstance(case, SupportRequest) and case.contact.channel != Channel.CALL:
        SupportRequest.objects.filter(pk=case.pk, first_answer_at__isnull=True).update(first_answer_at=now)
    emails.tell_written(entry, [way.contact for way in open_ways], now=now)
    return entry


def _locked(case: SupportRequest | SupportPeriod) -> SupportRequest | SupportPeriod:
    """The case as it is now. A group that manages by itself can still be written to, until all is over."""
    if isinstance(case, SupportRequest):
        return requests.locked_open(case)
    if locking.locked(case).phase == Phase.CLOSED:
        raise PeriodClosed
    return case
