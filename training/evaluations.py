"""The three questions after a session: who may answer, how long, and how the answers are read by staff.

An answer says nothing of who gave it. Few answers are shown to nobody: among two, each knows who the other is.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from training.enums import RegistrationState, SessionState, Usefulness
from training.models import Evaluation, Registration, Session

OPEN_FOR = timedelta(days=60)
"""How long after a session one can answer: later nobody remembers, and we have moved on."""

FEWEST_SHOWN = 3
"""Answers that must have come before any of them is shown, so that none can be told whose it is."""

ASKED = (RegistrationState.REGISTERED, RegistrationState.ATTENDED)
"""Those who had seats and, as far as we know, came."""


@dataclass(frozen=True)
class Answers:
    """What those who came thought, without any order. None of it while there are too few; `count` is always right."""

    count: int
    usefulness: list[tuple[str, int]]
    learned: list[str]
    better: list[str]

    @property
    def is_shown(self) -> bool:
        return self.count >= FEWEST_SHOWN

    @property
    def fewest(self) -> int:
        return FEWEST_SHOWN


def answers_of(session: Session) -> Answers:
    """One query. The texts stand in a new order each time, the three answers of one person apart from each other."""
    rows = list(Evaluation.objects.filter(session=session).values_list("usefulness", "learned", "better"))
    if len(rows) < FEWEST_SHOWN:
        return Answers(len(rows), [], [], [])
    counted = [(str(one.label), sum(row[0] == one.value for row in rows)) for one in Usefulness]
    return Answers(len(rows), counted, _shuffled(row[1] for row in rows), _shuffled(row[2] for row in rows))


def _shuffled(texts: Iterable[str]) -> list[str]:
    some = [text for text in texts if text]
    random.SystemRandom().shuffle(some)
    return some


def is_asked(registration: Registration, now: datetime) -> bool:
    """Whether the questions wait for an answer: the session was held lately, and they had seats there."""
    return registration.evaluated_at is None and may_answer(registration, now)


def may_answer(registration: Registration, now: datetime) -> bool:
    session = registration.session
    was_held = session.state == SessionState.PUBLISHED and session.is_over(now)
    return was_held and registration.state in ASKED and now < session.ends_at + OPEN_FOR
