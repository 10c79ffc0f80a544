"""Where the programme works, who works there, how a person may safely be reached, and what was sent."""

from people.models.contacts import Contact
from people.models.links import LinkToken, PrivateLink, Tries
from people.models.messages import CallTask, Message
from people.models.offices import CASE_ROLES, Office, StaffRole, in_offices_of
from people.models.records import AccessLog, ClockStep, Consent, Heartbeat
from people.models.users import User

__all__ = [
    "CASE_ROLES",
    "AccessLog",
    "CallTask",
    "ClockStep",
    "Consent",
    "Contact",
    "Heartbeat",
    "LinkToken",
    "Message",
    "Office",
    "PrivateLink",
    "StaffRole",
    "Tries",
    "User",
    "in_offices_of",
]
