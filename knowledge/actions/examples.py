"""The way of an example about a real group: taken in, cleared of what gives someone away, asked about, let go of.

Nothing about a group is public without its yes to exactly that text. A text that changes is asked about anew, and one
whose yes is taken back is gone in the same moment. Rows are locked in one order: the answers of the group first.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.actions.approvals import ask_approval, hash_of
from groups.actions.groups import create_group
from groups.enums import ApprovalKind, Decision
from groups.models import Approval, Member, Municipality
from knowledge import emails
from knowledge.actions.approved_text import needs_yes, text_to_approve
from knowledge.actions.indexing import leave
from knowledge.actions.publishing import NotComplete, content_changed, withdraw
from knowledge.actions.recall import recall_editions
from knowledge.completeness import completeness
from knowledge.enums import Risk, State
from knowledge.models import Example
from people.actions.links import open_link
from people.enums import Channel, LinkPurpose
from people.form_pack import Words
from people.models import Office, User, held_roles

ON_OUR_DESK = frozenset({State.DRAFT, State.REVIEW})
ASKED = frozenset({State.APPROVAL, State.READY, State.PUBLISHED})
"""Where an example stands only with a question to the group about just its text."""


class ExampleRefused(Exception):
    """An example cannot go that way now. `words` tells an editor why, and what to do."""

    words: Words = gettext_lazy("Det går inte just nu.")


class NotNow(ExampleRefused):
    """The example is in another state than the one this is done in."""

    words = gettext_lazy("Exemplet har kommit för långt, eller inte tillräckligt långt. Gör det till ett utkast först.")


class RisksLeft(ExampleRefused):
    """There are risks that nobody has answered for; `left` is which."""

    def __init__(self, left: Iterable[Risk]) -> None:
        self.left = [*left]
        super().__init__(", ".join(self.left))
        names = "; ".join(str(risk.label) for risk in self.left)
        self.words = _("Det här är inte besvarat än: %(names)s.") % {"names": names}


class OfficeNeeded(ExampleRefused):
    """Nothing tells which office the group would belong to."""

    words = gettext_lazy("Välj vilken ort gruppen ska höra till.")


class NobodyToAsk(ExampleRefused):
    """There is no group, or nobody in it whom we can reach, who could say yes."""

    words = gettext_lazy("Det finns ingen som vi kan fråga. Utan ett ja blir exemplet inte publicerat.")


class SaidNo(ExampleRefused):
    """The group has said no to exactly this text."""

    words = gettext_lazy("Gruppen har sagt nej till den här texten. Ändra den innan du frågar igen.")


@transaction.atomic
def take_in(example: Example, *, by: User, now: datetime, alias: str = "", office: Office | None = None) -> Example:
    """An editor begins to work with an example. Whoever sent it in, and can be reached, becomes a group in the portal.

    They get a private page of their own, where they read the text, say yes, and take their yes back. The office is
    that of the municipality, or else the editor's own. Twice is once. Raises NotNow, OfficeNeeded, and as
    `create_group` does.
    """
    lock_with_answers(example)
    if example.state not in {State.DRAFT, State.REVIEW}:
        raise NotNow
    contact = example.contact
    if contact and not contact.erased_at and contact.channel != Channel.NONE and example.group_id is None:
        example.group = create_group(
            alias=alias or (_("Exempel: %(title)s") % {"title": example.title})[:80],
            office=office or _office_for(example, by),
            contact=contact,
            size_band=example.size_band,
            now=now,
        )
        open_link(LinkPurpose.SUPPORT, contact=contact, about=contact.member, now=now)
        example.contact = None
    example.state = State.REVIEW
    example.save(update_fields=["group", "contact", "state"])
    return example


def _office_for(example: Example, by: User) -> Office:
    municipality = Municipality.objects.named(example.place).select_related("office").first()
    if municipality and municipality.office:
        return municipality.office
    own = {office for _role, office in held_roles(by) if office}
    offices = Office.objects.filter(pk__in=own) if own else Office.objects.filter(is_active=True)
    found = list(offices[:2])
    if len(found) != 1:
        raise OfficeNeeded
    return found[0]


@transaction.atomic
def clear_risks(example: Example, *, risks: Iterable[Risk | str], by: User, now: datetime) -> Example:
    """Writes down which risks the editor has answered for: nobody can be recognised by that any more.

    With the last one it is written down who read it and when; with one missing nobody has. Raises NotNow.
    """
    lock_with_answers(example)
    if example.state not in ON_OUR_DESK:
        raise NotNow
    chosen = {Risk(risk) for risk in risks}
    cleared = [risk for risk in Risk if risk in chosen]
    is_whole = len(cleared) == len(Risk)
    example.risks_cleared = [risk.value for risk in cleared]
    example.checked_by, example.checked_at = (by, now) if is_whole else (None, None)
    example.state = State.REVIEW
    example.save(update_fields=["risks_cleared", "checked_by", "checked_at", "state"])
    return example


@transaction.atomic
def ask_group(example: Example, *, now: datetime) -> Example:
    """Asks the group whether just this text may be public; with a yes from before to the same words it is ready.

    Raises NotNow, NotComplete, RisksLeft, NobodyToAsk, SaidNo. A second time it changes nothing.
    """
    lock_with_answers(example)
    if example.state == State.APPROVAL:
        return example
    if example.state not in ON_OUR_DESK or not needs_yes(example):
        raise NotNow
    if (state := completeness(example)).is_stub:
        raise NotComplete(state.needed)
    if left := [risk for risk in Risk if risk.value not in example.risks_cleared]:
        raise RisksLeft(left)
    approval = _ask(example, now)
    if approval.decision == Decision.NO:
        raise SaidNo
    example.state = State.READY if approval.decision == Decision.YES else State.APPROVAL
    example.save(update_fields=["state"])
    return example


def _ask(example: Example, now: datetime) -> Approval:
    if example.group is None or not Member.objects.contact_persons().filter(group=example.group).exists():
        raise NobodyToAsk
    return ask_approval(
        example.group,
        kind=ApprovalKind.EXAMPLE,
        title=example.title,
        text=text_to_approve(example),
        about=example,
        now=now,
    )


@transaction.atomic
def change_example(example: Example, *, now: datetime) -> Example:
    """After an editor has saved an example: with other words the yes holds no longer, and the group is asked anew.

    Until it has answered nobody reads the example, in a handbook either. When nobody can be asked any more it is the
    editors' again. Before the group has been asked, what was answered about risks was about other words: it is
    answered anew. Call it in the transaction of the save, with the steps saved too.
    """
    lock_with_answers(example)
    if example.state in ON_OUR_DESK and example.risks_cleared:
        example.risks_cleared, example.checked_by, example.checked_at = [], None, None
        example.save(update_fields=["risks_cleared", "checked_by", "checked_at"])
    if example.state not in ASKED or not needs_yes(example):
        return example
    asked = Approval.objects.about(example).filter(kind=ApprovalKind.EXAMPLE, superseded_at__isnull=True).first()
    if asked and not asked.taken_back_at and asked.text_hash == hash_of(text_to_approve(example)):
        return example
    if example.is_public:
        recall_editions(example, now=now)
        leave(example)
        content_changed()
    try:
        approval = _ask(example, now)
    except NobodyToAsk:
        example.state = State.REVIEW
    else:
        example.state = State.READY if approval.decision == Decision.YES else State.APPROVAL
    example.save(update_fields=["state"])
    return example


@transaction.atomic
def group_answered(approval: Approval, now: datetime) -> None:
    """The group has said yes or no, or has taken its yes back: then the text is gone for everyone in that moment."""
    example = Example.objects.select_for_update(of=("self",)).filter(pk=approval.about_id).first()
    if example is None or approval.about_model != Example._meta.label_lower or approval.superseded_at:
        return
    if approval.taken_back_at:
        if example.state in ASKED:
            withdraw(example, now=now)
    elif example.state == State.APPROVAL:
        said_yes = approval.decision == Decision.YES
        example.state = State.READY if said_yes else State.REVIEW
        example.save(update_fields=["state"])
    emails.tell_answered(example, approval, now=now)


def lock_with_answers(example: Example) -> None:
    """The row as it is now, locked, after the answers of the group: whoever answers takes them in the same order."""
    answers = Approval.objects.about(example).order_by("pk").select_for_update(of=("self",))
    list(answers.values_list("pk"))
    example.refresh_from_db(from_queryset=Example.objects.select_for_update(of=("self",)))
