"""When we are in touch next: what the taper decides becomes a row that the sweeps act on."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from people.calendar import ONE_DAY, SwedishCalendar, long_date, stockholm_day
from support.actions.locking import locked
from support.emails import check_ins as emails
from support.enums import OPEN_PHASES, CheckInKind, CheckInState, Phase
from support.facts import facts_of, history_of, policy_of
from support.models import CheckIn, SupportPeriod
from support.taper import ANNOUNCED_BEFORE, Decision, Policy, after_care_dates, next_contact, reminder_days

AFTER_CARE_MARGIN = timedelta(days=7)
"""After-care has a week on either side of its day (the programme's own rule)."""


@transaction.atomic
def plan_next_check_in(period: SupportPeriod, *, now: datetime) -> CheckIn | None:
    """Asks the taper when to be in touch next, and plans it or moves the one that is planned.

    One that is already asked waits for its answer and is left alone. None when the support is over.
    The reason is stored in Swedish, which is what group and leader share.
    """
    if locked(period).phase not in OPEN_PHASES:
        return None
    live = period.check_ins.live().filter(kind=CheckInKind.FOLLOW_UP).select_for_update().first()
    if live and live.state == CheckInState.ASKED:
        return live
    decision = _decide(period, now)
    if period.step != decision.step:
        period.step = decision.step
        period.save(update_fields=["step"])
    if live is None:
        return CheckIn.objects.create(period=period, number=_next_number(period), **_fields_of(decision, period))
    return _move(live, decision, period)


def _decide(period: SupportPeriod, now: datetime) -> Decision:
    with translation.override(settings.LANGUAGE_CODE):
        return next_contact(
            facts_of(period, now), history_of(period), policy_of(period), SwedishCalendar(), stockholm_day(now)
        )


def _fields_of(decision: Decision, period: SupportPeriod) -> dict[str, object]:
    return {
        "step": decision.step,
        "earliest": decision.earliest,
        "expected": decision.expected,
        "latest": decision.latest,
        "why": decision.why,
        "asks_leader": decision.asks_leader,
        "offers": decision.offers,
        "announce_on": _announce_on(decision, period),
    }


def _announce_on(decision: Decision, period: SupportPeriod) -> date | None:
    """A day told in advance, but not while a new leader reads up."""
    before = reminder_days(decision).before
    if before is None or period.handed_over_on is None:
        return before
    return max(before, period.handed_over_on + Policy().hand_over)


def _move(planned: CheckIn, decision: Decision, period: SupportPeriod) -> CheckIn:
    """The day may move as often as it likes before it is asked; a day already told is told anew."""
    fields = _fields_of(decision, period)
    if planned.expected != decision.expected and planned.announced_at:
        emails.take_back_announcement(planned)
        fields["announced_at"] = None
    for name, value in fields.items():
        setattr(planned, name, value)
    planned.save(update_fields=list(fields))
    return planned


def _next_number(period: SupportPeriod) -> int:
    highest: int | None = period.check_ins.aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


@transaction.atomic
def touch_activity(period: SupportPeriod, *, now: datetime) -> None:
    """The group did something by itself: the day we are in touch next moves as the taper says."""
    period = locked(period)
    period.last_activity_at = max(now, period.last_activity_at or now)
    period.save(update_fields=["last_activity_at"])
    plan_next_check_in(period, now=now)


@transaction.atomic
def plan_after_care(period: SupportPeriod, *, now: datetime) -> list[CheckIn]:
    """Three, six and twelve months after the group became self-reliant. Planning again changes nothing."""
    period = locked(period)
    rows = period.check_ins.filter(kind=CheckInKind.AFTER_CARE)
    if period.phase != Phase.SELF_RELIANT or period.self_reliant_at is None or rows.exists():
        return list(rows)
    number = _next_number(period)
    today = stockholm_day(now)
    days = after_care_dates(stockholm_day(period.self_reliant_at))
    return CheckIn.objects.bulk_create(
        _after_care(period, number + index, day, today) for index, day in enumerate(days)
    )


def _after_care(period: SupportPeriod, number: int, day: date, today: date) -> CheckIn:
    expected = SwedishCalendar().add_working_days(day - ONE_DAY, 1)
    with translation.override(settings.LANGUAGE_CODE):
        why = _("Ni klarar er själva. Vi hör av oss %(day)s för att höra hur det går.")
        why = why % {"day": long_date(expected, today)}
    return CheckIn(
        period=period,
        kind=CheckInKind.AFTER_CARE,
        number=number,
        step=period.step,
        earliest=expected - AFTER_CARE_MARGIN,
        expected=expected,
        latest=expected + AFTER_CARE_MARGIN,
        why=why,
        announce_on=expected - ANNOUNCED_BEFORE,
    )


@transaction.atomic
def cancel_check_ins(period: SupportPeriod) -> int:
    """Nothing more is asked in the period. Returns how many were called off."""
    rows = list(period.check_ins.live().select_for_update())
    for row in rows:
        row.state = CheckInState.CANCELLED
        row.save(update_fields=["state"])
        emails.take_back_questions(row)
    return len(rows)
