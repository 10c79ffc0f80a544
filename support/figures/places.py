"""Whose figures someone sees: the offices where they work, and for the whole programme the common queue too."""

from dataclasses import dataclass, replace

from django.db.models import Q

from people.models import CASE_ROLES, Office, User, held_roles, in_offices_of


@dataclass(frozen=True)
class Places:
    """Some offices, by name, and whether requests that belong to none of them are with them."""

    offices: tuple[Office, ...]
    has_queue: bool
    is_everything: bool = False

    def only(self, office: Office) -> "Places":
        return Places((office,), has_queue=False)

    def only_queue(self) -> "Places":
        return replace(self, offices=(), is_everything=False)

    def office(self, pk: int) -> Office | None:
        """None for one that is not among them, whether it exists or not."""
        return next((office for office in self.offices if office.pk == pk), None)

    def covers(self, path: str) -> Q:
        """The condition for rows of these places. Where all are meant there is none, and nothing is compared."""
        if self.is_everything:
            return Q()
        none = Q(**{f"{path}__isnull": True}) if self.has_queue else Q(pk__in=[])
        return Q(**{f"{path}__in": [office.pk for office in self.offices]}) | none if self.offices else none

    @property
    def keys(self) -> list[int | None]:
        """As rows name their office, in the order of the page."""
        return [*(office.pk for office in self.offices), *([None] if self.has_queue else [])]


def places_of(user: User) -> Places:
    """Every place whose figures the user may see. At most two queries."""
    everywhere = user.is_superuser or any(role in CASE_ROLES and at is None for role, at in held_roles(user))
    offices = tuple(Office.objects.filter(in_offices_of(user, "pk")).order_by("name", "pk"))
    return Places(offices, has_queue=everywhere, is_everything=everywhere)
