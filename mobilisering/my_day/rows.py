"""A row of Min dag: what it is, why it is here, whom to reach and how, and what to do. The rows of cases stand here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mobilisering.my_day.acts import Act, Acts
from mobilisering.my_day.around import Around
from people.admin.commands import page_of
from people.calendar import long_date, long_time, stockholm_day
from people.models import Contact
from people.numbers import in_words
from support.admin import words
from support.models import SupportPeriod, SupportRequest

LATE_AFTER = 2
"""Days that someone may wait for a call or an answer before the row says so in the colour of what is late."""


@dataclass(frozen=True)
class Row:
    """One line of the page. `order` is the day it is sorted by where a block holds several kinds."""

    title: str
    url: str
    why: str
    acts: Sequence[Act]
    order: date
    facts: str = ""
    due: words.Due | None = None
    contacts: Sequence[Contact] = ()
    whose: str = ""
    tag: str = ""
    tag_icon: str = "alert-circle"
    lines: Sequence[str] = field(default_factory=tuple)
    note: str = ""


def since(day: date, today: date) -> words.Due:
    """How long someone has waited."""
    days = (today - day).days
    text = [_("sedan i dag"), _("sedan i går")][days] if days in {0, 1} else _("sedan %(days)s dagar tillbaka")
    return words.Due(text % {"days": in_words(days)} if days > 1 else text, "late" if days >= LATE_AFTER else "soon")


def _in_line(parts: Iterable[str]) -> str:
    """What is known, side by side."""
    return " · ".join(part for part in parts if part not in {"", "–"})


def row_of_request(row: SupportRequest, around: Around, **more: Any) -> Row:
    """What all rows of requests share: code and place, size, language, channel, whose it is."""
    code = around.codes.get(row.pk) or f"#{row.pk}"
    facts = (words.size(row.size_band), words.languages(row.contact), words.channel(row.contact))
    return Row(
        **{
            "title": _in_line((code, row.place)),
            "url": page_of(row),
            "facts": _in_line(facts),
            "contacts": [row.contact],
            "whose": around.someone_elses(row.leader_id),
            "tag": _("Bråttom") if row.is_urgent else "",
        }
        | more
    )


def row_of_period(row: SupportPeriod, around: Around, **more: Any) -> Row:
    """The same for groups; the contact is whoever speaks for the group."""
    speakers = around.speakers[row.group_id]
    channels = dict.fromkeys(words.channel(contact) for contact in speakers)
    facts = [words.size(row.group.size_band), *(words.languages(one) for one in speakers[:1]), *channels]
    return Row(
        **{
            "title": _in_line((row.group.alias, around.group_codes.get(row.group_id, ""))),
            "url": page_of(row),
            "facts": _in_line(facts),
            "contacts": speakers,
            "whose": around.someone_elses(row.leader_id),
        }
        | more
    )


def row_of_case(row: SupportRequest | SupportPeriod, around: Around, **more: Any) -> Row:
    if isinstance(row, SupportRequest):
        return row_of_request(row, around, **more)
    return row_of_period(row, around, **more)


def new(row: SupportRequest, around: Around, acts: Acts) -> Row:
    today = around.desk.today
    return row_of_request(
        row,
        around,
        why=promise_in_words(row.promised_by, today),
        due=words.promise(row.promised_by, today, is_open=True, answered_at=row.first_answer_at),
        order=row.promised_by,
        acts=acts.of(row, "take", "log", "book"),
    )


def promise_in_words(promised_by: date | None, today: date) -> str:
    return _("Svar senast %(day)s.") % {"day": long_date(promised_by, today)} if promised_by else ""


def follow_up(row: SupportRequest | SupportPeriod, around: Around, acts: Acts) -> Row:
    """The next step is due."""
    waits = [_("Väntar på %(whom)s.") % {"whom": words.whom(row.waits_for)}] if row.waits_for else []
    return row_of_case(
        row,
        around,
        why=row.next_step,
        due=words.due(row.next_step_on, around.desk.today),
        order=row.next_step_on,
        lines=waits,
        acts=acts.of(row, "step-done", "postpone", "log"),
    )


def quiet(row: Any, around: Around, acts: Acts) -> Row:
    today, day = around.desk.today, stockholm_day(row.silent_since)
    return row_of_period(
        row,
        around,
        why=_("Inget har hörts sedan %(day)s.") % {"day": long_date(day, today)},
        due=words.Due(_("tyst i %(days)s dagar") % {"days": in_words((today - day).days)}, "soon"),
        order=day,
        acts=acts.of(row, ("log", _("Jag har hört av mig")), "write", ("pause", _("Låt vila"))),
    )


def waiting(row: Any, around: Around, acts: Acts) -> Row:
    """Someone else's turn: whose, and since when."""
    today = around.desk.today
    if row.waits_for:
        day = stockholm_day(row.waits_since) if row.waits_since else today
        why = _("Väntar på %(whom)s.") % {"whom": words.whom(row.waits_for)}
        due: words.Due | None = words.Due(since(day, today).text)
    else:
        day, due = stockholm_day(row.first_slot_at), None
        why = _("Gruppen har inte valt tid än. Den första tiden är %(when)s.") % {
            "when": long_time(row.first_slot_at, today)
        }
    return row_of_case(
        row,
        around,
        why=why,
        due=due,
        order=day,
        lines=[step_in_words(row, today)] if row.next_step else [],
        acts=acts.of(row, "log", "step-done"),
    )


def step_in_words(row: SupportRequest | SupportPeriod, today: date) -> str:
    if row.next_step_on is None:
        return _("Nästa steg: %(step)s.") % {"step": row.next_step.rstrip(".")}
    return _("Nästa steg: %(step)s, %(due)s.") % {
        "step": row.next_step.rstrip("."),
        "due": words.days_left(row.next_step_on, today),
    }


def resting(row: SupportPeriod, around: Around, acts: Acts) -> Row:
    today = around.desk.today
    assert row.paused_until is not None  # that is what puts it here
    return row_of_period(
        row,
        around,
        why=_("Vilar till %(day)s.") % {"day": long_date(row.paused_until, today)},
        due=words.Due(words.days_left(row.paused_until, today)),
        order=row.paused_until,
        acts=acts.of(row, "end-pause", "log"),
    )


def promise(row: SupportRequest, around: Around, acts: Acts) -> Row:
    """For whoever answers for the office: who has it, if anyone, and where."""
    today = around.desk.today
    who = _("%(leader)s har ärendet.") % {"leader": row.leader} if row.leader else _("Ingen har tagit ärendet.")
    where = str(row.office or _("Gemensamma kön"))
    return row_of_request(
        row,
        around,
        why=f"{who} {promise_in_words(row.promised_by, today)}",
        due=words.promise(row.promised_by, today, is_open=True, answered_at=None),
        order=row.promised_by,
        lines=[where],
        whose="",
        acts=acts.of(row, "take", "log", "give"),
    )


def new_here(row: Any, around: Around, acts: Acts) -> Row:
    """Handed over lately: what the one before wrote, and what comes next. No reminders yet."""
    today = around.desk.today
    return row_of_case(
        row,
        around,
        why=_("Kom till dig %(day)s.") % {"day": long_date(row.handed_over_on, today)},
        order=row.handed_over_on,
        note=row.note or "",
        lines=[step_in_words(row, today)] if row.next_step else [],
        acts=acts.of(row, "log", "step-done"),
    )
