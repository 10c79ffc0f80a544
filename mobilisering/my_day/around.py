"""What stands around the rows of the whole page: codes, who speaks for each group, colleagues. Four queries."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from groups.models import Member
from people.models import Contact, PrivateLink, User
from support.day.desk import Desk
from support.models import SupportRequest

NOBODY = 0
"""No row has this number; with it a question is asked even when there is nothing to ask about, as on full days."""


class Around:
    """Codes of requests and groups, contact persons of groups, and the names of those I cover for."""

    def __init__(self, desk: Desk, *, requests: Iterable[int], groups: Iterable[int]) -> None:
        self.desk = desk
        asked, group_ids = {NOBODY, *requests}, {NOBODY, *groups}
        self._read_codes(asked, group_ids)
        self.speakers: dict[int, list[Contact]] = defaultdict(list)
        members = Member.objects.contact_persons().filter(group__in=group_ids).select_related("contact")
        for member in members.order_by("joined_at", "pk"):
            self.speakers[member.group_id].append(member.contact)
        self.names = dict(User.objects.filter(pk__in=desk.leaders).values_list("pk", "name"))

    def _read_codes(self, asked: set[int], group_ids: set[int]) -> None:
        """Of a group with several requests that of the newest link, as in the lists."""
        groups = dict(
            SupportRequest.objects.filter(Q(pk__in=asked) | Q(group__in=group_ids)).values_list("pk", "group")
        )
        self.codes = PrivateLink.objects.codes_of(SupportRequest, [NOBODY, *groups])
        self.group_codes = {groups[pk]: code for pk, code in self.codes.items() if groups[pk]}

    def someone_elses(self, leader_id: int | None) -> str:
        """The name of a colleague whose work it is; nothing for one's own."""
        return "" if leader_id == self.desk.user.pk else self.names.get(leader_id or NOBODY, "")
