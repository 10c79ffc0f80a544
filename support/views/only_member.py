"""Someone in a group that has no support from us: it has told what it did, and answers for the text."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from groups.actions.invitations import leave_and_forget
from groups.models import Approval, Member
from people.clock import now
from people.enums import LinkPurpose
from people.models import PrivateLink
from people.private_access import forget, needs_link
from support.answers import contact_way
from support.views.ours import ours_behind


def member_page(request: HttpRequest, link: PrivateLink) -> HttpResponse:
    """The private page of such a person: what waits for an answer, and the way out."""
    member = _member(link)
    context = {
        "waiting": Approval.objects.waiting().filter(group=member.group_id).count(),
        "way": contact_way(link.contact),
        "link": link,
    }
    return render(request, "support/only_member.html", context)


def _member(link: PrivateLink) -> Member:
    member = Member.objects.current().filter(contact=link.contact_id).select_related("contact").first()
    if member is None:
        raise Http404
    return member


@require_http_methods(["GET", "HEAD", "POST"])
@needs_link(LinkPurpose.SUPPORT)
def forget_me(request: HttpRequest, link: PrivateLink) -> HttpResponse:
    """Ta bort allt: asked about once, done at once. What they told others goes too, when nobody else answers for it."""
    if ours_behind(link):
        return redirect("support:delete")
    member = _member(link)
    if request.method != "POST":
        return render(request, "support/forget_me.html")
    leave_and_forget(member, now=now())
    forget(request)
    return redirect("people:left")
