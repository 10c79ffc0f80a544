"""Who has a request: written on it, told in its log and to its person, in one way whoever gives it to them."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from people.calendar import stockholm_day
from people.enums import Channel
from people.models import User
from support.actions.logs import in_swedish, write_log
from support.emails import handling as emails
from support.enums import LogKind, RequestStatus, SlotState
from support.models import SupportRequest

HAS_THE_CASE = _("%(leader)s har ert ärende.")
IS_LEADER_NOW = _("%(leader)s är er utvecklingsledare nu.")


class AlreadyTaken(Exception):
    """A colleague has taken the request; `leader` is who."""

    def __init__(self, leader: User) -> None:
        super().__init__(str(leader))
        self.leader = leader


def set_leader(
    support_request: SupportRequest, leader: User, *, by: User, now: datetime, is_handed_over: bool = False
) -> None:
    """The request, locked and open, has a leader now; booked meetings and offered times go along.

    Saying who has the case is the promised answer, unless they wait for a call: then the promise stands until one is
    logged. `is_handed_over` says that someone else had it until now.
    """
    today = stockholm_day(now)
    support_request.leader = leader
    support_request.taken_at = support_request.taken_at or now
    if support_request.status == RequestStatus.RECEIVED:
        support_request.status = RequestStatus.IN_REVIEW
    if support_request.contact.channel != Channel.CALL:
        support_request.first_answer_at = support_request.first_answer_at or now
    if not support_request.next_step:
        support_request.next_step = in_swedish(_("Hör av dig och bestäm en tid att ses"))
        support_request.next_step_on = max(support_request.promised_by or today, today)
    fields = ["leader", "taken_at", "status", "first_answer_at", "next_step", "next_step_on"]
    support_request.save(update_fields=fields)
    support_request.meetings.booked().update(leader=leader)
    support_request.slots.filter(state=SlotState.OFFERED).update(leader=leader)
    kind, sentence = (LogKind.HAND_OVER, IS_LEADER_NOW) if is_handed_over else (LogKind.STATUS, HAS_THE_CASE)
    write_log(support_request, kind, sentence, {"leader": leader.name}, now=now, by=by)
    emails.tell_taken(support_request, now=now)
