"""The group writes its example in its own words. Then the editors read it, and the group is asked anew."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db import transaction

from groups.actions.approvals import NotInTheGroup, hash_of, set_aside
from groups.enums import ApprovalKind
from groups.models import Approval, Member
from knowledge import emails
from knowledge.actions.approved_text import text_to_approve
from knowledge.actions.examples import ASKED, lock_with_answers
from knowledge.actions.indexing import leave
from knowledge.actions.publishing import content_changed, text_saved
from knowledge.actions.recall import recall_editions
from knowledge.enums import State
from knowledge.markup import as_plain, literally
from knowledge.models import Example, ExampleStep

OPEN_TO_GROUP = ASKED | {State.REVIEW}
"""Where the group can write in its example, once it has been asked about it."""

MARKDOWN = frozenset({"wrong", "outcome", "did_not_work"})

Step = tuple[str, str]
"""The title, and the text."""


class NotOpen(Exception):
    """The example is taken away, or is being written anew by the editors."""


class ChangedMeanwhile(Exception):
    """Someone else has saved other words since these were read. Nothing is saved."""


@dataclass(frozen=True)
class OwnWords:
    """What the group can write itself, without markup. What is chosen from lists stays with the editors."""

    title: str
    lead: str
    place: str
    period: str
    who: str
    duty_bearer: str
    cost_text: str
    wrong: str
    quote: str
    quote_by: str
    outcome: str
    did_not_work: str
    learned: Sequence[str]
    steps: Sequence[Step]
    """In order: first what each step there is becomes, then new ones. An empty pair is no step."""


COLUMNS = tuple(field.name for field in fields(OwnWords) if field.name not in {"learned", "steps"})


def words_of(example: Example) -> OwnWords:
    """The words as they stand. One query, for the steps."""
    columns: dict[str, str] = {name: _shown(example, name) for name in COLUMNS}
    steps = [(step.title, as_plain(step.text)) for step in example.steps.all()]
    return OwnWords(**columns, learned=[as_plain(line) for line in example.learned], steps=steps)


def mark_of(example: Example) -> str:
    """What tells the words that someone has read from those that stand there later."""
    return hash_of(text_to_approve(example))


def _shown(example: Example, name: str) -> str:
    text: str = getattr(example, name)
    return as_plain(text) if name in MARKDOWN else text


@transaction.atomic
def write_own_words(example: Example, words: OwnWords, *, seen: str, member: Member, now: datetime) -> bool:
    """Saves what the group has written, and whether anything became other words; `seen` is the `mark_of` it read.

    The question about the old words stands no more, nor a yes to them: nobody reads the example until the editors
    have looked for what gives someone away, and the group has said yes anew. The editors are told. The same words
    again change nothing. Raises NotInTheGroup, NotOpen, ChangedMeanwhile.
    """
    lock_with_answers(example)
    if not Member.objects.current().filter(pk=member.pk, group=example.group_id).exists():
        raise NotInTheGroup
    if example.state not in OPEN_TO_GROUP:
        raise NotOpen
    if _as_compared(words) == _as_compared(words_of(example)):
        return False
    if seen != mark_of(example):
        raise ChangedMeanwhile
    asked = Approval.objects.about(example).filter(kind=ApprovalKind.EXAMPLE, superseded_at__isnull=True)
    for question in asked.filter(taken_back_at__isnull=True).order_by("pk"):
        set_aside(question, member=member, now=now)
    if example.is_public:
        recall_editions(example, now=now)
        leave(example)
        content_changed()
    _write(example, words)
    _write_steps(example, words.steps)
    _give_back(example)
    text_saved(example, now=now)
    emails.tell_rewritten(example, once=mark_of(example)[:16], now=now)
    return True


def _as_compared(words: OwnWords) -> tuple[list[str], list[str], list[Step]]:
    columns = [_lines(getattr(words, name)) for name in COLUMNS]
    steps = [(_lines(title), _lines(text)) for title, text in words.steps]
    return columns, [_lines(line) for line in words.learned], [step for step in steps if any(step)]


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _write(example: Example, words: OwnWords) -> None:
    """Only what they have changed: the rest keeps its links. The English of it is of other words, and goes."""
    changed: dict[str, Any] = {}
    for name in COLUMNS:
        written = getattr(words, name)
        if _lines(written) != _lines(_shown(example, name)):
            changed[name] = literally(written) if name in MARKDOWN else written
    if [*map(_lines, words.learned)] != [_lines(as_plain(line)) for line in example.learned]:
        changed["learned"] = [literally(line) for line in words.learned]
    for name in [*changed]:
        if name in Example.TRANSLATED:
            changed[f"{name}_en"] = [] if name == "learned" else ""
    for name, value in changed.items():
        setattr(example, name, value)
    example.save(update_fields=[*changed])


def _write_steps(example: Example, steps: Sequence[Step]) -> None:
    """Each step there is becomes what stands in its place, or goes; what is left is numbered 1, 2, 3."""
    there = list(example.steps.all())
    number = 0
    for place in range(max(len(there), len(steps))):
        row = there[place] if place < len(there) else ExampleStep(example=example)
        title, text = steps[place] if place < len(steps) else ("", "")
        if title or text:
            number += 1
            _write_step(row, number, title, text)
        elif row.pk:
            row.delete()


def _write_step(row: ExampleStep, number: int, title: str, text: str) -> None:
    row.number = number
    if title != row.title:
        row.title, row.title_en = title, ""
    if _lines(text) != _lines(as_plain(row.text)):
        row.text, row.text_en = literally(text), ""
    row.save()


def _give_back(example: Example) -> None:
    """To the editors. What they answered about risks was about other words."""
    example.state, example.publish_at = State.REVIEW, None
    example.risks_cleared, example.checked_by, example.checked_at = [], None, None
    example.save(update_fields=["state", "publish_at", "risks_cleared", "checked_by", "checked_at"])
