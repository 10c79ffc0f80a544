from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groups.enums import SupportKind
from people.models import User, in_offices_of
from people.models.tracking import tracked
from support.enums import OwnerSide, PlanKind, PlanStatus
from support.models.periods import SupportPeriod

FINISHED = (PlanStatus.DONE, PlanStatus.NOT_FOR_US)
"""Nothing more is done about these."""


class PlanItemQuerySet(models.QuerySet["PlanItem"]):
    def open(self) -> "PlanItemQuerySet":
        return self.exclude(status__in=FINISHED)

    def visible_to(self, user: User | AnonymousUser) -> "PlanItemQuerySet":
        return self.filter(in_offices_of(user, "period__office"))


@tracked(without=("once_key",))
class PlanItem(models.Model):
    """A goal or a task in the group's own words, and whose it is: theirs, an enabler's, ours, the responsible's."""

    period = models.ForeignKey(SupportPeriod, models.CASCADE, related_name="plan_items", verbose_name=_("stödperiod"))
    kind = models.CharField(_("slag"), max_length=5, choices=PlanKind.choices, default=PlanKind.TASK)
    text = models.CharField(_("med gruppens egna ord"), max_length=300)
    support_kind = models.CharField(_("sorts stöd"), max_length=10, choices=SupportKind.choices, blank=True)
    owner_side = models.CharField(_("vems uppgift"), max_length=12, choices=OwnerSide.choices)
    owner = models.CharField(_("vem"), max_length=80, blank=True, help_text=_("Ett alias räcker."))
    status = models.CharField(_("hur långt"), max_length=12, choices=PlanStatus.choices, default=PlanStatus.NOT_STARTED)
    due_on = models.DateField(_("senast"), null=True, blank=True)
    created_at = models.DateTimeField(_("skriven"))
    done_at = models.DateTimeField(_("klar"), null=True, blank=True)
    once_key = models.UUIDField(null=True, unique=True, editable=False)

    objects = PlanItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("punkt i planen")
        verbose_name_plural = _("planen")
        ordering = ("kind", "created_at", "pk")
        constraints = (
            models.CheckConstraint(
                name="plan_item_done_has_day",
                condition=Q(status=PlanStatus.DONE, done_at__isnull=False)
                | (~Q(status=PlanStatus.DONE) & Q(done_at__isnull=True)),
            ),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        return self.status not in FINISHED


class PlanEvent(models.Model):
    """An item was written, changed status, or changed hands. The ownership balance reads these."""

    item = models.ForeignKey(PlanItem, models.CASCADE, related_name="events")
    at = models.DateTimeField(_("när"))
    owner_side = models.CharField(_("vems uppgift"), max_length=12, choices=OwnerSide.choices)
    owner = models.CharField(_("vem"), max_length=80, blank=True)
    status = models.CharField(_("hur långt"), max_length=12, choices=PlanStatus.choices)
    handed_over = models.BooleanField(_("bytte händer"), default=False)
    by_group = models.BooleanField(_("gjort av gruppen"), default=False)

    class Meta:
        verbose_name = _("händelse i planen")
        verbose_name_plural = _("händelser i planen")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.item}: {self.get_status_display()}"
