"""What leaders do to many rows of a list at once. How that goes: `people/admin/bulk.py`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from people import clock
from people.admin.bulk import Bulk, Fetch, Outlook
from people.calendar import long_time
from people.form_pack import PortalForm
from people.models import MANAGING_ROLES, User, held_roles
from support.actions import bulk, handling, messages
from support.actions.leader_time import LeaderBusy
from support.admin.base import REFUSALS
from support.admin.bulk_writing import gathered, reaches_of
from support.admin.hand_over_commands import loads_seen_by
from support.admin.offered_times import Proposed, proposed, shown_as
from support.enums import MeetingState, Phase, PlaceKind, RequestStatus
from support.forms.bulk import GiveToForm, MoveManyForm, WriteToManyForm
from support.forms.offered_times import OfferForm
from support.models import IntakeMeeting, SupportPeriod, SupportRequest
from support.permissions import LEADING_ROLES, answers_for, leaders_of

Case = SupportRequest | SupportPeriod

OF_MANY = {**REFUSALS, bulk.Stays: lambda refusal: refusal.why_not, LeaderBusy: bulk.BUSY}
CLOSED = gettext_lazy("Ärendet är avslutat.")
JOINED = gettext_lazy("Förfrågan hör ihop med en annan. Gör det på den andra.")
NOT_YOURS = gettext_lazy("Bara den som svarar för orten kan ge bort ärendet.")


def why_closed(case: Case) -> Any:
    """Why nothing can be done to the case, in words; empty when it can."""
    if not case.is_open:
        return CLOSED
    return JOINED if getattr(case, "joined_to_id", None) else ""


class SupportBulk(Bulk[Any]):
    refusals = OF_MANY


class TakeRequests(SupportBulk):
    name = "take"
    label = gettext_lazy("Ta ärendena")
    intro = gettext_lazy("Du blir den som har dem. Varje grupp får veta vem du är, på sitt trygga sätt.")

    def is_allowed(self, user: User) -> bool:
        return any(role in LEADING_ROLES for role, _office in held_roles(user))

    def outlooks(self, rows: Sequence[Any], answers: Mapping[str, Any] | None, user: User) -> list[Outlook]:
        return [self._outlook(row, user) for row in rows]

    def _outlook(self, row: SupportRequest, user: User) -> Outlook:
        why_not = why_closed(row)
        if not why_not and row.leader:
            mine = row.leader == user
            why_not = _("Du har det redan.") if mine else _("%(leader)s har det redan.") % {"leader": row.leader}
        return Outlook(row, why_not or _("Blir ditt."), is_left_out=bool(why_not))

    def run(self, row: SupportRequest, answers: Mapping[str, Any], *, by: User, now: datetime) -> None:
        handling.take_request(row, by=by, now=now)

    def done(self, count: int) -> str:
        return ngettext("Du har tagit %(count)s ärende.", "Du har tagit %(count)s ärenden.", count) % {"count": count}


class GiveCases(SupportBulk):
    """For those who answer for the office. What each leader has already stands beside the name."""

    name = "give"
    label = gettext_lazy("Ge till")
    intro = gettext_lazy("Det sker på en gång, utan att någon frågas. Kollegan och varje grupp får veta det.")

    def is_allowed(self, user: User) -> bool:
        return user.is_superuser or any(role in MANAGING_ROLES for role, _office in held_roles(user))

    def may(self, row: Case, user: User) -> bool:
        return answers_for(user, row.office_id)

    def make_form(self, rows: Sequence[Any], user: User, data: Any = None) -> PortalForm:
        offices = {row.office for row in rows}
        leaders = leaders_of(None, clock.today())
        if None not in offices:
            at = [one.pk for office in offices for one in leaders_of(office, clock.today())]
            leaders = leaders.filter(pk__in=at)
        only = next(iter(offices)) if len(offices) == 1 else None
        return GiveToForm(data, leaders=leaders, loads=loads_seen_by(user, leaders, only))

    def outlooks(self, rows: Sequence[Any], answers: Mapping[str, Any] | None, user: User) -> list[Outlook]:
        to = answers["to"] if answers else None
        return [self._outlook(row, to, user) for row in rows]

    def _outlook(self, row: Case, to: User | None, user: User) -> Outlook:
        why_not = why_closed(row) or ("" if answers_for(user, row.office_id) else NOT_YOURS)
        if not why_not and to is not None and row.leader_id == to.pk:
            why_not = _("%(leader)s har det redan.") % {"leader": to}
        has_it = _("%(leader)s har det nu.") % {"leader": row.leader} if row.leader else _("Ingen har det än.")
        return Outlook(row, why_not or has_it, is_left_out=bool(why_not))

    def run(self, row: Case, answers: Mapping[str, Any], *, by: User, now: datetime) -> None:
        bulk.give_one(row, to=answers["to"], by=by, now=now)

    def done(self, count: int) -> str:
        words = ngettext(
            "%(count)s ärende har en ny utvecklingsledare.", "%(count)s ärenden har en ny utvecklingsledare.", count
        )
        return words % {"count": count}


class MoveMeetings(SupportBulk):
    name = "move"
    label = gettext_lazy("Flytta möten")
    intro = gettext_lazy("Du ser varje ny tid innan något flyttas. Sedan får varje grupp veta den nya tiden.")
    form_class = MoveManyForm
    looks_first = True

    def outlooks(self, rows: Sequence[Any], answers: Mapping[str, Any] | None, user: User) -> list[Outlook]:
        if answers is None:
            return [self._now(row) for row in rows]
        moves = bulk.plan_moves(rows, self._aim(answers), now=clock.now())
        return [
            Outlook(move.meeting, move.why_not or self._in_words(move), is_left_out=bool(move.why_not))
            for move in moves
        ]

    def _now(self, row: IntakeMeeting) -> Outlook:
        is_over = row.state != MeetingState.BOOKED
        return Outlook(row, bulk.GONE if is_over else "", is_left_out=is_over)

    def _aim(self, answers: Mapping[str, Any]) -> bulk.Aim:
        return bulk.Aim(answers["days"], answers["clock"], answers["place_kind"], answers["place"])

    def _in_words(self, move: bulk.Move) -> str:
        when = _("Blir %(when)s") % {"when": long_time(move.starts_at, clock.today())}
        return f"{when}, {move.place or move.place_kind.label}."

    def run(self, row: IntakeMeeting, answers: Mapping[str, Any], *, by: User, now: datetime) -> None:
        bulk.move_one(row, self._aim(answers), by=by, now=now)

    def done(self, count: int) -> str:
        return ngettext("%(count)s möte är flyttat.", "%(count)s möten är flyttade.", count) % {"count": count}


class OfferTimes(SupportBulk):
    """The same times to several groups: whoever picks first has the time."""

    name = "offer"
    label = gettext_lazy("Erbjud samma tider")
    intro = gettext_lazy("Varje grupp får välja bland samma tider. Den som väljer först får tiden.")
    form_class = OfferForm
    template = "admin/support/bulk_offer.html"
    looks_first = True
    unmarked = ("looked", "picked", "anyway")

    def outlooks(self, rows: Sequence[Any], answers: Mapping[str, Any] | None, user: User) -> list[Outlook]:
        return [self._outlook(row) for row in rows]

    def _outlook(self, row: SupportRequest) -> Outlook:
        why_not = why_closed(row)
        if not why_not and row.status not in {RequestStatus.RECEIVED, RequestStatus.IN_REVIEW}:
            why_not = _("Gruppen har redan en tid, eller behöver ingen.")
        return Outlook(row, why_not, is_left_out=bool(why_not))

    def context(self, looks: Sequence[Outlook], answers: Mapping[str, Any] | None, user: User) -> dict[str, Any]:
        if not answers:
            return {}
        times = proposed(answers["times"], leader=user, besides=None, now=clock.now())
        busy = sum(bool(one.in_the_way) for one in times)
        return {"preview": {"times": times, "looked": shown_as(times), "busy": busy}}

    def mark(self, context: Mapping[str, Any]) -> str:
        return str(context["preview"]["looked"])

    def run(self, row: SupportRequest, answers: Mapping[str, Any], *, by: User, now: datetime) -> None:
        ticked = {*answers["picked"], *answers["anyway"]}
        times = [span for span in answers["times"] if Proposed.key_of(span) in ticked]
        bulk.offer_one(
            row,
            times=times,
            despite=[span[0] for span in times if Proposed.key_of(span) in answers["anyway"]],
            place_kind=PlaceKind(answers["place_kind"]),
            place=answers["place"],
            by=by,
            now=now,
        )

    def done(self, count: int) -> str:
        words = ngettext("%(count)s grupp får välja tid.", "%(count)s grupper får välja tid.", count)
        return words % {"count": count}


class WriteToGroups(SupportBulk):
    """One text to each group, seen first: how many are reached in which way, and exactly what each way carries."""

    name = "write"
    label = gettext_lazy("Skriv till grupperna")
    intro = gettext_lazy("Samma text till varje grupp. Inget går någon annan väg än den de själva har valt.")
    form_class = WriteToManyForm
    template = "admin/support/bulk_write.html"
    looks_first = True

    def outlooks(self, rows: Sequence[Any], answers: Mapping[str, Any] | None, user: User) -> list[Outlook]:
        reaches = reaches_of(rows, answers["text"] if answers else "")
        return [self._outlook(row, reaches[row.pk]) for row in rows]

    def _outlook(self, row: Case, ways: Sequence[Any]) -> Outlook:
        why_not = "" if getattr(row, "phase", "") == Phase.SELF_RELIANT else why_closed(row)
        if not why_not and not any(not way.is_refused for way in ways):
            why_not = " ".join(way.words for way in ways) or _("Gruppen har ingen kontaktperson.")
        return Outlook(row, why_not, is_left_out=bool(why_not))

    def context(self, looks: Sequence[Outlook], answers: Mapping[str, Any] | None, user: User) -> dict[str, Any]:
        if not answers:
            return {}
        going = [one.row for one in looks if not one.is_left_out]
        return {"text": answers["text"], "ways": gathered(going, answers["text"])}

    def mark(self, context: Mapping[str, Any]) -> str:
        return repr([(way.kind, way.subject, way.text, way.count) for way in context["ways"]])

    def run(self, row: Case, answers: Mapping[str, Any], *, by: User, now: datetime) -> None:
        messages.write_to_group(row, text=answers["text"], by=by, now=now)

    def done(self, count: int) -> str:
        words = ngettext("Texten står på %(count)s grupps sida.", "Texten står på %(count)s gruppers sidor.", count)
        return words % {"count": count}


REQUESTS = (TakeRequests(), GiveCases(), OfferTimes(), WriteToGroups(), Fetch())
PERIODS = (GiveCases(), WriteToGroups(), Fetch())
MEETINGS = (MoveMeetings(), Fetch())
