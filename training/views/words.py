"""How a session and a registration are said to a reader: when, how many seats, and where a registration stands."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.calendar import STOCKHOLM, long_date, long_time
from people.enums import Channel, SpokenLanguage
from training.enums import AccessFact, EndedBy, RegistrationState, SessionState
from training.models import Registration, Session
from training.seats import FEW

MANY = 10
"""From so many free seats we say that there are many."""


def in_words(session: Session, today: date) -> str:
    """ "tisdag 8 september klockan 17.00–19.00"; the second day too, when it ends on another."""
    begins = long_time(session.starts_at, today)
    ends = session.ends_at.astimezone(STOCKHOLM)
    if ends.date() == session.starts_at.astimezone(STOCKHOLM).date():
        return f"{begins}–{ends:%H.%M}"
    return _("%(begins)s till %(ends)s") % {"begins": begins, "ends": long_time(session.ends_at, today)}


def hours(session: Session) -> str:
    """ "17.00–19.00", where the day stands above."""
    begins, ends = session.starts_at.astimezone(STOCKHOLM), session.ends_at.astimezone(STOCKHOLM)
    return f"{begins:%H.%M}–{ends:%H.%M}"


def day_of(session: Session, today: date) -> str:
    return long_date(session.starts_at.astimezone(STOCKHOLM).date(), today)


def seats_left(free: int) -> str:
    """Many, some, or how many when they are few."""
    if free <= 0:
        return _("Fullt. Du kan ställa dig i kö.")
    if free <= FEW:
        return ngettext("%(free)s plats kvar", "%(free)s platser kvar", free) % {"free": free}
    return _("Många platser kvar") if free >= MANY else _("Några platser kvar")


@dataclass(frozen=True)
class Spoken:
    """The name of a language, and the language that the name is written in where it is its own."""

    name: str
    own: str


def spoken(code: str) -> Spoken:
    language = SpokenLanguage(code)
    is_own = language not in {SpokenLanguage.SWEDISH_SIGN, SpokenLanguage.OTHER}
    return Spoken(str(language.label), language.value if is_own else "")


def access_facts(session: Session) -> list[str]:
    """Only what is known."""
    return [str(fact.label) for fact in AccessFact if fact.value in session.access]


@dataclass(frozen=True)
class Standing:
    """Where a registration stands: a heading, what it means, and the looks of the note around it."""

    heading: str
    text: str
    tone: str = "ok"


def standing(registration: Registration, *, place: int, now: datetime) -> Standing:
    """In words, to whoever is registered. `place` is which in the queue they are, when they are in it."""
    session = registration.session
    if session.state == SessionState.CANCELLED:
        return Standing(_("Träffen är inställd"), session.cancelled_because, "warn")
    if registration.state == RegistrationState.CANCELLED:
        return _ended(registration)
    if session.is_over(now):
        return Standing(_("Träffen är över"), _("Tack för att du anmälde dig."), "info")
    if registration.state == RegistrationState.OFFERED and registration.offered_until is not None:
        return _offered(registration, registration.offered_until, now)
    if registration.state == RegistrationState.WAITLISTED:
        return _waiting(registration, place, now)
    seats = registration.seats
    text = ngettext("Du har en plats.", "Ni har %(seats)s platser.", seats) % {"seats": seats}
    return Standing(_("Du är anmäld"), text)


def _ended(registration: Registration) -> Standing:
    if registration.ended_by == EndedBy.OFFER_LAPSED:
        text = _("Vi erbjöd en plats men fick inget svar i tid. Nu kan någon annan få den.")
        return Standing(_("Du är inte anmäld längre"), text, "warn")
    return Standing(_("Du är avanmäld"), _("Vill du komma ändå? Anmäl dig på nytt."), "info")


def _offered(registration: Registration, until: datetime, now: datetime) -> Standing:
    if until <= now or not registration.session.is_open(now):
        return Standing(_("Platsen är inte din längre"), _("Tiden att svara har gått ut."), "warn")
    clock = long_time(until, now.astimezone(STOCKHOLM).date())
    said = ngettext(
        "Vi håller en plats åt dig till %(until)s. Vill du ha den?",
        "Vi håller %(count)s platser åt er till %(until)s. Vill ni ha dem?",
        registration.seats,
    )
    return Standing(_("Det finns plats"), said % {"count": registration.seats, "until": clock}, "warn")


def _waiting(registration: Registration, place: int, now: datetime) -> Standing:
    if not registration.session.is_open(now):
        return Standing(_("Det blev ingen plats den här gången"), _("Träffen har börjat."), "info")
    where = _("Du står först i kön.") if place == 1 else _("Du är nummer %(place)s i kön.") % {"place": place}
    is_told = registration.contact.channel != Channel.SELF
    text = _("Blir det plats, hör vi av oss.") if is_told else _("Titta här ibland, för vi hör inte av oss.")
    text += " " + _("Vi håller platsen en kort tid. Då får du veta när du måste svara.")
    return Standing(_("Du står i kö"), f"{where} {text}", "info")
