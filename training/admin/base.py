"""What the pages of sessions have in common: refusals in plain words, and where the user works."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.actions.contacts import ContactErased, NoSuchAddress
from people.admin.commands import Command, Creation, Refusals
from people.models import Office, User, in_offices_of
from training.actions import queue, registering, sessions, writing


def _taken(refusal: registering.SeatsTaken) -> str:
    return _("Så många platser är inte lediga. De kan vara högst %(most)s.") % {"most": refusal.most}


def _held(refusal: sessions.TooFewSeats) -> str:
    return _("%(held)s platser är redan tagna. Så många måste det finnas.") % {"held": refusal.held}


REFUSALS: Refusals = {
    registering.SessionClosed: gettext_lazy("Det går inte att anmäla någon längre, eller inte än."),
    registering.SeatsTaken: _taken,
    registering.RegistrationEnded: gettext_lazy("Anmälan är redan avslutad, eller så har träffen börjat."),
    queue.OfferGone: gettext_lazy("Platsen hålls inte längre."),
    sessions.NotComplete: gettext_lazy("Skriv en plats eller en länk först. Tryck på Ändra."),
    sessions.SessionOver: gettext_lazy("Det går inte längre: träffen har börjat eller är inställd."),
    sessions.TooFewSeats: _held,
    writing.NobodyToTell: gettext_lazy("Det finns ingen att skriva till. Välj andra."),
    writing.NothingWritten: gettext_lazy("Skriv det du vill säga."),
    NoSuchAddress: gettext_lazy("Kontaktsättet behöver ett nummer eller en adress som går att nå."),
    ContactErased: gettext_lazy("Personens uppgifter är borttagna."),
}


class TrainingCommand(Command[Any]):
    """A command whose refusals are those of the training app."""

    refusals = REFUSALS


class TrainingCreation(Creation[Any]):
    """As TrainingCommand, for what is added."""

    refusals = REFUSALS


def offices_of(user: User) -> QuerySet[Office]:
    """Where the user prepares sessions."""
    return Office.objects.filter(in_offices_of(user, "pk"), is_active=True)
