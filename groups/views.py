"""What a group decides on its own page: what it agrees to, and who takes which role for it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.actions.approvals import (
    AlreadyDecided,
    NothingToTakeBack,
    NotInTheGroup,
    Superseded,
    decide_approval,
    take_back_approval,
)
from groups.actions.roles import end_role
from groups.enums import ApprovalKind, Decision
from groups.forms import DecisionForm
from groups.models import Approval, Member
from people.clock import now
from people.enums import LinkPurpose
from people.private_access import current_link, way_in_url

P = ParamSpec("P")

TEMPLATE = "groups/approval.html"
_templates: dict[ApprovalKind, str] = {}


def shown_with(kind: ApprovalKind, template: str) -> None:
    """Each app says, when Django starts, how the page of its kind of question looks. It extends that of all kinds."""
    _templates[kind] = template


def needs_member(
    view: Callable[Concatenate[HttpRequest, Member, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Gives the view the member whose private link is open; 404 for whoever is in no group, the way in to strangers."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        link = current_link(request, LinkPurpose.SUPPORT)
        if link is None:
            return HttpResponseRedirect(way_in_url(request))
        member = Member.objects.current().filter(contact=link.contact_id).select_related("group").first()
        if member is None:
            raise Http404
        try:
            return view(request, member, *args, **kwargs)
        except NotInTheGroup:  # left in another window, in this moment
            raise Http404 from None

    return wrapped


@require_safe
@needs_member
def approvals(request: HttpRequest, member: Member) -> HttpResponse:
    """Att godkänna: what waits for an answer, and what the group has answered; a text that was changed stands once."""
    rows = list(member.group.approvals.filter(superseded_at__isnull=True))
    context = {
        "waiting": [row for row in rows if not row.decision],
        "answered": [row for row in rows if row.decision],
    }
    return render(request, "groups/approvals.html", context)


def approval_of(member: Member, pk: int) -> Approval:
    """A question to the member's own group; 404 for any other."""
    return get_object_or_404(member.group.approvals.select_related("decided_by__contact"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_member
def approval(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """The exact text, and yes or no to just that. Whoever has read an older text is shown the list anew."""
    asked = approval_of(member, pk)
    if request.method != "POST":
        template = _templates.get(ApprovalKind(asked.kind), TEMPLATE)
        return render(request, template, {"approval": asked})
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Svara ja eller nej."))
        return redirect("groups:approval", pk)
    decision = Decision(form.cleaned_data["decision"])
    try:
        decide_approval(asked, decision=decision, member=member, now=now())
    except Superseded:
        messages.info(request, _("Texten har ändrats. Läs den nya och svara en gång till."))
    except AlreadyDecided:
        messages.info(request, _("Någon av er har redan svarat."))
    else:
        messages.success(request, _("Ni har sagt ja.") if decision == Decision.YES else _("Ni har sagt nej."))
    return redirect("groups:approvals")


@require_POST
@needs_member
def take_back(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """A yes is a yes only as long as the group means it."""
    try:
        take_back_approval(approval_of(member, pk), member=member, now=now())
    except NothingToTakeBack:
        messages.info(request, _("Det finns inget ja att ta tillbaka."))
    else:
        messages.success(request, _("Ert ja gäller inte längre."))
    return redirect("groups:approvals")


@require_safe
@needs_member
def roles(request: HttpRequest, member: Member) -> HttpResponse:
    """Who supports the group, in which role and in which task."""
    contracts = member.group.role_contracts.in_force().select_related("enabler__contact", "enabler__organisation")
    return render(request, "groups/roles.html", {"contracts": list(contracts)})


@require_http_methods(["GET", "HEAD", "POST"])
@needs_member
def end(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """The group ends a role in two taps, without having to say why."""
    rows = member.group.role_contracts.select_related("enabler__contact", "enabler__organisation")
    contract = get_object_or_404(rows, pk=pk)
    if request.method != "POST":
        return render(request, "groups/role_end.html", {"contract": contract})
    end_role(contract, now=now())
    messages.success(request, _("Rollen är avslutad. Vi säger till den som hade den."))
    return redirect("groups:roles")
