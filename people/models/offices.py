from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Greatest
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from people import clock
from people.enums import Role
from people.models.tracking import tracked

if TYPE_CHECKING:
    from people.models.users import User


CASE_ROLES = (Role.LEADER, Role.OFFICE_MANAGER, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR)
"""Who works with groups' cases. Editors and treasurers do not see them."""

MANAGING_ROLES = (Role.OFFICE_MANAGER, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR)
"""Who answers for an office: watches over its promises, gives out its cases, sees who has read them."""


@tracked()
class Office(models.Model):
    """A place where the programme works (ort). Almost everything belongs to one office, and staff see their own."""

    name = models.CharField(_("namn"), max_length=80, unique=True)
    slug = models.SlugField(_("adressnamn"), max_length=80, unique=True)
    phone = models.CharField(_("telefon"), max_length=40, blank=True)
    email = models.EmailField(_("e-post som läses av människor"), blank=True)
    visiting_address = models.CharField(_("besöksadress"), max_length=200, blank=True)
    is_active = models.BooleanField(_("aktiv"), default=True)

    class Meta:
        verbose_name = _("ort")
        verbose_name_plural = _("orter")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class StaffRoleQuerySet(models.QuerySet["StaffRole"]):
    def active(self, today: date) -> "StaffRoleQuerySet":
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), starts_on__lte=today).standing(today)

    def standing(self, today: date) -> "StaffRoleQuerySet":
        """Without cover that has nothing left to stand on: whoever covers, or is covered for, has left that work.

        Cover that has not begun is judged by the day when it begins.
        """
        both = Exists(_own_role("user", today)) & Exists(_own_role("covers", today))
        return self.filter(Q(covers__isnull=True) | both)

    def of(self, user: "User") -> "StaffRoleQuerySet":
        return self.filter(user=user)

    def for_office(self, office: Office | None) -> "StaffRoleQuerySet":
        """Those who answer for the office: its own and those for the whole programme."""
        return self.filter(Q(office=office) | Q(office__isnull=True)) if office else self.filter(office__isnull=True)


def _own_role(of: str, today: date) -> "models.QuerySet[StaffRole]":
    """The role of their own that one of the two in a cover has there; an office manager leads groups too."""
    day = Greatest(OuterRef("starts_on"), today)
    leads = Q(Exact(OuterRef("role"), Role.LEADER), role=Role.OFFICE_MANAGER)
    return StaffRole.objects.filter(
        Q(office=OuterRef("office")) | Q(office__isnull=True),
        Q(role=OuterRef("role")) | leads,
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        covers__isnull=True,
        starts_on__lte=day,
        user=OuterRef(of),
    )


@tracked()
class StaffRole(models.Model):
    """What a user does, where, and from when until when. No office means every office.

    Cover during a colleague's absence is a role with an end, and `covers` says whose work it is. It lasts no longer
    than the roles of their own that the two have there.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="roles", verbose_name=_("användare")
    )
    office = models.ForeignKey(
        Office,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="roles",
        verbose_name=_("ort"),
        help_text=_("Tomt betyder alla orter."),
    )
    role = models.CharField(_("roll"), max_length=20, choices=Role.choices)
    starts_on = models.DateField(_("från"))
    ends_on = models.DateField(_("till och med"), null=True, blank=True)
    covers = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="covered_by",
        verbose_name=_("vikarierar för"),
    )

    objects = StaffRoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("roll")
        verbose_name_plural = _("roller")
        ordering = ("user", "office", "role", "starts_on")
        constraints = (
            models.CheckConstraint(
                name="staff_role_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("Rollen kan inte sluta innan den börjar."),
            ),
            models.UniqueConstraint(
                name="staff_role_once",
                fields=("user", "office", "role", "starts_on", "covers"),
                nulls_distinct=False,
                violation_error_message=_("Personen har redan den rollen från den dagen."),
            ),
            models.CheckConstraint(
                name="staff_role_cover_is_for_someone_else_and_ends",
                condition=Q(covers__isnull=True) | (~Q(covers=F("user")) & Q(ends_on__isnull=False)),
                violation_error_message=_("Den som vikarierar gör det för någon annan, och till en viss dag."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.office or _('alla orter')}"


def held_roles(user: "User") -> list[tuple[Role, int | None]]:
    """The roles someone holds today, each with its office; None is every office.

    Remembered on the user object, which lives as long as one request: pages, permissions and lists ask once together.
    """
    today = clock.today()
    day, held = getattr(user, "_held_roles", (None, []))
    if day != today:
        rows = StaffRole.objects.of(user).active(today).values_list("role", "office")
        held = [(Role(role), office) for role, office in rows]
        user._held_roles = (today, held)  # type: ignore[attr-defined]
    return held


def in_offices_of(user: "User | AnonymousUser", path: str = "office", *, roles: Collection[Role] = CASE_ROLES) -> Q:
    """The condition for rows that belong to an office where the user has one of the roles today.

    Rows without an office stand in the programme's common queue and are seen by everyone with such a role somewhere.
    The offices are named in the condition itself, so that the database can use its indexes on them.
    """
    if isinstance(user, AnonymousUser) or not (user.is_active and user.is_staff):
        return Q(pk__in=[])
    if user.is_superuser:
        return Q()
    offices = {office for role, office in held_roles(user) if role in roles}
    if None in offices:
        return Q()
    if not offices:
        return Q(pk__in=[])
    return Q(**{f"{path}__in": sorted(office for office in offices if office)}) | Q(**{f"{path}__isnull": True})
