"""What stands in a file with those who come to a session: not how they are reached, and not what they need."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.calendar import STOCKHOLM
from training.enums import RegistrationState
from training.models import Registration

HEADINGS = (
    gettext_lazy("Kallas"),
    gettext_lazy("Platser"),
    gettext_lazy("Läge"),
    gettext_lazy("Hur många kom"),
    gettext_lazy("Anmälde sig"),
)


def lines_of(registrations: Iterable[Registration]) -> list[list[str]]:
    """A line for each that was not taken back, in the order they came in."""
    return [_line(one) for one in registrations if one.state != RegistrationState.CANCELLED]


def _line(registration: Registration) -> list[str]:
    contact = registration.contact
    came_in = registration.created_at.astimezone(STOCKHOLM)
    return [
        _("skyddad identitet") if contact.protected else contact.called,
        str(registration.seats),
        str(RegistrationState(registration.state).label),
        "" if registration.came is None else str(registration.came),
        f"{came_in:%Y-%m-%d %H:%M}",
    ]
