"""Sign-in, and what a signed-in user may do: the roles they hold today, and nothing stored elsewhere."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import AnonymousUser
from django.db import models

from people.models import User, held_roles
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
    """Worked out once for each request: pages ask many times."""
    held = held_roles(user)
    known, permissions = getattr(user, "_permissions_of", (None, set()))
    if known is not held:
        permissions = as_django_permissions(grants_of((role, office is None) for role, office in held))
        user._permissions_of = (held, permissions)  # type: ignore[attr-defined]
    return permissions
