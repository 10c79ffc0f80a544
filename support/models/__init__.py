"""What groups and the programme do together, from the request to self-reliance."""

from support.models.check_ins import CheckIn, ReadinessMark
from support.models.hand_overs import HandOver
from support.models.imports import ImportedCase
from support.models.logs import LogEntry
from support.models.meetings import IntakeMeeting, MeetingNeed, MeetingSlot
from support.models.organisation_requests import OrganisationRequest
from support.models.periods import KeptThing, OfficePolicy, SupportPeriod
from support.models.plans import PlanEvent, PlanItem
from support.models.quick_steps import QuickStep
from support.models.requests import SupportRequest
from support.models.supervision import SupervisionSession

__all__ = [
    "CheckIn",
    "HandOver",
    "ImportedCase",
    "IntakeMeeting",
    "KeptThing",
    "LogEntry",
    "MeetingNeed",
    "MeetingSlot",
    "OfficePolicy",
    "OrganisationRequest",
    "PlanEvent",
    "PlanItem",
    "QuickStep",
    "ReadinessMark",
    "SupervisionSession",
    "SupportPeriod",
    "SupportRequest",
]
