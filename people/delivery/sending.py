"""One row after another: taken in a transaction, sent outside it, marked in a second one."""

from datetime import datetime

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from people.channels.email import send_email
from people.channels.references import REPORT, reference_to
from people.channels.results import Refused, Result, Unknown
from people.channels.sms import gateway
from people.delivery.leases import Taken, renew, take_next
from people.delivery.outcomes import settle
from people.enums import Channel, MessageState
from people.models import Message

logger = structlog.get_logger(__name__)


def deliver_next(now: datetime) -> bool:
    """Deals with the row whose turn it is; False when nothing is due.

    E-mail: at least once, and the same Message-ID if twice. Sms: at most once. Must not be called inside a transaction.
    """
    with translation.override(settings.LANGUAGE_CODE):  # reasons are for staff
        taken = take_next(now)
        if isinstance(taken, bool):
            return taken
        result = _send(taken)
        if result is not None:
            _mark(taken, result, now)
        return True


def _send(taken: Taken) -> Result | None:
    """None when the row turned out to be somebody else's before anything was sent."""
    envelope = taken.envelope
    try:
        if envelope.channel == Channel.SMS:
            reference = reference_to(taken.pk, REPORT)
            return gateway().send(envelope.to, envelope.text, sender=envelope.sender_name, reference=reference)
        return send_email(envelope, still_ours=lambda: renew(taken))
    except Exception:
        logger.exception("message_transport_broke", message=taken.pk)
        reason = _("Något gick fel i portalen.")
        return Unknown(reason) if envelope.channel == Channel.SMS else Refused(reason)


def _mark(taken: Taken, result: Result, now: datetime) -> None:
    with transaction.atomic():
        rows = Message.objects.select_related("contact", "office").select_for_update(of=("self",))
        message = rows.filter(pk=taken.pk, lease=taken.lease, state=MessageState.SENDING).first()
        if message is None:
            logger.warning("message_lease_lost", message=taken.pk, result=type(result).__name__)
            return
        settle(message, result, now)
