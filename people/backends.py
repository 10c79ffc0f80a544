"""Sign-in, and what a signed-in user may do: the roles they hold today, and nothing stored elsewhere."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import AnonymousUser
from django.db import models

from people import clock
from people.enums import Role
from people.models import StaffRole, User
from people.permissions import as_django_permissions, grants_of


class RoleBackend(AuthenticationBackend):
    """Permissions follow from the user's active roles: one query for each request, none for a superuser.

    Asked about one row, the row must also be visible to the user.
    """

    def get_all_permissions(self, user_obj: User | AnonymousUser, obj: models.Model | None = None) -> set[str]:
        if isinstance(user_obj, AnonymousUser) or not (user_obj.is_active and user_obj.is_staff):
            return set()
        if obj is not None and not _is_visible(obj, user_obj):
            return set()
        return _permissions_today(user_obj)

    def get_user_permissions(self, user_obj: User | AnonymousUser, obj: models.Model | None = None) -> set[str]:
        return self.get_all_permissions(user_obj, obj)

    def get_group_permissions(self, user_obj: User | AnonymousUser, obj: models.Model | None = None) -> set[str]:
        return set()

    def has_perm(self, user_obj: User | AnonymousUser, perm: str, obj: models.Model | None = None) -> bool:
        return perm in self.get_all_permissions(user_obj, obj)

    def has_module_perms(self, user_obj: User | AnonymousUser, app_label: str) -> bool:
        return any(perm.startswith(f"{app_label}.") for perm in self.get_all_permissions(user_obj))


def _is_visible(obj: models.Model, user: User) -> bool:
    rows: Any = type(obj)._default_manager
    return not hasattr(rows, "visible_to") or rows.visible_to(user).filter(pk=obj.pk).exists()


def _permissions_today(user: User) -> set[str]:
    """Remembered on the user object, which lives as long as one request."""
    today = clock.today()
    day, permissions = getattr(user, "_permissions_on", (None, set()))
    if day == today:
        return permissions
    held = StaffRole.objects.of(user).active(today).values_list("role", "office")
    permissions = as_django_permissions(grants_of((Role(role), office is None) for role, office in held))
    user._permissions_on = (today, permissions)  # type: ignore[attr-defined]
    return permissions
