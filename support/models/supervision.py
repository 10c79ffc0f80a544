from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from groups.models import Enabler
from people.models import User, in_offices_of


class SupervisionSessionQuerySet(models.QuerySet["SupervisionSession"]):
    def visible_to(self, user: User | AnonymousUser) -> "SupervisionSessionQuerySet":
        return self.filter(in_offices_of(user, "enabler__office"))


class SupervisionSession(models.Model):
    """An enabler's dilemma and what they try next (handledning). Kept apart from any group's case."""

    enabler = models.ForeignKey(
        Enabler, models.CASCADE, related_name="supervision_sessions", verbose_name=_("möjliggörare")
    )
    supervisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="supervision_sessions", verbose_name=_("handledare")
    )
    held_on = models.DateField(_("dag"))
    dilemma = models.TextField(_("dilemmat"))
    agreed = models.TextField(_("det vi kom fram till"), blank=True)
    tries_next = models.TextField(_("prövar härnäst"), blank=True)

    objects = SupervisionSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("handledning")
        verbose_name_plural = _("handledningar")
        ordering = ("-held_on", "-pk")

    def __str__(self) -> str:
        return f"{self.enabler}, {self.held_on}"
