from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Office, User, in_offices_of
from support.enums import LogKind, QuickStepScope, WaitsFor


class QuickStepQuerySet(models.QuerySet["QuickStep"]):
    def active(self) -> "QuickStepQuerySet":
        return self.filter(is_active=True)

    def for_case(self, office_id: int | None, scope: QuickStepScope) -> "QuickStepQuerySet":
        """Those of the office and those of the whole programme."""
        rows = self.active().filter(scope__in=[scope, QuickStepScope.BOTH])
        return rows.filter(Q(office__isnull=True) | Q(office=office_id)) if office_id else rows.filter(office=None)

    def visible_to(self, user: User | AnonymousUser) -> "QuickStepQuerySet":
        return self.filter(in_offices_of(user))


class QuickStep(models.Model):
    """Something leaders do many times a day, in one click (snabbsteg): a line in the log, the next step, whose turn it
    is, and a message to the group that is seen before it is sent. No office means the whole programme.
    """

    office = models.ForeignKey(
        Office,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="quick_steps",
        verbose_name=_("ort"),
        help_text=_("Tomt betyder alla orter."),
    )
    name = models.CharField(_("namn"), max_length=60)
    scope = models.CharField(_("visas på"), max_length=10, choices=QuickStepScope.choices, default=QuickStepScope.BOTH)
    log_kind = models.CharField(
        _("slag i loggen"),
        max_length=10,
        choices=[(kind.value, kind.label) for kind in (LogKind.NOTE, LogKind.CALL, LogKind.MEETING)],
        default=LogKind.NOTE,
    )
    log_text = models.CharField(_("rad i loggen"), max_length=300)
    is_internal = models.BooleanField(_("bara vi ser raden"), default=True)
    next_step = models.CharField(_("nästa steg"), max_length=200, blank=True)
    next_step_days = models.PositiveSmallIntegerField(_("om så många dagar"), null=True, blank=True)
    waits_for = models.CharField(_("väntar på"), max_length=12, choices=WaitsFor.choices, blank=True)
    message = models.TextField(
        _("meddelande till gruppen"), max_length=1000, blank=True, help_text=_("Tomt betyder inget meddelande.")
    )
    position = models.PositiveSmallIntegerField(_("ordning"), default=0)
    is_active = models.BooleanField(_("används"), default=True)

    objects = QuickStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("snabbsteg")
        verbose_name_plural = _("snabbsteg")
        ordering = ("position", "name", "pk")
        constraints = (
            models.UniqueConstraint(
                name="quick_step_name_once",
                fields=["office", "name"],
                nulls_distinct=False,
                violation_error_message=_("Det finns redan ett snabbsteg med det namnet."),
            ),
            models.CheckConstraint(
                name="quick_step_next_step_has_day",
                condition=Q(next_step="", next_step_days__isnull=True)
                | (~Q(next_step="") & Q(next_step_days__isnull=False)),
                violation_error_message=_("Skriv både nästa steg och om hur många dagar, eller inget av dem."),
            ),
        )

    def __str__(self) -> str:
        return self.name
