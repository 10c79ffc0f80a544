"""The plan on the group's page: written, ticked off and taken over by the group itself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.clock import now, today
from people.views.careful import ask_about_numbers
from support.actions.plans import PlanClosed, add_item, give_item, set_item_status
from support.balance import balance_of
from support.enums import OwnerSide, Phase, PlanKind, PlanStatus
from support.forms.plan import AddItemForm, GiveItemForm, StatusForm
from support.models import PlanItem, SupportPeriod
from support.views.ours import Ours, needs_group


@require_safe
@needs_group
def plan(request: HttpRequest, ours: Ours) -> HttpResponse:
    """Goals, what there is to do, and how much of it is the group's own."""
    goals, tasks = _goals_and_tasks(ours.period)
    context = {
        "period": ours.period,
        "may_change": ours.period.phase != Phase.CLOSED,
        "goals": goals,
        "tasks": tasks,
        "balance": balance_of(ours.period, today()),
    }
    return render(request, "support/my_plan.html", context)


def _goals_and_tasks(period: SupportPeriod) -> tuple[list[PlanItem], list[PlanItem]]:
    """What is not finished comes first."""
    items = sorted(period.plan_items.all(), key=lambda item: not item.is_open)
    goals = [item for item in items if item.kind == PlanKind.GOAL]
    return goals, [item for item in items if item.kind == PlanKind.TASK]


def _closed(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("Stödet är avslutat. Planen går inte att ändra."))
    return redirect("support:plan")


@require_http_methods(["GET", "HEAD", "POST"])
@needs_group
def add(request: HttpRequest, ours: Ours) -> HttpResponse:
    if ours.period.phase == Phase.CLOSED:
        return _closed(request)
    kind = PlanKind.GOAL if request.GET.get("vad") == "mal" else PlanKind.TASK
    form = AddItemForm(request.POST if request.method == "POST" else None, initial={"kind": kind.value})
    if not form.is_valid():
        return render(request, "support/my_plan_add.html", {"form": form})
    if numbers := form.personal_numbers():
        return ask_about_numbers(request, numbers)
    answers = form.cleaned_data
    try:
        add_item(
            ours.period,
            text=" ".join(answers["text"].split()),
            kind=PlanKind(answers["kind"]),
            owner_side=OwnerSide(answers["owner_side"]),
            owner=answers["owner"],
            once_key=answers["once_key"],
            by_group=True,
            now=now(),
        )
    except PlanClosed:
        return _closed(request)
    messages.success(request, _("Det står i planen nu."))
    return redirect("support:plan")


def _item(ours: Ours, pk: int) -> PlanItem:
    return get_object_or_404(ours.period.plan_items.select_related("period"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_group
def item(request: HttpRequest, ours: Ours, pk: int) -> HttpResponse:
    """One thing in the plan: how far it has come, in one tap."""
    found = _item(ours, pk)
    if request.method == "POST":
        form = StatusForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Välj hur långt det har kommit."))
            return redirect("support:plan_item", pk)
        try:
            set_item_status(found, status=PlanStatus(form.cleaned_data["status"]), by_group=True, now=now())
        except PlanClosed:
            return _closed(request)
        messages.success(request, _("Sparat."))
        return redirect("support:plan")
    context = {
        "item": found,
        "may_change": ours.period.phase != Phase.CLOSED,
        "statuses": PlanStatus.choices,
        "is_ours": found.owner_side == OwnerSide.GROUP,
    }
    return render(request, "support/my_plan_item.html", context)


@require_POST
@needs_group
def take(request: HttpRequest, ours: Ours, pk: int) -> HttpResponse:
    """Vi tar över: it is the group's own from now on."""
    found = _item(ours, pk)
    try:
        if found.owner_side != OwnerSide.GROUP:
            give_item(found, owner_side=OwnerSide.GROUP, owner="", by_group=True, now=now())
    except PlanClosed:
        return _closed(request)
    messages.success(request, _("Nu är det ert."))
    return redirect("support:plan")


@require_http_methods(["GET", "HEAD", "POST"])
@needs_group
def give(request: HttpRequest, ours: Ours, pk: int) -> HttpResponse:
    """Whose it is: someone in the group, or another side."""
    found = _item(ours, pk)
    initial = {"owner_side": found.owner_side, "owner": found.owner}
    form = GiveItemForm(request.POST if request.method == "POST" else None, initial=initial)
    if not form.is_valid():
        return render(request, "support/my_plan_give.html", {"form": form, "item": found})
    if numbers := form.personal_numbers():
        return ask_about_numbers(request, numbers)
    side, owner = OwnerSide(form.cleaned_data["owner_side"]), form.cleaned_data["owner"]
    try:
        give_item(found, owner_side=side, owner=owner, by_group=True, now=now())
    except PlanClosed:
        return _closed(request)
    messages.success(request, _("Sparat."))
    return redirect("support:plan_item", pk)
