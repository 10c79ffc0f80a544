"""Groups we support: where they are, who began and finished, and the follow-ups."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.calendar import stockholm_day
from support.admin.figures.tables import (
    Asked,
    Section,
    Table,
    all_and_each,
    compared_headings,
    counted,
    standing,
    standing_headings,
)
from support.enums import OPEN_PHASES, CheckInState, Outcome, Phase
from support.figures.periods import follow_ups, periods_ended, periods_started
from support.figures.tallies import Tally


def period_section(asked: Asked, phases: Tally) -> Section:
    """Two queries."""
    return Section("periods", _("Grupper vi stöttar"), [_phases(asked, phases), _flow(asked)])


def follow_up_section(asked: Asked, baskets: Tally) -> Section:
    """One query."""
    return Section("follow-ups", _("Uppföljningar"), [_basket(asked, baskets), _follow_ups(asked)])


def _phases(asked: Asked, tally: Tally) -> Table:
    at_work = sum(tally.count(phase=phase) for phase in OPEN_PHASES)
    resting = sum(tally.count("resting", phase=phase) for phase in OPEN_PHASES)
    rows = [
        standing(
            str(phase.label),
            tally.count(phase=phase),
            whole=at_work,
            url=asked.list_url("supportperiod", show=phase.value),
        )
        for phase in OPEN_PHASES
    ]
    resting_url = asked.list_url("supportperiod", show="open", rests="yes")
    reliant_url = asked.list_url("supportperiod", show=Phase.SELF_RELIANT.value)
    return Table(
        slug="phases",
        title=_("Grupper i varje fas just nu"),
        about=_("Andelen är av dem vi arbetar med nu. Självgående grupper hör vi av oss till i ett år till."),
        days=_("Just nu"),
        headings=standing_headings(_("Fas")),
        rows=[
            standing(_("Alla vi arbetar med"), at_work, url=asked.list_url("supportperiod", show="open")),
            *rows,
            standing(_("Därav vilar"), resting, whole=at_work, url=resting_url),
            standing(str(Phase.SELF_RELIANT.label), tally.count(phase=Phase.SELF_RELIANT), url=reliant_url),
        ],
        empty=_("Vi arbetar inte med någon grupp just nu."),
    )


def _flow(asked: Asked) -> Table:
    started, ended = periods_started(asked.places, asked.spans), periods_ended(asked.places, asked.spans)
    closed = ended.count("closed_now")
    rows = [
        counted(_("Började"), started.count(is_now=True), started.count(is_now=False)),
        counted(
            _("Därav kom tillbaka"),
            started.count("came_back", is_now=True),
            started.count("came_back", is_now=False),
        ),
        counted(_("Blev självgående"), ended.count("reliant_now"), ended.count("reliant_before")),
        counted(_("Avslutades helt"), closed, ended.count("closed_before")),
    ]
    for outcome in Outcome:
        one, was = ended.count("closed_now", outcome=outcome), ended.count("closed_before", outcome=outcome)
        rows.append(counted(_("Avslutades: %(how)s") % {"how": outcome.label}, one, was, whole=closed))
    untold, was = ended.count("closed_now", outcome=""), ended.count("closed_before", outcome="")
    if untold or was:
        rows.append(counted(_("Avslutades: inte antecknat"), untold, was, whole=closed))
    return Table(
        slug="flow",
        title=_("Grupper som började och slutade"),
        about=_("Räknas den dag det hände. Andelen är av de avslutade, efter vad ni kom fram till tillsammans."),
        days=asked.days,
        headings=compared_headings(_("Vad som hände")),
        rows=rows,
        empty=_("Ingen grupp började eller slutade i perioden."),
    )


def _basket(asked: Asked, tally: Tally) -> Table:
    whole = tally.count()
    oldest = min((row["oldest"] for row in tally.rows), default=None)
    more = ""
    if oldest:
        waited = (asked.today - stockholm_day(oldest)).days
        words = ngettext("Den som har legat längst: %(days)s dag.", "Den som har legat längst: %(days)s dagar.", waited)
        more = words % {"days": waited}
    return Table(
        slug="baskets",
        title=_("I utvecklingsledarnas korgar just nu"),
        about=_("Grupper som inte har svarat, eller som vi har lovat att höra av oss till. %(oldest)s")
        % {"oldest": more},
        days=_("Just nu"),
        headings=standing_headings(_("Hur länge")),
        rows=[
            standing(_("Alla"), whole, url=asked.list_url("checkin", show="basket")),
            standing(_("Högst två dagar"), tally.count("new"), whole=whole),
            standing(_("Tre dagar till en vecka"), tally.count("some_time"), whole=whole),
            standing(_("Mer än en vecka"), tally.count("long"), whole=whole),
        ],
        empty=_("Korgarna är tomma. Ingen uppföljning väntar på oss."),
    )


def _follow_ups(asked: Asked) -> Table:
    tally = follow_ups(asked.places, asked.spans)
    shown = {
        CheckInState.ANSWERED: _("Besvarade"),
        CheckInState.MISSED: _("Utan svar"),
        CheckInState.ASKED: _("Frågade, väntar på svar"),
        CheckInState.PLANNED: _("Inte frågade än"),
    }
    return Table(
        slug="follow-up-answers",
        title=_("Uppföljningar i perioden"),
        about=_("Räknas den dag vi skulle höras. De som inte behövdes längre är inte med."),
        days=asked.days,
        headings=compared_headings(_("Vad som hände")),
        rows=all_and_each(tally, "state", shown),
        empty=_("Ingen uppföljning skulle ske i perioden."),
    )
