"""The page of a support period: phase, next step, plan, follow-ups, balance, story. The list: `period_list.py`."""

from collections import Counter
from typing import Any

from django.contrib import admin

from groups.enums import MemberRole, SupportKind
from people import clock
from people.models import User
from support.actions.check_ins import answerable
from support.admin import words
from support.admin.base import PartAdmin
from support.admin.case_page import CasePage, first_sentence
from support.admin.check_ins import AnswerOnPhone
from support.admin.hand_over_commands import GiveCase, OfferHandOver
from support.admin.messages import WriteToGroup
from support.admin.next_step_commands import Postpone, SetNextStep, StepDone
from support.admin.period_commands import (
    AddItem,
    Agree,
    ChangePhase,
    ClosePeriod,
    ComeBack,
    EndPause,
    Keep,
    LogInPeriod,
    MarkReadiness,
    Pause,
    SetLadder,
    SignExit,
    StartExit,
    Unkeep,
)
from support.admin.period_list import PeriodList
from support.admin.timeline import Case
from support.balance import balance_of
from support.enums import CheckInState, OwnerSide, PlanKind, PlanStatus, QuickStepScope, Readiness
from support.facts import policy_of
from support.models import KeptThing, PlanItem, ReadinessMark, SupportPeriod, SupportRequest

CHECK_INS_SHOWN = 20
MEMBERS_SHOWN = 30
APPROVALS_SHOWN = 5
LIVE = (CheckInState.PLANNED, CheckInState.ASKED)


def _issue(items: list[PlanItem], requests: list[SupportRequest]) -> str:
    """What the group wants to change: as they said it when they asked, or the first goal of the plan."""
    goals = [item.text for item in items if item.kind == PlanKind.GOAL]
    return next(filter(None, map(first_sentence, [*(one.what for one in requests), *goals])), "")


def _given(items: list[PlanItem]) -> str:
    """What kinds of support have led to something done: "Kunskap (två), Resurser (en)"."""
    done = Counter(item.support_kind for item in items if item.status == PlanStatus.DONE and item.support_kind)
    return ", ".join(f"{SupportKind(kind).label} ({count})" for kind, count in done.most_common())


@admin.register(SupportPeriod)
class SupportPeriodAdmin(CasePage, PeriodList):
    """The page of a period."""

    page_template = "admin/support/supportperiod/page.html"
    quick_step_scope = QuickStepScope.PERIOD
    commands = (
        LogInPeriod(),
        WriteToGroup(),
        SetNextStep(),
        StepDone(),
        Postpone(),
        AddItem(),
        MarkReadiness(),
        Agree(),
        ChangePhase(),
        Pause(),
        EndPause(),
        SetLadder(),
        OfferHandOver(),
        GiveCase(),
        StartExit(),
        Keep(),
        SignExit(),
        ComeBack(),
        ClosePeriod(),
    )

    def title_of(self, row: Any) -> str:
        return " · ".join(part for part in (str(row.group), getattr(row, "code", "")) if part)

    def page_context(self, row: SupportPeriod, user: User | None) -> dict[str, Any]:
        today = clock.today()
        members = list(row.group.members.current().select_related("contact")[:MEMBERS_SHOWN])
        requests = list(row.group.support_requests.order_by("-received_at"))
        items = self._items(row)
        check_ins = self._check_ins(row, user)
        people = [member.contact_id for member in members]
        return {
            "case": Case(row.pk, [one.pk for one in requests], [*people, *(one.contact_id for one in requests)]),
            "issue": _issue(items, requests),
            "requests": requests,
            "contact_persons": [member for member in members if member.role == MemberRole.CONTACT_PERSON],
            "members": [member for member in members if member.role != MemberRole.CONTACT_PERSON],
            "supports": words.supports(row.supports),
            "given": _given(items),
            "ladder": words.ladder_position(row.step, policy_of(row).ladder),
            "plan": self._plan(items, user),
            "check_ins": check_ins,
            "check_ins_now": [(one, some) for one, some in check_ins if one.state in LIVE or some],
            "check_ins_before": [(one, some) for one, some in check_ins if one.state not in LIVE and not some],
            "signs": self._signs(row),
            "kept": [(thing, self.buttons_of(thing, user)) for thing in self._kept(row)],
            "balance": balance_of(row, today),
            "roles": row.group.role_contracts.in_force().select_related("enabler__contact"),
            "approvals": row.group.approvals.filter(superseded_at__isnull=True)[:APPROVALS_SHOWN],
        }

    def _items(self, row: SupportPeriod) -> list[PlanItem]:
        items = list(row.plan_items.all())
        for item in items:
            item.period = row
        return items

    def _plan(self, items: list[PlanItem], user: User | None) -> list[tuple[Any, list[tuple[PlanItem, list[Any]]]]]:
        """Side by side with whose it is; what is left to do first."""
        sides = [(side, [item for item in items if item.owner_side == side]) for side in OwnerSide]
        return [
            (
                side.label,
                [(item, self.buttons_of(item, user)) for item in sorted(some, key=lambda one: not one.is_open)],
            )
            for side, some in sides
            if some
        ]

    def _check_ins(self, row: SupportPeriod, user: User | None) -> list[tuple[Any, list[Any]]]:
        newest = list(row.check_ins.exclude(state=CheckInState.CANCELLED).order_by("-number")[:CHECK_INS_SHOWN])
        for check_in in newest:
            check_in.period = row
        can_be_answered = answerable(row)
        buttons = [(one, self.buttons_of(one, user)) for one in newest]
        return [
            (one, [button for button in some if button.name != AnswerOnPhone.name or one == can_be_answered])
            for one, some in buttons
        ]

    def _kept(self, row: SupportPeriod) -> list[KeptThing]:
        things = list(row.kept_things.all())
        for thing in things:
            thing.period = row
        return things

    def _signs(self, row: SupportPeriod) -> list[dict[str, Any]]:
        newest: dict[str, ReadinessMark] = {mark.sign: mark for mark in row.readiness_marks.order_by("marked_on", "pk")}
        return [{"sign": sign.label, "mark": newest.get(sign)} for sign in Readiness]


@admin.register(KeptThing)
class KeptThingAdmin(PartAdmin):
    commands = (Unkeep(),)
    list_select_related = ("period",)
