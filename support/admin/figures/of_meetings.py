"""First meetings, talks out in the field, and groups that changed leaders."""

from django.utils.translation import gettext as _

from groups.enums import LedTo
from support.admin.figures.tables import (
    Asked,
    Section,
    Table,
    all_and_each,
    compared_headings,
    standing,
    standing_headings,
)
from support.enums import MeetingState
from support.figures.meetings import BETWEEN, IN, INSIDE, OUT, hand_overs, meetings_booked, talks
from support.figures.tallies import Tally


def meeting_section(asked: Asked, meetings: Tally) -> Section:
    """Three queries."""
    tables = [_booked(asked), _meetings(asked, meetings), _talks(asked), _hand_overs(asked)]
    return Section("meetings", _("Möten, samtal och överlämningar"), tables)


def _booked(asked: Asked) -> Table:
    tally = meetings_booked(asked.places, asked.now)
    whole, to_record = tally.count(), tally.count("to_record")
    url = asked.list_url("intakemeeting", show="to_record")
    return Table(
        slug="booked",
        title=_("Bokade första möten just nu"),
        about=_("Möten som kommer, och möten som har varit men där ingen har antecknat hur det gick."),
        days=_("Just nu"),
        headings=standing_headings(_("Läge")),
        rows=[
            standing(_("Alla bokade"), whole, url=asked.list_url("intakemeeting", show="coming")),
            standing(_("Har varit, ska antecknas"), to_record, whole=whole, url=url),
        ],
        empty=_("Inget första möte är bokat just nu."),
    )


def _meetings(asked: Asked, tally: Tally) -> Table:
    shown = {
        MeetingState.HELD: _("Vi sågs"),
        MeetingState.NOBODY_CAME: _("Ingen kom"),
        MeetingState.CANCELLED_BY_GROUP: _("Gruppen ställde in"),
        MeetingState.CANCELLED_BY_US: _("Vi ställde in"),
        MeetingState.BOOKED: _("Bokat, inte antecknat än"),
    }
    return Table(
        slug="meetings",
        title=_("Första möten i perioden"),
        about=_("Räknas den dag mötet var eller skulle ha varit. Ett möte som flyttas räknas en gång."),
        days=asked.days,
        headings=compared_headings(_("Hur det gick")),
        rows=all_and_each(tally, "state", shown),
        empty=_("Inget första möte var bokat i perioden."),
    )


def _talks(asked: Asked) -> Table:
    tally = talks(asked.places, asked.spans)
    shown = {led_to: str(led_to.label) for led_to in LedTo}
    return Table(
        slug="talks",
        title=_("Samtal på fältet"),
        about=_("Samtal innan det finns en förfrågan, den dag ni pratade, och vad de har lett till hittills."),
        days=asked.days,
        headings=compared_headings(_("Ledde till")),
        rows=all_and_each(tally, "led_to", shown),
        empty=_("Inget samtal är antecknat i perioden. Du antecknar ett samtal med en rad på Min dag."),
    )


def _hand_overs(asked: Asked) -> Table:
    tally = hand_overs(asked.places, asked.spans)
    ways = {INSIDE: _("Inom en ort")}
    if len(asked.places.keys) > 1:
        ways[BETWEEN] = _("Mellan orterna")
    if not asked.places.is_everything:
        ways |= {OUT: _("Till en annan ort"), IN: _("Från en annan ort")}
    return Table(
        slug="hand-overs",
        title=_("Överlämningar"),
        about=_("Grupper och förfrågningar som fick en ny utvecklingsledare, den dag den nya sa ja."),
        days=asked.days,
        headings=compared_headings(_("Varifrån och vart")),
        rows=all_and_each(tally, "way", ways),
        empty=_("Inget lämnades över i perioden."),
    )
