"""The page of a request: what they wrote, how to reach them, what comes next. The list stands in `request_list.py`."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext as _

from people.models import PrivateLink, User
from support.admin import joining, words
from support.admin.case_page import CasePage, first_sentence
from support.admin.hand_over_commands import GiveCase, OfferHandOver
from support.admin.meeting_commands import BookMeeting, OfferSlots
from support.admin.messages import WriteToGroup
from support.admin.next_step_commands import Postpone, SetNextStep, StepDone
from support.admin.phone_intake import TakesCalls
from support.admin.request_commands import (
    AcceptRequest,
    DeclineRequest,
    LogContact,
    ReferRequest,
    TakeRequest,
)
from support.admin.request_list import RequestList
from support.admin.timeline import Case
from support.answers import answers
from support.enums import QuickStepScope
from support.models import SupportRequest

SHOWN_ELSEWHERE = frozenset({"kontakt", "namn"})
"""Questions whose answers stand in the safe-contact banner, with what is protected hidden."""


@admin.register(SupportRequest)
class SupportRequestAdmin(TakesCalls, CasePage, RequestList):
    """The page of a request."""

    page_template = "admin/support/supportrequest/page.html"
    quick_step_scope = QuickStepScope.REQUEST
    commands = (
        TakeRequest(),
        LogContact(),
        WriteToGroup(),
        BookMeeting(),
        OfferSlots(),
        SetNextStep(),
        StepDone(),
        Postpone(),
        AcceptRequest(),
        ReferRequest(),
        DeclineRequest(),
        OfferHandOver(),
        GiveCase(),
        *joining.COMMANDS,
    )

    def title_of(self, row: Any) -> str:
        code = row.code if hasattr(row, "code") else PrivateLink.objects.codes_of(SupportRequest, [row.pk]).get(row.pk)
        return " · ".join(str(part) for part in (code or f"#{row.pk}", row.place) if part)

    def page_context(self, row: SupportRequest, user: User | None) -> dict[str, Any]:
        period = row.group.periods.order_by("-opened_at").first() if row.group else None
        return {
            "contact": row.contact,
            "promise": self.promise(row),
            "answers": [one for one in answers(row) if one.question.slug not in SHOWN_ELSEWHERE],
            "languages": words.languages(row.contact),
            "slots": [(slot, self.buttons_of(slot, user)) for slot in row.slots.select_related("leader")],
            "meetings": [(one, self.buttons_of(one, user)) for one in row.meetings.select_related("leader")],
            "period": period,
            "together": joining.together(row, user, buttons_of=self.buttons_of),
            "issue": first_sentence(row.what) or _("De berättar hellre när ni pratar."),
            "case": Case(None, [row.pk], [row.contact_id]),
        }
