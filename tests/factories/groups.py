"""Groups, those who belong to them, and those they turn to."""

from datetime import timedelta
from typing import Any

from groups.enums import ApprovalKind, DutyBearerKind, EnablerRole, MemberRole, Sector
from groups.models import Approval, DutyBearer, Enabler, Group, Member, Municipality, Organisation, RoleContract, Topic
from tests.factories.people import NOW, TODAY, make_contact, make_office, number


def make_municipality(**kwargs: Any) -> Municipality:
    n = next(number)
    fields: dict[str, Any] = {
        "code": f"9{n % 1000:03d}",
        "name": f"Lindhaga {n}",
        "county_code": "99",
        "county_name": "Storlän",
    } | kwargs
    return Municipality.objects.create(**fields)


def make_topic(**kwargs: Any) -> Topic:
    n = next(number)
    return Topic.objects.create(**{"name": f"Tema {n}", "slug": f"tema-{n}"} | kwargs)


def make_organisation(**kwargs: Any) -> Organisation:
    return Organisation.objects.create(**{"name": f"Föreningen {next(number)}", "sector": Sector.CIVIL} | kwargs)


def make_group(**kwargs: Any) -> Group:
    fields: dict[str, Any] = {"alias": f"Värmegruppen {next(number)}"} | kwargs
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
        "name": f"Skolan {next(number)}",
        "kind": DutyBearerKind.SCHOOL,
        "source": "Skolans webbplats",
        "checked_on": TODAY,
    } | kwargs
    return DutyBearer.objects.create(**fields)
