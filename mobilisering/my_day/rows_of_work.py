"""The rows of Min dag that are about something in a case: a meeting, a follow-up, a call, a question, a contact way."""

from collections.abc import Sequence
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from mobilisering.my_day.acts import LINK, Act, Acts
from mobilisering.my_day.around import Around
from mobilisering.my_day.rows import Row, promise_in_words, row_of_period, row_of_request, since
from people.admin.commands import page_of
from people.calendar import STOCKHOLM, long_date, long_time, stockholm_day
from people.enums import CallOutcome
from people.models import CallTask, Contact
from support.admin import words
from support.enums import CheckInState, InterpreterState, NeedState, PlaceKind
from support.models import CheckIn, HandOver, IntakeMeeting, LogEntry, MeetingNeed, OrganisationRequest

QUESTION_SHOWN = 160


def organisation(row: OrganisationRequest, around: Around, acts: Acts) -> Row:
    """An organisation that waits for an answer, among the groups' requests or in one's own follow-up."""
    today = around.desk.today
    return Row(
        title=" · ".join(filter(None, (row.organisation_name, row.place))),
        url=page_of(row),
        why=promise_in_words(row.promised_by, today),
        acts=acts.of(row, "answer") if row.leader_id else acts.of(row, "take", "answer"),
        order=row.promised_by,
        facts=words.channel(row.contact),
        due=words.promise(row.promised_by, today, is_open=True, answered_at=row.answered_at),
        contacts=[row.contact],
        whose=around.someone_elses(row.leader_id),
        tag=_("Organisation"),
        tag_icon="users-group",
    )


def meeting(row: IntakeMeeting, around: Around, acts: Acts, needs: Sequence[MeetingNeed]) -> Row:
    """Today's meeting: when, where, interpreter, what is still to arrange, what to think of."""
    starts, ends = row.starts_at.astimezone(STOCKHOLM), row.ends_at.astimezone(STOCKHOLM)
    where = row.place or str(PlaceKind(row.place_kind).label)
    is_over = row.ends_at <= around.desk.now
    return row_of_request(
        row.support_request,
        around,
        url=page_of(row),
        why=f"{starts:%H.%M}–{ends:%H.%M}, {where}",
        due=words.Due(_("Ska antecknas"), "soon") if is_over else None,
        order=stockholm_day(row.starts_at),
        lines=[*_interpreter(row), *_needs(row, needs)],
        whose=around.someone_elses(row.leader_id),
        tag="",
        acts=acts.of(row, "record", "move", *(["interpreter"] if row.interpreter == InterpreterState.TO_BOOK else [])),
    )


def _interpreter(row: IntakeMeeting) -> list[str]:
    if row.interpreter == InterpreterState.NOT_NEEDED:
        return [_("Tolk behövs inte.")]
    state = str(InterpreterState(row.interpreter).label).lower()
    language = row.interpreter_language or _("språket är inte skrivet")
    return [_("Tolk (%(language)s): %(state)s.") % {"language": language, "state": state}]


def _needs(row: IntakeMeeting, needs: Sequence[MeetingNeed]) -> list[str]:
    to_arrange = [str(need) for need in needs if need.state == NeedState.TO_ARRANGE]
    ready = [str(need) for need in needs if need.state == NeedState.ARRANGED]
    missing = [str(need) for need in needs if need.state == NeedState.MISSING]
    bring = row.access_notes.splitlines() if not needs else ready
    said = (
        (_("Kvar att ordna: %(what)s."), to_arrange),
        (_("Gick inte att ordna: %(what)s."), missing),
        (_("Ta med och tänk på: %(what)s."), bring),
    )
    return [sentence % {"what": ", ".join(what)} for sentence, what in said if what]


def to_record(row: IntakeMeeting, around: Around, acts: Acts) -> Row:
    today, day = around.desk.today, stockholm_day(row.starts_at)
    return row_of_request(
        row.support_request,
        around,
        url=page_of(row),
        why=_("Mötet %(when)s är inte antecknat.") % {"when": long_time(row.starts_at, today)},
        due=words.due(day, today),
        order=day,
        whose=around.someone_elses(row.leader_id),
        acts=acts.of(row, "record", "move"),
    )


def check_in(row: CheckIn, around: Around, acts: Acts) -> Row:
    today = around.desk.today
    is_missed = row.state == CheckInState.MISSED
    return row_of_period(
        row.period,
        around,
        why=_("Gruppen har inte svarat på hur det går.") if is_missed else _("Hör av dig och fråga hur det går."),
        due=words.due(row.expected, today),
        order=row.expected,
        acts=[*acts.of(row, "answer", "handle"), *acts.also(row.period, "log")],
    )


def call(row: Any, around: Around, acts: Acts) -> Row:
    """What happened is one press away; what to say stands on the page of the call."""
    day = stockholm_day(row.created_at)
    return Row(
        title=_("Ring %(called)s") % {"called": row.contact},
        url=page_of(row),
        why=_("Vill bli uppringd. Öppna för att se vad vi vill säga."),
        acts=_outcomes(row, acts),
        order=day,
        due=since(day, around.desk.today),
        contacts=[row.contact],
        whose=around.someone_elses(row.case_leader),
    )


def _outcomes(row: CallTask, acts: Acts) -> list[Act]:
    return acts.choices(row, "done", "outcome", [(one.value, one.label) for one in CallOutcome])


def question(row: LogEntry, around: Around, acts: Acts) -> Row:
    more: dict[str, Any] = {
        "why": _("Fråga: %(text)s") % {"text": Truncator(row.text).chars(QUESTION_SHOWN)},
        "due": since(stockholm_day(row.at), around.desk.today),
        "order": stockholm_day(row.at),
        "acts": acts.of(row, "answer"),
    }
    if row.contact:
        more["contacts"] = [row.contact]
    if row.period:
        return row_of_period(row.period, around, **more)
    assert row.support_request is not None  # `log_entry_about_request_or_period`
    return row_of_request(row.support_request, around, **more)


def unsafe_contact(row: Contact, around: Around, acts: Acts) -> Row:
    """A way to someone that was checked long ago, or that nothing is sent to any more."""
    today, member = around.desk.today, getattr(row, "member", None)
    request = getattr(row, "support_request", None)
    group = member.group.alias if member else ""
    code = around.codes.get(request.pk, "") if request else ""
    if row.suppressed_because:
        why = _("Vi skickar inget: %(reason)s") % {"reason": row.suppressed_because}
        buttons = acts.of(row, "way")
    else:
        assert row.rechecked_on is not None  # that is what puts it here
        why = _("Kollades senast %(day)s. Fråga om det fortfarande är tryggt.") % {
            "day": long_date(row.rechecked_on, today)
        }
        buttons = acts.of(row, ("safe", _("Fortfarande tryggt")), "unsafe", "way")
    return Row(
        title=" · ".join(filter(None, (str(row), group or code))),
        url=page_of(row),
        why=why,
        acts=buttons,
        order=row.rechecked_on or today,
        contacts=[row],
    )


def hand_over(row: HandOver, around: Around, acts: Acts) -> Row:
    """Someone asks. What it is about, and yes or no, stand on the page of the hand-over."""
    url = page_of(row)
    whom = _("till dig") if row.to_user_id else _("till någon på %(office)s") % {"office": row.to_office}
    day = stockholm_day(row.offered_at)
    return Row(
        title=_("%(who)s vill lämna över en grupp") % {"who": row.from_user},
        url=url,
        why=_("Frågan gick %(whom)s.") % {"whom": whom},
        acts=[Act(LINK, _("Läs och svara"), url, acts.back, is_main=True)],
        order=day,
        due=since(day, around.desk.today),
    )
