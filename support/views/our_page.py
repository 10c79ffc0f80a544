"""The group's page once we work together: what comes next, what there is to do, and the way to everything else."""

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from groups.models import Approval, Member
from people.clock import now
from support.answers import contact_way
from support.enums import CheckInState, LogKind, Phase, PlanKind
from support.models import CheckIn, IntakeMeeting, LogEntry, SupportPeriod
from support.views.ours import Ours, needs_group
from support.views.visitor import Visitor

ITEMS_SHOWN = 5
"""Of what there is to do; the rest stands in the plan."""

QUESTIONS_SHOWN = 3
ENTRIES_A_PAGE = 30


def our_page(request: HttpRequest, visitor: Visitor, ours: Ours) -> HttpResponse:
    """Er sida, for everyone who is in the group."""
    period = ours.period
    items = list(period.plan_items.open())
    tasks = [item for item in items if item.kind == PlanKind.TASK]
    talk = list(_talk(ours)[: QUESTIONS_SHOWN + 1])
    context = {
        "link": visitor.link,
        "ours": ours,
        "period": period,
        "Phase": Phase,
        "meeting": _next_meeting(period),
        "check_in": _live_check_in(period),
        "tasks": tasks[:ITEMS_SHOWN],
        "more_tasks": max(0, len(tasks) - ITEMS_SHOWN),
        "goals": [item for item in items if item.kind == PlanKind.GOAL],
        "talk": talk[:QUESTIONS_SHOWN],
        "has_more_talk": len(talk) > QUESTIONS_SHOWN,
        "waiting": Approval.objects.waiting().filter(group=period.group_id).count(),
        "contracts": list(period.group.role_contracts.in_force().select_related("enabler__contact")),
        "members": Member.objects.current().filter(group=period.group_id).count(),
        "way": contact_way(ours.contact),
        "has_request": visitor.mine is not None,
    }
    return render(request, "support/our_page.html", context)


def _next_meeting(period: SupportPeriod) -> IntakeMeeting | None:
    rows = IntakeMeeting.objects.upcoming(now()).filter(support_request__group=period.group_id)
    return rows.order_by("starts_at").first()


def _live_check_in(period: SupportPeriod) -> CheckIn | None:
    """The question that waits for an answer, else the next day we are in touch."""
    rows = sorted(period.check_ins.live(), key=lambda row: (row.state != CheckInState.ASKED, row.expected))
    return rows[0] if rows else None


def _talk(ours: Ours) -> QuerySet[LogEntry]:
    """What the group has asked and we have written, and the same with this person before there was a group."""
    said = LogEntry.objects.shared().filter(kind__in=[LogKind.QUESTION, LogKind.MESSAGE])
    before = Q(contact=ours.contact.pk) | Q(kind=LogKind.MESSAGE, support_request__contact=ours.contact.pk)
    rows = said.filter(Q(period__group=ours.period.group_id) | before)
    return rows.select_related("user", "contact", "answered_by", "answered_by__user")


@require_safe
@needs_group
def talk(request: HttpRequest, ours: Ours) -> HttpResponse:
    """All questions and answers."""
    page = Paginator(_talk(ours), ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "support/our_talk.html", {"page": page, "talk": page.object_list})


@require_safe
@needs_group
def history(request: HttpRequest, ours: Ours) -> HttpResponse:
    """Everything that is written about the group, by it and by us, save what only staff see."""
    rows = LogEntry.objects.shared().filter(period__group=ours.period.group_id).select_related("user", "contact")
    page = Paginator(rows, ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "support/our_history.html", {"page": page})
