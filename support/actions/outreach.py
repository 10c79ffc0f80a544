"""A talk becomes a request: a draft to go on with when the person calls, with what is known already in it."""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction

from groups.models import OutreachContact
from people.models import User
from support.actions.phone_intake import NotYourDraft, save_call_answers, start_call
from support.enums import RequestStatus
from support.models import SupportRequest

__all__ = ["NotYourDraft", "make_request"]

LONGEST_PLACE = 80


@transaction.atomic
def make_request(talk: OutreachContact, *, by: User, now: datetime) -> SupportRequest:
    """Gör till förfrågan: the draft, with place and need filled in. The talk has led to a request once it is taken in.

    Again it finds the same draft, or the request that came of it. Raises NotYourDraft when a colleague has begun.
    """
    key = uuid.uuid5(uuid.NAMESPACE_OID, f"outreach:{talk.pk}:{now.isoformat()}")
    draft = start_call(once_key=key, by=by, now=now, talk=talk)
    if draft.status == RequestStatus.DRAFT and not draft.answered:
        return save_call_answers(draft, answers=_known(talk), by=by, now=now)
    return draft


def _known(talk: OutreachContact) -> dict[str, dict[str, Any]]:
    """The answers that the talk gives. A place that is no municipality is asked about: it decides who answers."""
    known: dict[str, dict[str, Any]] = {"vad": {"what": talk.need, "tells_when_talking": False}}
    if talk.municipality:
        known["var"] = {"place": talk.municipality.name, "area": talk.place[:LONGEST_PLACE]}
    return known
