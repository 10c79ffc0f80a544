"""A week of first meetings: one's own, or everything at the office, day by day."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import OuterRef, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import clock
from people.admin.commands import Button, page_of
from people.calendar import ONE_DAY, STOCKHOLM, SwedishCalendar, long_date, stockholm_day, stockholm_moment, week_of
from people.models import User, code_of
from support.actions.meeting_needs import is_still_needed, needs_as_they_stand
from support.admin.words import met
from support.enums import InterpreterState, MeetingState
from support.models import IntakeMeeting, MeetingSlot, SupportRequest

ONE_WEEK = timedelta(weeks=1)
MOST = 100
"""Rows of each sort in one week; only a manager of many offices ever has more."""

SHOWN = (MeetingState.BOOKED, MeetingState.HELD, MeetingState.NOBODY_CAME)
FIRST_YEAR, LAST_YEAR = 2000, 2100
OFFICE = "kontoret"
COMMANDS = ("record", "move", "interpreter", "withdraw")
"""What is done from here; everything else stands on the page of the meeting."""


class WeekForm(forms.Form):
    """What stands in the address: which week, as 2026-37, and whose meetings."""

    vecka = forms.RegexField(r"^\d{4}-(W)?\d{1,2}$", required=False)
    visa = forms.ChoiceField(choices=[(OFFICE, OFFICE)], required=False)

    def clean_vecka(self) -> date | None:
        """The Monday of the week."""
        year, _dash, week = self.cleaned_data["vecka"].partition("-")
        if not year:
            return None
        try:
            monday = date.fromisocalendar(int(year), int(week.removeprefix("W")), 1)
        except ValueError:
            raise forms.ValidationError("no such week", code="invalid") from None
        if not FIRST_YEAR <= monday.year < LAST_YEAR:
            raise forms.ValidationError("no such year", code="invalid")
        return monday


@dataclass(frozen=True)
class Thing:
    """Something to arrange before a meeting, and how far it is."""

    name: str
    state: str
    words: str


@dataclass
class Entry:
    """A meeting or an offered time as the week shows it."""

    row: IntakeMeeting | MeetingSlot
    buttons: list[Button]
    things: list[Thing] = field(default_factory=list)
    clashes: list[str] = field(default_factory=list)

    @property
    def is_offered(self) -> bool:
        return isinstance(self.row, MeetingSlot)

    @property
    def is_booked(self) -> bool:
        return self.row.state == MeetingState.BOOKED

    @property
    def clock(self) -> str:
        start, end = self.row.starts_at.astimezone(STOCKHOLM), self.row.ends_at.astimezone(STOCKHOLM)
        return f"{start:%H.%M}–{end:%H.%M}"

    @property
    def who(self) -> str:
        return met(self.row)

    @property
    def about(self) -> str:
        return f"{self.clock} {self.who}"

    @property
    def url(self) -> str:
        return page_of(self.row.support_request if self.is_offered else self.row)

    @property
    def state(self) -> str:
        """How it went; nothing for a meeting that is still to come."""
        return "" if self.is_booked else str(self.row.get_state_display())

    @property
    def place_kind(self) -> str:
        return str(self.row.get_place_kind_display())

    @property
    def place(self) -> str:
        return self.row.place

    @property
    def leader(self) -> User:
        return self.row.leader

    def clashes_with(self, other: "Entry") -> bool:
        """A booked meeting, and something else of the same leader at the same time."""
        has_meeting = self.is_booked or other.is_booked
        overlaps = self.row.starts_at < other.row.ends_at and other.row.starts_at < self.row.ends_at
        return has_meeting and overlaps and self.row.leader_id == other.row.leader_id


@dataclass
class Day:
    """One day of the week, also when nothing happens."""

    words: str
    is_today: bool
    red: str
    entries: list[Entry]


@dataclass(frozen=True)
class Address:
    url: str
    words: str


ButtonsOf = Callable[[IntakeMeeting | MeetingSlot], list[Button]]


def week_context(query: QueryDict, user: User, buttons_of: ButtonsOf) -> dict[str, Any]:
    """Everything the page of a week shows. `buttons_of` knows what this user can do with a row."""
    form = WeekForm(query)
    form.is_valid()
    today = clock.today()
    monday = form.cleaned_data.get("vecka") or _monday(today)
    whole_office = form.cleaned_data.get("visa") == OFFICE
    here = address_of(monday, whole_office=whole_office)
    meetings, slots = _rows(user, monday, whole_office=whole_office)
    entries = [Entry(row, _buttons(row, buttons_of, here), _things(row)) for row in meetings[:MOST]]
    entries += [Entry(row, _buttons(row, buttons_of, here)) for row in slots[:MOST]]
    entries.sort(key=lambda entry: (entry.row.starts_at, entry.is_offered, entry.row.pk))
    _mark_clashes(entries)
    return {
        "title": _title(monday, today),
        "days": _days(entries, monday, today),
        "summary": _summary(entries),
        "is_cut": len(meetings) > MOST or len(slots) > MOST,
        "most": MOST,
        "asked_in_vain": "vecka" in form.errors,
        "is_this_week": monday == _monday(today),
        "whole_office": whole_office,
        "this_week_url": address_of(_monday(today), whole_office=whole_office),
        "mine_url": address_of(monday, whole_office=False),
        "office_url": address_of(monday, whole_office=True),
        "before": _neighbour(monday - ONE_WEEK, whole_office=whole_office),
        "after": _neighbour(monday + ONE_WEEK, whole_office=whole_office),
    }


def address_of(day: date, *, whole_office: bool = False) -> str:
    """The page of the week that the day is in."""
    year, week, _day = day.isocalendar()
    query = {"vecka": f"{year}-{week:02}", **({"visa": OFFICE} if whole_office else {})}
    return f"{reverse('admin:support_intakemeeting_week')}?{urlencode(query)}"


def _monday(day: date) -> date:
    return day - day.weekday() * ONE_DAY


def _neighbour(monday: date, *, whole_office: bool) -> Address:
    words = _("Vecka %(week)s") % {"week": week_of(monday)}
    return Address(address_of(monday, whole_office=whole_office), words)


def _title(monday: date, today: date) -> str:
    days = {"first": long_date(monday, today), "last": long_date(monday + 6 * ONE_DAY, today)}
    return _("Vecka %(week)s: %(first)s – %(last)s") % {"week": week_of(monday), **days}


def _rows(user: User, monday: date, *, whole_office: bool) -> tuple[list[IntakeMeeting], list[MeetingSlot]]:
    """Meetings that are booked or have been, and times that can still be picked: one more of each than is shown."""
    start, end = stockholm_moment(monday, time()), stockholm_moment(monday + ONE_WEEK, time())
    within: dict[str, Any] = {"starts_at__gte": start, "starts_at__lt": end}
    if not whole_office:
        within["leader"] = user
    meetings = IntakeMeeting.objects.visible_to(user).filter(state__in=SHOWN, **within).prefetch_related("needs")
    slots = MeetingSlot.objects.visible_to(user).open(clock.now()).filter(**within)
    also = ("support_request__group", "leader")
    return (
        list(with_code(meetings).select_related(*also).order_by("starts_at", "pk")[: MOST + 1]),
        list(with_code(slots).select_related(*also).order_by("starts_at", "pk")[: MOST + 1]),
    )


def with_code(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Meetings or times, each with the speakable code of its request as `code`: most groups have no name yet."""
    asked = SupportRequest.objects.filter(pk=OuterRef(OuterRef("support_request_id")))
    return rows.annotate(code=code_of(SupportRequest, asked))


def _buttons(row: IntakeMeeting | MeetingSlot, buttons_of: ButtonsOf, here: str) -> list[Button]:
    """What is done from here, and then back. How it went is written when it has begun."""
    has_begun = row.starts_at <= clock.now()
    shown = [one for one in buttons_of(row) if one.name in COMMANDS and (one.name != "record" or has_begun)]
    return [replace(one, url=f"{one.url}?{urlencode({'back': here})}") for one in shown]


def _things(meeting: IntakeMeeting) -> list[Thing]:
    """Interpreter and needs; what the group has taken back since is left out."""
    things = []
    if meeting.interpreter != InterpreterState.NOT_NEEDED:
        name = _("Tolk, %(language)s") % {"language": meeting.interpreter_language}
        name = name if meeting.interpreter_language else _("Tolk")
        things.append(Thing(name, meeting.interpreter, str(meeting.get_interpreter_display())))
    needs = [need for need in needs_as_they_stand(meeting) if is_still_needed(need)]
    return things + [Thing(str(need), need.state, str(need.get_state_display())) for need in needs]


def _mark_clashes(entries: list[Entry]) -> None:
    for number, entry in enumerate(entries):
        for other in entries[number + 1 :]:
            if other.row.starts_at >= entry.row.ends_at:  # they come by beginning
                break
            if entry.clashes_with(other):
                entry.clashes.append(other.clock)
                other.clashes.append(entry.clock)


def _days(entries: list[Entry], monday: date, today: date) -> list[Day]:
    calendar, by_day = SwedishCalendar(), defaultdict[date, list[Entry]](list)
    for entry in entries:
        by_day[stockholm_day(entry.row.starts_at)].append(entry)
    return [
        Day(
            words=str(capfirst(long_date(day, today))),
            is_today=day == today,
            red=_("Röd dag eller afton") if calendar.is_holiday(day) else "",
            entries=by_day[day],
        )
        for day in (monday + number * ONE_DAY for number in range(7))
    ]


def _summary(entries: list[Entry]) -> str:
    if not entries:
        return _("Inget planerat den här veckan. Tider erbjuder och bokar du från en förfrågan.")
    offered, clashes = sum(one.is_offered for one in entries), sum(bool(one.clashes) for one in entries)
    meetings = len(entries) - offered
    words = [ngettext("%(count)s möte", "%(count)s möten", meetings) % {"count": meetings}]
    if offered:
        words.append(ngettext("%(count)s erbjuden tid", "%(count)s erbjudna tider", offered) % {"count": offered})
    if clashes:
        words.append(ngettext("%(count)s tid krockar", "%(count)s tider krockar", clashes) % {"count": clashes})
    return f"{', '.join(words)}."
