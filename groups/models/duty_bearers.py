from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groups.enums import DutyBearerKind
from groups.fields import swedish_sort_key
from groups.models.places import Municipality
from people.models.tracking import tracked


@tracked(without=("sort_key",))
class DutyBearer(models.Model):
    """Someone responsible for a right working in real life (skyldighetsbärare). Starts with the 290 municipalities."""

    name = models.CharField(_("namn"), max_length=160)
    kind = models.CharField(_("slag"), max_length=15, choices=DutyBearerKind.choices)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="duty_bearers", verbose_name=_("kommun")
    )
    registrar_email = models.EmailField(_("registratorns e-post"), blank=True)
    how_to_hand_in = models.TextField(_("så lämnar man in något"), blank=True)
    source = models.CharField(_("källa"), max_length=200)
    checked_on = models.DateField(_("kollad den"))
    sort_key = swedish_sort_key("name")

    class Meta:
        verbose_name = _("skyldighetsbärare")
        verbose_name_plural = _("skyldighetsbärare")
        ordering = ("sort_key", "pk")
        constraints = (
            models.UniqueConstraint(
                name="duty_bearer_one_per_municipality",
                fields=["municipality"],
                condition=Q(kind=DutyBearerKind.MUNICIPALITY),
                violation_error_message=_("Kommunen finns redan i registret."),
            ),
            models.CheckConstraint(
                name="duty_bearer_municipality_is_named",
                condition=~Q(kind=DutyBearerKind.MUNICIPALITY) | Q(municipality__isnull=False),
                violation_error_message=_("Välj vilken kommun det är."),
            ),
        )

    def __str__(self) -> str:
        return self.name
