"""One leader asks another to take over a case: asked with a note, accepted, declined, taken back.

Nothing changes for the group before someone has said yes.
"""

from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.calendar import stockholm_day
from people.models import Office, User
from support.actions import locking, requests
from support.actions.logs import in_swedish
from support.actions.passing_on import NotALeaderHere, end_offer, locked_with_requests, pass_on_period, pass_on_request
from support.emails import hand_overs as emails
from support.enums import HandOverState
from support.models import HandOver, SupportPeriod, SupportRequest
from support.permissions import answers_for, leaders_of

Case = SupportRequest | SupportPeriod


class NoteNeeded(Exception):
    """The next one needs to know something: without it the group has to tell everything again."""


class AlreadyOffered(Exception):
    """Someone has been asked already; `hand_over` is the question."""

    def __init__(self, hand_over: HandOver) -> None:
        super().__init__(str(hand_over))
        self.hand_over = hand_over


class HandOverOver(Exception):
    """The question is answered or taken back, or the case has changed; `because` says which, in words."""

    def __init__(self, because: str) -> None:
        super().__init__(because)
        self.because = because


class NotYours(Exception):
    """Somebody else was asked."""


class AnswerNeeded(Exception):
    """A no comes with a reason."""


class NobodyThere(Exception):
    """No leader at that office could take over."""


def why_void(hand_over: HandOver) -> Promise | None:
    """Why nobody can take over any more though nobody has answered; None while the question holds."""
    case = hand_over.case
    if isinstance(case, SupportPeriod):
        if not case.is_open:
            return _("Stödet är avslutat.")
    elif not case.is_open:
        return _("Förfrågan är avslutad eller tillbakadragen.")
    elif case.joined_to_id:
        return _("Förfrågan hör ihop med en annan nu.")
    elif case.taken_at and case.taken_at > hand_over.offered_at:
        return _("En kollega har tagit ärendet.")
    return None if case.office_id == hand_over.from_office_id else _("Gruppen hör till en annan ort nu.")


@transaction.atomic
def offer_hand_over(
    case: Case, *, to_office: Office, to_user: User | None = None, note: str, by: User, now: datetime
) -> HandOver:
    """Asks a leader, or with no `to_user` whoever leads groups at the office, to take over the case.

    Who is asked is told that there is a question, nothing else. The same question again returns the first.
    Raises NoteNeeded, AlreadyOffered, NotALeaderHere, NobodyThere, RequestClosed, JoinedToAnother, PeriodClosed.
    """
    note = note.strip()
    if not note:
        raise NoteNeeded
    case = _locked_open(case)
    if waiting := _still_waiting(case, now):
        asked_before = (waiting.from_user_id, waiting.to_user_id, waiting.to_office_id, waiting.note)
        if asked_before == (by.pk, to_user.pk if to_user else None, to_office.pk, note):
            return waiting
        raise AlreadyOffered(waiting)
    receivers = leaders_of(to_office, stockholm_day(now)).exclude(pk=case.leader_id or 0)
    if to_user and not receivers.filter(pk=to_user.pk).exists():
        raise NotALeaderHere
    if not (to_office.is_active and receivers.exists()):
        raise NobodyThere
    hand_over = HandOver.objects.create(
        support_request=case if isinstance(case, SupportRequest) else None,
        period=case if isinstance(case, SupportPeriod) else None,
        from_user=by,
        from_office=case.office,
        to_user=to_user,
        to_office=to_office,
        note=note,
        offered_at=now,
    )
    emails.tell_offered(hand_over, [to_user] if to_user else list(receivers.exclude(pk=by.pk)), now=now)
    return hand_over


def _locked_open(case: Case) -> Case:
    return locking.locked_open(case) if isinstance(case, SupportPeriod) else requests.locked_open(case)


def _still_waiting(case: Case, now: datetime) -> HandOver | None:
    """The question that waits for an answer. One that is void is ended on the way."""
    waiting: HandOver | None = case.hand_overs.waiting().select_for_update(of=("self",)).first()
    if waiting and (because := why_void(waiting)):
        end_offer(waiting, because=in_swedish(because), now=now)
        return None
    return waiting


def _locked(hand_over: HandOver, *, with_requests: bool = False) -> HandOver:
    """The question as it is now, with its case, both locked: the case first, as everywhere."""
    if hand_over.period:
        lock = locked_with_requests if with_requests else locking.locked
        lock(hand_over.period)
    elif hand_over.support_request:
        hand_over.support_request = requests.locked(hand_over.support_request)
    case = hand_over.period, hand_over.support_request
    hand_over.refresh_from_db(from_queryset=HandOver.objects.select_for_update())
    hand_over.period, hand_over.support_request = case
    return hand_over


ENDED = {
    HandOverState.ACCEPTED: _("%(who)s har redan tagit över."),
    HandOverState.REFUSED: _("%(who)s har redan sagt nej."),
    HandOverState.TAKEN_BACK: _("%(who)s har tagit tillbaka frågan."),
}


def _check_waits(hand_over: HandOver) -> None:
    if hand_over.state != HandOverState.OFFERED:
        said = ENDED[HandOverState(hand_over.state)] % {"who": hand_over.answered_by}
        raise HandOverOver(said if hand_over.answered_by else hand_over.answer)
    if because := why_void(hand_over):
        raise HandOverOver(str(because))


@transaction.atomic
def accept_hand_over(hand_over: HandOver, *, by: User, now: datetime) -> HandOver:
    """Takes over: from now on the case is theirs, at their office, with all that belongs to it. The group is told.

    The first one who says yes gets it. Again changes nothing. Raises HandOverOver, NotYours, NotALeaderHere.
    """
    hand_over = _locked(hand_over, with_requests=True)
    if hand_over.state == HandOverState.ACCEPTED and hand_over.answered_by_id == by.pk:
        return hand_over
    _check_waits(hand_over)
    if not can_accept(by, hand_over):
        raise NotYours
    if not leaders_of(hand_over.to_office, stockholm_day(now)).filter(pk=by.pk).exists():
        raise NotALeaderHere
    _answer(hand_over, HandOverState.ACCEPTED, by=by, now=now)
    case = hand_over.case
    had_it = case.leader
    if isinstance(case, SupportPeriod):
        pass_on_period(case, to=by, by=by, now=now, accepted=hand_over)
    else:
        pass_on_request(case, to=by, by=by, now=now, accepted=hand_over)
    emails.tell_accepted(hand_over, had_it, now=now)
    return hand_over


@transaction.atomic
def refuse_hand_over(hand_over: HandOver, *, answer: str, by: User, now: datetime) -> HandOver:
    """Says no, and why. Nothing changes for the group; who asked is told.

    When a whole office was asked, its managers say no for it; the others simply do not answer. Again changes nothing.
    Raises AnswerNeeded, HandOverOver, NotYours.
    """
    hand_over = _locked(hand_over)
    if hand_over.state == HandOverState.REFUSED and hand_over.answered_by_id == by.pk:
        return hand_over
    answer = " ".join(answer.split())
    if not answer:
        raise AnswerNeeded
    _check_waits(hand_over)
    if not can_refuse(by, hand_over):
        raise NotYours
    _answer(hand_over, HandOverState.REFUSED, answer=answer, by=by, now=now)
    emails.tell_refused(hand_over, now=now)
    return hand_over


def can_accept(user: User, hand_over: HandOver) -> bool:
    """Whether the question is put to them. Whoever has the case already need not take it over."""
    if hand_over.to_user_id:
        return hand_over.to_user_id == user.pk
    return hand_over.case.leader_id != user.pk


def can_refuse(user: User, hand_over: HandOver) -> bool:
    if hand_over.to_user_id:
        return hand_over.to_user_id == user.pk
    return answers_for(user, hand_over.to_office_id)


@transaction.atomic
def take_back_hand_over(hand_over: HandOver, *, by: User, now: datetime) -> HandOver:
    """Whoever asked, has the case or answers for the office takes the question back. Again changes nothing.

    Raises HandOverOver, NotYours.
    """
    hand_over = _locked(hand_over)
    if hand_over.state == HandOverState.TAKEN_BACK:
        return hand_over
    if hand_over.state != HandOverState.OFFERED:
        _check_waits(hand_over)
    if not can_take_back(by, hand_over):
        raise NotYours
    _answer(hand_over, HandOverState.TAKEN_BACK, by=by, now=now)
    return hand_over


def can_take_back(user: User, hand_over: HandOver) -> bool:
    is_theirs = user.pk in {hand_over.from_user_id, hand_over.case.leader_id}
    return is_theirs or answers_for(user, hand_over.from_office_id)


def _answer(hand_over: HandOver, state: HandOverState, *, by: User, now: datetime, answer: str = "") -> None:
    hand_over.state = state
    hand_over.answered_at = now
    hand_over.answered_by = by
    hand_over.answer = answer
    hand_over.save(update_fields=["state", "answered_at", "answered_by", "answer"])


@transaction.atomic
def end_void_hand_over(hand_over: HandOver, *, now: datetime) -> bool:
    """The case was closed, taken or moved while the question waited: it is ended, with the reason. False if not."""
    hand_over = _locked(hand_over)
    because = why_void(hand_over)
    if hand_over.state != HandOverState.OFFERED or not because:
        return False
    end_offer(hand_over, because=in_swedish(because), now=now)
    return True
