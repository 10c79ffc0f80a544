"""What those who register are told, and what their host at the office hears."""

from training.emails.after import ask_evaluation
from training.emails.kinds import WRITTEN, register
from training.emails.telling import (
    confirm,
    confirm_cancelled,
    offer_seats,
    tell_called_off,
    tell_in_queue,
    tell_moved,
    tell_offer_lapsed,
    tell_seats_changed,
)
from training.emails.written import tell_written, written_context, written_to

__all__ = [
    "WRITTEN",
    "ask_evaluation",
    "confirm",
    "confirm_cancelled",
    "offer_seats",
    "register",
    "tell_called_off",
    "tell_in_queue",
    "tell_moved",
    "tell_offer_lapsed",
    "tell_seats_changed",
    "tell_written",
    "written_context",
    "written_to",
]
