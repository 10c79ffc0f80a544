"""The least that is valid of each thing. What a test is about, it says itself."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from groups.enums import ApprovalKind, DutyBearerKind, EnablerRole, MemberRole, Sector, SupportKind
from groups.models import Approval, DutyBearer, Enabler, Group, Member, Municipality, Organisation, RoleContract, Topic
from people.enums import Channel, LinkPurpose, MessageClass, Role
from people.models import Contact, Message, Office, PrivateLink, StaffRole, User
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

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
"""A Tuesday, ten in the morning in Stockholm: not quiet, no holiday near."""

TODAY = date(2026, 9, 1)

_number = count(1)


def make_office(**kwargs: Any) -> Office:
    n = next(_number)
    return Office.objects.create(**{"name": f"Orten {n}", "slug": f"orten-{n}", "phone": "031-390 06 10"} | kwargs)


def make_user(**kwargs: Any) -> User:
    n = next(_number)
    fields: dict[str, Any] = {"email": f"person{n}@example.org", "name": f"Person {n}"} | kwargs
    return User.objects.create_user(**fields)


def make_staff(role: Role = Role.LEADER, *, office: Office | None = None, **kwargs: Any) -> User:
    """A user with one role since long ago; no office means every office."""
    user = make_user(is_staff=True, **kwargs)
    StaffRole.objects.create(user=user, office=office, role=role, starts_on=date(2020, 1, 1))
    return user


def make_contact(**kwargs: Any) -> Contact:
    """Reached by e-mail unless said otherwise, and not discreet, so that tests see whole texts."""
    fields: dict[str, Any] = {
        "called": "Alva",
        "channel": Channel.EMAIL,
        "discreet": False,
        "rechecked_on": TODAY,
    } | kwargs
    email = fields.pop("email", f"kontakt{next(_number)}@example.org" if fields["channel"] == Channel.EMAIL else "")
    by_phone = fields["channel"] in {Channel.SMS, Channel.CALL}
    phone = fields.pop("phone", f"+467017406{next(_number) % 100:02d}" if by_phone else "")
    contact = Contact(**fields)
    contact.assign_addresses(email=email, phone=phone)
    contact.save()
    return contact


def make_link(**kwargs: Any) -> PrivateLink:
    """A link without addresses or words: tests that open it ask the actions for them."""
    about = kwargs.pop("about", None)
    n = next(_number)
    fields: dict[str, Any] = {
        "purpose": LinkPurpose.SUPPORT,
        "about_model": about._meta.label_lower if about else "support.supportrequest",
        "about_id": about.pk if about else n,
        "code": f"TALL {n:04d}",
    } | kwargs
    fields.setdefault("contact", about.contact if about else make_contact())
    return PrivateLink.objects.create(**fields)


def make_message(**kwargs: Any) -> Message:
    n = next(_number)
    fields: dict[str, Any] = {
        "kind": "test.hello",
        "message_class": MessageClass.ANSWER,
        "about_model": "people.contact",
        "about_id": 1,
        "subject": "Hej",
        "text": "Hej på dig.",
        "short": "Hej på dig.",
        "dedupe_key": f"test:{n}",
        "message_id": f"<test-{n}@example.org>",
        "created_at": NOW,
        "not_before": NOW,
    } | kwargs
    if "user" not in fields:
        fields.setdefault("contact", make_contact())
    return Message.objects.create(**fields)


def contact_of(message: Message) -> Contact:
    """The contact of a message that goes to one, and not to a user."""
    assert message.contact is not None
    return message.contact


def make_municipality(**kwargs: Any) -> Municipality:
    n = next(_number)
    fields: dict[str, Any] = {
        "code": f"9{n % 1000:03d}",
        "name": f"Lindhaga {n}",
        "county_code": "99",
        "county_name": "Storlän",
    } | kwargs
    return Municipality.objects.create(**fields)


def make_topic(**kwargs: Any) -> Topic:
    n = next(_number)
    return Topic.objects.create(**{"name": f"Tema {n}", "slug": f"tema-{n}"} | kwargs)


def make_organisation(**kwargs: Any) -> Organisation:
    return Organisation.objects.create(**{"name": f"Föreningen {next(_number)}", "sector": Sector.CIVIL} | kwargs)


def make_group(**kwargs: Any) -> Group:
    fields: dict[str, Any] = {"alias": f"Värmegruppen {next(_number)}"} | kwargs
    fields.setdefault("office", None)
    fields["office"] = fields["office"] or make_office()
    return Group.objects.create(**fields)


def make_member(**kwargs: Any) -> Member:
    fields: dict[str, Any] = {"role": MemberRole.CONTACT_PERSON, "joined_at": NOW} | kwargs
    fields.setdefault("group", None)
    fields["group"] = fields["group"] or make_group()
    if "contact" not in fields:
        fields["contact"] = make_contact()
    return Member.objects.create(**fields)


def make_approval(**kwargs: Any) -> Approval:
    fields: dict[str, Any] = {
        "kind": ApprovalKind.QUOTE,
        "title": "Ett citat",
        "text": "Tabellen gjorde skillnad.",
        "text_hash": "0" * 64,
        "asked_at": NOW,
    } | kwargs
    if "group" not in fields:
        fields["group"] = make_group()
    return Approval.objects.create(**fields)


def make_enabler(**kwargs: Any) -> Enabler:
    fields: dict[str, Any] = dict(kwargs)
    if "contact" not in fields:
        fields["contact"] = make_contact(called="Möjliggöraren")
    if "office" not in fields:
        fields["office"] = make_office()
    return Enabler.objects.create(**fields)


def make_role_contract(**kwargs: Any) -> RoleContract:
    fields: dict[str, Any] = {
        "role": EnablerRole.MENTOR,
        "task": "Tänka högt inför mötet",
        "agreed_on": TODAY,
        "review_on": TODAY + timedelta(days=30),
    } | kwargs
    if "group" not in fields:
        fields["group"] = make_group()
    if "enabler" not in fields:
        fields["enabler"] = make_enabler(office=fields["group"].office)
    return RoleContract.objects.create(**fields)


def make_duty_bearer(**kwargs: Any) -> DutyBearer:
    fields: dict[str, Any] = {
        "name": f"Skolan {next(_number)}",
        "kind": DutyBearerKind.SCHOOL,
        "source": "Skolans webbplats",
        "checked_on": TODAY,
    } | kwargs
    return DutyBearer.objects.create(**fields)


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
