"""What staff do with those who come: register who rings, change and cancel for them, write to all, note who came."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from people import clock
from people.admin.shown_once import ShowOnce
from people.channels.envelopes import is_discreet, portal_url
from people.delivery import previews
from people.delivery.previews import Preview
from people.form_pack import PortalForm
from people.models import User
from training import emails
from training.actions import queue, registering, sessions, writing
from training.admin.base import REFUSALS, TrainingCommand
from training.enums import STILL_ON, EndedBy, RegistrationState, SessionState
from training.forms.staff_registrations import AttendanceForm, Receivers, RegisterForm, SeatsForm, WriteForm, name_of
from training.models import Registration, Session

CAN_COME = (RegistrationState.REGISTERED, RegistrationState.ATTENDED, RegistrationState.ABSENT)
"""Those who had seats on the day: of them it is noted who came."""

DOORS_OPEN = timedelta(hours=2)
"""So long before the beginning those who have come can be ticked."""


class Register(ShowOnce):
    """Someone who rings. The way back is read out while they are on the telephone, and shown nowhere else."""

    name = "register"
    label = _("Anmäl någon")
    intro = _("För den som ringer. Fråga personen själv, och skriv det den säger.")
    form_class = RegisterForm
    refusals = REFUSALS
    page = "admin/training/session/registered.html"

    def is_possible(self, row: Session) -> bool:
        return row.is_open(clock.now())

    def show(self, row: Session, answers: dict[str, Any], *, by: User, now: datetime) -> dict[str, Any]:
        told = registering.register(row, answers["wish"], once_key=answers["press"], now=now)
        contact = told.registration.contact
        opened = told.opened
        address = portal_url(opened.path, discreet=is_discreet(contact)) if opened else ""
        return {"registration": told.registration, "contact": contact, "opened": opened, "address": address}


RECEIVERS: dict[str, tuple[RegistrationState, ...]] = {
    Receivers.EXPECTED: (RegistrationState.REGISTERED, RegistrationState.ATTENDED),
    Receivers.QUEUE: (RegistrationState.WAITLISTED, RegistrationState.OFFERED),
    Receivers.BOTH: (*STILL_ON, RegistrationState.ATTENDED),
}


@dataclass(frozen=True)
class Sample:
    """What those who are reached in one way get: how many they are, and the letter to the first of them."""

    count: int
    shown: Preview


@dataclass(frozen=True)
class Shown:
    """What a text becomes, before it is sent."""

    count: int
    samples: Sequence[Sample]
    mark: str


def shown_to_all(session: Session, text: str, states: Sequence[RegistrationState]) -> Shown:
    """One letter for each way in which any of them is reached. Another text or other people: another mark."""
    text = text.replace("\r\n", "\n").strip()
    by_way: dict[Any, list[Registration]] = {}
    receivers = writing.receivers_of(session, states)
    for one in receivers:
        contact = one.contact
        way = (contact.channel, is_discreet(contact), contact.reads, bool(contact.suppressed_because))
        by_way.setdefault(way, []).append(one)
    samples = []
    for alike in by_way.values():
        alike[0].session = session
        context = emails.written_context(alike[0], text, now=clock.now())
        samples.append(Sample(len(alike), previews.preview(emails.WRITTEN.name, alike[0].contact, context=context)))
    mark = hashlib.sha256(repr((text, sorted(one.pk for one in receivers))).encode()).hexdigest()
    return Shown(len(receivers), samples, mark)


class WriteToAll(TrainingCommand):
    name = "write"
    label = _("Skriv till alla")
    done = _("Meddelandet är på väg, till var och en på det sätt som den har valt.")
    form_class = WriteForm
    template = "admin/training/session/write.html"
    shows_current = False

    def is_possible(self, row: Session) -> bool:
        return row.state == SessionState.PUBLISHED

    def preview(self, row: Session, answers: dict[str, Any], user: User) -> dict[str, Any]:
        shown = shown_to_all(row, answers["text"], RECEIVERS[answers["to"]])
        return {} if not shown.count or shown.mark == answers["shown"] else {"shown": shown}

    def run(self, row: Session, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        states = RECEIVERS[answers["to"]]
        writing.write_to_all(row, text=answers["text"], states=states, press=answers["press"], by=by, now=now)


class Attendance(TrainingCommand):
    name = "attendance"
    label = _("Anteckna närvaro")
    done = _("Närvaron är sparad. Spara en gång till om något blev fel.")
    form_class = AttendanceForm
    template = "admin/training/session/attendance.html"
    is_main = True

    def is_possible(self, row: Session) -> bool:
        return row.state == SessionState.PUBLISHED and row.starts_at - DOORS_OPEN <= clock.now()

    def make_form(self, row: Session, user: User, data: Any = None) -> PortalForm:
        rows = expected_at(row)
        return AttendanceForm(data, registrations=rows, initial=_came(rows))

    def initial(self, row: Session, user: User) -> dict[str, Any]:
        return _came(expected_at(row))

    def run(self, row: Session, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        sessions.note_attendance(row, came=answers["came"], by=by, now=now)


def expected_at(session: Session) -> list[Registration]:
    """Those whose attendance is noted, in the order of the alphabet."""
    rows = list(session.registrations.filter(state__in=CAN_COME).select_related("contact"))
    return sorted(rows, key=lambda one: (one.contact.called.casefold(), one.pk))


def _came(rows: Sequence[Registration]) -> dict[str, Any]:
    return {name_of(one): bool(one.came) if one.seats == 1 else one.came or 0 for one in rows}


class OfRegistration(TrainingCommand):
    """A command on someone who waits or is expected."""

    def is_possible(self, row: Registration) -> bool:
        return row.state in STILL_ON and row.session.is_open(clock.now())

    def context(self, row: Registration, user: User) -> dict[str, Any]:
        return {"contact": row.contact}

    def comes_back_to(self, row: Registration) -> Session:
        return row.session


class CancelForThem(OfRegistration):
    name = "cancel"
    label = _("Avanmäl")
    done = _("De är avanmälda. Finns det någon i kön som får plats, erbjuder vi den platsen.")
    intro = _("Gör det bara när personen själv har bett om det. Den får veta att den är avanmäld.")

    def run(self, row: Registration, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        registering.cancel(row, now=now, ended_by=EndedBy.STAFF)


class ChangeSeats(OfRegistration):
    name = "seats"
    label = _("Ändra antal")
    done = _("Antalet är ändrat.")
    form_class = SeatsForm

    def initial(self, row: Registration, user: User) -> dict[str, Any]:
        return {"seats": row.seats}

    def run(self, row: Registration, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        registering.change_seats(row, seats=answers["seats"], now=now)


class TakeForThem(OfRegistration):
    name = "take"
    label = _("Tackar ja till platsen")
    done = _("De är anmälda nu.")
    intro = _("Gör det när personen själv har sagt ja.")

    def is_possible(self, row: Registration) -> bool:
        return super().is_possible(row) and row.state == RegistrationState.OFFERED

    def run(self, row: Registration, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        queue.take_offer(row, now=now)
