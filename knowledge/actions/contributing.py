"""Someone tells what their group did, without an account; and what is left of it when they take everything away."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.text import Truncator, slugify

from groups.models import Approval, Member
from knowledge import emails
from knowledge.actions.examples import NotNow
from knowledge.actions.publishing import withdraw
from knowledge.enums import State
from knowledge.markup import literally
from knowledge.models import Example, ExampleStep
from people.actions.contacts import choose_contact_way, erase_contact
from people.actions.forgetting import empty_history, remove_history
from people.models import Contact
from people.plain_text import JOINERS_AND_MARKS

LONGEST_TITLE = 120
LONGEST_NAME_IN_ADDRESS = 60
LONGEST_STEP_TITLE = 80
NOTHING_SEEN = "…"
"""What a title is where nothing was written that can be read."""

OTHER_ADDRESSES = frozenset({"lamna", "flode"})
"""What stands under /exempel/ beside the examples."""


@dataclass(frozen=True)
class Told:
    """What a group tells, in its own words and without markup."""

    wrong: str
    who: str
    size_band: str
    setting: str
    place: str
    duty_bearer_kind: str
    duty_bearer: str
    steps: Sequence[str]
    """One for each thing they did, in order."""
    outcome: str
    did_not_work: str
    learned: Sequence[str]

    @property
    def title(self) -> str:
        """Until an editor has found a better one: the first sentence of what was wrong."""
        line = _seen_of(self.wrong).splitlines()[0] if _seen_of(self.wrong) else NOTHING_SEEN
        return Truncator(line.partition(". ")[0].rstrip(".")).chars(LONGEST_TITLE)


def _seen_of(text: str) -> str:
    """Without points and invisible signs before and after: someone may begin with "...", or write nothing else."""
    return text.strip(f". \n{''.join(JOINERS_AND_MARKS)}")


def contribute(
    told: Told, *, way: Mapping[str, Any] | None, called: str, once_key: uuid.UUID, now: datetime, reads: str = "sv"
) -> Example:
    """An example comes in and waits for an editor; `way` is as choose_contact_way takes it, or None.

    What they wrote is kept so that it reads as they wrote it, whatever signs it has. The same key, even at the same
    moment, returns the first and says nothing more. Raises as `choose_contact_way` does.
    """
    bring_in = partial(_bring_in, told, way=way, called=called, once_key=once_key, reads=reads, now=now)
    try:
        return bring_in()
    except IntegrityError:
        same = Example.objects.filter(once_key=once_key).first()
        return same or bring_in()  # someone else's took the name in the same moment: now that is seen


@transaction.atomic
def _bring_in(
    told: Told, *, way: Mapping[str, Any] | None, called: str, once_key: uuid.UUID, reads: str, now: datetime
) -> Example:
    example = Example.objects.create(
        **_columns(told),
        slug=free_slug(told.title, once_key),
        state=State.REVIEW,
        contact=_contact(way, called, reads, now) if way else None,
        contributed_at=now,
        changed_at=now,
        once_key=once_key,
    )
    ExampleStep.objects.bulk_create(
        ExampleStep(example=example, number=number, **as_step(step)) for number, step in enumerate(told.steps, 1)
    )
    emails.send_thanks(example, now=now)
    emails.tell_came_in(example, now=now)
    return example


def _columns(told: Told) -> dict[str, Any]:
    """Columns that are read as Markdown hold words that it leaves alone; the others hold the words as they are."""
    return {
        "title": told.title,
        "who": told.who,
        "size_band": told.size_band,
        "setting": told.setting,
        "place": told.place,
        "duty_bearer_kind": told.duty_bearer_kind,
        "duty_bearer": told.duty_bearer,
        "wrong": literally(told.wrong),
        "outcome": literally(told.outcome),
        "did_not_work": literally(told.did_not_work),
        "learned": [literally(line) for line in told.learned],
    }


def as_step(said: str) -> dict[str, str]:
    """A thing they did, as a title and a text: the first sentence names it, where it is short and more follows."""
    first, _stop, rest = said.strip().partition(". ")
    if _seen_of(first) and rest.strip() and len(first) <= LONGEST_STEP_TITLE:
        return {"title": first, "text": literally(rest)}
    title = Truncator(_seen_of(said) or NOTHING_SEEN).chars(LONGEST_STEP_TITLE)
    return {"title": title, "text": literally(said)}


def free_slug(title: str, key: uuid.UUID) -> str:
    """Where the example may come to stand. The end makes it one of its kind; an editor can choose another."""
    name = slugify(title)[:LONGEST_NAME_IN_ADDRESS].strip("-") or "exempel"
    is_taken = name in OTHER_ADDRESSES or Example.objects.filter(slug=name).exists()
    return f"{name}-{key.hex[:8]}" if is_taken else name


def _contact(way: Mapping[str, Any], called: str, reads: str, now: datetime) -> Contact:
    contact = Contact.objects.create(called=called, reads=reads, created_at=now)
    return choose_contact_way(contact, **way, now=now)


@transaction.atomic
def remove_contribution(example: Example, *, now: datetime) -> None:
    """An example that nobody has read but editors is taken away, with whoever sent it in. Raises NotNow after that."""
    example.refresh_from_db(from_queryset=Example.objects.select_for_update(of=("self",)))
    if example.group_id or example.published_at or example.contributed_at is None:
        raise NotNow
    if example.contact:
        erase_contact(example.contact, now=now)  # takes the example away too
    else:
        _remove(example)


@transaction.atomic
def forget_contributor(contact: Contact, now: datetime) -> None:
    """The person is taken away: so is what they told and nobody else answers for.

    What was never public is gone for good. What is public is withdrawn at once when nobody is left in the group who
    could take the yes back, and the editors are told; with others left it is theirs.
    """
    groups = Member.objects.filter(contact=contact).values("group")
    rows = Example.objects.filter(Q(contact=contact) | Q(group__in=groups)).select_for_update(of=("self",))
    for example in rows.order_by("pk"):
        others = Member.objects.current().filter(group=example.group_id, contact__erased_at__isnull=True)
        if others.exclude(contact=contact).exists():
            _unlink(example, contact)
        elif example.published_at is None:
            _remove(example)
        else:
            _unlink(example, contact)
            if example.is_public:
                emails.tell_gone(example, now=now)
            withdraw(example, now=now)


def _unlink(example: Example, contact: Contact) -> None:
    if example.contact_id == contact.pk:
        example.contact = None
        example.save(update_fields=["contact"])
    empty_history(Example.objects.filter(pk=example.pk), {"contact": None})


def _remove(example: Example) -> None:
    pk, steps = example.pk, list(example.steps.values_list("pk", flat=True))
    Approval.objects.about(example).delete()
    Example.objects.filter(pk=pk).delete()
    remove_history(ExampleStep, *steps)
    remove_history(Example, pk)
