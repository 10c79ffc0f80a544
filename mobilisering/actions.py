"""What needs two subjects at once: a draft of an example, made from what a support period has led to."""

import re
from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from groups.enums import DutyBearerKind
from groups.models import RoleContract
from knowledge import emails
from knowledge.actions.contributing import LONGEST_TITLE, as_step, free_slug
from knowledge.enums import State
from knowledge.markup import literally
from knowledge.models import Example, ExampleStep
from people.models import Contact, User
from people.personnummer import find_personal_numbers, without
from support.actions.logs import write_log
from support.enums import LogKind, Phase, PlanKind, PlanStatus
from support.models import LogEntry, PlanItem, SupportPeriod

CLOSING = frozenset({Phase.EXIT, Phase.SELF_RELIANT, Phase.CLOSED})
"""When there is something to tell: the group is on its way to managing by itself, or does."""

TOLD_IN_LOG = (LogKind.NOTE, LogKind.MEETING, LogKind.CHECK_IN)
"""What is about the work. Questions, answers and contact ways are between one person and us."""

STOPPED = (PlanStatus.BLOCKED, PlanStatus.NOT_FOR_US)
"""What the group had to let be."""

DRAFTED = gettext_lazy("Vi har börjat på en text om vad gruppen har gjort. Ni får läsa den och säga ja eller nej.")

LONGEST_TEXT = 2400
MOST_STEPS = 20
HIDDEN = "[…]"
SHORT_NAME = 3
"""Letters: "bo" and "per" are words, "alva" is a name that someone wrote in a hurry."""
ADDRESSES = re.compile(
    r"\S+@\S+|(?:https?://|www\.)\S+|\+?\d[\d\s()-]{6,}\d"
    r"|\b[A-ZÅÄÖ][\w-]*(?:gatan|vägen|gränden|gränd|torget|stigen|backen|allén|gården)\b(?:\s+\d+\s?[A-Za-z]?\b)?"
)
"""E-mail, web addresses, telephone numbers, and streets with their numbers."""


class NotClosing(Exception):
    """The group is in the middle of its work: an example is made when that is coming to an end."""


class AlreadyDrafted(Exception):
    """There is an example from this period already."""


@transaction.atomic
def draft_example(period: SupportPeriod, *, by: User, now: datetime) -> Example:
    """A draft for the editors to write on and for the group to say yes or no to, from the plan and the shared log.

    Never from internal notes, with the names and addresses that we know of taken out, and with months for days.
    The log of the group tells that it was made. Raises NotClosing, AlreadyDrafted.
    """
    period.refresh_from_db(from_queryset=SupportPeriod.objects.select_for_update(of=("self",)))
    if period.phase not in CLOSING:
        raise NotClosing
    if Example.objects.filter(from_period=period.pk).exists():
        raise AlreadyDrafted
    hide = _Hider(_names_around(period), whole=period.group.alias)
    items = list(period.plan_items.order_by("done_at", "created_at", "pk"))
    goals = [hide(item.text) for item in items if item.kind == PlanKind.GOAL]
    with override("sv"):
        title = Truncator(goals[0] if goals else _("Utkast från en stödperiod")).chars(LONGEST_TITLE)
        example = Example.objects.create(
            slug=free_slug(title, uuid4()),
            title=title,
            group=period.group,
            from_period=period.pk,
            state=State.DRAFT,
            changed_at=now,
            size_band=period.group.size_band,
            who=Truncator(hide(period.group.in_common)).chars(120),
            supports=period.supports,
            duty_bearer_kind=_responsible(period),
            **_time(period, now),
            wrong=_text(goals),
            outcome=_text([hide(period.what_changed), *_from_log(period, hide)]),
            did_not_work=_text(hide(item.text) for item in items if item.status in STOPPED),
        )
    example.topics.set(period.group.topics.all())
    done = [hide(item.text) for item in items if item.kind == PlanKind.TASK and item.status == PlanStatus.DONE]
    ExampleStep.objects.bulk_create(
        ExampleStep(example=example, number=number, **as_step(text)) for number, text in enumerate(done[:MOST_STEPS], 1)
    )
    write_log(period, LogKind.NOTE, DRAFTED, now=now, by=by)
    emails.tell_came_in(example, now=now)
    return example


class _Hider:
    """Takes the names and addresses we know of out of a text. What it cannot know, the editor looks for.

    A name is known by each of its parts, in small letters too unless it is as short as many words are. What the group
    is called is a name as a `whole`: its parts are words like others.
    """

    def __init__(self, names: Iterable[str], *, whole: str) -> None:
        wanted = {part for name in names for part in [name, *name.split()] if len(part) > 1}
        wanted |= {whole} if whole else set()
        wanted |= {part.lower() for part in wanted if len(part) > SHORT_NAME}
        longest_first = sorted(map(re.escape, wanted), key=len, reverse=True)
        self.names = re.compile(rf"\b(?:{'|'.join(longest_first)})s?\b") if wanted else None

    def __call__(self, text: str) -> str:
        text = without(text, find_personal_numbers(text))
        text = ADDRESSES.sub(HIDDEN, text)
        return self.names.sub(HIDDEN, text) if self.names else text


def _names_around(period: SupportPeriod) -> set[str]:
    """Everyone we know of: in the group, around it, and among us; and the part of town. As written and capitalised."""
    group = period.group
    people = Contact.objects.filter(member__group=group) | Contact.objects.filter(support_request__group=group)
    enablers = RoleContract.objects.filter(group=group).values_list("enabler__contact__called", flat=True)
    owners = PlanItem.objects.filter(period__group=group).values_list("owner", flat=True)
    writers = LogEntry.objects.filter(period__group=group, user__isnull=False).values_list("user__name", flat=True)
    found = {period.leader.name, group.area, *people.values_list("called", flat=True), *enablers, *owners, *writers}
    names = {" ".join(name.split()) for name in found if name and name.strip()}
    return names | {name.capitalize() for name in names}


def _responsible(period: SupportPeriod) -> str:
    """The first of those that the group named when it asked for support."""
    asked = period.group.support_requests.order_by("received_at", "pk").values_list("responsible", flat=True)
    named = (one for responsible in asked for one in responsible or [])
    return next((one for one in named if one in DutyBearerKind.values), "")


def _time(period: SupportPeriod, now: datetime) -> dict[str, object]:
    """From which month to which; never a day."""
    ended_at = period.closed_at or period.self_reliant_at or now
    first, last = (date_format(localtime(moment), "F Y") for moment in (period.opened_at, ended_at))
    said = first if first == last else _("%(first)s till %(last)s") % {"first": first, "last": last}
    return {"period": said.capitalize(), "happened_on": localtime(ended_at).date().replace(day=1)}


def _from_log(period: SupportPeriod, hide: _Hider) -> list[str]:
    """What people have written for the group to see, oldest first, each with its month."""
    rows = period.log.shared().filter(kind__in=TOLD_IN_LOG).exclude(user__isnull=True, contact__isnull=True)
    return [
        f"{date_format(localtime(row.at), 'F Y').capitalize()}: {hide(row.text)}" for row in rows.order_by("at", "pk")
    ]


def _text(parts: Iterable[str]) -> str:
    return literally(Truncator("\n".join(part for part in parts if part)).chars(LONGEST_TEXT))
