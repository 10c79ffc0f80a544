"""The least that is valid of each public text. Published unless it is said otherwise: `state=State.DRAFT`."""

from itertools import count
from typing import Any

from knowledge.enums import State
from knowledge.models import Example, ExampleStep, Page, Term, Tool, ToolStep
from tests.factories import NOW

_number = count(1)


def make_term(word: str = "", **kwargs: Any) -> Term:
    """A word without forms; `related=[other]` ties it to other words."""
    n = next(_number)
    related = kwargs.pop("related", [])
    word = word or f"ord{n}"
    term = Term.objects.create(**_moments({"slug": f"ord-{n}", "word": word, "meaning": f"Vad {word} är."} | kwargs))
    term.related.set(related)
    return term


def make_example(title: str = "", **kwargs: Any) -> Example:
    """One invented example with one step; `steps=[("Rubrik", "Text")]`, `topics=[…]` and `tools=[…]` give it more."""
    n = next(_number)
    steps = kwargs.pop("steps", [("De började mäta", "Alla mätte varje kväll.")])
    topics, tools = kwargs.pop("topics", []), kwargs.pop("tools", [])
    fields = {
        "slug": f"exempel-{n}",
        "title": title or f"Exempel {n}",
        "lead": "Det var kallt. Sedan blev det varmt.",
        "wrong": "Elementen var kalla.",
        "outcome": "Hyresvärden lagade värmen.",
        "learned": ["Mät själva."],
        "is_invented": True,
    }
    example = Example.objects.create(**_moments(fields | kwargs))
    ExampleStep.objects.bulk_create(
        ExampleStep(example=example, number=number, **_step(step)) for number, step in enumerate(steps, 1)
    )
    example.topics.set(topics)
    example.tools.set(tools)
    return example


def make_tool(title: str = "", **kwargs: Any) -> Tool:
    """One tool with one step of ten minutes; `steps=[("Rubrik", "Text")]` and `related=[…]` give it more."""
    n = next(_number)
    steps = kwargs.pop("steps", [("Sitt i en ring", "Alla säger sitt namn.")])
    related = kwargs.pop("related", [])
    fields = {"slug": f"verktyg-{n}", "title": title or f"Verktyg {n}", "lead": "Så kommer ni igång."} | kwargs
    tool = Tool.objects.create(**_moments(fields))
    ToolStep.objects.bulk_create(
        ToolStep(tool=tool, number=number, **{"minutes": 10} | _step(step)) for number, step in enumerate(steps, 1)
    )
    tool.related.set(related)
    return tool


def make_page(path: str = "", **kwargs: Any) -> Page:
    n = next(_number)
    fields = {"slug": f"sida-{n}", "path": path or f"/sida-{n}/", "title": f"Sida {n}", "body": "En mening."} | kwargs
    return Page.objects.create(**_moments(fields))


def _step(step: tuple[str, str] | dict[str, Any]) -> dict[str, Any]:
    return step if isinstance(step, dict) else {"title": step[0], "text": step[1]}


def _moments(fields: dict[str, Any]) -> dict[str, Any]:
    """With the moments that its state calls for."""
    fields = {"state": State.PUBLISHED, "changed_at": NOW} | fields
    if fields["state"] in {State.PUBLISHED, State.WITHDRAWN}:
        fields.setdefault("published_at", NOW)
    if fields["state"] == State.WITHDRAWN:
        fields.setdefault("withdrawn_at", NOW)
    return fields
