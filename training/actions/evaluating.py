"""Someone who was at a session answers the three questions. What they answer is kept apart from who they are."""

from datetime import datetime

from django.db import transaction

from people.calendar import stockholm_day
from training.actions.locking import locked_with_session
from training.enums import Usefulness
from training.evaluations import may_answer
from training.models import Evaluation, Registration


class NothingAsked(Exception):
    """The session is not over, is too long ago, or they had no seats there."""


@transaction.atomic
def evaluate(
    registration: Registration, *, usefulness: Usefulness, learned: str, better: str, now: datetime
) -> Registration:
    """Writes down the answers, once: a second time changes nothing. Raises NothingAsked.

    Neither row says when it was written, only when the session was: equal moments would tell which belong together.
    """
    session, registration = locked_with_session(registration)
    if registration.evaluated_at:
        return registration
    if not may_answer(registration, now):
        raise NothingAsked
    registration.evaluated_at = session.ends_at
    registration.save(update_fields=["evaluated_at"])
    Evaluation.objects.create(
        session=session,
        usefulness=Usefulness(usefulness),
        learned=learned,
        better=better,
        on=stockholm_day(session.ends_at),
    )
    return registration
