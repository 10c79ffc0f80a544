"""What comes back from messages: someone who wants no more of a kind, and the sms gateway's reports."""

import structlog
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from people import clock
from people.actions import messages as actions
from people.channels.references import REPORT, STOP, message_pk_of
from people.models import Message

DELIVERED, FAILED = "delivered", "failed"
LONGEST_ID = 120

logger = structlog.get_logger(__name__)


def _message(reference: str, purpose: str) -> Message:
    """The message of a reference that we signed; anything else does not exist."""
    pk = message_pk_of(reference, purpose)
    if pk is None:
        raise Http404
    return get_object_or_404(Message.objects.select_related("contact", "office"), pk=pk)


@csrf_exempt  # RFC 8058: the mail program posts by itself; the signed reference is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_reminders(request: HttpRequest, reference: str) -> HttpResponse:
    """GET only asks, since link scanners follow every link; POST stops the kind. A second time changes nothing."""
    message = _message(reference, STOP)
    if request.method == "POST":
        actions.stop_reminders(message, now=clock.now())
    return render(request, "people/stop_reminders.html", {"is_done": request.method == "POST"})


@csrf_exempt
@require_POST
def sms_report(request: HttpRequest, reference: str) -> HttpResponse:
    """46elks tells what became of an sms: `id` and `status`. It asks again for hours unless the answer is 2xx."""
    message = _message(reference, REPORT)
    provider_id, status = request.POST.get("id", "")[:LONGEST_ID], request.POST.get("status", "")
    if status in {DELIVERED, FAILED} and provider_id and "\x00" not in provider_id:
        actions.record_delivery_report(
            message, provider_id=provider_id, is_delivered=status == DELIVERED, now=clock.now()
        )
    else:
        logger.warning("sms_report_not_understood", message=message.pk)
    return HttpResponse(status=204)
