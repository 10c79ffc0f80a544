"""Where the programme works, who works there, how a person may safely be reached, and what was sent."""

from people.models.contacts import Contact
from people.models.links import LinkToken, PrivateLink, Tries, code_of
from people.models.messages import CallTask, Message
from people.models.offices import CASE_ROLES, MANAGING_ROLES, Office, StaffRole, held_roles, in_offices_of
from people.models.records import AccessLog, ClockStep, Consent, Heartbeat
from people.models.users import User
from people.models.work import CalendarFeed, Job, SavedView

__all__ = [
    "CASE_ROLES",
    "MANAGING_ROLES",
    "AccessLog",
    "CalendarFeed",
    "CallTask",
    "ClockStep",
    "Consent",
    "Contact",
    "Heartbeat",
    "Job",
    "LinkToken",
    "Message",
    "Office",
    "PrivateLink",
    "SavedView",
    "StaffRole",
    "Tries",
    "User",
    "code_of",
    "held_roles",
    "in_offices_of",
]
