"""The offices beside each other, and how much each leader of one office has."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from people.counting import grouped
from people.models import Office
from support.admin.figures.tables import NOTHING, Asked, Row, Section, Table, days_in_words, percent_of, share
from support.enums import OPEN_PHASES, MeetingState
from support.figures.requests import Promise
from support.figures.tallies import Tally
from support.forms.figures import QUEUE
from support.permissions import leaders_of
from support.workload import Load, loads_of


@dataclass(frozen=True)
class Tallies:
    """What several tables are made of."""

    came_in: Tally
    phases: Tally
    baskets: Tally
    meetings: Tally


def office_section(asked: Asked, tallies: Tallies, names: dict[int | None, str], query: dict[str, str]) -> Section:
    """A row for each place, in the order of the names. No query: it is all counted by office already."""
    rows = [_office(tallies, key, names[key], query) for key in asked.places.keys]
    table = Table(
        slug="offices",
        title=_("Orterna bredvid varandra"),
        about=_("Svar i tid är andelen av de förfrågningar som har fått svar eller skulle ha fått det."),
        days=asked.days,
        headings=[
            _("Ort"),
            _("Kom in"),
            _("Svar i tid"),
            _("Mediantid till svar"),
            _("Möten som blev av"),
            _("Grupper vi arbetar med nu"),
            _("I korgarna nu"),
        ],
        rows=rows,
        empty=_("Här finns ingenting att jämföra i perioden."),
        drawn=_("Andelen svar i tid"),
    )
    return Section("offices", _("Alla orter"), [table])


def _office(tallies: Tallies, key: int | None, name: str, query: dict[str, str]) -> Row:
    came_in, phases = tallies.came_in.at(key), tallies.phases.at(key)
    (in_time, answered), (in_time_before, answered_before) = (_answers(came_in, is_now=now) for now in (True, False))
    cells = [
        grouped(came_in.count(is_now=True)),
        share(in_time, answered),
        days_in_words(came_in.median_days(is_now=True)),
        grouped(tallies.meetings.at(key).count(is_now=True, state=MeetingState.HELD)),
        NOTHING if key is None else grouped(sum(phases.count(phase=phase) for phase in OPEN_PHASES)),
        NOTHING if key is None else grouped(tallies.baskets.at(key).count()),
    ]
    return Row(
        name,
        cells,
        value=percent_of(in_time, answered) or 0,
        before=percent_of(in_time_before, answered_before) or 0,
        url=f"?{urlencode({**query, 'office': QUEUE if key is None else key})}",
        words=share(in_time, answered),
        words_before=share(in_time_before, answered_before),
    )


def _answers(came_in: Tally, *, is_now: bool) -> tuple[int, int]:
    """How many were answered in time, and of how many."""
    in_time, late, overdue = (
        came_in.count(is_now=is_now, promise=one) for one in (Promise.IN_TIME, Promise.LATE, Promise.OVERDUE)
    )
    return in_time, in_time + late + overdue


def leader_section(asked: Asked, office: Office, phases: Tally) -> Section:
    """The heaviest first. Four queries, whatever the number of leaders."""
    loads = loads_of(leaders_of(office, asked.today), [office.pk], asked.today)
    loads.sort(key=lambda load: (-load.weight, str(load.user)))
    rows = [_load(load) for load in loads]
    others = sum(phases.count(phase=phase) for phase in OPEN_PHASES) - sum(load.open_periods for load in loads)
    if others > 0:
        rows.append(Row(_("Andra, som inte leder här längre"), [grouped(others), *[NOTHING] * 4]))
    table = Table(
        slug="leaders",
        title=_("Hur mycket var och en har just nu"),
        about=_(
            "En grupp ni hörs med varje vecka väger 1, var fjärde vecka en fjärdedel. "
            "En öppen förfrågan väger 1, en grupp som vilar 0. Förfrågningar i den gemensamma kön räknas också."
        ),
        days=_("Just nu"),
        headings=[
            _("Utvecklingsledare"),
            _("Grupper"),
            _("Därav vilar"),
            _("Självgående"),
            _("Förfrågningar"),
            _("Tyngd"),
        ],
        rows=rows,
        empty=_("Ingen har något ärende på orten just nu."),
        drawn=_("Tyngden"),
    )
    return Section("leaders", _("Utvecklingsledare"), [table])


def _load(load: Load) -> Row:
    numbers = [load.open_periods, load.resting, load.after_care, load.open_requests]
    cells = [*map(grouped, numbers), load.weight_in_words]
    return Row(str(load.user), cells, value=load.weight, words=load.weight_in_words)
