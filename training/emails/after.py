"""What is said when the session is over: three questions, once."""

from datetime import datetime, timedelta

from people.models import Message
from training.emails.kinds import EVALUATION_ASKED
from training.emails.letters import tell
from training.models import Registration

ASKED_AT_MOST = timedelta(days=7)
"""How long after the session it is still worth asking what someone thought of it."""


def ask_evaluation(registration: Registration, *, now: datetime) -> Message | None:
    """Three questions about a session that is over. Whoever says no to such letters gets no more."""
    return tell(
        EVALUATION_ASKED,
        registration,
        now=now,
        path="anmalan/utvardering/",
        expires_at=registration.session.ends_at + ASKED_AT_MOST,
    )
