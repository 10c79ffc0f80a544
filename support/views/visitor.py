"""Whoever has come in by a private link: with a request of their own, with a group, or with both."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404

from people.models import Contact, PrivateLink
from support.enums import RequestStatus
from support.models import SupportPeriod, SupportRequest
from support.views.mine import Mine, behind, needs
from support.views.ours import Ours, ours_behind


@dataclass(frozen=True)
class Visitor:
    link: PrivateLink
    mine: Mine | None
    ours: Ours | None

    @property
    def is_draft(self) -> bool:
        return bool(self.mine and self.mine.is_draft)

    @property
    def contact(self) -> Contact:
        return self.ours.contact if self.ours else self.link.contact

    @property
    def period(self) -> SupportPeriod | None:
        return self.ours.period if self.ours else None

    @property
    def support_request(self) -> SupportRequest | None:
        return self.mine.support_request if self.mine else None

    def requests(self) -> QuerySet[SupportRequest]:
        """The requests whose meetings this person is told of: their own, or those that led to their group.

        One that was joined to another is only its own person's: what they arranged before they came is not the group's.
        """
        if self.ours:
            of_all = Q(joined_to__isnull=True) | Q(contact=self.ours.contact)
            return SupportRequest.objects.filter(of_all, group=self.ours.period.group_id)
        own = self.support_request
        return SupportRequest.objects.filter(pk=own.pk) if own else SupportRequest.objects.none()


def visitor_behind(link: PrivateLink) -> Visitor | None:
    """None for a link that leads to neither, such as that of someone who has left the group."""
    mine = behind(link)
    is_waiting = mine is not None and mine.support_request.status != RequestStatus.ACCEPTED
    ours = None if is_waiting else ours_behind(link)
    return Visitor(link, mine, ours) if mine or ours else None


def _visitor_or_404(link: PrivateLink) -> Visitor:
    if visitor := visitor_behind(link):
        return visitor
    raise Http404


needs_visitor = needs(_visitor_or_404)
"""For the pages of whoever has come in."""
