"""Which parts of a public text are there. One that lacks a needed part is a stub, and a stub is never published."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knowledge.models import Example, Page, PublicText, Term, Tool


@dataclass(frozen=True)
class Part:
    """A part with its own heading or place on the page."""

    name: Promise
    is_there: Callable[[Any], bool]
    is_needed: bool = True


def _column(name: Promise, *columns: str, is_needed: bool = True) -> Part:
    return Part(name, lambda text: all(getattr(text, column) for column in columns), is_needed)


def _has_steps(text: Any) -> bool:
    """Asks no query of its own where the steps have been read along with the text."""
    return text.pk is not None and len(text.steps.all()) > 0


PARTS: Mapping[type[PublicText], Sequence[Part]] = {
    Example: (
        _column(_("plats"), "setting"),
        _column(_("tid"), "period"),
        _column(_("ingress"), "lead"),
        _column(_("vad som var fel"), "wrong"),
        Part(_("hur gruppen gjorde"), _has_steps),
        _column(_("vad som hände sedan"), "outcome"),
        _column(_("det som inte fungerade"), "did_not_work"),
        _column(_("vad de lärde sig"), "learned"),
        _column(_("stöd de fick"), "supports", is_needed=False),
        _column(_("vem som hade ansvar"), "duty_bearer_kind", "duty_bearer"),
        _column(_("vad det kostade"), "cost"),
    ),
    Tool: (
        _column(_("ingress"), "lead"),
        _column(_("när"), "when"),
        _column(_("tid"), "time"),
        _column(_("antal"), "people"),
        Part(_("steg"), _has_steps),
        _column(_("tips"), "tips", is_needed=False),
        _column(_("det som brukar gå fel"), "pitfalls", is_needed=False),
        _column(_("arbetsblad"), "sheet", is_needed=False),
    ),
    Term: (_column(_("betydelse"), "meaning"), _column(_("så kan det låta"), "usage")),
    Page: (_column(_("text"), "body"),),
}
"""The fixed parts of each kind, in the order readers meet them (domain.md, 8). A group may have done it unsupported."""


@dataclass(frozen=True)
class Completeness:
    """How many of the parts are there, and the names of those that are not: the needed ones, and all."""

    done: int
    of: int
    needed: tuple[Promise, ...]
    missing: tuple[Promise, ...]

    @property
    def is_stub(self) -> bool:
        return bool(self.needed)


def completeness(text: PublicText) -> Completeness:
    """Of one text, as it stands. One query for its steps, unless they are there already."""
    parts = PARTS[type(text)]
    missing = [part for part in parts if not part.is_there(text)]
    return Completeness(
        done=len(parts) - len(missing),
        of=len(parts),
        needed=tuple(part.name for part in missing if part.is_needed),
        missing=tuple(part.name for part in missing),
    )
