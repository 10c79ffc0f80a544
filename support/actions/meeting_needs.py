"""What has to be prepared for a first meeting, from what the group answered."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from people.enums import SpokenLanguage, YesNoUnknown
from people.models import Contact
from support.enums import AccessNeed, InterpreterState
from support.models import SupportRequest

AGENDA = (
    _("Vi lär känna varandra."),
    _("Ni berättar vad ni vill förändra."),
    _("Vi berättar vilket stöd som finns."),
    _("Ni bestämmer. Det är er fråga, och ni driver den."),
)
"""What a first meeting is about; the leader changes it with the group."""


def prepared_for(support_request: SupportRequest) -> dict[str, Any]:
    """The fields of a meeting that follow from the request: interpreter, access and agenda, as the group reads."""
    contact = support_request.contact
    wants_interpreter = contact.wants_interpreter == YesNoUnknown.YES
    with translation.override(contact.reads):
        return {
            "interpreter": InterpreterState.TO_BOOK if wants_interpreter else InterpreterState.NOT_NEEDED,
            "interpreter_language": _languages_of(contact) if wants_interpreter else "",
            "access_notes": _access_notes(support_request),
            "agenda": "\n".join(str(line) for line in AGENDA),
        }


def _languages_of(contact: Contact) -> str:
    chosen = [code for code in contact.languages if code not in {SpokenLanguage.SWEDISH, SpokenLanguage.OTHER}]
    names = [str(SpokenLanguage(code).label) for code in chosen]
    return ", ".join(filter(None, [*names, contact.other_language]))[:60]


def _access_notes(support_request: SupportRequest) -> str:
    chosen = [need for need in support_request.access_needs if need != AccessNeed.OTHER]
    needs = [str(AccessNeed(need).label) for need in chosen]
    return "\n".join(filter(None, [*needs, support_request.access_other]))
