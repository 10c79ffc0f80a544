from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Contact, User, in_offices_of
from support.enums import LogKind
from support.models.periods import SupportPeriod
from support.models.requests import SupportRequest


class LogEntryQuerySet(models.QuerySet["LogEntry"]):
    def shared(self) -> "LogEntryQuerySet":
        """What the group sees too."""
        return self.filter(is_internal=False)

    def unanswered_questions(self) -> "LogEntryQuerySet":
        return self.filter(kind=LogKind.QUESTION, answered_by__isnull=True)

    def visible_to(self, user: User | AnonymousUser) -> "LogEntryQuerySet":
        return self.filter(
            Q(in_offices_of(user, "support_request__office"), support_request__isnull=False)
            | Q(in_offices_of(user, "period__office"), period__isnull=False)
        )


class LogEntry(models.Model):
    """One line in the story of a request or a period: a call, a note, a question, a decision with its reason.

    Whatever staff write about a group is seen by the group, unless marked internal.
    """

    support_request = models.ForeignKey(
        SupportRequest, models.CASCADE, null=True, blank=True, related_name="log", verbose_name=_("förfrågan")
    )
    period = models.ForeignKey(
        SupportPeriod, models.CASCADE, null=True, blank=True, related_name="log", verbose_name=_("stödperiod")
    )
    kind = models.CharField(_("slag"), max_length=10, choices=LogKind.choices)
    text = models.TextField(_("text"), max_length=4000)
    is_internal = models.BooleanField(_("bara vi ser"), default=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("av oss")
    )
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("av gruppen")
    )
    answered_by = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="answers", verbose_name=_("svaret")
    )
    at = models.DateTimeField(_("när"))
    once_key = models.UUIDField(null=True, unique=True, editable=False)

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("rad i loggen")
        verbose_name_plural = _("loggen")
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="log_entry_about_request_or_period",
                condition=Q(support_request__isnull=False) | Q(period__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:40]}"
