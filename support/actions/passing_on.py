"""Who has a case: given by those who answer for the office, or passed on when someone accepts a hand-over.

Everything goes along: log, messages, members, meetings. The group never has to tell its story again.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from groups.models import Group
from people.calendar import stockholm_day
from people.enums import MessageState
from people.models import CallTask, Message, Office, User
from support.actions import locking
from support.actions.hand_over_silence import keep_silence
from support.actions.joined import bring_along
from support.actions.leaders import IS_LEADER_NOW, set_leader
from support.actions.logs import in_swedish, write_log
from support.actions.planning import plan_next_check_in
from support.actions.requests import locked_open
from support.emails import handling, periods
from support.enums import HandOverState, LogKind
from support.models import HandOver, IntakeMeeting, SupportPeriod, SupportRequest
from support.permissions import leaders_of


class NotALeaderHere(Exception):
    """The colleague does not lead groups at that office."""


@transaction.atomic
def give_request_to(support_request: SupportRequest, *, to: User, by: User, now: datetime) -> SupportRequest:
    """Someone who answers for the office gives the request to a leader there, who is told; so is the group.

    Leaders ask instead (`offer_hand_over`). To whom has it already: nothing changes.
    Raises RequestClosed, NotALeaderHere.
    """
    support_request = locked_open(support_request)
    if support_request.leader_id == to.pk:
        return support_request
    if not leaders_of(support_request.office, stockholm_day(now)).filter(pk=to.pk).exists():
        raise NotALeaderHere
    handling.tell_given(support_request, to=to, now=now)
    pass_on_request(support_request, to=to, by=by, now=now)
    return support_request


@transaction.atomic
def give_period_to(period: SupportPeriod, *, to: User, by: User, now: datetime) -> SupportPeriod:
    """Someone who answers for the office gives the group to another leader there, who is told; so is the group.

    Leaders ask instead (`offer_hand_over`). The next follow-up waits while the new one reads up.
    Raises PeriodClosed, NotALeaderHere.
    """
    period = locked_with_requests(period)
    if not period.is_open:
        raise locking.PeriodClosed
    if period.leader_id == to.pk:
        return period
    if not leaders_of(period.office, stockholm_day(now)).filter(pk=to.pk).exists():
        raise NotALeaderHere
    pass_on_period(period, to=to, by=by, now=now)
    periods.tell_given(period, now=now)
    return period


def locked_with_requests(period: SupportPeriod) -> SupportPeriod:
    """The period and the requests of its group, locked: the requests first, as everyone does who needs both."""
    rows = SupportRequest.objects.select_for_update().filter(group=period.group_id).order_by("pk")
    list(rows.values_list("pk", flat=True))
    return locking.locked(period)


def pass_on_request(
    support_request: SupportRequest, *, to: User, by: User, now: datetime, accepted: HandOver | None = None
) -> None:
    """The request, locked and open, gets a leader; with an accepted hand-over also its office.

    The group is told who it is. Meetings and offered times follow, and requests that are joined to it.
    """
    had_it = support_request.leader
    is_hand_over = bool(had_it or accepted)
    drop_offers(support_request, now=now)
    if accepted and accepted.to_office_id != support_request.office_id:
        support_request.office = accepted.to_office
        joined = SupportRequest.objects.filter(joined_to=support_request)
        joined.update(office=accepted.to_office)
        contacts = [support_request.contact_id, *joined.values_list("contact", flat=True)]
        _let_messages_follow(contacts, accepted.to_office)
    if is_hand_over:
        support_request.handed_over_on = stockholm_day(now)
    support_request.save(update_fields=["office", "handed_over_on"])
    set_leader(support_request, to, by=by, now=now, is_handed_over=is_hand_over)
    bring_along(support_request, by=by, now=now, before=had_it)


def pass_on_period(
    period: SupportPeriod, *, to: User, by: User, now: datetime, accepted: HandOver | None = None
) -> None:
    """The group of the period, locked by `locked_with_requests` and open, gets another leader.

    An accepted hand-over to another office moves the whole group there: its periods, its requests and what is on its
    way to it. The group is told who its leader is, and nobody is reminded of anything for seven days.
    """
    drop_offers(period, now=now)
    if accepted and accepted.to_office_id != period.office_id:
        _move_group(period, accepted.to_office)
    period.leader = to
    period.handed_over_on = stockholm_day(now)
    period.save(update_fields=["office", "leader", "handed_over_on"])
    IntakeMeeting.objects.booked().filter(support_request__group=period.group_id).update(leader=to)
    write_log(period, LogKind.HAND_OVER, IS_LEADER_NOW, {"leader": to.name}, now=now, by=by)
    periods.tell_new_leader(period, now=now)
    keep_silence(period, now=now)
    plan_next_check_in(period, now=now)


def drop_offers(case: SupportRequest | SupportPeriod, *, now: datetime) -> None:
    """Whoever was asked to take over is asked no more: someone has the case now."""
    because = in_swedish(_("Gruppen har fått en annan utvecklingsledare."))
    for offer in case.hand_overs.waiting().select_for_update():
        end_offer(offer, because=because, now=now)


def end_offer(offer: HandOver, *, because: str, now: datetime) -> None:
    """The question is taken back, without anyone having answered it."""
    offer.state = HandOverState.TAKEN_BACK
    offer.answered_at = now
    offer.answer = because
    offer.save(update_fields=["state", "answered_at", "answer"])


def _move_group(period: SupportPeriod, office: Office) -> None:
    """To another office with everything that belongs to the group, also what has been."""
    group = Group.objects.select_for_update().get(pk=period.group_id)
    group.office = office
    group.save(update_fields=["office"])
    requests = SupportRequest.objects.filter(group=group)
    SupportRequest.objects.filter(joined_to__in=requests).update(office=office)
    requests.update(office=office)
    group.periods.update(office=office)
    period.office = office
    period.group = group
    _let_messages_follow(list(group.members.values_list("contact", flat=True)), office)


def _let_messages_follow(contacts: list[int], office: Office) -> None:
    """What waits to be sent or said is the new office's: its leaders hear of it when something does not arrive."""
    Message.objects.filter(contact__in=contacts, state=MessageState.QUEUED).update(office=office)
    CallTask.objects.filter(contact__in=contacts, done_at__isnull=True).update(office=office)
