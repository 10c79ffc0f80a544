"""Requests, meetings, support periods and what belongs to them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from groups.enums import SupportKind
from support.enums import (
    Asker,
    LogKind,
    OrganisationWish,
    OwnerSide,
    Phase,
    PlaceKind,
    RequestStatus,
    Responsible,
    Urgency,
)
from support.models import (
    CheckIn,
    IntakeMeeting,
    LogEntry,
    MeetingSlot,
    OrganisationRequest,
    PlanItem,
    SupportPeriod,
    SupportRequest,
)
from tests.factories.groups import make_group, make_member
from tests.factories.people import NOW, TODAY, make_contact, make_staff


def make_request(**kwargs: Any) -> SupportRequest:
    """A request that has been sent and waits for someone to take it."""
    fields: dict[str, Any] = {
        "status": RequestStatus.RECEIVED,
        "asker": Asker.MEMBER,
        "what": "Lekplatsen på vår gård är avstängd.",
        "size_band": "5-9",
        "place": "Lindhaga",
        "responsible": [Responsible.LANDLORD],
        "supports": [SupportKind.STARTUP],
        "urgency": Urgency.NO,
        "received_at": NOW,
        "promised_by": TODAY + timedelta(days=7),
    } | kwargs
    if "contact" not in fields:
        fields["contact"] = make_contact()
    return SupportRequest.objects.create(**fields)


def make_organisation_request(**kwargs: Any) -> OrganisationRequest:
    fields: dict[str, Any] = {
        "once_key": uuid4(),
        "organisation_name": "Fritidsgården",
        "about": "Vi vill lära oss mer om makt.",
        "wishes": [OrganisationWish.STAFF_TRAINING],
        "urgency": Urgency.NO,
        "received_at": NOW,
        "promised_by": TODAY + timedelta(days=7),
    } | kwargs
    if "contact" not in fields:
        fields["contact"] = make_contact()
    return OrganisationRequest.objects.create(**fields)


def make_slot(**kwargs: Any) -> MeetingSlot:
    fields: dict[str, Any] = {
        "starts_at": NOW + timedelta(days=7),
        "ends_at": NOW + timedelta(days=7, hours=1),
        "place_kind": PlaceKind.PLACE,
        "place": "Biblioteket",
    } | kwargs
    if "support_request" not in fields:
        fields["support_request"] = make_request(status=RequestStatus.IN_REVIEW)
    if "leader" not in fields:
        fields["leader"] = fields["support_request"].leader or make_staff()
    return MeetingSlot.objects.create(**fields)


def make_meeting(**kwargs: Any) -> IntakeMeeting:
    fields: dict[str, Any] = {
        "starts_at": NOW + timedelta(days=7),
        "ends_at": NOW + timedelta(days=7, hours=1),
        "place_kind": PlaceKind.PLACE,
        "place": "Biblioteket",
        "created_at": NOW,
        "changed_at": NOW,
    } | kwargs
    if "support_request" not in fields:
        fields["support_request"] = make_request(status=RequestStatus.MEETING_BOOKED)
    if "leader" not in fields:
        fields["leader"] = fields["support_request"].leader or make_staff()
    return IntakeMeeting.objects.create(**fields)


def make_period(**kwargs: Any) -> SupportPeriod:
    """An open period with one contact person in the group."""
    fields: dict[str, Any] = {
        "phase": Phase.START,
        "next_step": "Boka nästa träff",
        "next_step_on": TODAY + timedelta(days=14),
        "opened_at": NOW,
        "phase_since": NOW,
    } | kwargs
    if "group" not in fields:
        fields["group"] = make_group(**({"office": fields["office"]} if "office" in fields else {}))
        make_member(group=fields["group"])
    fields.setdefault("office", fields["group"].office)
    if "leader" not in fields:
        fields["leader"] = make_staff(office=fields["office"])
    return SupportPeriod.objects.create(**fields)


def make_item(**kwargs: Any) -> PlanItem:
    fields: dict[str, Any] = {"text": "Boka en lokal", "owner_side": OwnerSide.GROUP, "created_at": NOW} | kwargs
    if "period" not in fields:
        fields["period"] = make_period()
    return PlanItem.objects.create(**fields)


def make_check_in(**kwargs: Any) -> CheckIn:
    fields: dict[str, Any] = {
        "step": 0,
        "earliest": TODAY + timedelta(days=6),
        "expected": TODAY + timedelta(days=7),
        "latest": TODAY + timedelta(days=8),
        "why": "Vi hörs igen om en vecka.",
    } | kwargs
    if "period" not in fields:
        fields["period"] = make_period()
    fields.setdefault("number", fields["period"].check_ins.count() + 1)
    return CheckIn.objects.create(**fields)


def make_log_entry(**kwargs: Any) -> LogEntry:
    fields: dict[str, Any] = {"kind": LogKind.NOTE, "text": "Vi pratade om nästa steg.", "at": NOW} | kwargs
    if "support_request" not in fields and "period" not in fields:
        fields["support_request"] = make_request()
    return LogEntry.objects.create(**fields)
