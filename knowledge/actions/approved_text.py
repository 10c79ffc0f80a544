"""The exact words that a group says yes to, and whether it has: what decides if an example may be public."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from groups.actions.approvals import hash_of
from groups.enums import ApprovalKind, SupportKind
from groups.models import Approval
from knowledge.markup import as_plain, links_of
from knowledge.models import Example


def is_real(example: Example) -> bool:
    """Whether it came from someone: in through the form, from a group, from a support period."""
    return bool(example.contributed_at or example.group_id or example.from_period)


def needs_yes(example: Example) -> bool:
    """Whether someone real is told about. What came from someone is not invented, whatever is ticked."""
    return is_real(example) or not example.is_invented


def has_yes(example: Example) -> bool:
    """Whether the group's yes to just these words holds. Two queries at most, three when steps are not read yet."""
    yes = Approval.objects.about(example).in_force().filter(kind=ApprovalKind.EXAMPLE, group=example.group_id)
    return yes.filter(text_hash=hash_of(text_to_approve(example))).exists()


def text_to_approve(example: Example) -> str:
    """All that readers will meet, in Swedish and in the order of the page. The English is our translation of it."""
    with override("sv"):
        told = [example.lead, _facts(example), *_story(example)]
        return "\n\n".join([example.title, *(part for part in told if part)])


def _facts(example: Example) -> str:
    facts = (
        (_("Plats"), ", ".join(filter(None, [example.place, str(example.get_setting_display())]))),
        (_("Tid"), example.period),
        (_("Gruppen"), ", ".join(filter(None, [example.who, str(example.get_size_band_display())]))),
        (_("Ansvarig"), ", ".join(filter(None, [example.duty_bearer, str(example.get_duty_bearer_kind_display())]))),
        (_("Kostnad"), ", ".join(filter(None, [example.cost_text, str(example.get_cost_display())]))),
        (_("Stöd"), ", ".join(str(SupportKind(one).label) for one in example.supports)),
        (_("Teman"), ", ".join(topic.name for topic in example.topics.all())),
    )
    return "\n".join(f"{label}: {said}" for label, said in facts if said)


def _story(example: Example) -> list[str]:
    steps = [f"{number}. {step.title}\n{_read(step.text)}" for number, step in enumerate(example.steps.all(), 1)]
    quote = f"”{example.quote}”\n{example.quote_by}" if example.quote else ""
    return [
        _under(_("Vad var fel?"), _read(example.wrong)),
        _under(_("Så gjorde gruppen"), "\n".join(steps)),
        quote,
        _under(_("Vad hände sedan?"), _read(example.outcome)),
        _under(_("Det som inte fungerade"), _read(example.did_not_work)),
        _under(_("Det här lärde de sig"), "\n".join(f"– {_read(line)}" for line in example.learned)),
    ]


def _under(heading: str, text: str) -> str:
    return f"{heading}\n{text}" if text else ""


def _read(text: str) -> str:
    """The words, and where each link in them leads: another address is another text."""
    return "\n".join([as_plain(text), *(f"({where})" for where in links_of(text))])
