"""The page of a case, as a leader uses it all day: what it is about, what comes next, what has happened.

Above all other facts stands how to reach the people. Whoever opens the page is written down, and told when a colleague
has it open; the way to the next case in the list stays open.
"""

import re
from dataclasses import dataclass, replace
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people import clock
from people.actions.reading import note_reading, others_reading
from people.admin.commands import Button
from people.admin.neighbours import FILTERS, NeighboursMixin
from people.calendar import STOCKHOLM
from people.models import AccessLog, User
from support.admin import words
from support.admin.base import CaseAdmin
from support.admin.next_step_commands import SetNextStep
from support.admin.quick_steps import QuickStepsMixin
from support.admin.timeline import KINDS, Case, place_in, story_page, unanswered

STORY = "#story"
SHOWN, OLDER = "visa", "fore"
"""What in the address says which kind of happenings is shown, and where the page of them begins."""

ONE_LINE = 120


@dataclass(frozen=True)
class Tab:
    """One way to look at the story."""

    label: Any
    url: str
    is_chosen: bool


def first_sentence(text: str) -> str:
    """What a group wants to change, on one line."""
    line = next(iter(text.strip().splitlines()), "")
    sentence = re.split(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])", line, maxsplit=1)[0]
    return sentence if len(sentence) <= ONE_LINE else f"{sentence[: ONE_LINE - 1].rsplit(' ', 1)[0]}…"


def waiting(row: Any) -> str:
    """Whose turn it is, when it is not ours: "Väntar på gruppen sedan 3 september"."""
    if not row.waits_for:
        return ""
    whom = words.whom(row.waits_for)
    if row.waits_since is None:
        return _("Väntar på %(whom)s") % {"whom": whom}
    day = date_format(row.waits_since.astimezone(STOCKHOLM), "j F")
    return _("Väntar på %(whom)s sedan %(day)s") % {"whom": whom, "day": day}


class CasePage(NeighboursMixin, QuickStepsMixin, CaseAdmin):
    """Put before a list of cases: their page, with the story, quick steps, who else reads, and the next in the list."""

    stays_with: ClassVar[tuple[str, ...]] = (FILTERS,)
    """What in the address follows along when a leader looks at other parts of the page."""

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Foreign and missing rows are refused before anything is noted."""
        response: Any = super().change_view(request, object_id, *args, **kwargs)
        context, user = response.context_data, request.user
        assert isinstance(user, User)  # the page was not refused
        row, now = context["row"], clock.now()
        note_reading(row, by=user, office=row.office, now=now)
        context |= {
            "readers": [_reader(reading) for reading in others_reading(row, than=user, now=now)],
            "neighbours": self.neighbours_of(request, row),
            "back_here": request.get_full_path() if request.GET.get(FILTERS) else "",
            "quick_steps": self.quick_steps_of(row) if context["may_change"] else [],
            "waiting": waiting(row),
            "next_due": words.due(row.next_step_on, clock.today()),
            "buttons_next": _beside_the_step(context.get("buttons_next", []), row),
            **self._story(request, context["case"]),
            **self._questions(context["case"], user if context["may_change"] else None),
        }
        return response

    def _questions(self, case: Case, user: User | None) -> dict[str, Any]:
        return {"questions": [(one, self.buttons_of(one, user)) for one in unanswered(case)]}

    def _story(self, request: HttpRequest, case: Case) -> dict[str, Any]:
        """One page of what has happened, and the ways to the rest of it."""
        chosen = request.GET.get(SHOWN, "")
        chosen = chosen if chosen in KINDS else ""
        before = place_in(request.GET.get(OLDER, ""))
        page = story_page(case, kind=chosen, before=before)
        follows = {name: request.GET[name] for name in self.stays_with if name in request.GET}
        here = {**follows, SHOWN: chosen} if chosen else follows
        everything = Tab(_("Visa allt"), f"?{urlencode(follows)}{STORY}", not chosen)
        return {
            "story": page.lines,
            "story_tabs": [
                everything,
                *(
                    Tab(kind.label, f"?{urlencode({**follows, SHOWN: slug})}{STORY}", slug == chosen)
                    for slug, kind in KINDS.items()
                ),
            ],
            "story_is_filtered": bool(chosen),
            "older_url": f"?{urlencode({**here, OLDER: str(page.older)})}{STORY}" if page.older else "",
            "newest_url": f"?{urlencode(here)}{STORY}" if before else "",
        }


def _reader(reading: AccessLog) -> str:
    since = reading.at.astimezone(STOCKHOLM)
    return _("%(who)s har ärendet öppet sedan %(clock)s.") % {"who": reading.user, "clock": f"{since:%H.%M}"}


def _beside_the_step(buttons: list[Button], row: Any) -> list[Button]:
    """The usual first. Beside the step that it changes, a button needs no more words than "Ändra"."""
    if not row.next_step:
        return buttons
    shown = [replace(one, label=_("Ändra")) if one.name == SetNextStep.name else one for one in buttons]
    return sorted(shown, key=lambda one: one.name == SetNextStep.name)
