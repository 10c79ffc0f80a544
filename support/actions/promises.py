"""The promise of an answer, when it is about to be broken or has been."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from people.calendar import SwedishCalendar, stockholm_day
from people.enums import CallOutcome
from people.models import CallTask
from support.actions.logs import write_log
from support.actions.requests import locked
from support.emails import handling as emails
from support.emails import organisations as organisation_emails
from support.enums import LogKind
from support.models import OrganisationRequest, SupportRequest
from support.promises import is_at_risk, is_broken


@transaction.atomic
def warn_of_promise(support_request: SupportRequest, *, now: datetime) -> bool:
    """Today is the last day to answer: the managers of the office hear of it, once. False when there is no need."""
    support_request = locked(support_request)
    if support_request.risk_told_at or not _is_waiting(support_request):
        return False
    today = stockholm_day(now)
    assert support_request.promised_by is not None  # `request_sent_has_promise`
    if is_broken(support_request.promised_by, today) or not is_at_risk(
        support_request.promised_by, today, SwedishCalendar()
    ):
        return False
    support_request.risk_told_at = now
    support_request.save(update_fields=["risk_told_at"])
    emails.tell_at_risk(support_request, now=now)
    return True


@transaction.atomic
def own_up_to_lateness(support_request: SupportRequest, *, now: datetime) -> bool:
    """We did not answer in time: the group hears it plainly, the managers too, once. False when there is no need."""
    support_request = locked(support_request)
    if support_request.late_told_at or not _is_waiting(support_request):
        return False
    assert support_request.promised_by is not None  # `request_sent_has_promise`
    if not is_broken(support_request.promised_by, stockholm_day(now)):
        return False
    support_request.late_told_at = now
    support_request.save(update_fields=["late_told_at"])
    write_log(support_request, LogKind.STATUS, _("Vi är sena med vårt svar."), now=now)
    emails.tell_late(support_request, now=now)
    return True


@transaction.atomic
def warn_of_waiting_organisation(organisation_request: OrganisationRequest, *, now: datetime) -> bool:
    """The last day to answer an organisation is here, or gone: the managers of the office hear of it, once.

    False when there is no need.
    """
    rows = OrganisationRequest.objects.to_tell_of().select_for_update(of=("self",))
    waiting = rows.filter(pk=organisation_request.pk).first()
    if waiting is None or not is_at_risk(waiting.promised_by, stockholm_day(now), SwedishCalendar()):
        return False
    waiting.waits_told_at = now
    waiting.save(update_fields=["waits_told_at"])
    organisation_emails.tell_waiting(waiting, now=now)
    return True


def _is_waiting(support_request: SupportRequest) -> bool:
    """Whether the group still waits for an answer. One that was called because of a message has got it."""
    if not support_request.is_open or support_request.first_answer_at:
        return False
    calls = CallTask.objects.filter(
        message__about_model=SupportRequest._meta.label_lower,
        message__about_id=support_request.pk,
        outcome=CallOutcome.REACHED,
    )
    if (call := calls.order_by("done_at").first()) is None:
        return True
    support_request.first_answer_at = call.done_at
    support_request.save(update_fields=["first_answer_at"])
    return False
