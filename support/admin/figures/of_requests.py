"""What came in, whether the promise of an answer was kept, and what became of it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from support.admin.figures.tables import (
    NOTHING,
    Asked,
    Row,
    Section,
    Table,
    compared_headings,
    counted,
    days_in_words,
    standing,
    standing_headings,
)
from support.enums import OPEN_STATUSES, RequestStatus
from support.figures.requests import Promise, organisations_that_asked
from support.figures.tallies import Tally
from support.promises import PROMISED_WORKING_DAYS, PROMISED_WORKING_DAYS_IF_URGENT

DECISIONS = (RequestStatus.ACCEPTED, RequestStatus.REFERRED, RequestStatus.DECLINED, RequestStatus.WITHDRAWN)
OUTCOME_OF_PROMISE = (Promise.IN_TIME, Promise.LATE, Promise.OVERDUE)
"""Those whose last day to answer has come or that are answered: of them the share is taken."""


def request_section(asked: Asked, came_in: Tally, standing_now: Tally) -> Section:
    tables = [_now(asked, standing_now), _arrived(asked, came_in), *_promises(asked, came_in), _became(asked, came_in)]
    return Section("requests", _("Förfrågningar från grupper"), tables)


def organisation_section(asked: Asked) -> Section:
    """One query."""
    tally = organisations_that_asked(asked.places, asked.spans, asked.today)
    table = Table(
        slug="organisations",
        title=_("Svar till organisationer"),
        about=_("Organisationer som bad om utbildning, handledning eller planering i perioden. %(promise)s")
        % {"promise": _promise_in_words(PROMISED_WORKING_DAYS)},
        days=asked.days,
        headings=compared_headings(_("Vad som hände")),
        rows=_promise_rows(tally, {}),
        empty=_("Ingen organisation bad om något i perioden."),
        more_url=asked.list_url("organisationrequest", show="open"),
        more_words=_("Visa dem som är öppna nu"),
    )
    return Section("organisations", _("Organisationer"), [table])


def _now(asked: Asked, tally: Tally) -> Table:
    whole = tally.count()
    return Table(
        slug="open-requests",
        title=_("Öppna förfrågningar just nu"),
        about=_("Förfrågningar som väntar på svar, möte eller beslut i dag, när de än kom in."),
        days=_("Just nu"),
        headings=standing_headings(_("Läge")),
        rows=[
            standing(_("Alla öppna"), whole, url=asked.list_url("supportrequest", show="open")),
            standing(
                _("Nya, ingen har tagit dem"),
                tally.count("new"),
                whole=whole,
                url=asked.list_url("supportrequest", show="new"),
            ),
            standing(_("Väntar på ett första svar"), tally.count("unanswered"), whole=whole),
            standing(
                _("Därav för sent"),
                tally.count("late"),
                whole=whole,
                url=asked.list_url("supportrequest", show="late"),
            ),
        ],
        empty=_("Ingen förfrågan väntar just nu."),
    )


def _arrived(asked: Asked, tally: Tally) -> Table:
    now, before = tally.count(is_now=True), tally.count(is_now=False)
    urgent, urgent_before = tally.count(is_now=True, is_urgent=True), tally.count(is_now=False, is_urgent=True)
    return Table(
        slug="arrived",
        title=_("Förfrågningar som kom in"),
        about=_("Räknas den dag de kom in, på webben eller på telefon. Bråttom: något händer inom två veckor."),
        days=asked.days,
        headings=compared_headings(_("Hur bråttom")),
        rows=[
            counted(_("Alla"), now, before),
            counted(_("Bråttom"), urgent, urgent_before, whole=now),
            counted(_("Inte bråttom"), now - urgent, before - urgent_before, whole=now),
        ],
        empty=_("Ingen förfrågan kom in i perioden. Välj en längre period om du vill se fler."),
    )


def _promises(asked: Asked, tally: Tally) -> list[Table]:
    usual = Table(
        slug="answers",
        title=_("Svar i tid"),
        about=_promise_in_words(PROMISED_WORKING_DAYS),
        days=asked.days,
        headings=compared_headings(_("Vad som hände")),
        rows=_promise_rows(tally, {"is_urgent": False}),
        empty=_("Ingen förfrågan utan brådska kom in i perioden."),
    )
    urgent = Table(
        slug="urgent-answers",
        title=_("Svar i tid när det är bråttom"),
        about=_promise_in_words(PROMISED_WORKING_DAYS_IF_URGENT),
        days=asked.days,
        headings=compared_headings(_("Vad som hände")),
        rows=_promise_rows(tally, {"is_urgent": True}),
        empty=_("Ingen förfrågan som var bråttom kom in i perioden."),
    )
    return [usual, urgent]


def _promise_in_words(working_days: int) -> str:
    promise = ngettext(
        "Löftet är svar inom %(days)s arbetsdag.", "Löftet är svar inom %(days)s arbetsdagar.", working_days
    ) % {"days": working_days}
    how = _("Andelen är av dem som har fått svar eller skulle ha fått det. Hälften fick svar inom mediantiden.")
    return f"{promise} {how}"


def _promise_rows(tally: Tally, alike: dict[str, Any]) -> list[Row]:
    def row(label: str, promise: Promise, *, has_share: bool = True) -> Row:
        found = {**alike, "promise": promise}
        now, before = tally.count(is_now=True, **found), tally.count(is_now=False, **found)
        return counted(label, now, before, whole=whole if has_share else None)

    whole = sum(tally.count(is_now=True, promise=one, **alike) for one in OUTCOME_OF_PROMISE)
    medians = [days_in_words(tally.median_days(is_now=now, **alike)) for now in (True, False)]
    return [
        row(_("Fick svar i tid"), Promise.IN_TIME),
        row(_("Fick svar för sent"), Promise.LATE),
        row(_("Väntar, och tiden har gått ut"), Promise.OVERDUE),
        row(_("Väntar, det finns tid kvar"), Promise.WAITING, has_share=False),
        row(_("Avslutades utan att svar behövdes"), Promise.NOT_NEEDED, has_share=False),
        Row(_("Mediantid till svar"), [medians[0], NOTHING, medians[1]]),
    ]


def _became(asked: Asked, tally: Tally) -> Table:
    decided = sum(tally.count(is_now=True, status=status) for status in DECISIONS)
    waiting = [(status, None) for status in OPEN_STATUSES]
    rows = [
        counted(
            str(status.label),
            tally.count(is_now=True, status=status),
            tally.count(is_now=False, status=status),
            whole=of,
        )
        for status, of in [*waiting, *((status, decided) for status in DECISIONS)]
    ]
    return Table(
        slug="became",
        title=_("Vad det blev av dem"),
        about=_("Hur det står till i dag med dem som kom in i perioden. Andelen är av dem som är avgjorda."),
        days=asked.days,
        headings=compared_headings(_("Läge")),
        rows=rows,
        empty=_("Ingen förfrågan kom in i perioden."),
    )
