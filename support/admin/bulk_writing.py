"""What one text to many groups becomes: how many are reached in which way, and exactly what each way carries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from people.enums import Channel
from support.emails.group_messages import Reach, reach, receivers_of
from support.models import SupportPeriod, SupportRequest

Case = SupportRequest | SupportPeriod


@dataclass
class Way:
    """People who get exactly the same in the same way: `text` is what leaves, or why nothing does."""

    kind: str
    subject: str
    text: str
    leaves: bool
    """Whether something is sent; otherwise the text waits on the page, or someone rings."""
    count: int = 0
    names: list[str] = field(default_factory=list)


def reaches_of(cases: Sequence[Case], text: str) -> Mapping[int, list[Reach]]:
    """How each of those who read for the case is reached, by the key of the case."""
    people = receivers_of(cases)
    return {case.pk: [reach(one, text=text, office=case.office) for one in people[case.pk]] for case in cases}


def gathered(cases: Sequence[Case], text: str) -> list[Way]:
    """Those who get the same, together: the most first."""
    ways: dict[tuple[str, str, str], Way] = {}
    reaches = reaches_of(cases, text)
    for case in cases:
        for one in reaches[case.pk]:
            sent = one.preview.envelope
            subject, words = (sent.subject, sent.text) if sent else ("", one.words)
            kind = _kind(one)
            way = ways.setdefault((kind, subject, words), Way(kind, subject, words, leaves=bool(sent)))
            way.count += 1
            way.names.append(_name_of(case))
    return sorted(ways.values(), key=lambda way: (not way.leaves, -way.count, way.kind))


def _name_of(case: Case) -> str:
    if isinstance(case, SupportPeriod):
        return str(case.group)
    return " · ".join(part for part in (getattr(case, "code", "") or f"#{case.pk}", case.place) if part)


def _kind(one: Reach) -> str:
    if one.is_refused:
        return _("Nås inte")
    sent = one.preview.envelope
    if sent:
        return _("Sms") if sent.channel == "sms" else _("E-post")
    return _("Samtal att ringa") if one.contact.channel == Channel.CALL else _("Bara på sidan")
