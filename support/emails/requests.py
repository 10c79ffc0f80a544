"""What is said about a request: to the group on the way it chose, to staff without a word of what the group wrote."""

from datetime import datetime

from django.conf import settings
from django.db.models import Model
from django.utils.translation import gettext as _

from people import kinds
from people.calendar import stockholm_day
from people.enums import Channel, MessageClass, Role
from people.models import Message, PrivateLink
from people.outbox import queue_message
from people.permissions import staff_of
from support.emails.receivers import staff_page
from support.emails.to_groups import leader_hears
from support.enums import RequestStatus
from support.models import LogEntry, SupportPeriod, SupportRequest
from support.permissions import covers_of


def _status(request_id: int) -> str:
    return SupportRequest.objects.values_list("status", flat=True).filter(pk=request_id).first() or ""


def still_sent(request_id: int, now: datetime) -> str | None:
    """A request that was withdrawn or removed is not talked about any more."""
    if _status(request_id) in {"", RequestStatus.DRAFT, RequestStatus.WITHDRAWN}:
        return _("Förfrågan är tillbakadragen.")
    return None


def still_new(request_id: int, now: datetime) -> str | None:
    """Someone who has taken the request tells the others by that."""
    return None if _status(request_id) == RequestStatus.RECEIVED else _("Förfrågan är inte längre ny.")


def still_draft(request_id: int, now: datetime) -> str | None:
    return None if _status(request_id) == RequestStatus.DRAFT else _("Det finns inget utkast kvar.")


def still_asked(entry_id: int, now: datetime) -> str | None:
    if LogEntry.objects.unanswered_questions().filter(pk=entry_id).exists():
        return None
    return _("Frågan är redan besvarad eller borttagen.")


REQUEST_SAVED = kinds.MessageKind("support.request_saved", MessageClass.ANSWER, still_draft)
REQUEST_RECEIVED = kinds.MessageKind("support.request_received", MessageClass.ANSWER, still_sent, leader_hears)
REQUEST_NEW = kinds.MessageKind("support.request_new", MessageClass.STAFF, still_new)
REQUEST_CHANGED = kinds.MessageKind("support.request_changed", MessageClass.STAFF, still_sent)
REQUEST_WITHDRAWN = kinds.MessageKind("support.request_withdrawn", MessageClass.STAFF)
CONTACT_WAY_CHANGED = kinds.MessageKind("support.contact_way_changed", MessageClass.STAFF, still_sent)
QUESTION_ASKED = kinds.MessageKind("support.question_asked", MessageClass.STAFF, still_asked)


def send_saved_link(support_request: SupportRequest, *, link: PrivateLink, now: datetime) -> Message | None:
    """The way back to a draft, sent as the person chose. Once a minute at most, however often it is asked for."""
    return queue_message(
        REQUEST_SAVED.name,
        to=support_request.contact,
        about=support_request,
        dedupe_key=f"{REQUEST_SAVED.name}:{support_request.pk}:{now:%Y%m%d%H%M}",
        now=now,
        context={"until": support_request.draft_until, "phone": settings.PORTAL_PHONE},
        opens=link,
    )


def send_receipt(support_request: SupportRequest, *, link: PrivateLink, now: datetime) -> Message | None:
    """Thanks, with code and date. Whoever wants to be called is not called only to hear thanks."""
    if support_request.contact.channel not in {Channel.SMS, Channel.EMAIL}:
        return None
    return queue_message(
        REQUEST_RECEIVED.name,
        to=support_request.contact,
        about=support_request,
        dedupe_key=f"{REQUEST_RECEIVED.name}:{support_request.pk}",
        now=now,
        context={
            "code": link.code,
            "promised_by": support_request.promised_by,
            "by_sms": support_request.contact.channel == Channel.SMS,
            "by_telephone": support_request.written_by_id is not None,
            "phone": settings.PORTAL_PHONE,
        },
        office=support_request.office,
        opens=link,
    )


def tell_leaders_of_new(support_request: SupportRequest, *, now: datetime) -> None:
    """Every leader of the office hears that a request came in; the words of the group stay in the portal."""
    office_id = support_request.office_id or "all"
    for user in staff_of(Role.LEADER, support_request.office, stockholm_day(now)):
        queue_message(
            REQUEST_NEW.name,
            to=user,
            about=support_request,
            dedupe_key=f"{REQUEST_NEW.name}:{support_request.pk}:{office_id}:{user.pk}",
            now=now,
            context={"promised_by": support_request.promised_by, "is_urgent": support_request.is_urgent},
            office=support_request.office,
            path=staff_page(support_request),
        )


def tell_leader(
    kind: kinds.MessageKind,
    case: SupportRequest | SupportPeriod,
    *,
    once: str,
    now: datetime,
    about: Model | None = None,
) -> None:
    """A line to whoever has the case and whoever covers for them, or to the office's leaders while nobody has.

    `once` names this one event.
    """
    today = stockholm_day(now)
    taken_by = [case.leader, *covers_of(case.leader, case.office, today)] if case.leader else []
    for user in taken_by or staff_of(Role.LEADER, case.office, today):
        queue_message(
            kind.name,
            to=user,
            about=about or case,
            dedupe_key=f"{kind.name}:{once}:{user.pk}",
            now=now,
            office=case.office,
            path=staff_page(case),
        )


def tell_of_question(entry: LogEntry, *, now: datetime) -> None:
    """Whoever has the case hears that the group has asked something; what it is stands in the portal."""
    if case := entry.period or entry.support_request:
        tell_leader(QUESTION_ASKED, case, once=str(entry.pk), now=now, about=entry)


def register() -> None:
    kinds.register(
        REQUEST_SAVED,
        REQUEST_RECEIVED,
        REQUEST_NEW,
        REQUEST_CHANGED,
        REQUEST_WITHDRAWN,
        CONTACT_WAY_CHANGED,
        QUESTION_ASKED,
    )
