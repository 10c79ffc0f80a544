"""Who may work with a case, and who answers for an office."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from people.enums import Role
from people.models import CASE_ROLES, MANAGING_ROLES, Office, StaffRole, User, held_roles

LEADING_ROLES = (Role.LEADER, Role.OFFICE_MANAGER)
"""Who can have a case of their own."""


def works_with_cases(user: User) -> bool:
    """Whether groups' cases are this person's work today, somewhere."""
    return user.is_superuser or any(role in CASE_ROLES for role, _office in held_roles(user))


def can_handle_cases_of(user: User | AnonymousUser, office: Office | None, today: date) -> bool:
    """Whether the user works with groups' cases at the office; no office is the programme's common queue."""
    if isinstance(user, AnonymousUser) or not (user.is_active and user.is_staff):
        return False
    roles = StaffRole.objects.of(user).active(today).filter(role__in=CASE_ROLES)
    return user.is_superuser or (roles.for_office(office) if office else roles).exists()


def answers_for(user: User, office_id: int | None) -> bool:
    """Whether someone answers for the office today; for the common queue (None) whoever answers for any."""
    return user.is_superuser or _holds(user, MANAGING_ROLES, office_id)


def leads_at(user: User, office_id: int | None) -> bool:
    """Whether someone can have a case of the office today."""
    return _holds(user, LEADING_ROLES, office_id)


def _holds(user: User, roles: tuple[Role, ...], office_id: int | None) -> bool:
    if not (user.is_active and user.is_staff):
        return False
    held = [office for role, office in held_roles(user) if role in roles]
    return bool(held) if office_id is None else office_id in held or None in held


def covers_of(user: User, office: Office | None, today: date) -> list[User]:
    """Who covers for someone at the office today; for the common queue wherever it is."""
    roles = StaffRole.objects.active(today).filter(covers=user, user__is_active=True, role__in=LEADING_ROLES)
    users = User.objects.filter(roles__in=roles.for_office(office) if office else roles)
    return list(users.exclude(pk=user.pk).distinct().order_by("pk"))


def leaders_of(office: Office | None, today: date) -> QuerySet[User]:
    """Who can be given a case of the office; in the common queue that is every leader."""
    roles = StaffRole.objects.active(today).filter(role__in=LEADING_ROLES)
    return _holders_of(roles.for_office(office) if office else roles)


def managers_of(office: Office | None, today: date) -> QuerySet[User]:
    """Who answers for the office's promises: its managers, or the programme's when it has none."""
    roles = StaffRole.objects.active(today)
    own = _holders_of(roles.for_office(office).filter(role=Role.OFFICE_MANAGER))
    return own if own.exists() else _holders_of(roles.filter(role=Role.PROGRAMME_MANAGER))


def _holders_of(roles: QuerySet[StaffRole]) -> QuerySet[User]:
    return User.objects.filter(is_active=True, roles__in=roles).distinct().order_by("name", "pk")
