"""What the lists of public texts show: by how far they have come, what should be read again, where a link is broken."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from groups.enums import DutyBearerKind
from knowledge.actions.links import broken
from knowledge.enums import Cost, Setting, State, TermTopic, ToolKind
from people import clock
from people.admin.filters import ALL, Tabs, YesNoPick, pick

ON_THE_WAY = (State.DRAFT, State.REVIEW, State.APPROVAL, State.READY)

_REST = {"again": _("Ska läsas igen"), "links": _("Trasiga länkar"), "withdrawn": _("Borttagna"), **ALL}


class ShownTexts(Tabs):
    """What is public first."""

    tabs = {"published": _("Publicerade"), "on-the-way": _("På gång"), **_REST}

    def rows(self, request: HttpRequest, queryset: Any, chosen: str) -> Any:
        if chosen == "links":
            bad = broken().filter(about_model=queryset.model._meta.label_lower)
            return queryset.filter(pk__in=bad.values("about_id"))
        return {
            "published": queryset.published(),
            "on-the-way": queryset.filter(state__in=ON_THE_WAY),
            "again": queryset.to_review(clock.today()),
            "withdrawn": queryset.withdrawn(),
            "all": queryset,
        }.get(chosen, queryset.filter(state=chosen))


class ShownExamples(ShownTexts):
    """What somebody should do something with first, by what it waits for."""

    tabs = {
        "on-the-way": _("På gång"),
        State.DRAFT.value: _("Utkast"),
        State.REVIEW.value: _("Ska läsas av oss"),
        State.APPROVAL.value: _("Väntar på gruppen"),
        State.READY.value: pgettext_lazy("texter som kan publiceras", "Klara"),
        "published": _("Publicerade"),
        **_REST,
    }


class InventedPick(YesNoPick):
    title = _("Påhittat")
    parameter_name = "invented"
    column = "is_invented"


class MarkedPick(YesNoPick):
    title = _("Förklaras i texter")
    parameter_name = "marked"
    column = "is_marked"


TERM_PICKS = (pick(_("Handlar om"), "topic", TermTopic), MarkedPick)
TOOL_PICKS = (pick(_("Sort"), "kind", ToolKind),)
EXAMPLE_PICKS = (
    pick(_("Sorts plats"), "setting", Setting),
    pick(_("Sorts ansvarig"), "duty_bearer_kind", DutyBearerKind, parameter="duty_bearer"),
    pick(_("Kostade"), "cost", Cost),
    InventedPick,
)
