"""What the leader's lists and pages say about a row, in a few plain words. No queries of their own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from groups.enums import SizeBand, SupportKind
from people.calendar import SwedishCalendar, stockholm_day
from people.enums import Channel, SpokenLanguage, YesNoUnknown
from people.models import Contact
from people.numbers import in_words
from support.enums import WaitsFor
from support.models import IntakeMeeting, MeetingSlot
from support.promises import is_at_risk, is_broken

CALENDAR = SwedishCalendar()

SIZES: Mapping[str, Promise | str] = {
    SizeBand.ALONE: gettext_lazy("en person"),
    SizeBand.UNKNOWN: gettext_lazy("vet inte hur många"),
    SizeBand.LARGE: gettext_lazy("25 eller fler"),
}
INTERPRETER: Mapping[str, Promise | str] = {
    YesNoUnknown.YES: gettext_lazy("tolk"),
    YesNoUnknown.NO: gettext_lazy("ingen tolk"),
}


@dataclass(frozen=True)
class Due:
    """When something must be done. The words say it all; `css` ("late", "soon" or nothing) only adds a colour."""

    text: str
    css: str = ""

    def html(self) -> SafeString:
        return format_html('<span class="{}">{}</span>', self.css or "due", self.text)


def with_question(text: SafeString, *, asks: bool) -> SafeString:
    """Adds that the group waits for an answer to something it asked."""
    return format_html('{} <span class="soon">{}</span>', text, _("fråga väntar")) if asks else text


def days_left(day: date, today: date) -> str:
    """ "två dagar kvar", "i dag", "tre dagar sen"."""
    days = (day - today).days
    if days in {0, 1}:
        return [_("i dag"), _("i morgon")][days]
    if days > 0:
        return _("%(days)s dagar kvar") % {"days": in_words(days)}
    return ngettext("en dag sen", "%(days)s dagar sen", -days) % {"days": in_words(-days)}


def promise(promised_by: date | None, today: date, *, is_open: bool, answered_at: datetime | None) -> Due:
    """How the promised answer stands: kept, still to keep, or broken."""
    if answered_at and promised_by:
        kept = stockholm_day(answered_at) <= promised_by
        return Due(_("svarade i tid") if kept else _("svarade för sent"))
    if not is_open or promised_by is None:
        return Due("–")
    css = "late" if is_broken(promised_by, today) else "soon" if is_at_risk(promised_by, today, CALENDAR) else ""
    return Due(days_left(promised_by, today), css)


def due(day: date | None, today: date) -> Due:
    """A day that someone has set, such as that of the next step."""
    if day is None:
        return Due("–")
    return Due(days_left(day, today), "late" if day < today else "soon" if (day - today).days <= 1 else "")


def whom(waits_for: str) -> str:
    """Who has the next move, in the middle of a sentence: "den som har ansvar"."""
    name = str(WaitsFor(waits_for).label)
    return name[:1].lower() + name[1:]


def size(band: str) -> str:
    """How many a group is, in words."""
    if not band:
        return "–"
    if band in SIZES:
        return str(SIZES[band])
    return _("%(band)s personer") % {"band": SizeBand(band).label}


def supports(kinds: Iterable[str]) -> str:
    return ", ".join(str(SupportKind(kind).label) for kind in kinds) or _("vet inte vilket stöd")


def languages(contact: Contact) -> str:
    """What we speak with the person, and whether an interpreter is wanted."""
    other = {SpokenLanguage.OTHER: contact.other_language}
    chosen = [SpokenLanguage(language) for language in contact.languages]
    named = [other.get(language) or language.plain_name for language in chosen]
    return ", ".join(part for part in (*named, str(INTERPRETER.get(contact.wants_interpreter, ""))) if part) or "–"


def channel(contact: Contact) -> str:
    """The safe way to reach the person. `get_channel_display` would translate every choice for each row of a list."""
    return str(Channel(contact.channel).label)


def met(row: IntakeMeeting | MeetingSlot) -> str:
    """Whom a meeting is with: the group, or the code and the place of those who asked (`with_code`)."""
    asked = row.support_request
    return str(asked.group or " · ".join(filter(None, [getattr(row, "code", ""), asked.place])) or asked)


def gap(weeks: int) -> str:
    """The distance between two follow-ups."""
    if weeks == 1:
        return _("varje vecka")
    return _("varannan vecka") if weeks == 2 else _("med %(weeks)s veckor emellan") % {"weeks": in_words(weeks)}  # noqa: PLR2004 -- two weeks have a word of their own


def ladder_position(step: int, ladder: tuple[int, ...]) -> str:
    """Where a group is on the ladder."""
    step = max(0, min(step, len(ladder) - 1))
    return _("Steg %(step)s av %(steps)s: ni hörs %(gap)s.") % {
        "step": step + 1,
        "steps": len(ladder),
        "gap": gap(ladder[step]),
    }
