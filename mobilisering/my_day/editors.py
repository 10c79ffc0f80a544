"""What waits for those who write the public texts: what came in, what is ready, what should be read again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from knowledge.actions.links import broken
from knowledge.enums import State
from knowledge.models import Example, HandbookEdition, LinkCheck, PublicText, ShortText
from knowledge.texts import KINDS
from mobilisering.my_day.rows import Row
from people import clock
from people.admin.commands import page_of
from people.calendar import long_date, long_time, stockholm_day
from people.counting import capped_counts, count_in_words
from people.models import User

SHOWN = 10
LISTS: tuple[type[Model], ...] = (*(kind.model for kind in KINDS), ShortText, HandbookEdition, LinkCheck)


@dataclass(frozen=True)
class Block:
    """One box of the page: its rows, ten at most, and how many there are."""

    slug: str
    title: Promise
    empty: Promise
    count: int
    rows: Sequence[Row]
    url_of_all: str = ""

    @property
    def count_in_words(self) -> str:
        return count_in_words(self.count)

    @property
    def has_more(self) -> bool:
        return self.count > len(self.rows)


def may_edit(user: Any) -> bool:
    """Whether the public texts are this person's work."""
    return isinstance(user, User) and user.has_perm("knowledge.change_example")


@require_safe
def editors_day(request: HttpRequest) -> HttpResponse:
    if not may_edit(request.user):
        raise PermissionDenied
    blocks = [_block(waiting, clock.now()) for waiting in WAITING]
    context = {
        **admin.site.each_context(request),
        "title": _("Texterna i dag"),
        "today": clock.today(),
        "blocks": blocks,
        "is_empty": not any(block.count for block in blocks),
        "links": [*map(_link_to, LISTS), {"url": reverse("everything"), "label": _("Allt som finns")}],
    }
    return TemplateResponse(request, "admin/editors_day.html", context)


def _link_to(model: type[Model]) -> dict[str, str]:
    """The list of all rows of a kind, under its own name."""
    url = reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_changelist")
    return {"url": url, "label": capfirst(str(model._meta.verbose_name_plural))}


@dataclass(frozen=True)
class Waiting:
    """What a block holds, and why each of its rows is there. `all_of` is the list that shows all of it."""

    slug: str
    title: Promise
    empty: Promise
    parts: Callable[[datetime], Sequence[QuerySet[Any]]]
    why: Callable[[Any], str]
    all_of: str = ""


def _of_all_kinds(**conditions: Any) -> list[QuerySet[Any]]:
    return [kind.model._default_manager.filter(**conditions).order_by("publish_at", "pk") for kind in KINDS]


def _why_ready(row: Any) -> str:
    return _("Skulle ha kommit ut, men fick inte. Se vad som saknas.") if row.publish_at else _("Kan publiceras nu.")


WAITING = (
    Waiting(
        "new",
        gettext_lazy("Exempel att läsa"),
        gettext_lazy("Inget nytt just nu. Här kommer exempel som någon har skickat in."),
        lambda now: [Example.objects.filter(state=State.REVIEW).order_by("contributed_at", "pk")],
        lambda row: _("Läs texten, och svara på om någon kan kännas igen."),
        f"knowledge_example?show={State.REVIEW.value}",
    ),
    Waiting(
        "ready",
        gettext_lazy("Klara att publicera"),
        gettext_lazy("Inget är klart och väntar. Här kommer texter som kan publiceras nu."),
        lambda now: [
            *_of_all_kinds(state=State.READY, publish_at__lte=now),
            *_of_all_kinds(state=State.READY, publish_at__isnull=True),
        ],
        _why_ready,
    ),
    Waiting(
        "waiting",
        gettext_lazy("Väntar på gruppens ja"),
        gettext_lazy("Ingen grupp läser något just nu."),
        lambda now: [Example.objects.filter(state=State.APPROVAL).order_by("changed_at", "pk")],
        lambda row: _("Gruppen läser texten på sin egen sida."),
        f"knowledge_example?show={State.APPROVAL.value}",
    ),
    Waiting(
        "scheduled",
        gettext_lazy("Kommer ut av sig själva"),
        gettext_lazy("Inget är tidsinställt."),
        lambda now: _of_all_kinds(state=State.READY, publish_at__gt=now),
        lambda row: _("Publiceras %(when)s.") % {"when": long_time(row.publish_at, clock.today())},
    ),
    Waiting(
        "again",
        gettext_lazy("Ska läsas igen"),
        gettext_lazy("Inget behöver läsas igen just nu. Varje text kommer tillbaka efter ett år."),
        lambda now: [
            kind.model._default_manager.to_review(stockholm_day(now)).order_by("review_by", "pk") for kind in KINDS
        ],
        lambda row: _("Skulle läsas igen senast %(day)s.") % {"day": long_date(row.review_by, clock.today())},
    ),
    Waiting(
        "links",
        gettext_lazy("Trasiga länkar"),
        gettext_lazy("Alla länkar leder rätt. De provas en gång om dagen."),
        lambda now: [broken().order_by("broken_since", "pk")],
        lambda row: str(row.problem),
        "knowledge_linkcheck",
    ),
    Waiting(
        "languages",
        gettext_lazy("Ingen har kollat språket"),
        gettext_lazy("Alla korta texter är kollade av någon som kan språket."),
        lambda now: [ShortText.objects.filter(checked_on__isnull=True)],
        lambda row: _("Syns inte förrän någon som kan språket har läst den."),
        "knowledge_shorttext",
    ),
)


def _block(waiting: Waiting, now: datetime) -> Block:
    """The first rows of its parts, and a count of all. One query for the count, one for each part that is read."""
    parts = waiting.parts(now)
    counts = capped_counts({str(number): part for number, part in enumerate(parts)})
    found = [row for number, part in enumerate(parts) if counts[str(number)] for row in part[:SHOWN]][:SHOWN]
    name, _mark, chosen = waiting.all_of.partition("?")
    url = f"{reverse(f'admin:{name}_changelist')}{'?' if chosen else ''}{chosen}" if name else ""
    rows = [Row(_name(row), page_of(row), waiting.why(row), acts=(), order=stockholm_day(now)) for row in found]
    return Block(waiting.slug, waiting.title, waiting.empty, sum(counts.values()), rows, url)


def _name(row: Any) -> str:
    """What it is, and what kind of text that is where several stand together."""
    kind = str(row._meta.verbose_name)
    return f"{row} ({kind})" if isinstance(row, PublicText) and not isinstance(row, Example) else str(row)
