from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models.contacts import Contact
from people.models.offices import MANAGING_ROLES, Office, in_offices_of
from people.models.users import User


class Consent(models.Model):
    """What a person has agreed to, in the words they saw, and when they took it back."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="consents")
    purpose = models.CharField(_("till vad"), max_length=60)
    wording = models.TextField(_("ordalydelse"))
    given_at = models.DateTimeField(_("gavs"))
    withdrawn_at = models.DateTimeField(_("togs tillbaka"), null=True, blank=True)

    class Meta:
        verbose_name = _("samtycke")
        verbose_name_plural = _("samtycken")

    def __str__(self) -> str:
        return f"{self.purpose}: {self.contact}"


class AccessLogQuerySet(models.QuerySet["AccessLog"]):
    def about(self, thing: models.Model) -> "AccessLogQuerySet":
        return self.filter(about_model=thing._meta.label_lower, about_id=thing.pk)

    def visible_to(self, user: User | AnonymousUser) -> "AccessLogQuerySet":
        """Whoever answers for an office sees who has read its cases."""
        return self.filter(in_offices_of(user, roles=MANAGING_ROLES))


class AccessLog(models.Model):
    """Who read a case or revealed a protected contact, and the reason they gave.

    Reading is one row for as long as someone keeps coming back to the page: `last_at` says until when.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="accesses", verbose_name=_("vem"))
    what = models.CharField(_("vad"), max_length=40)
    about_model = models.CharField(max_length=80)
    about_id = models.BigIntegerField()
    reason = models.CharField(_("varför"), max_length=300, blank=True)
    office = models.ForeignKey(Office, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("ort"))
    at = models.DateTimeField(_("när"))
    last_at = models.DateTimeField(_("senast"), null=True, blank=True)

    objects = AccessLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("läsning")
        verbose_name_plural = _("läsningar")
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=["about_model", "about_id", "-at"], name="access_log_about"),
            models.Index(fields=["office", "-at"], name="access_log_office"),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.what} {self.about_model} {self.about_id}"


class Heartbeat(models.Model):
    """When a sweep last ran to its end: in real time, and at which moment of the programme."""

    name = models.CharField(max_length=60, unique=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    programme_time = models.DateTimeField()
    runs = models.PositiveBigIntegerField(default=0)
    result = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("puls")
        verbose_name_plural = _("pulser")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class ClockStep(models.Model):
    """How far the programme's time stands ahead of real time. One row at most; used only where settings allow it."""

    offset = models.DurationField()

    class Meta:
        constraints = (models.CheckConstraint(name="clock_step_is_one_row", condition=Q(pk=1)),)

    def __str__(self) -> str:
        return str(self.offset)
