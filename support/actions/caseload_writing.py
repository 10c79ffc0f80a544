"""Rows of a spreadsheet written as groups, people and periods, many at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.enums import MemberRole
from groups.models import Group, Member
from people.actions.contacts import PROTECTED
from people.actions.many_links import open_links
from people.calendar import ONE_DAY, SwedishCalendar, long_date, stockholm_day, stockholm_moment
from people.enums import Channel, LinkPurpose
from people.models import AccessLog, Contact, Office, User
from support.actions.caseload_rows import CheckedRow
from support.actions.logs import in_swedish
from support.caseload_columns import CaseRow
from support.enums import OPEN_PHASES, CheckInKind, LogKind, Phase
from support.facts import policy_of
from support.models import CheckIn, LogEntry, SupportPeriod
from support.taper import (
    ANNOUNCED_BEFORE,
    Decision,
    History,
    PeriodFacts,
    Policy,
    after_care_dates,
    next_contact,
    reminder_days,
)

FIRST_STEP = gettext_lazy("Vi berättar om er egen sida och ger er koden")
FIRST_STEP_WITHIN = timedelta(days=14)
"""When an imported group without a next step should have heard of its page (the programme's own rule)."""

NOON = time(12)
MARGIN = timedelta(days=7)


def write_cases(rows: Sequence[CheckedRow], *, office: Office, by: User, now: datetime) -> list[SupportPeriod]:
    """A group with its period for each row, with the contact person, the first follow-up and the log.

    In the order of the rows, inside the caller's transaction. Queues no message.
    """
    cases = [row.read.case for row in rows]
    groups = Group.objects.bulk_create(_group(row, office, now) for row in rows)
    _write_people(list(zip(cases, groups, strict=True)), by, now)
    periods = SupportPeriod.objects.bulk_create(
        _period(row, group, now) for row, group in zip(rows, groups, strict=True)
    )
    written = list(zip(cases, periods, strict=True))
    plans = _Plans(policy_of(periods[0]), SwedishCalendar(), stockholm_day(now))  # none has a ladder of its own yet
    with translation.override(settings.LANGUAGE_CODE):
        CheckIn.objects.bulk_create(one for case, period in written for one in plans.check_ins(case, period))
        LogEntry.objects.bulk_create(line for case, period in written for line in _log(case, period, by, now))
    return periods


def _group(row: CheckedRow, office: Office, now: datetime) -> Group:
    case = row.read.case
    return Group(
        alias=case.alias,
        office=office,
        municipality=row.municipality,
        area=case.area,
        size_band=case.size,
        in_common=case.in_common,
        created_at=now,
    )


def _write_people(pairs: Sequence[tuple[CaseRow, Group]], by: User, now: datetime) -> None:
    """The contact persons, each with a private link, whose code and words are told by issuing it anew."""
    known = [(case, group) for case, group in pairs if case.has_contact]
    contacts = Contact.objects.bulk_create(contact_of(case, now) for case, group in known)
    members = Member.objects.bulk_create(
        Member(group=group, contact=contact, role=MemberRole.CONTACT_PERSON, joined_at=now)
        for (case, group), contact in zip(known, contacts, strict=True)
    )
    open_links(LinkPurpose.SUPPORT, [(member.contact, member) for member in members], now=now)
    AccessLog.objects.bulk_create(
        AccessLog(
            user=by,
            what=PROTECTED,
            about_model=contact._meta.label_lower,
            about_id=contact.pk,
            reason=in_swedish(gettext_lazy("Stod så i kalkylbladet.")),
            office=group.office,
            at=now,
        )
        for (case, group), contact in zip(known, contacts, strict=True)
        if contact.protected
    )


def contact_of(case: CaseRow, now: datetime) -> Contact:
    """The contact person as the row tells. Not saved: the page that shows what would happen uses it too."""
    today = stockholm_day(now)
    contact = Contact(
        called=case.called,
        channel=case.channel,
        languages=list(case.languages),
        other_language=case.other_language,
        wants_interpreter=case.interpreter,
        may_say_who_we_are=case.may_say,
        never_leave_message=case.never_leave,
        protected=case.protected,
        rechecked_on=None if case.channel == Channel.NONE else case.last_contact_on or case.began_on or today,
        created_at=now,
    )
    contact.assign_addresses(email=case.email, phone=case.phone)
    return contact


def _period(row: CheckedRow, group: Group, now: datetime) -> SupportPeriod:
    case, today = row.read.case, stockholm_day(now)
    opened_at = min(_moment(case.began_on) or now, now)
    is_open = case.phase in OPEN_PHASES
    self_reliant_at = None if is_open else min(_moment(case.last_contact_on) or now, now)
    assert row.leader is not None  # a row without a leader is wrong
    return SupportPeriod(
        group=group,
        office=group.office,
        leader=row.leader,
        phase=case.phase,
        supports=list(case.supports),
        next_step=(case.next_step or in_swedish(FIRST_STEP)) if is_open else "",
        next_step_on=(case.next_step_on or today + FIRST_STEP_WITHIN) if is_open else None,
        opened_at=opened_at,
        phase_since=self_reliant_at or (opened_at if case.phase == Phase.START else now),
        self_reliant_at=self_reliant_at,
    )


def _moment(day: date | None) -> datetime | None:
    return stockholm_moment(day, NOON) if day else None


@dataclass(frozen=True)
class _Plans:
    """When each group is asked how it goes. What they have in common is read once: a year of holidays takes a while."""

    policy: Policy
    calendar: SwedishCalendar
    today: date

    def check_ins(self, case: CaseRow, period: SupportPeriod) -> list[CheckIn]:
        if period.self_reliant_at:
            return self._after_care(period, stockholm_day(period.self_reliant_at))
        decision = self._first_contact(case, period)
        return [
            CheckIn(
                period=period,
                number=1,
                step=decision.step,
                earliest=decision.earliest,
                expected=decision.expected,
                latest=decision.latest,
                why=decision.why,
                announce_on=reminder_days(decision).before,
            )
        ]

    def _first_contact(self, case: CaseRow, period: SupportPeriod) -> Decision:
        """As the taper says from the last contact, and not just before the next step; a gap from today if that is past.

        Nobody is asked how it goes on the day of the import because their row is old.
        """
        today = self.today
        facts = PeriodFacts(
            opened_on=stockholm_day(period.opened_at),
            phase=period.phase,
            next_meeting_on=case.next_step_on if case.next_step_on and case.next_step_on > today else None,
            waits_for_group=case.channel == Channel.SELF,
        )
        soonest = today + timedelta(weeks=self.policy.ladder[0])
        decision = self._decide(facts, case.last_contact_on)
        if decision.expected < soonest:
            decision = self._decide(facts, today)
        if decision.expected < soonest:  # a holiday lies there
            later = self.calendar.add_working_days(soonest, 1)
            decision = replace(decision, expected=later, latest=max(decision.latest, later))
        words = _("Vi hörs %(day)s. Dagen är räknad från när vi senast hördes.")
        return replace(decision, why=words % {"day": long_date(decision.expected, today)})

    def _decide(self, facts: PeriodFacts, last_contact_on: date | None) -> Decision:
        return next_contact(facts, History(last_contact_on=last_contact_on), self.policy, self.calendar, self.today)

    def _after_care(self, period: SupportPeriod, since: date) -> list[CheckIn]:
        """The days of the after-care that are still to come."""
        days = [day for day in after_care_dates(since) if day > self.today + MARGIN]
        expected = [self.calendar.add_working_days(day - ONE_DAY, 1) for day in days]
        words = _("Ni klarar er själva. Vi hör av oss %(day)s för att höra hur det går.")
        return [
            CheckIn(
                period=period,
                kind=CheckInKind.AFTER_CARE,
                number=number,
                step=0,
                earliest=day - MARGIN,
                expected=day,
                latest=day + MARGIN,
                why=words % {"day": long_date(day, self.today)},
                announce_on=day - ANNOUNCED_BEFORE,
            )
            for number, day in enumerate(expected, start=1)
        ]


def _log(case: CaseRow, period: SupportPeriod, by: User, now: datetime) -> list[LogEntry]:
    """Only for us: where the case came from, what was noted there, and when we last were in touch."""
    lines = [(LogKind.STATUS, _("Hämtad från ett kalkylblad."), now)]
    if case.note:
        lines.append((LogKind.NOTE, case.note, now))
    if last := _moment(case.last_contact_on):
        lines.append((LogKind.CALL, _("Senaste kontakt, enligt kalkylbladet."), min(last, now)))
    return [LogEntry(period=period, kind=kind, text=text, is_internal=True, user=by, at=at) for kind, text, at in lines]
