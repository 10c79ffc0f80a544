"""Builds the facts of the taper with the least that is needed, for the tests of its rules and of its window."""

from datetime import date

from people.calendar import SwedishCalendar
from people.enums import YesNoUnknown
from support.enums import Drives, Going, Phase, Readiness
from support.taper import Answer, History, PeriodFacts, Policy, ReadinessTick, next_contact

CALENDAR = SwedishCalendar()
POLICY = Policy()
OPENED_ON = date(2026, 3, 2)
TUESDAY = date(2026, 9, 1)
WIDEST = 4
FOUR_SIGNS = list(Readiness)[:4]


def answer(wish="", *, step=2, on=TUESDAY, going=Going.WELL, drives=Drives.PARTLY, pause_until=None):
    return Answer(on=on, step=step, wish=wish, going=going, drives=drives, pause_until=pause_until)


def ticks(*signs, on=TUESDAY, value=YesNoUnknown.YES):
    return tuple(ReadinessTick(sign, value, on) for sign in signs)


def decide(*answers, today=TUESDAY, facts=None, policy=POLICY, calendar=CALENDAR, **history):
    period = PeriodFacts(**{"opened_on": OPENED_ON, "phase": Phase.CHANGE, **(facts or {})})
    return next_contact(period, History(answers=answers, **history), policy, calendar, today)


def days(decision):
    return decision.earliest, decision.expected, decision.latest
