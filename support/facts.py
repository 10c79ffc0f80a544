"""What the taper needs to know about a period, read from its rows."""

from datetime import date, datetime

from people.calendar import stockholm_day
from people.enums import Channel
from support.enums import CheckInKind, CheckInState, LogKind, Phase, Wish
from support.models import CheckIn, IntakeMeeting, OfficePolicy, SupportPeriod
from support.taper import Answer, History, PeriodFacts, Policy, ReadinessTick


def policy_of(period: SupportPeriod) -> Policy:
    """The group's own ladder, or the office's, or the programme's."""
    own = period.ladder or OfficePolicy.objects.filter(office=period.office_id).values_list("ladder", flat=True).first()
    return Policy(ladder=tuple(own)) if own else Policy()


def facts_of(period: SupportPeriod, now: datetime) -> PeriodFacts:
    meetings = IntakeMeeting.objects.upcoming(now).filter(support_request__group=period.group_id)
    meeting = meetings.order_by("starts_at").first()
    return PeriodFacts(
        opened_on=stockholm_day(period.opened_at),
        phase=period.phase,
        step=period.step,
        paused_until=period.paused_until,
        handed_over_on=period.handed_over_on,
        next_meeting_on=stockholm_day(meeting.starts_at) if meeting else None,
        waits_for_group=waits_for_group(period),
    )


def waits_for_group(period: SupportPeriod) -> bool:
    """Whether everyone who speaks for the group has chosen to get in touch themselves."""
    channels = set(period.group.members.contact_persons().values_list("contact__channel", flat=True))
    return channels == {Channel.SELF}


def history_of(period: SupportPeriod) -> History:
    check_ins = list(period.check_ins.filter(kind=CheckInKind.FOLLOW_UP).order_by("number"))
    answered = sorted((row for row in check_ins if row.answered_at), key=lambda row: (row.answered_at, row.number))
    missed = _missed_since_the_last_answer(check_ins)
    active_at = period.last_activity_at
    return History(
        answers=tuple(_answer(row, period) for row in answered),
        missed_in_row=len(missed),
        last_contact_on=_last_contact(period),
        last_asked_on=missed[-1].expected if missed else None,
        last_activity_on=stockholm_day(active_at) if active_at else None,
        readiness=tuple(
            ReadinessTick(mark.sign, mark.value, mark.marked_on)
            for mark in period.readiness_marks.order_by("marked_on", "pk")
        ),
    )


def _answer(row: CheckIn, period: SupportPeriod) -> Answer:
    """A wish to finish is over when the exit it began was called off."""
    assert row.answered_at is not None  # only answered rows come here
    called_off = row.wish == Wish.FINISH and period.phase != Phase.EXIT and row.answered_at < period.phase_since
    return Answer(
        on=stockholm_day(row.answered_at),
        step=row.step,
        wish="" if called_off else row.wish,
        going=row.going,
        drives=row.drives,
        pause_until=row.wished_pause_until,
    )


def _missed_since_the_last_answer(check_ins: list[CheckIn]) -> list[CheckIn]:
    missed: list[CheckIn] = []
    for row in reversed(check_ins):
        if row.state == CheckInState.ANSWERED:
            break
        if row.state == CheckInState.MISSED:
            missed.insert(0, row)
    return missed


def _last_contact(period: SupportPeriod) -> date | None:
    """The last day we talked or met."""
    talked = (
        period.log.filter(kind__in=[LogKind.CALL, LogKind.MEETING], user__isnull=False)
        .order_by("-at")
        .values_list("at", flat=True)
        .first()
    )
    return stockholm_day(talked) if talked else None
