"""What a caller says, and the pages it is written on."""

from uuid import uuid4

from django.urls import reverse

from people.models import User
from support.actions import phone_intake
from support.models import SupportRequest
from tests.factories import NOW
from tests.support.drafts import ANSWERS

SAID = {
    "asker": "member",
    "what": "Värmen är avstängd.",
    "size_band": "5-9",
    "place": "Lindhaga",
    "responsible": ["landlord"],
    "supports": ["unknown"],
    "urgency": "no",
    "channel": "sms",
    "sms_phone": "070-174 06 15",
    "may_say_who_we_are": "no",
    "called": "Alva",
    "languages": ["sv"],
    "wants_interpreter": "no",
}
"""Everything a caller must say, as the page sends it."""


def add() -> str:
    return reverse("admin:support_supportrequest_add")


def call(draft: SupportRequest, name: str = "call") -> str:
    return reverse(f"admin:support_supportrequest_{name}", args=[draft.pk])


def a_draft(by: User, **instead) -> SupportRequest:
    """A draft with every needed answer; an answer that is None is left out."""
    draft = phone_intake.start_call(once_key=uuid4(), by=by, now=NOW)
    answers = {slug: values for slug, values in (ANSWERS | instead).items() if values is not None}
    return phone_intake.save_call_answers(draft, answers=answers, by=by, now=NOW)
