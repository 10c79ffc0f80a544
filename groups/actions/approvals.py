"""What a group must agree to before it happens: asked, answered, taken back."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

from django.db import models, transaction

from groups import emails
from groups.enums import ApprovalKind, Decision
from groups.models import Approval, Group, Member


class NotInTheGroup(Exception):
    """Only a current member of the group decides for it."""


class AlreadyDecided(Exception):
    """The group has already answered, in another way."""


class Superseded(Exception):
    """The text has changed since: the new text is what can be answered."""


class NothingToTakeBack(Exception):
    """Only a yes can be taken back."""


Hearer = Callable[[Approval, datetime], None]

_hearers: dict[ApprovalKind, Hearer] = {}


def when_answered(kind: ApprovalKind, hear: Hearer) -> None:
    """Each app says, when Django starts, what follows when a group says yes or no to such a text, or takes a yes back.

    It is called with the approval locked, in the transaction of the answer.
    """
    if _hearers.setdefault(kind, hear) != hear:
        raise ValueError(f"two hear of {kind}")


def _tell(approval: Approval, now: datetime) -> None:
    if hear := _hearers.get(ApprovalKind(approval.kind)):
        hear(approval, now)


def hash_of(text: str) -> str:
    """What tells one exact text from another; line ends and space around it do not count."""
    return sha256("\n".join(line.rstrip() for line in text.strip().splitlines()).encode()).hexdigest()


@transaction.atomic
def ask_approval(
    group: Group,
    *,
    kind: ApprovalKind,
    title: str,
    text: str,
    now: datetime,
    about: models.Model | None = None,
) -> Approval:
    """Asks the group for a yes to exactly this text, and tells its contact persons.

    The same text again returns the row there is; another text about the same thing replaces it and is asked anew. A yes
    that was taken back is asked for anew as well.
    """
    Group.objects.select_for_update().get(pk=group.pk)
    about_model = about._meta.label_lower if about else ""
    rows = Approval.objects.filter(
        group=group,
        kind=kind,
        about_model=about_model,
        about_id=about.pk if about else None,
        superseded_at__isnull=True,
    )
    rows = rows if about else rows.filter(title=title)
    text_hash = hash_of(text)
    if same := rows.filter(text_hash=text_hash, taken_back_at__isnull=True).first():
        return same
    rows.update(superseded_at=now)
    approval = Approval.objects.create(
        group=group,
        kind=kind,
        title=title,
        text=text,
        text_hash=text_hash,
        about_model=about_model,
        about_id=about.pk if about else None,
        asked_at=now,
    )
    emails.tell_asked(approval, now=now)
    return approval


def _locked(approval: Approval, member: Member) -> Approval:
    """The row as it is now, locked. Raises NotInTheGroup."""
    approval.refresh_from_db(from_queryset=Approval.objects.select_for_update())
    if not Member.objects.current().filter(pk=member.pk, group=approval.group_id).exists():
        raise NotInTheGroup
    return approval


@transaction.atomic
def decide_approval(approval: Approval, *, decision: Decision, member: Member, now: datetime) -> Approval:
    """A member answers for the group. The same answer again changes nothing.

    Raises NotInTheGroup, AlreadyDecided, Superseded.
    """
    _locked(approval, member)
    if approval.superseded_at:
        raise Superseded
    if approval.decision:
        if approval.decision == decision:
            return approval
        raise AlreadyDecided
    approval.decision = decision
    approval.decided_at = now
    approval.decided_by = member
    approval.save(update_fields=["decision", "decided_at", "decided_by"])
    _tell(approval, now)
    return approval


@transaction.atomic
def take_back_approval(approval: Approval, *, member: Member, now: datetime) -> Approval:
    """The group takes its yes back, at any time and without a reason. Twice changes nothing.

    Raises NotInTheGroup, NothingToTakeBack.
    """
    _locked(approval, member)
    if approval.decision != Decision.YES:
        raise NothingToTakeBack
    if approval.taken_back_at is None:
        approval.taken_back_at = now
        approval.save(update_fields=["taken_back_at"])
        _tell(approval, now)
    return approval


@transaction.atomic
def set_aside(approval: Approval, *, member: Member, now: datetime) -> Approval:
    """The group wants other words: this question stands no more, nor a yes to it. Twice is once. Raises NotInTheGroup.

    Nobody hears of it here: whoever changes the words does what follows.
    """
    _locked(approval, member)
    if approval.superseded_at is None:
        approval.superseded_at = now
        approval.save(update_fields=["superseded_at"])
    return approval
