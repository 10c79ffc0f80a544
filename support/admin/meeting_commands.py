"""What a leader does with first meetings: offers times, books, moves, calls off, prepares, writes down."""

from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from people import clock
from people.calendar import STOCKHOLM
from people.form_pack import PortalForm
from people.models import User
from support.actions import meetings, slots
from support.actions.leader_time import clashes_of
from support.actions.meeting_needs import wanted_needs
from support.admin import words
from support.admin.base import SupportCommand
from support.admin.offered_times import Proposed, proposed, shown_as
from support.enums import AccessNeed, InterpreterState, MeetingState, NeedState, PlaceKind, RequestStatus, SlotState
from support.forms.offered_times import OfferForm
from support.forms.staff_meetings import CancelForm, InterpreterForm, RecordForm, TimeForm, key_of
from support.models import IntakeMeeting, MeetingNeed, MeetingSlot, SupportRequest


def needs_of(support_request: SupportRequest) -> dict[str, Any]:
    """What to think of when a meeting is planned: language, interpreter, and what they need to be able to come."""
    return {
        "contact": support_request.contact,
        "languages": words.languages(support_request.contact),
        "needs": [text or str(AccessNeed(need).label) for need, text in wanted_needs(support_request).items()],
        "how_many": words.size(support_request.size_band),
    }


class OfferSlots(SupportCommand):
    """Single times are offered at once when they are free; by pattern, or with something in the way, after a look."""

    name = "offer"
    label = _("Erbjud tider")
    done = _("Gruppen får välja bland tiderna på sin sida.")
    form_class: ClassVar[type[PortalForm]] = OfferForm
    template = "admin/support/supportrequest/offer.html"

    def is_possible(self, row: SupportRequest) -> bool:
        return row.status in {RequestStatus.RECEIVED, RequestStatus.IN_REVIEW}

    def context(self, row: SupportRequest, user: User) -> dict[str, Any]:
        return needs_of(row)

    def preview(self, row: SupportRequest, answers: dict[str, Any], user: User) -> dict[str, Any]:
        """The times with what is in the way of each. Asked for again when something has come in the way since."""
        times = proposed(answers["times"], leader=user, besides=row, now=clock.now())
        looked = shown_as(times)
        if answers["looked"] == looked or not (answers["by_pattern"] or any(one.in_the_way for one in times)):
            return {}
        return {"times": times, "looked": looked, "busy": sum(bool(one.in_the_way) for one in times)}

    def run(self, row: SupportRequest, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        times, despite = answers["times"], []
        if answers["looked"]:
            ticked = {*answers["picked"], *answers["anyway"]}
            times = [span for span in times if Proposed.key_of(span) in ticked]
            despite = [span[0] for span in times if Proposed.key_of(span) in answers["anyway"]]
        slots.offer_slots(
            row,
            times=times,
            place_kind=PlaceKind(answers["place_kind"]),
            place=answers["place"],
            by=by,
            now=now,
            despite=despite,
        )


def _in_the_way(leader: User, support_request: SupportRequest, answers: dict[str, Any]) -> dict[str, Any]:
    """What the leader has at the time already, once, before it is booked. Nothing when they want it anyway."""
    span = (answers["starts_at"], answers["ends_at"])
    clashes = clashes_of(leader, [span], besides=support_request, now=clock.now()).get(span)
    if answers["even_if_busy"] or not clashes:
        return {}
    return {"clashes": clashes, "leader": leader, "anyway": key_of(*span)}


class BookMeeting(SupportCommand):
    name = "book"
    label = _("Boka möte")
    done = _("Mötet är bokat, och gruppen får veta det.")
    form_class = TimeForm
    template = "admin/support/supportrequest/book.html"

    def is_possible(self, row: SupportRequest) -> bool:
        return row.status in {RequestStatus.RECEIVED, RequestStatus.IN_REVIEW}

    def context(self, row: SupportRequest, user: User) -> dict[str, Any]:
        return needs_of(row)

    def preview(self, row: SupportRequest, answers: dict[str, Any], user: User) -> dict[str, Any]:
        return _in_the_way(row.leader or user, row, answers)

    def run(self, row: SupportRequest, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        meetings.book_meeting(row, **_time_and_place(answers), by=by, now=now)


def _time_and_place(answers: dict[str, Any]) -> dict[str, Any]:
    return {
        "starts_at": answers["starts_at"],
        "ends_at": answers["ends_at"],
        "place_kind": PlaceKind(answers["place_kind"]),
        "place": answers["place"],
        "even_if_busy": answers["even_if_busy"],
    }


class OfMeeting(SupportCommand):
    """A command on a booked meeting."""

    def is_possible(self, row: IntakeMeeting) -> bool:
        return row.state == MeetingState.BOOKED

    def context(self, row: IntakeMeeting, user: User) -> dict[str, Any]:
        return needs_of(row.support_request)


class MoveMeeting(OfMeeting):
    name = "move"
    label = _("Flytta")
    done = _("Mötet är flyttat, och gruppen får veta det. Kolla att det som är ordnat passar den nya tiden.")
    form_class = TimeForm
    template = "admin/support/supportrequest/book.html"

    def initial(self, row: IntakeMeeting, user: User) -> dict[str, Any]:
        local = row.starts_at.astimezone(STOCKHOLM)
        return {
            "day": local.date(),
            "clock": local.time(),
            "minutes": int((row.ends_at - row.starts_at).total_seconds() // 60),
            "place_kind": row.place_kind,
            "place": row.place,
        }

    def preview(self, row: IntakeMeeting, answers: dict[str, Any], user: User) -> dict[str, Any]:
        return _in_the_way(row.leader, row.support_request, answers)

    def run(self, row: IntakeMeeting, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        meetings.move_meeting(row, **_time_and_place(answers), by=by, now=now)


class CancelMeeting(OfMeeting):
    name = "cancel"
    label = _("Ställ in")
    done = _("Mötet är inställt.")
    form_class = CancelForm

    def run(self, row: IntakeMeeting, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        meetings.cancel_meeting(row, by_group=answers["who"] == "group", by=by, now=now)


class RecordMeeting(OfMeeting):
    name = "record"
    label = _("Anteckna")
    done = _("Mötet är antecknat.")
    form_class = RecordForm
    is_main = True

    def run(self, row: IntakeMeeting, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        meetings.record_meeting(
            row,
            state=MeetingState(answers["state"]),
            shared_notes=answers["shared_notes"],
            internal_note=answers["internal_note"],
            by=by,
            now=now,
        )


class SetInterpreter(OfMeeting):
    name = "interpreter"
    label = _("Tolk")
    done = _("Tolken är antecknad.")
    form_class = InterpreterForm

    def initial(self, row: IntakeMeeting, user: User) -> dict[str, Any]:
        return {"state": row.interpreter, "language": row.interpreter_language}

    def run(self, row: IntakeMeeting, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        meetings.set_interpreter(
            row, state=InterpreterState(answers["state"]), language=answers["language"], by=by, now=now
        )


class WithdrawSlot(SupportCommand):
    name = "withdraw"
    label = _("Ta bort tiden")
    done = _("Tiden är borttagen.")

    def is_possible(self, row: MeetingSlot) -> bool:
        return row.state == SlotState.OFFERED

    def run(self, row: MeetingSlot, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        slots.withdraw_slot(row, by=by, now=now)

    def comes_back_to(self, row: MeetingSlot) -> SupportRequest:
        return row.support_request


class SetNeed(SupportCommand):
    """How far we have come with one thing that is needed at the meeting: one press."""

    state: ClassVar[NeedState]

    def is_possible(self, row: MeetingNeed) -> bool:
        return row.meeting.state == MeetingState.BOOKED and row.state != self.state

    def run(self, row: MeetingNeed, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        meetings.set_need(row, state=self.state, by=by, now=now)

    def comes_back_to(self, row: MeetingNeed) -> IntakeMeeting:
        return row.meeting


class NeedArranged(SetNeed):
    name = "arranged"
    label = _("Det är ordnat")
    done = _("Antecknat: det är ordnat.")
    state = NeedState.ARRANGED
    is_main = True


class NeedMissing(SetNeed):
    name = "missing"
    label = _("Det gick inte")
    done = _("Antecknat. Säg till gruppen i god tid, så att de kan välja hur ni gör.")
    state = NeedState.MISSING


class NeedToArrange(SetNeed):
    name = "to-arrange"
    label = _("Ska ordnas")
    done = _("Antecknat: det ska ordnas.")
    state = NeedState.TO_ARRANGE
