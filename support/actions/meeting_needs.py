"""What has to be prepared for a first meeting, from what the group answered."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from people.enums import SpokenLanguage, YesNoUnknown
from people.models import Contact
from support.enums import AccessNeed, InterpreterState, MeetingState, NeedState
from support.models import IntakeMeeting, MeetingNeed, SupportRequest

AGENDA = (
    _("Vi lär känna varandra."),
    _("Ni berättar vad ni vill förändra."),
    _("Vi berättar vilket stöd som finns."),
    _("Ni bestämmer. Det är er fråga, och ni driver den."),
)
"""What a first meeting is about; the leader changes it with the group."""


def prepared_for(support_request: SupportRequest) -> dict[str, Any]:
    """The fields of a meeting that follow from the request: interpreter and agenda, as the group reads."""
    contact = support_request.contact
    wants_interpreter = contact.wants_interpreter == YesNoUnknown.YES
    with translation.override(contact.reads):
        return {
            "interpreter": InterpreterState.TO_BOOK if wants_interpreter else InterpreterState.NOT_NEEDED,
            "interpreter_language": _languages_of(contact) if wants_interpreter else "",
            "agenda": "\n".join(str(line) for line in AGENDA),
        }


def _languages_of(contact: Contact) -> str:
    chosen = [code for code in contact.languages if code not in {SpokenLanguage.SWEDISH, SpokenLanguage.OTHER}]
    names = [SpokenLanguage(code).plain_name for code in chosen]
    return ", ".join(filter(None, [*names, contact.other_language]))[:60]


def wanted_needs(support_request: SupportRequest) -> dict[str, str]:
    """What the group says now that it needs to be able to come, each with their own words where there are any."""
    needs = dict.fromkeys(support_request.access_needs, "")
    if support_request.access_other:
        needs[AccessNeed.OTHER] = support_request.access_other
    return needs


def list_needs(meeting: IntakeMeeting) -> None:
    """Everything the group needs stands on the new meeting, to be arranged."""
    needs = wanted_needs(meeting.support_request)
    MeetingNeed.objects.bulk_create(MeetingNeed(meeting=meeting, need=need, text=text) for need, text in needs.items())


def follow_needs(support_request: SupportRequest) -> None:
    """The group has changed what it needs: the booked meeting follows. The request is locked.

    What is new is to be arranged, and so is what has other words now. What nobody has arranged and nobody needs any
    more goes. What is arranged, or could not be, stays for the leader to see: `is_still_needed` tells that it is over.
    """
    meeting = support_request.meetings.booked().first()
    if meeting is None:
        return
    wanted, rows = wanted_needs(support_request), {row.need: row for row in meeting.needs.all()}
    for need, text in wanted.items():
        row = rows.get(need)
        if row is None:
            MeetingNeed.objects.create(meeting=meeting, need=need, text=text)
        elif row.text != text:
            row.text, row.state = text, NeedState.TO_ARRANGE
            row.save(update_fields=["text", "state"])
    meeting.needs.to_arrange().exclude(need__in=wanted).delete()


def is_still_needed(need: MeetingNeed) -> bool:
    """Whether the group has not taken it back since. A request whose words are gone asks for nothing."""
    return need.need in wanted_needs(need.meeting.support_request)


def needs_as_they_stand(meeting: IntakeMeeting) -> list[MeetingNeed]:
    """What is listed for the meeting, also what is over, and what the group needs though nobody has listed it.

    The last are rows that are not saved; there are none but for meetings from before needs were listed.
    """
    rows = list(meeting.needs.all())
    wanted = wanted_needs(meeting.support_request).items() if meeting.state == MeetingState.BOOKED else ()
    listed = {row.need for row in rows}
    for row in rows:
        row.meeting = meeting
    return rows + [MeetingNeed(meeting=meeting, need=need, text=text) for need, text in wanted if need not in listed]
