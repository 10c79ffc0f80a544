"""People, offices, private links and messages."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from people.enums import Channel, LinkPurpose, MessageClass, Role
from people.models import Contact, Message, Office, PrivateLink, StaffRole, User

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
"""A Tuesday, ten in the morning in Stockholm: not quiet, no holiday near."""

TODAY = date(2026, 9, 1)

number = count(1)


def make_office(**kwargs: Any) -> Office:
    n = next(number)
    return Office.objects.create(**{"name": f"Orten {n}", "slug": f"orten-{n}", "phone": "031-390 06 10"} | kwargs)


def make_user(**kwargs: Any) -> User:
    n = next(number)
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
    email = fields.pop("email", f"kontakt{next(number)}@example.org" if fields["channel"] == Channel.EMAIL else "")
    by_phone = fields["channel"] in {Channel.SMS, Channel.CALL}
    phone = fields.pop("phone", f"+467017406{next(number) % 100:02d}" if by_phone else "")
    contact = Contact(**fields)
    contact.assign_addresses(email=email, phone=phone)
    contact.save()
    return contact


def make_link(**kwargs: Any) -> PrivateLink:
    """A link without addresses or words: tests that open it ask the actions for them."""
    about = kwargs.pop("about", None)
    n = next(number)
    fields: dict[str, Any] = {
        "purpose": LinkPurpose.SUPPORT,
        "about_model": about._meta.label_lower if about else "support.supportrequest",
        "about_id": about.pk if about else n,
        "code": f"TALL {n:04d}",
    } | kwargs
    fields.setdefault("contact", about.contact if about else make_contact())
    return PrivateLink.objects.create(**fields)


def make_message(**kwargs: Any) -> Message:
    n = next(number)
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
