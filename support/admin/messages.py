"""Writing to a group: what leaves is seen first, in full, person by person, and only goes the way they have chosen."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy

from people.models import User
from support.actions import messages
from support.admin.base import SupportCommand
from support.emails.group_messages import Reach, reach, receivers
from support.enums import Phase
from support.forms.quick_steps import WriteForm
from support.models import SupportPeriod, SupportRequest


@dataclass(frozen=True)
class Shown:
    """What a text to the group becomes: the words on its page, and what each person gets."""

    text: str
    ways: list[Reach]

    @property
    def mark(self) -> str:
        """Stands in the page. Another text, another way to reach someone: another mark, and it is shown again."""
        if not self.text:
            return ""
        seen = [(way.contact.pk, way.contact.address_hash, way.words, way.is_refused, way.preview) for way in self.ways]
        return hashlib.sha256(repr((self.text, seen)).encode()).hexdigest()


def shown_to_group(row: SupportRequest | SupportPeriod, text: str) -> Shown:
    """What would be sent now. An empty text sends nothing."""
    text = text.replace("\r\n", "\n").strip()
    ways = [reach(contact, text=text, office=row.office) for contact in receivers(row)]
    return Shown(text, ways)


class SeenFirst(SupportCommand):
    """A command that may send a text to the group. Sent only when exactly this has been shown."""

    template = "admin/support/write.html"
    field: ClassVar[str]
    """Which answer holds the text."""

    def context(self, row: Any, user: User) -> dict[str, Any]:
        """What is filled in beforehand is shown at once."""
        shown = shown_to_group(row, str(self.initial(row, user).get(self.field, "")))
        return {"first": shown, "contacts": [way.contact for way in shown.ways]}

    def preview(self, row: Any, answers: dict[str, Any], user: User) -> dict[str, Any]:
        shown = shown_to_group(row, answers[self.field])
        return {} if shown.mark == answers["shown"] else {"shown": shown}


class WriteToGroup(SeenFirst):
    """For requests and periods alike."""

    name = "write"
    label = gettext_lazy("Skriv till gruppen")
    done = gettext_lazy("Det står på gruppens sida, och de får veta det på sitt trygga sätt.")
    form_class = WriteForm
    field = "text"

    def is_possible(self, row: Any) -> bool:
        return row.is_open or (isinstance(row, SupportPeriod) and row.phase == Phase.SELF_RELIANT)

    def run(self, row: Any, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        messages.write_to_group(row, text=answers["text"], by=by, now=now)
