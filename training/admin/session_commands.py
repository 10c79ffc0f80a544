"""What staff do with a session: write it, publish it, change it, call it off, hold it again."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from people import clock
from people.calendar import STOCKHOLM
from people.form_pack import PortalForm
from people.models import StaffRole, User
from training.actions import drafts, sessions
from training.admin.base import TrainingCommand, TrainingCreation, offices_of
from training.enums import SessionState
from training.forms.staff_sessions import CallOffForm, ChangeSessionForm, NewSessionForm, RepeatForm, TimeForm
from training.models import Course, Session
from training.permissions import READS_NEEDS


def hosts_of(session: Session) -> QuerySet[User]:
    """Who can answer for a session: those who prepare sessions at its office, and whoever does it now."""
    roles = StaffRole.objects.active(clock.today()).for_office(session.office).filter(role__in=READS_NEEDS)
    here = User.objects.filter(is_active=True, roles__in=roles)
    return (here | User.objects.filter(pk=session.host_id)).distinct().order_by("name", "pk")


class NewSession(TrainingCreation):
    label = _("Nytt tillfälle")
    done = _("Utkastet är sparat. Ingen ser det förrän ni publicerar.")

    def make_form(self, user: User, data: Any = None) -> PortalForm:
        initial = {"course": Course.objects.values_list("pk", flat=True).first()} if Course.objects.count() == 1 else {}
        return NewSessionForm(data, offices=offices_of(user), initial=initial)

    def run(self, answers: dict[str, Any], *, by: User, now: datetime) -> Session:
        return drafts.draft_session(answers["course"], office=answers["office"], values=answers, by=by, now=now)


class Publish(TrainingCommand):
    name = "publish"
    label = _("Publicera")
    done = _("Tillfället syns på webbplatsen, och det går att anmäla sig.")
    is_main = True

    def is_possible(self, row: Session) -> bool:
        return row.state == SessionState.DRAFT and row.starts_at > clock.now()

    def run(self, row: Session, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        sessions.publish(row, by=by, now=now)


class TellsMany(TrainingCommand):
    """A command that people are told of: how many they are is shown before it is done."""

    template = "admin/training/session/tells.html"

    def will_tell(self, row: Session, answers: dict[str, Any]) -> bool:
        raise NotImplementedError

    def preview(self, row: Session, answers: dict[str, Any], user: User) -> dict[str, Any]:
        if row.state != SessionState.PUBLISHED or not self.will_tell(row, answers):
            return {}
        told = row.registrations.still_on().count()
        return {"told": told} if told else {}


class Change(TellsMany):
    name = "edit"
    label = _("Ändra")
    done = _("Ändringen är sparad.")
    form_class = ChangeSessionForm

    def is_possible(self, row: Session) -> bool:
        return row.state != SessionState.CANCELLED and not row.is_over(clock.now())

    def make_form(self, row: Session, user: User, data: Any = None) -> PortalForm:
        return ChangeSessionForm(data, initial=self.initial(row, user), hosts=hosts_of(row))

    def initial(self, row: Session, user: User) -> dict[str, Any]:
        begins, ends = row.starts_at.astimezone(STOCKHOLM), row.ends_at.astimezone(STOCKHOLM)
        same = ("place", "way_there", "link", "seats", "led_by", "language", "interpreted", "access", "access_notes")
        return {
            "day": begins.date(),
            "clock": begins.time(),
            "until": ends.time(),
            "host": row.host,
            "price": row.price,
            **{name: getattr(row, name) for name in same},
        }

    def will_tell(self, row: Session, answers: dict[str, Any]) -> bool:
        return any(answers[name] != getattr(row, name) for name in sessions.MOVES)

    def run(self, row: Session, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        sessions.change_session(row, values=answers, by=by, now=now)


class CallOff(TellsMany):
    name = "call-off"
    label = _("Ställ in")
    done = _("Tillfället är inställt.")
    form_class = CallOffForm

    def is_possible(self, row: Session) -> bool:
        return row.state != SessionState.CANCELLED and row.starts_at > clock.now()

    def will_tell(self, row: Session, answers: dict[str, Any]) -> bool:
        return True

    def run(self, row: Session, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        sessions.call_off(row, because=answers["because"], by=by, now=now)


class Repeat(TrainingCommand):
    name = "repeat"
    label = _("Håll flera gånger")
    done = _("De nya tillfällena är utkast. De står under ”Samma serie”.")
    intro = _("Varje gång blir ett utkast med samma klockslag, plats och platser. Tider som redan finns hoppas över.")
    form_class = RepeatForm
    shows_current = False

    def make_form(self, row: Session, user: User, data: Any = None) -> PortalForm:
        return RepeatForm(data, starts_at=row.starts_at.astimezone(STOCKHOLM))

    def run(self, row: Session, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        sessions.repeat(row, starts=answers["starts"], by=by, now=now)


class Copy(TrainingCommand):
    name = "copy"
    label = _("Kopiera till ett nytt utkast")
    done = _("Här är kopian. Ingen ser den förrän ni publicerar.")
    intro = _("Allt utom tiden blir som här. De som är anmälda följer inte med.")
    form_class = TimeForm
    shows_current = False

    def initial(self, row: Session, user: User) -> dict[str, Any]:
        return {"clock": row.starts_at.astimezone(STOCKHOLM).time()}

    def run(self, row: Session, answers: dict[str, Any], *, by: User, now: datetime) -> Session:
        return drafts.copy_session(row, starts_at=answers["starts_at"], by=by, now=now)
