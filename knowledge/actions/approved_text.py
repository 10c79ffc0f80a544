"""The exact words that a group says yes to, and whether it has: what decides if an example may be public."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from groups.actions.approvals import hash_of
from groups.enums import ApprovalKind, SupportKind
from groups.models import Approval
from knowledge.markup import as_plain, links_of
from knowledge.models import Example, ExampleStep
from knowledge.texts import spoken

IN_ENGLISH = "På engelska"
"""The heading under which the English words stand. A paragraph of its own, as no words of theirs are."""


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
    """All that readers will meet: in Swedish, in the order of the page, and then in English where that is whole.

    The Swedish words stand as they always have, so that a yes to them holds as long as there is no English.
    """
    steps = list(example.steps.all())
    with override("sv"):
        told = [example.lead, _facts(example), *_story(example, steps)]
        told += _in_english(example, steps)
        return "\n\n".join([example.title, *(part for part in told if part)])


def in_languages(text: str) -> list[tuple[str, str]]:
    """Such a text in its parts, each after its language; the heading between them is left out."""
    swedish, heading, english = text.partition(f"\n\n{IN_ENGLISH}\n\n")
    return [("sv", swedish), ("en", english)] if heading else [("sv", swedish)]


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


def _story(example: Example, rows: Sequence[ExampleStep]) -> list[str]:
    steps = [f"{number}. {step.title}\n{_read(step.text)}" for number, step in enumerate(rows, 1)]
    quote = f"”{example.quote}”\n{example.quote_by}" if example.quote else ""
    return [
        _under(_("Vad var fel?"), _read(example.wrong)),
        _under(_("Så gjorde gruppen"), "\n".join(steps)),
        quote,
        _under(_("Vad hände sedan?"), _read(example.outcome)),
        _under(_("Det som inte fungerade"), _read(example.did_not_work)),
        _under(_("Det här lärde de sig"), "\n".join(f"– {_read(line)}" for line in example.learned)),
    ]


def _in_english(example: Example, rows: Sequence[ExampleStep]) -> list[str]:
    """The words alone, in the same order: the headings and the choices are those that stand in Swedish above."""
    if spoken(example, "en", rows) != "en":
        return []
    said, told = example.said("en"), [row.said("en") for row in rows]
    return [
        IN_ENGLISH,
        said.title,
        said.lead,
        "\n".join(filter(None, [said.period, said.who, said.duty_bearer, said.cost_text])),
        _read(said.wrong),
        "\n".join(f"{number}. {step.title}\n{_read(step.text)}" for number, step in enumerate(told, 1)),
        f"”{said.quote}”\n{said.quote_by}" if said.quote else "",
        _read(said.outcome),
        _read(said.did_not_work),
        "\n".join(f"– {_read(line)}" for line in said.learned),
    ]


def _under(heading: str, text: str) -> str:
    return f"{heading}\n{text}" if text else ""


def _read(text: str) -> str:
    """The words, and where each link in them leads: another address is another text."""
    return "\n".join([as_plain(text), *(f"({where})" for where in links_of(text))])
