"""What the page of a session shows of those who come: seats, queue in its order, offers with the time left, needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.admin.commands import Button, CommandsMixin
from people.calendar import STOCKHOLM
from people.models import User
from training.enums import HOLDS_SEATS, AccessFact, EndedBy, RegistrationState
from training.evaluations import answers_of
from training.models import Registration, Session
from training.permissions import can_read_needs

HOUR = 3600
EXPECTED = (RegistrationState.REGISTERED, RegistrationState.ATTENDED, RegistrationState.ABSENT)


@dataclass(frozen=True)
class Participant:
    """One registration as staff see it. `needs` is empty for whoever may not read them."""

    row: Registration
    called: str
    state: str
    needs: str
    buttons: Sequence[Button]


def page_of_session(session: Session, user: User, *, may_change: bool, now: datetime) -> dict[str, Any]:
    """Everything about those who come, in one query for all of them."""
    reads_needs = can_read_needs(user, session.office_id)
    rows = list(session.registrations.select_related("contact"))
    for row in rows:
        row.session = session
    shown = [_participant(row, user if may_change else None, reads_needs, now) for row in rows]
    by_state = {state: [one for one in shown if one.row.state == state] for state in RegistrationState}
    return {
        "reads_needs": reads_needs,
        "participants": [one for state in EXPECTED for one in by_state[state]],
        "offered": by_state[RegistrationState.OFFERED],
        "queue": sorted(by_state[RegistrationState.WAITLISTED], key=lambda one: (one.row.queued_at, one.row.pk)),
        "cancelled": by_state[RegistrationState.CANCELLED],
        "figures": _figures(session, rows),
        "access": [str(AccessFact(one).label) for one in session.access],
        "answers": answers_of(session) if session.is_over(now) else None,
    }


def _participant(row: Registration, user: User | None, reads_needs: bool, now: datetime) -> Participant:
    return Participant(
        row=row,
        called=row.contact.called or _("Utan namn"),
        state=state_in_words(row, now),
        needs=row.needs if reads_needs else "",
        buttons=_buttons(row, user),
    )


def _buttons(row: Registration, user: User | None) -> Sequence[Button]:
    page = admin.site.get_model_admin(Registration)
    return page.buttons(row, user) if user and isinstance(page, CommandsMixin) else []


def state_in_words(row: Registration, now: datetime) -> str:
    """How far the registration has come, with what there is to know about it."""
    state = RegistrationState(row.state)
    if state == RegistrationState.OFFERED and row.offered_until:
        return _("Erbjuden plats, %(left)s") % {"left": _time_left(row.offered_until, now)}
    if state == RegistrationState.CANCELLED and row.ended_by:
        return str(EndedBy(row.ended_by).label)
    if state == RegistrationState.ATTENDED and row.came is not None and row.seats > 1:
        return _("%(came)s av %(seats)s kom") % {"came": row.came, "seats": row.seats}
    return str(state.label)


def _time_left(until: datetime, now: datetime) -> str:
    seconds = (until - now).total_seconds()
    if seconds <= 0:
        return _("tiden är ute")
    hours = int(seconds // HOUR)
    if not hours:
        return _("mindre än en timme kvar")
    left = ngettext("%(count)s timme kvar", "%(count)s timmar kvar", hours) % {"count": hours}
    return f"{left}, {until.astimezone(STOCKHOLM):%H.%M}"


def _figures(session: Session, rows: Sequence[Registration]) -> list[tuple[str, str]]:
    held = sum(row.seats for row in rows if row.state in HOLDS_SEATS)
    waiting = sum(row.seats for row in rows if row.state == RegistrationState.WAITLISTED)
    came = [row.came for row in rows if row.came is not None]
    found = [
        (_("Platser"), taken_in_words(held, session.seats)),
        (_("I kö"), str(waiting)),
        (_("Anmälningar"), str(sum(row.state in EXPECTED for row in rows))),
    ]
    return [*found, (_("Kom"), str(sum(came)))] if came else found


def taken_in_words(held: int, seats: int) -> str:
    return _("%(held)s av %(seats)s tagna") % {"held": held, "seats": seats}


@dataclass(frozen=True)
class Taken:
    """How many seats of a session are held, and how many wait for one."""

    held: int = 0
    waiting: int = 0


def taken_of(sessions: Sequence[int]) -> dict[int, Taken]:
    """For many sessions in one query. Those that nobody has registered for are not among them."""
    rows = Registration.objects.filter(session__in=sessions).values("session").order_by("session")
    sums = rows.annotate(
        held=Sum("seats", filter=Q(state__in=HOLDS_SEATS), default=0),
        waiting=Sum("seats", filter=Q(state=RegistrationState.WAITLISTED), default=0),
    )
    return {row["session"]: Taken(row["held"], row["waiting"]) for row in sums}


def in_series(session: Session, user: User) -> list[Session]:
    """The other sessions of the same series, in their order."""
    if session.series is None:
        return []
    others = Session.objects.visible_to(user).filter(series=session.series).exclude(pk=session.pk)
    return list(others.select_related("course"))
