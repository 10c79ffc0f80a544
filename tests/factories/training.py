"""Courses, sessions and those who register for them."""

from datetime import timedelta
from typing import Any

from people.enums import LinkPurpose, Role
from tests.factories.people import NOW, make_contact, make_link, make_office, make_staff, number
from training.certificates.codes import new_check_code
from training.enums import Audience, CourseTopic, RegistrationState, SessionState, Usefulness
from training.models import Certificate, Course, Evaluation, Registration, Session


def make_course(**kwargs: Any) -> Course:
    """A training for groups that stands on the website."""
    n = next(number)
    fields: dict[str, Any] = {
        "slug": f"era-rattigheter-{n}",
        "title": f"Era rättigheter {n}",
        "lead": "Vilka rättigheter har ni, och vem ska se till att ni får dem?",
        "audience": Audience.GROUPS,
        "topic": CourseTopic.RIGHTS,
        "outcomes": ["säga vilken rättighet det handlar om"],
        "is_public": True,
        "created_at": NOW,
    } | kwargs
    return Course.objects.create(**fields)


def make_session(**kwargs: Any) -> Session:
    """A published session in four weeks, two hours long, with three seats."""
    fields: dict[str, Any] = {
        "led_by": "Maja på mobilisering",
        "starts_at": NOW + timedelta(days=28),
        "place": "Biblioteket, Storgatan 1",
        "seats": 3,
        "state": SessionState.PUBLISHED,
        "published_at": NOW,
        "changed_at": NOW,
        "created_at": NOW,
    } | kwargs
    fields.setdefault("ends_at", fields["starts_at"] + timedelta(hours=2))
    if "course" not in fields:
        fields["course"] = make_course()
    if "office" not in fields:
        fields["office"] = make_office()
    if "host" not in fields:
        fields["host"] = make_staff(Role.LEADER, office=fields["office"])
    return Session.objects.create(**fields)


def make_registration(**kwargs: Any) -> Registration:
    """One seat, taken, with a private link that nobody has the token of. In the queue or offered: the times follow."""
    fields: dict[str, Any] = {
        "state": RegistrationState.REGISTERED,
        "seats": 1,
        "created_at": NOW,
        "changed_at": NOW,
    } | kwargs
    if fields["state"] in {RegistrationState.WAITLISTED, RegistrationState.OFFERED}:
        fields.setdefault("queued_at", NOW)
    if fields["state"] == RegistrationState.OFFERED:
        fields.setdefault("offered_until", NOW + timedelta(hours=48))
    if "session" not in fields:
        fields["session"] = make_session()
    if "contact" not in fields:
        fields["contact"] = make_contact()
    registration = Registration.objects.create(**fields)
    make_link(purpose=LinkPurpose.TRAINING, about=registration)
    return registration


def make_evaluation(**kwargs: Any) -> Evaluation:
    fields: dict[str, Any] = {"usefulness": Usefulness.A_LOT, "on": NOW.date()} | kwargs
    if "session" not in fields:
        fields["session"] = make_session()
    return Evaluation.objects.create(**fields)


def make_certificate(**kwargs: Any) -> Certificate:
    fields: dict[str, Any] = {"name": "Noor Ali", "check_code": new_check_code(), "issued_at": NOW} | kwargs
    if "registration" not in fields:
        fields["registration"] = make_registration(state=RegistrationState.ATTENDED, came=1)
    return Certificate.objects.create(**fields)
