"""The blocks of Min dag in their order, each with a true count, at most ten rows, and a kind word where it is empty."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mobilisering.my_day import rows, rows_of_work, trainings
from mobilisering.my_day.acts import Acts
from mobilisering.my_day.around import NOBODY, Around
from mobilisering.my_day.rows import Row
from people.counting import count_in_words
from people.models import Contact
from support.day import work
from support.day.counts import PARTS, Part, answers_for_office, counts_of
from support.day.desk import LIVING_PHASES, Desk
from support.enums import Phase
from support.models import CheckIn, IntakeMeeting, LogEntry, MeetingNeed, SupportPeriod, SupportRequest

SHOWN = 10


@dataclass(frozen=True)
class About:
    """What a block is called, what stands in it when it is empty, and which list shows all of it."""

    slug: str
    title: Promise
    empty: Promise
    all_of: str
    """The list, as name of the address and what is chosen in it."""
    is_wide: bool = False
    is_always_shown: bool = True


ABOUT = (
    About(
        "hand-overs",
        _("Vill lämna över till dig"),
        _("Ingen väntar på ditt svar. Här kommer grupper som en kollega vill lämna över till dig."),
        "support_handover",
        is_wide=True,
        is_always_shown=False,
    ),
    About(
        "new",
        _("Nya förfrågningar"),
        _("Inget nytt just nu. Här kommer förfrågningar som ingen har tagit, den med äldst löfte först."),
        "support_supportrequest?show=new",
        is_wide=True,
    ),
    About(
        "today",
        _("I dag"),
        _("Inga möten i dag. Här står dagens möten med tid, plats, tolk och det du ska tänka på."),
        "support_intakemeeting?show=mine",
        is_wide=True,
    ),
    About(
        "follow-up",
        _("Följ upp"),
        _("Inget att följa upp i dag. Här kommer nästa steg, samtal och frågor när det är dags."),
        "support_supportperiod?show=mine",
        is_wide=True,
    ),
    About(
        "quiet",
        _("Tyst i mer än 30 dagar"),
        _("Alla dina grupper har hörts den senaste månaden. Här kommer de som har blivit tysta."),
        "support_supportperiod?show=mine",
    ),
    About(
        "waiting",
        _("Väntar på någon annan"),
        _("Inget väntar på någon annan. Här står ärenden där det inte är er tur."),
        "support_supportperiod?show=mine",
    ),
    About(
        "resting",
        _("Vilar till"),
        _("Ingen grupp vilar. Här står grupper som har paus, och till vilken dag."),
        "support_supportperiod?show=mine&rests=yes",
    ),
    About(
        "promises",
        _("Löften i fara"),
        _("Alla har fått svar i tid. Här kommer förfrågningar som ska få svar i dag eller skulle ha fått det."),
        "support_supportrequest?show=late",
    ),
    About(
        "contacts",
        _("Osäkra kontaktsätt"),
        _("Alla kontaktsätt är kollade. Här kommer de som ingen har frågat om på tre månader."),
        "people_contact",
    ),
    About(
        "new-here",
        _("Nytt hos dig"),
        _("Inget har lämnats över till dig den senaste veckan. Nya ärenden får vara i fred här i sju dagar."),
        "support_supportperiod?show=mine",
    ),
)

TRAININGS = About(
    "trainings",
    _("Utbildningar"),
    _("Inget att göra just nu. Här kommer veckans träffar, närvaro att anteckna och utkast som börjar snart."),
    "training_session",
    is_always_shown=False,
)
"""Of another subject than the cases: it stands by itself after what is to follow up, and is not in the morning mail."""


@dataclass(frozen=True)
class Block:
    about: About
    count: int
    rows: Sequence[Row]

    @property
    def count_in_words(self) -> str:
        return count_in_words(self.count)

    @property
    def is_shown(self) -> bool:
        return bool(self.count) or self.about.is_always_shown

    @property
    def has_more(self) -> bool:
        return self.count > len(self.rows)

    @property
    def url_of_all(self) -> str:
        name, _mark, chosen = self.about.all_of.partition("?")
        return f"{reverse(f'admin:{name}_changelist')}{'?' if chosen else ''}{chosen}"


@dataclass(frozen=True)
class PhaseCount:
    """How many of my groups are in a phase, with the list of them."""

    name: str
    count: int
    url: str

    @property
    def count_in_words(self) -> str:
        return count_in_words(self.count)


@dataclass(frozen=True)
class Day:
    blocks: Sequence[Block]
    phases: Sequence[PhaseCount]

    @property
    def is_empty(self) -> bool:
        return not any(block.count for block in self.blocks)

    @property
    def is_first(self) -> bool:
        """Nothing to do, and no group yet: someone's first day."""
        return self.is_empty and not any(phase.count for phase in self.phases)


def day_of(desk: Desk) -> Day:
    found = _Found(desk)
    counts = counts_of(desk, found.counted)
    shown = [about for about in ABOUT if about.slug != "promises" or answers_for_office(desk)]
    blocks = [Block(about, counts[about.slug], found.rows_of(about.slug)) for about in shown]
    after = next(number for number, about in enumerate(shown, start=1) if about.slug == "follow-up")
    blocks.insert(after, _trainings(desk, found.around))
    return Day(blocks, [_phase(phase, counts, desk) for phase in map(Phase, LIVING_PHASES)])


def _trainings(desk: Desk, around: Around) -> Block:
    sessions, acts = trainings.sessions_to_see_to(desk), Acts(TRAININGS.slug, desk.user)
    drawn = [
        trainings.session_row(one, desk, acts, whose=around.someone_elses(one.host_id)) for one in sessions[:SHOWN]
    ]
    return Block(TRAININGS, len(sessions), drawn)


def _phase(phase: Phase, counts: Mapping[str, int], desk: Desk) -> PhaseCount:
    """With the list of just these groups, or of the whole office's for whoever covers for someone."""
    chosen = {"show": phase.value} | ({"leader": desk.user.pk} if len(desk.leaders) == 1 else {})
    url = f"{reverse('admin:support_supportperiod_changelist')}?{urlencode(chosen)}"
    return PhaseCount(str(phase.label), counts[f"phase {phase.value}"], url)


class _Found:
    """The first rows of every block, and what stands around them, in a number of queries that never changes."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        parts = [part for part in DRAWN if part is not work.promises_at_risk or answers_for_office(desk)]
        self.parts = {part: list(part(desk)[:SHOWN]) for part in parts}
        everything = [one for part in self.parts.values() for one in part]
        self.around = Around(desk, requests=_requests(everything), groups=_groups(everything))
        meetings = [one.pk for one in self.parts[work.meetings_today]]
        self.needs: dict[int, list[MeetingNeed]] = {}
        for need in MeetingNeed.objects.filter(meeting__in=[NOBODY, *meetings]):
            self.needs.setdefault(need.meeting_id, []).append(need)

    @property
    def counted(self) -> dict[Part, int]:
        """What has fewer rows than are shown has been read to its end."""
        return {part: len(found) for part, found in self.parts.items() if len(found) < SHOWN}

    def rows_of(self, slug: str) -> list[Row]:
        acts = Acts(slug, self.desk.user)
        drawn = [self._draw(part, one, acts) for part in PARTS[slug] for one in self.parts[part]]
        return drawn[:SHOWN] if slug in ORDERED_ALREADY else sorted(drawn, key=_by_day)[:SHOWN]

    def _draw(self, part: Part, one: Any, acts: Acts) -> Row:
        if part is work.meetings_today:
            return rows_of_work.meeting(one, self.around, acts, self.needs.get(one.pk, []))
        return DRAWN[part](one, self.around, acts)


DRAWN: dict[Part, Callable[..., Row]] = {
    work.hand_overs_to_answer: rows_of_work.hand_over,
    work.new_requests: rows.new,
    work.new_organisations: rows_of_work.organisation,
    work.meetings_today: rows_of_work.meeting,
    work.requests_to_follow_up: rows.follow_up,
    work.periods_to_follow_up: rows.follow_up,
    work.meetings_to_record: rows_of_work.to_record,
    work.check_ins_in_basket: rows_of_work.check_in,
    work.calls_to_make: rows_of_work.call,
    work.questions: rows_of_work.question,
    work.organisations_to_answer: rows_of_work.organisation,
    work.quiet_periods: rows.quiet,
    work.waiting_requests: rows.waiting,
    work.waiting_periods: rows.waiting,
    work.resting_periods: rows.resting,
    work.unsafe_contacts: rows_of_work.unsafe_contact,
    work.promises_at_risk: rows.promise,
    work.new_here_requests: rows.new_here,
    work.new_here_periods: rows.new_here,
    work.questions_here: rows_of_work.question,
    work.calls_to_make_here: rows_of_work.call,
}
"""How a row of each part of a block is drawn."""

ORDERED_ALREADY = frozenset({"hand-overs", "quiet", "resting", "contacts", "new-here"})


def _by_day(row: Row) -> date:
    return row.order


def _requests(everything: Iterable[Model]) -> list[int]:
    """The requests whose code is shown."""
    found: list[int | None] = []
    for one in everything:
        if isinstance(one, SupportRequest):
            found.append(one.pk)
        elif isinstance(one, IntakeMeeting | LogEntry):
            found.append(one.support_request_id)
        elif isinstance(one, Contact) and (request := getattr(one, "support_request", None)):
            found.append(request.pk)
    return [pk for pk in found if pk]


def _groups(everything: Iterable[Model]) -> list[int]:
    """The groups whose code and contact persons are shown."""
    found: list[int] = []
    for one in everything:
        if isinstance(one, SupportPeriod):
            found.append(one.group_id)
        elif isinstance(one, CheckIn | LogEntry) and one.period:
            found.append(one.period.group_id)
    return found
