"""How the answers of a request are read back: on the check page, on the group's own page and to the leader.

Each answer is a short text in the active language, or empty when there is none.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from groups.enums import SupportKind
from people.enums import Channel, SpokenLanguage, YesNoUnknown
from people.models import Contact
from people.phone_numbers import readable
from support.enums import AccessNeed, Responsible, Urgency
from support.models import SupportRequest
from support.questions import Question, questions_for


@dataclass(frozen=True)
class Answer:
    question: Question
    text: str


def answers(support_request: SupportRequest) -> list[Answer]:
    """Every question with its answer, in order. Reads the request and its contact, nothing else."""
    return [Answer(question, READ[question.slug](support_request)) for question in questions_for(support_request)]


def _sentences(*parts: str) -> str:
    """Parts joined as sentences; what ends a sentence already keeps its own sign."""
    written = [part.strip() for part in parts if part.strip()]
    if len(written) < 2:  # noqa: PLR2004 -- one answer stands as it was written
        return "".join(written)
    return " ".join(part if part.endswith((".", "!", "?", "…")) else f"{part}." for part in written)


def in_a_row(words: Iterable[str]) -> str:
    """ "a, b och c", beginning with a capital."""
    *first, last = [str(word) for word in words] or [""]
    text = _("%(words)s och %(last)s") % {"words": ", ".join(first), "last": last} if first else last
    return capfirst(text)


def _asker(support_request: SupportRequest) -> str:
    return support_request.get_asker_display()


def _group_knows(support_request: SupportRequest) -> str:
    return support_request.get_group_knows_display()


def _what(support_request: SupportRequest) -> str:
    tells = _("Jag berättar hellre när vi pratar") if support_request.tells_when_talking else ""
    return "\n".join(part for part in (support_request.what, tells) if part)


def _group(support_request: SupportRequest) -> str:
    return _sentences(support_request.get_size_band_display(), support_request.in_common)


def _place(support_request: SupportRequest) -> str:
    return ", ".join(part for part in (support_request.place, support_request.area) if part)


def _responsible(support_request: SupportRequest) -> str:
    named = {Responsible.OTHER: support_request.responsible_other}
    chosen = [Responsible(one) for one in support_request.responsible]
    return "\n".join(named.get(one) or str(one.label) for one in chosen)


def _supports(support_request: SupportRequest) -> str:
    if not support_request.supports:
        return _("Vi vet inte än") if "stod" in support_request.answered else ""
    labels = [str(SupportKind(one).label) for one in support_request.supports]
    return in_a_row(labels[:1] + [label.lower() for label in labels[1:]])


def _urgency(support_request: SupportRequest) -> str:
    label = support_request.get_urgency_display()
    return _sentences(label, support_request.urgent_what) if support_request.urgency == Urgency.TWO_WEEKS else label


def contact_way(contact: Contact) -> str:
    """How the person wants to be reached, as they told us."""
    way = {
        Channel.SMS: _("Sms till %(address)s"),
        Channel.CALL: _("Samtal till %(address)s"),
        Channel.EMAIL: _("E-post till %(address)s"),
        Channel.SELF: _("Jag hör av mig själv"),
        Channel.NONE: "",
    }[Channel(contact.channel)] % {"address": shown_address(contact)}
    by_phone = contact.channel in {Channel.SMS, Channel.CALL}
    say = _("Ni får säga var ni ringer ifrån.") if contact.may_say_who_we_are else _("Säg inte var ni ringer ifrån.")
    leave = _("Lämna aldrig meddelande.") if contact.never_leave_message and contact.channel == Channel.CALL else ""
    return _sentences(way, say if by_phone else "", leave)


def shown_address(contact: Contact) -> str:
    """The address as the person writes it: a Swedish number without +46."""
    return contact.address if contact.channel == Channel.EMAIL else readable(contact.phone)


def _name(support_request: SupportRequest) -> str:
    return support_request.contact.called


def _languages(support_request: SupportRequest) -> str:
    contact = support_request.contact
    named = {SpokenLanguage.OTHER: contact.other_language}
    chosen = [SpokenLanguage(one) for one in contact.languages]
    interpreter = {
        YesNoUnknown.YES: _("Vi vill ha tolk när vi ses."),
        YesNoUnknown.NO: _("Vi behöver ingen tolk."),
        YesNoUnknown.UNKNOWN: "",
    }[YesNoUnknown(contact.wants_interpreter)]
    return _sentences(in_a_row(named.get(one) or str(one.label) for one in chosen), interpreter) if chosen else ""


def _access(support_request: SupportRequest) -> str:
    named = {AccessNeed.OTHER: support_request.access_other}
    chosen = [AccessNeed(one) for one in support_request.access_needs]
    return "\n".join(named.get(one) or str(one.label) for one in chosen)


READ: dict[str, Callable[[SupportRequest], str]] = {
    "vem": _asker,
    "vet-gruppen": _group_knows,
    "vad": _what,
    "hur-manga": _group,
    "var": _place,
    "ansvar": _responsible,
    "stod": _supports,
    "brattom": _urgency,
    "kontakt": lambda support_request: contact_way(support_request.contact),
    "namn": _name,
    "sprak": _languages,
    "behov": _access,
}
