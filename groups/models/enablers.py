from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from groups.enums import EnablerRole
from groups.models.groups import Group
from groups.models.places import Organisation
from people.enums import SpokenLanguage
from people.models import Contact, Office, User, in_offices_of
from people.models.tracking import tracked


class EnablerQuerySet(models.QuerySet["Enabler"]):
    def visible_to(self, user: User | AnonymousUser) -> "EnablerQuerySet":
        return self.filter(in_offices_of(user))


@tracked()
class Enabler(models.Model):
    """Someone who shares time, knowledge and resources with groups (möjliggörare), without taking over."""

    contact = models.OneToOneField(Contact, models.PROTECT, related_name="enabler", verbose_name=_("kontakt"))
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="enabler",
        verbose_name=_("konto"),
    )
    office = models.ForeignKey(Office, models.PROTECT, related_name="enablers", verbose_name=_("ort"))
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="enablers", verbose_name=_("organisation")
    )
    competences = models.TextField(_("kan bidra med"), blank=True)
    languages = ArrayField(
        models.CharField(max_length=5, choices=SpokenLanguage.choices),
        default=list,
        blank=True,
        verbose_name=_("språk"),
    )
    is_active = models.BooleanField(_("aktiv"), default=True)

    objects = EnablerQuerySet.as_manager()

    class Meta:
        verbose_name = _("möjliggörare")
        verbose_name_plural = _("möjliggörare")
        ordering = ("contact__called", "pk")

    def __str__(self) -> str:
        return str(self.contact)


class RoleContractQuerySet(models.QuerySet["RoleContract"]):
    def in_force(self) -> "RoleContractQuerySet":
        return self.filter(ended_at__isnull=True)

    def visible_to(self, user: User | AnonymousUser) -> "RoleContractQuerySet":
        return self.filter(in_offices_of(user, "group__office"))


@tracked()
class RoleContract(models.Model):
    """Which of the four roles an enabler takes in which task, agreed with the group and ended by it at will."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="role_contracts", verbose_name=_("grupp"))
    enabler = models.ForeignKey(Enabler, models.CASCADE, related_name="role_contracts", verbose_name=_("möjliggörare"))
    role = models.CharField(_("roll"), max_length=12, choices=EnablerRole.choices)
    task = models.CharField(_("i vilken uppgift"), max_length=200)
    employer_is_duty_bearer = models.BooleanField(
        _("arbetsgivaren har ansvar i frågan"),
        default=False,
        help_text=_("Då ser möjliggöraren mindre av gruppens arbete."),
    )
    agreed_on = models.DateField(_("överens den"))
    review_on = models.DateField(_("ses över den"))
    ended_at = models.DateTimeField(_("avslutad"), null=True, blank=True)
    ended_because = models.CharField(_("varför"), max_length=200, blank=True)

    objects = RoleContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("rollöverenskommelse")
        verbose_name_plural = _("rollöverenskommelser")
        ordering = ("-agreed_on", "-pk")
        constraints = (
            models.CheckConstraint(
                name="role_contract_review_after_agreed",
                condition=Q(review_on__gte=F("agreed_on")),
                violation_error_message=_("Dagen att se över rollen kan inte ligga före överenskommelsen."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.task}"
