"""The first meeting on the group's page: pick a time, see it, say that we cannot come."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.calendar import long_time
from people.clock import now, today
from support.actions.meetings import AlreadyBooked, MeetingOver, cancel_meeting
from support.actions.requests import RequestClosed
from support.actions.slots import SlotGone, take_slot
from support.calendar_files import FILE_NAME, content_type, invitation
from support.enums import LogKind, MeetingState
from support.forms.private import SlotForm
from support.models import IntakeMeeting, LogEntry, MeetingSlot
from support.views.visitor import Visitor, needs_visitor

TALKS_SHOWN = 20
"""The newest; older ones stand in the history."""


def _meetings(visitor: Visitor) -> QuerySet[IntakeMeeting]:
    return IntakeMeeting.objects.filter(support_request__in=visitor.requests())


def _booked(visitor: Visitor) -> IntakeMeeting | None:
    rows = _meetings(visitor).filter(state=MeetingState.BOOKED)
    return rows.select_related("leader").order_by("starts_at").first()


def _offered(visitor: Visitor) -> list[MeetingSlot]:
    return list(visitor.support_request.slots.open(now())) if visitor.support_request else []


@require_http_methods(["GET", "HEAD", "POST"])
@needs_visitor
def meetings(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The times we offer, one to choose; the booked meeting; what was said at those that were held."""
    slots = _offered(visitor)
    choices = [(slot, _in_words(slot)) for slot in slots]
    form = SlotForm(request.POST if request.method == "POST" else None, slots=choices)
    if request.method == "POST" and form.is_valid():
        return _take(request, next(slot for slot in slots if str(slot.pk) == form.cleaned_data["slot"]))
    context = {
        "form": form if slots else None,
        "booked": _booked(visitor),
        "held": list(_meetings(visitor).filter(state=MeetingState.HELD).order_by("-starts_at")),
        "talks": _talks(visitor),
    }
    return render(request, "support/my_meetings.html", context)


def _talks(visitor: Visitor) -> list[LogEntry]:
    """The meetings since, as they were written down for both."""
    if visitor.ours is None:
        return []
    rows = LogEntry.objects.shared().filter(period__group=visitor.ours.period.group_id, kind=LogKind.MEETING)
    return list(rows[:TALKS_SHOWN])


def _in_words(slot: MeetingSlot) -> str:
    place = slot.place or slot.get_place_kind_display()
    return f"{long_time(slot.starts_at, today())}, {place}"


def _take(request: HttpRequest, slot: MeetingSlot) -> HttpResponse:
    try:
        take_slot(slot, now=now())
    except SlotGone:
        messages.error(request, _("Tiden hann försvinna. Välj en annan."))
    except AlreadyBooked:
        messages.info(request, _("Det finns redan en bestämd tid."))
    except RequestClosed:
        messages.info(request, _("Er förfrågan är avslutad, så tiden går inte att välja längre."))
    else:
        messages.success(request, _("Tiden är er. Vi ses!"))
    return redirect("support:my_meetings")


@require_http_methods(["GET", "HEAD", "POST"])
@needs_visitor
def cancel(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Vi kan inte komma: asked about once, done at the second tap."""
    booked = _booked(visitor)
    if booked is None:
        return redirect("support:my_meetings")
    if request.method != "POST":
        return render(request, "support/my_meeting_cancel.html", {"booked": booked})
    try:
        cancel_meeting(booked, by_group=True, now=now())
    except MeetingOver:
        messages.info(request, _("Mötet är redan inställt."))
    else:
        messages.success(request, _("Mötet är inställt. Vi hör av oss om en ny tid."))
    return redirect("support:my_meetings")


@require_safe
@needs_visitor
def calendar_file(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The meeting for the person's own calendar; a cancelled one takes itself away there."""
    meeting = _meetings(visitor).select_related("leader", "support_request__contact").order_by("starts_at", "pk").last()
    if meeting is None:
        raise Http404
    response = HttpResponse(invitation(meeting), content_type=content_type(meeting))
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response
