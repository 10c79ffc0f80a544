from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Office, User, in_offices_of
from people.models.tracking import tracked
from support.enums import HandOverState
from support.models.periods import SupportPeriod
from support.models.requests import SupportRequest


class HandOverQuerySet(models.QuerySet["HandOver"]):
    def waiting(self) -> "HandOverQuerySet":
        return self.filter(state=HandOverState.OFFERED)

    def visible_to(self, user: User | AnonymousUser) -> "HandOverQuerySet":
        """Both sides see what was said between them. What is handed over is seen by the receiver once they accept.

        Of a request that has left the common queue those two sides are whoever asked and the office that has it now.
        """
        asked = Q(in_offices_of(user, "from_office"))
        in_queue = Q(from_office__isnull=False) | Q(support_request__office__isnull=True)
        mine = Q(from_user=user) if isinstance(user, User) else Q(pk__in=[])
        return self.filter(asked & (in_queue | mine) | Q(in_offices_of(user, "to_office")))


@tracked()
class HandOver(models.Model):
    """One leader asks another, at the same office or elsewhere, to take over a group (överlämning).

    It happens when the receiver accepts. The note tells what the next one needs to know, so that the group never has
    to tell its story again.
    """

    support_request = models.ForeignKey(
        SupportRequest, models.CASCADE, null=True, blank=True, related_name="hand_overs", verbose_name=_("förfrågan")
    )
    period = models.ForeignKey(
        SupportPeriod, models.CASCADE, null=True, blank=True, related_name="hand_overs", verbose_name=_("stödperiod")
    )
    from_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="hand_overs_offered", verbose_name=_("från")
    )
    from_office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("från ort")
    )
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hand_overs_received",
        verbose_name=_("till"),
        help_text=_("Tomt betyder vem som helst på orten."),
    )
    to_office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name=_("till ort"))
    note = models.TextField(_("det den nya behöver veta"), max_length=2000)
    state = models.CharField(_("läge"), max_length=10, choices=HandOverState.choices, default=HandOverState.OFFERED)
    offered_at = models.DateTimeField(_("frågad"))
    answered_at = models.DateTimeField(_("svar"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("av")
    )
    answer = models.CharField(_("med orden"), max_length=300, blank=True)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        verbose_name = _("överlämning")
        verbose_name_plural = _("överlämningar")
        ordering = ("-offered_at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="hand_over_about_request_or_period",
                condition=Q(support_request__isnull=False, period__isnull=True)
                | Q(support_request__isnull=True, period__isnull=False),
            ),
            models.UniqueConstraint(
                name="hand_over_one_waiting_per_request",
                fields=["support_request"],
                condition=Q(state=HandOverState.OFFERED),
                violation_error_message=_("Någon har redan fått frågan om att ta över."),
            ),
            models.UniqueConstraint(
                name="hand_over_one_waiting_per_period",
                fields=["period"],
                condition=Q(state=HandOverState.OFFERED),
                violation_error_message=_("Någon har redan fått frågan om att ta över."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_user} → {self.to_user or self.to_office}"

    @property
    def case(self) -> SupportRequest | SupportPeriod:
        found = self.period or self.support_request
        assert found is not None  # `hand_over_about_request_or_period`
        return found
