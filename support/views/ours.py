"""Which group this browser may see: that of the person whose private link it has opened."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from groups.models import Member
from people.actions.contacts import ContactErased
from people.enums import LinkPurpose
from people.models import Contact, PrivateLink
from people.private_access import current_link, way_in_url
from support.models import SupportPeriod

P = ParamSpec("P")


@dataclass(frozen=True)
class Ours:
    """A member and the support period their group has now, or had last."""

    link: PrivateLink
    member: Member
    period: SupportPeriod

    @property
    def contact(self) -> Contact:
        return self.member.contact


def ours_behind(link: PrivateLink) -> Ours | None:
    """None before there is a group, and for whoever has left it."""
    members = Member.objects.current().select_related("contact", "group")
    member = members.filter(contact=link.contact_id).first()
    if member is None:
        return None
    periods = SupportPeriod.objects.select_related("group", "office", "leader")
    period = periods.filter(group=member.group_id).order_by("-opened_at", "-pk").first()
    return Ours(link, member, period) if period else None


def needs_group(
    view: Callable[Concatenate[HttpRequest, Ours, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Gives the view the group of the opened link; 404 where there is none, the way in for strangers."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        link = current_link(request, LinkPurpose.SUPPORT)
        if link is None:
            return HttpResponseRedirect(way_in_url(request))
        ours = ours_behind(link)
        if ours is None:
            raise Http404
        try:
            return view(request, ours, *args, **kwargs)
        except ContactErased:  # taken away in another window, in this moment
            return HttpResponseRedirect(way_in_url(request))

    return wrapped
