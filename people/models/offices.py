from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, Q
from django.utils.translation import gettext_lazy as _

from people import clock
from people.enums import Role

if TYPE_CHECKING:
    from people.models.users import User


CASE_ROLES = (Role.LEADER, Role.OFFICE_MANAGER, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR)
"""Who works with groups' cases. Editors and treasurers do not see them."""


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
        return self.filter(starts_on__lte=today).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))

    def of(self, user: "User") -> "StaffRoleQuerySet":
        return self.filter(user=user)

    def for_office(self, office: Office | None) -> "StaffRoleQuerySet":
        """Those who answer for the office: its own and those for the whole programme."""
        return self.filter(Q(office=office) | Q(office__isnull=True)) if office else self.filter(office__isnull=True)


class StaffRole(models.Model):
    """What a user does, where, and from when until when. No office means every office.

    Cover during a colleague's absence is a role with an end.
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
                fields=("user", "office", "role", "starts_on"),
                nulls_distinct=False,
                violation_error_message=_("Personen har redan den rollen från den dagen."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.office or _('alla orter')}"

    def is_active_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def in_offices_of(user: "User | AnonymousUser", path: str = "office", *, roles: Collection[Role] = CASE_ROLES) -> Q:
    """The condition for rows that belong to an office where the user has one of the roles today.

    Rows without an office stand in the programme's common queue and are seen by everyone with such a role somewhere.
    One condition inside the same query: asking costs no query of its own.
    """
    if isinstance(user, AnonymousUser) or not (user.is_active and user.is_staff):
        return Q(pk__in=[])
    if user.is_superuser:
        return Q()
    mine = StaffRole.objects.of(user).active(clock.today()).filter(role__in=roles)
    everywhere = Exists(mine.filter(office__isnull=True))
    somewhere = Exists(mine)
    return Q(everywhere) | Q(**{f"{path}__in": mine.values("office")}) | Q(somewhere, **{f"{path}__isnull": True})
