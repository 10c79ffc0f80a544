"""Requests that may be about the same thing, on the page of each: suggested with the reason, joined by a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from people import clock
from people.admin.commands import page_of
from people.form_pack import PortalForm
from people.models import PrivateLink, User
from support.actions import joining
from support.admin import words
from support.admin.base import SupportCommand
from support.duplicates import KnownGroup, Suggestion, known_groups, possible_duplicates
from support.forms.joining import JoinForm, named
from support.models import SupportRequest


class JoinRequest(SupportCommand):
    """Two requests are worked with as one; a person says which, and which of them stays in the queue."""

    name = "join"
    place = "together"
    label = _("Lägg ihop med en annan förfrågan")
    done = _("De hör ihop nu. Den andra är inte kvar i kön, och den som skrev den får inte veta något om den här.")
    intro = _("Ni arbetar med dem som en. De som har skrivit får inte veta något om varandra.")

    def is_possible(self, row: SupportRequest) -> bool:
        return row.is_open and row.joined_to_id is None

    def make_form(self, row: SupportRequest, user: User, data: Any = None) -> PortalForm:
        return JoinForm(data, row=row, user=user)

    def run(self, row: SupportRequest, answers: dict[str, Any], *, by: User, now: datetime) -> SupportRequest:
        """Leads to the one that is left in the queue."""
        this, other = row, answers["other"]
        if answers["main"] == JoinForm.OTHER:
            return joining.join_request(this, to=other, by=by, now=now)
        return joining.join_request(other, to=this, by=by, now=now)


class PartRequest(SupportCommand):
    """They do not belong together after all."""

    name = "part"
    place = "together"
    label = _("Ta isär")
    done = _("Förfrågan är tillbaka i kön, med samma dag för svar som förut.")

    def is_possible(self, row: SupportRequest) -> bool:
        return row.is_open and row.joined_to_id is not None

    def run(self, row: SupportRequest, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        joining.part_request(row, by=by, now=now)


COMMANDS = (JoinRequest(), PartRequest())


@dataclass(frozen=True)
class Related:
    """Another request as this page shows it. No name and no address: these stand on its own page."""

    row: SupportRequest
    name: str
    url: str
    promise: words.Due
    buttons: list[Any]


@dataclass(frozen=True)
class Together:
    """What belongs together with a request, and what may."""

    main: Related | None
    joined: list[Related]
    suggested: list[tuple[Related, Suggestion]]
    groups: list[KnownGroup]


def together(row: SupportRequest, user: User | None, *, buttons_of: Any) -> Together:
    """Everything the page says about it. `user` is who may change the request; for others nothing is suggested.

    The number of queries does not depend on how many there are.
    """
    seen = SupportRequest.objects.visible_to(user) if user else SupportRequest.objects.none()
    family = seen.select_related("leader", "contact")
    main = family.filter(pk=row.joined_to_id).first() if row.joined_to_id else None
    joined = list(family.filter(joined_to=row.pk).order_by("pk"))
    suggested = possible_duplicates(row, seen_by=user) if user else []
    others = [one.support_request for one in suggested]
    named_here = [*([main] if main else []), *joined, *others]
    codes = PrivateLink.objects.codes_of(SupportRequest, [one.pk for one in named_here])

    def related(rows: Iterable[SupportRequest]) -> list[Related]:
        return [_related(one, codes, buttons_of(one, user)) for one in rows]

    return Together(
        main=related([main])[0] if main else None,
        joined=related(joined),
        suggested=list(zip(related(others), suggested, strict=True)),
        groups=known_groups(row, seen_by=user) if user else [],
    )


def _related(row: SupportRequest, codes: dict[int, str], buttons: list[Any]) -> Related:
    promise = words.promise(row.promised_by, clock.today(), is_open=row.is_open, answered_at=row.first_answer_at)
    parts = [one for one in buttons if one.name == PartRequest.name]
    return Related(row, named(row, codes), page_of(row), promise, parts)
