"""A term of trainings in the sample programme: planned, filled, held, evaluated; one full, one called off."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from uuid import uuid4

from mobilisering.simulation import term
from mobilisering.simulation.course import Course as Timetable
from mobilisering.simulation.people import days_later, working_morning
from mobilisering.simulation.term import Party, Time
from people.calendar import stockholm_day
from people.models import Office, User
from training.actions.drafts import draft_session
from training.actions.evaluating import evaluate
from training.actions.registering import Wish, cancel, register
from training.actions.sessions import call_off, note_attendance, publish
from training.actions.sweeps import sweep
from training.models import Course, Registration, Session

LASTS = timedelta(hours=2)
PUBLISHED = timedelta(days=45)
"""How long before a session it is published, in the sample."""

LATEST = timedelta(days=3)
"""Whoever is registered for what lies ahead did it so long ago at least, however the holidays fall."""

A_WHILE_AGO = timedelta(hours=3)
"""When seats were freed in the full session: the offer has not been answered yet."""


@dataclass
class LivingSession:
    """One session on its way, and those who have registered for it."""

    plan: Time
    starts_at: datetime
    session: Session

    def is_published(self, now: datetime) -> None:
        publish(self.session, by=self.session.host, now=now)

    def gets(self, party: Party, now: datetime) -> None:
        wish = Wish(
            called=party.called,
            seats=party.seats,
            needs=party.needs,
            channel=party.channel,
            email=party.email,
            phone=party.phone,
        )
        register(self.session, wish, once_key=uuid4(), now=now)

    def _of(self, party: Party) -> Registration:
        return self.session.registrations.get(contact__called=party.called)

    def some_leave(self, now: datetime) -> None:
        for party in self.plan.parties:
            if party.leaves:
                cancel(self._of(party), now=now)

    def is_called_off(self, now: datetime) -> None:
        call_off(self.session, because=self.plan.called_off, by=self.session.host, now=now)

    def is_held(self, now: datetime) -> None:
        came = {self._of(party).pk: party.came for party in self.plan.parties if party.came is not None}
        note_attendance(self.session, came=came, by=self.session.host, now=now)

    def is_evaluated(self, now: datetime) -> None:
        for party in self.plan.parties:
            if party.answer:
                usefulness, learned, better = party.answer
                evaluate(self._of(party), usefulness=usefulness, learned=learned, better=better, now=now)


def plan_term(timetable: Timetable, *, now: datetime) -> None:
    """Everything of the term that has happened by now; what lies ahead is published and filled."""
    began = timetable.now
    for fields in term.COURSES:
        Course.objects.create(is_public=True, created_at=began, **fields)
    for plan in (*term.PAST, *term.COMING):
        living = _drafted(plan, now, began)
        if not plan.is_draft:
            _plan_one(timetable, living, now)


def _drafted(plan: Time, now: datetime, began: datetime) -> LivingSession:
    host = User.objects.get(name=plan.host)
    starts_at = working_morning(stockholm_day(now) + timedelta(days=plan.days), time(plan.hour))
    session = draft_session(
        Course.objects.get(slug=plan.course),
        office=Office.objects.get(roles__user=host),
        values={"seats": plan.seats, "starts_at": starts_at, "ends_at": starts_at + LASTS, **plan.more},
        by=host,
        now=began,
    )
    return LivingSession(plan, starts_at, session)


def _plan_one(timetable: Timetable, living: LivingSession, now: datetime) -> None:
    plan, starts_at = living.plan, living.starts_at
    timetable.at(min(starts_at - PUBLISHED, now - timedelta(days=10)), living.is_published)
    for number, party in enumerate(plan.parties):
        day = stockholm_day(starts_at) - timedelta(days=party.days_before)
        latest = now - LATEST + timedelta(minutes=number)
        timetable.at(min(working_morning(day, time(11, number)), latest), partial(living.gets, party))
    if any(party.leaves for party in plan.parties):
        timetable.at(now - A_WHILE_AGO, living.some_leave)
    if plan.called_off:
        timetable.at(now - timedelta(days=2), living.is_called_off)
    if starts_at < now:
        timetable.at(starts_at + LASTS, living.is_held)
        timetable.at(days_later(starts_at, 1), sweep)
        timetable.at(days_later(starts_at, 2), living.is_evaluated)
