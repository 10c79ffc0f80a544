"""What became of a programme, as a table to read."""

from collections.abc import Iterable, Sequence

from mobilisering.simulation.people import LivingGroup
from people.calendar import stockholm_day
from people.models import Message
from support.enums import CheckInState, Phase

HEADINGS = ("grupp", "bad om stöd", "började", "uppföljningar", "steg", "fas", "meddelanden")
MARKS = {
    CheckInState.ANSWERED: "●",
    CheckInState.MISSED: "○",
    CheckInState.ASKED: "?",
    CheckInState.PLANNED: "·",
    CheckInState.CANCELLED: "×",
}
LEGEND = "● besvarad   ○ utan svar   ? frågad   · planerad   × behövdes inte"


def row_of(group: LivingGroup) -> tuple[str, ...]:
    request, period = group.support_request, group.period
    if request is None:
        return (group.alias, "–", "–", "", "", "", "0")
    messages = str(Message.objects.filter(contact=request.contact).exclude(sent_at=None).count())
    asked = str(stockholm_day(request.received_at)) if request.received_at else "–"
    if period is None:
        request.refresh_from_db()
        return (group.alias, asked, "–", "", "", request.get_status_display(), messages)
    period.refresh_from_db()
    check_ins = "".join(MARKS[CheckInState(one.state)] for one in period.check_ins.order_by("number"))
    began = str(stockholm_day(period.opened_at))
    return (group.alias, asked, began, check_ins, str(period.step), str(Phase(period.phase).label), messages)


def table(rows: Iterable[Sequence[str]]) -> str:
    """The rows under their headings, each column as wide as it needs to be."""
    lines = [HEADINGS, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    text = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join([text[0], "  ".join("─" * width for width in widths), *text[1:], "", LEGEND])
