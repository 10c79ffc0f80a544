"""Which group this browser may see: that of the person whose private link it has opened."""

from dataclasses import dataclass

from django.http import Http404

from groups.models import Member
from people.models import Contact, PrivateLink
from support.models import SupportPeriod
from support.views.mine import needs


@dataclass(frozen=True)
class Ours:
    """A member and the support period their group has now, or had last."""

    link: PrivateLink
    member: Member
    period: SupportPeriod

    @property
    def is_draft(self) -> bool:
        """A group has sent its request long ago."""
        return False

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


def _ours_or_404(link: PrivateLink) -> Ours:
    if ours := ours_behind(link):
        return ours
    raise Http404


needs_group = needs(_ours_or_404)
"""For the pages of a group: 404 where there is none."""
