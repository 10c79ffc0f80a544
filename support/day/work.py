"""The blocks of Min dag, each as a set of rows. Every one starts from cases of one's own, or from a narrow index."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import DateTimeField, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from groups.models import Member
from people.calendar import ONE_DAY, stockholm_moment
from people.enums import Channel, Role
from people.models import MANAGING_ROLES, CallTask, Contact, in_offices_of
from people.models.contacts import RECHECK_AFTER
from support.day.desk import Desk, awake, fresh, my_living_periods, my_periods, my_requests, settled
from support.enums import HandOverState, LogKind
from support.models import (
    CheckIn,
    HandOver,
    IntakeMeeting,
    LogEntry,
    MeetingSlot,
    OrganisationRequest,
    SupportPeriod,
    SupportRequest,
)

Cases = Callable[..., QuerySet[Any]]
"""`settled` or `fresh`: which of one's cases."""

QUIET_AFTER = timedelta(days=30)
"""How long nothing may be heard before Min dag says so (the programme's own rule)."""

HEARD = (LogKind.CALL, LogKind.MEETING, LogKind.CHECK_IN, LogKind.QUESTION, LogKind.ANSWER, LogKind.MESSAGE)
"""What counts as having been in touch: a note about the group does not."""


def new_requests(desk: Desk) -> QuerySet[SupportRequest]:
    """Nobody has taken them: at my offices, and in the common queue. The oldest promise first."""
    rows = SupportRequest.objects.open().visible_to(desk.user).filter(leader__isnull=True)
    return rows.select_related("contact").order_by("promised_by", "received_at", "pk")


def new_organisations(desk: Desk) -> QuerySet[OrganisationRequest]:
    rows = OrganisationRequest.objects.open().visible_to(desk.user).filter(leader__isnull=True)
    return rows.select_related("contact").order_by("promised_by", "received_at", "pk")


def meetings_today(desk: Desk) -> QuerySet[IntakeMeeting]:
    midnight, next_midnight = _midnight(desk), stockholm_moment(desk.today + ONE_DAY, time())
    return _my_meetings(desk).filter(starts_at__gte=midnight, starts_at__lt=next_midnight)


def meetings_to_record(desk: Desk) -> QuerySet[IntakeMeeting]:
    """Of days that have passed: today's stand in their own block."""
    return settled(_my_meetings(desk).filter(starts_at__lt=_midnight(desk)), desk, "support_request__")


def _my_meetings(desk: Desk) -> QuerySet[IntakeMeeting]:
    rows = IntakeMeeting.objects.booked().visible_to(desk.user).filter(leader__in=desk.leaders)
    return rows.select_related("support_request__contact", "support_request__group").order_by("starts_at", "pk")


def _midnight(desk: Desk) -> datetime:
    return stockholm_moment(desk.today, time())


def requests_to_follow_up(desk: Desk) -> QuerySet[SupportRequest]:
    """The next step is due today, or late."""
    rows = settled(my_requests(desk), desk).filter(next_step_on__lte=desk.today)
    return rows.select_related("contact").order_by("next_step_on", "pk")


def periods_to_follow_up(desk: Desk) -> QuerySet[SupportPeriod]:
    """The same, except groups that rest."""
    rows = awake(settled(my_periods(desk), desk), desk).filter(next_step_on__lte=desk.today)
    return rows.select_related("group").order_by("next_step_on", "pk")


def check_ins_in_basket(desk: Desk) -> QuerySet[CheckIn]:
    """Nobody answered, or the taper wants a person to get in touch."""
    rows = CheckIn.objects.in_basket().filter(period__in=settled(my_living_periods(desk), desk).values("pk"))
    return rows.select_related("period__group").order_by("basket_at", "pk")


def calls_to_make(desk: Desk, cases: Cases = settled) -> QuerySet[CallTask]:
    """Someone chose to be called, and something waits to be said. `case_leader` is whose work it is."""
    requests, periods = cases(my_requests(desk), desk), cases(my_living_periods(desk), desk)
    organisations = _my_organisations(desk) if cases is settled else OrganisationRequest.objects.none()
    to_us = requests.values("contact").union(
        Member.objects.current().filter(group__in=periods.values("group")).values("contact"),
        organisations.values("contact"),
    )
    mine = {"contact": OuterRef("contact"), "leader__in": desk.leaders}
    led = SupportPeriod.objects.filter(group__members__contact=OuterRef("contact"), leader__in=desk.leaders)
    leader = Coalesce(
        Subquery(SupportRequest.objects.filter(**mine).values("leader")[:1]),
        Subquery(OrganisationRequest.objects.filter(**mine).values("leader")[:1]),
        Subquery(led.order_by("-pk").values("leader")[:1]),
    )
    rows = CallTask.objects.waiting().filter(contact__in=to_us).annotate(case_leader=leader)
    return rows.select_related("contact").order_by("created_at", "pk")


def questions(desk: Desk, cases: Cases = settled) -> QuerySet[LogEntry]:
    """A group has asked something, and nobody has answered."""
    waiting = LogEntry.objects.unanswered_questions().order_by()
    requests, periods = cases(my_requests(desk), desk), cases(my_living_periods(desk), desk)
    of_groups = SupportRequest.objects.filter(group__in=periods.values("group"))
    found = waiting.filter(support_request__in=requests.values("pk")).values("pk")
    found = found.union(
        waiting.filter(period__in=periods.values("pk")).values("pk"),
        waiting.filter(support_request__in=of_groups.values("pk")).values("pk"),
    )
    rows = LogEntry.objects.filter(pk__in=found).order_by("at", "pk")
    return rows.select_related("support_request__contact", "support_request__group", "period__group")


def calls_to_make_here(desk: Desk) -> QuerySet[CallTask]:
    """The same in cases that are new to me: whoever waits is never hidden by the peace of a hand-over."""
    return calls_to_make(desk, fresh)


def questions_here(desk: Desk) -> QuerySet[LogEntry]:
    return questions(desk, fresh)


def organisations_to_answer(desk: Desk) -> QuerySet[OrganisationRequest]:
    return _my_organisations(desk).select_related("contact").order_by("promised_by", "pk")


def _my_organisations(desk: Desk) -> QuerySet[OrganisationRequest]:
    return OrganisationRequest.objects.open().visible_to(desk.user).filter(leader__in=desk.leaders)


def quiet_periods(desk: Desk) -> QuerySet[SupportPeriod]:
    """Nothing has been heard for thirty days: no talk, no answer, nothing that the group did. The longest first."""
    limit = desk.now - QUIET_AFTER
    this = {"period": OuterRef("pk")}
    heard = LogEntry.objects.filter(kind__in=HEARD, **this).order_by().values("period").annotate(last=Max("at"))
    answered = CheckIn.objects.filter(**this).order_by().values("period").annotate(last=Max("answered_at"))
    rows = awake(settled(my_periods(desk), desk), desk).filter(
        Q(last_activity_at__isnull=True) | Q(last_activity_at__lte=limit), opened_at__lte=limit
    )
    silent_since = Greatest(
        F("opened_at"),
        F("last_activity_at"),
        Subquery(heard.values("last")),
        Subquery(answered.values("last")),
        output_field=DateTimeField(),
    )
    rows = rows.annotate(silent_since=silent_since).filter(silent_since__lte=limit)
    return rows.select_related("group").order_by("silent_since", "pk")


def waiting_requests(desk: Desk) -> QuerySet[SupportRequest]:
    """It is someone else's turn, or the group has not picked any of the times they were offered."""
    slots = MeetingSlot.objects.open(desk.now).filter(support_request=OuterRef("pk")).order_by("starts_at")
    rows = my_requests(desk).filter(~Q(waits_for="") | Exists(slots))
    rows = rows.annotate(first_slot_at=Subquery(slots.values("starts_at")[:1])).select_related("contact")
    return rows.order_by(F("waits_since").asc(nulls_last=True), "pk")


def waiting_periods(desk: Desk) -> QuerySet[SupportPeriod]:
    rows = awake(my_periods(desk), desk).exclude(waits_for="").select_related("group")
    return rows.order_by(F("waits_since").asc(nulls_last=True), "pk")


def resting_periods(desk: Desk) -> QuerySet[SupportPeriod]:
    rows = my_periods(desk).filter(paused_until__gte=desk.today).select_related("group")
    return rows.order_by("paused_until", "pk")


def promises_at_risk(desk: Desk) -> QuerySet[SupportRequest]:
    """Of the offices one answers for: what must be answered today, or should have been, whoever has it."""
    rows = SupportRequest.objects.unanswered().visible_to(desk.user).filter(promised_by__lte=desk.today)
    rows = rows.filter(in_offices_of(desk.user, roles=MANAGING_ROLES))
    return rows.select_related("contact", "leader", "office").order_by("promised_by", "pk")


def unsafe_contacts(desk: Desk) -> QuerySet[Contact]:
    """Ways to people in my cases that were last checked long ago, or that nothing is sent to any more."""
    members = Member.objects.current().filter(group__in=my_periods(desk).values("group"))
    to_us = my_requests(desk).values("contact").union(members.values("contact"))
    ways = [Channel.SMS, Channel.CALL, Channel.EMAIL]
    old = Q(rechecked_on__lt=desk.today - RECHECK_AFTER, channel__in=ways)
    rows = Contact.objects.filter(pk__in=to_us, erased_at__isnull=True).filter(old | ~Q(suppressed_because=""))
    return rows.select_related("support_request", "member__group").order_by("rechecked_on", "pk")


def new_here_requests(desk: Desk) -> QuerySet[SupportRequest]:
    """Handed over during the last seven days, with what the one before wrote."""
    rows = fresh(my_requests(desk), desk).annotate(note=_note(support_request=OuterRef("pk")))
    return rows.select_related("contact").order_by("-handed_over_on", "pk")


def new_here_periods(desk: Desk) -> QuerySet[SupportPeriod]:
    rows = fresh(my_periods(desk), desk).annotate(note=_note(period=OuterRef("pk")))
    return rows.select_related("group").order_by("-handed_over_on", "pk")


def _note(**case: OuterRef) -> Subquery:
    taken = HandOver.objects.filter(state=HandOverState.ACCEPTED, **case).order_by("-answered_at", "-pk")
    return Subquery(taken.values("note")[:1])


def hand_overs_to_answer(desk: Desk) -> QuerySet[HandOver]:
    """Someone asks me, or anyone at my office, to take over."""
    here = in_offices_of(desk.user, "to_office", roles=(Role.LEADER, Role.OFFICE_MANAGER))
    rows = HandOver.objects.waiting().visible_to(desk.user).exclude(from_user=desk.user)
    rows = rows.filter(Q(to_user=desk.user) | Q(here, to_user__isnull=True))
    return rows.select_related("from_user", "to_office").order_by("offered_at", "pk")
