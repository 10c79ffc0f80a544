"""What there is to do for someone once their session is over."""

from dataclasses import dataclass
from datetime import datetime

from training.enums import HOLDS_SEATS, RegistrationState, SessionState
from training.evaluations import is_asked
from training.models import Registration


@dataclass(frozen=True)
class After:
    """The material, the three questions and the certificates: what of it this person gets."""

    material: str
    is_asked: bool
    has_answered: bool
    may_have_certificates: bool

    @property
    def is_empty(self) -> bool:
        return not (self.material or self.is_asked or self.has_answered or self.may_have_certificates)


def after_of(registration: Registration, now: datetime) -> After | None:
    """None until a session that was held is over, and for those who had no seats at it."""
    session = registration.session
    was_held = session.state == SessionState.PUBLISHED and session.is_over(now)
    had_seats = registration.state in HOLDS_SEATS and registration.state != RegistrationState.OFFERED
    if not (was_held and had_seats):
        return None
    return After(
        material=session.course.material,
        is_asked=is_asked(registration, now),
        has_answered=registration.evaluated_at is not None,
        may_have_certificates=registration.state == RegistrationState.ATTENDED,
    )
