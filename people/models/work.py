"""What staff keep for their own work: views of lists, a calendar feed, and long jobs they have started."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.enums import JobState, Role
from people.fields import EncryptedTextField
from people.models.offices import CASE_ROLES, Office, in_offices_of
from people.models.users import User


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: User | AnonymousUser) -> "SavedViewQuerySet":
        """One's own, and those that are shared with an office where one works."""
        mine = Q(user=user) if isinstance(user, User) else Q(pk__in=[])
        return self.filter(mine | Q(in_offices_of(user), office__isnull=False))


class SavedView(models.Model):
    """A list as someone wants to find it again: which list, and what stands in its address (search, filters, order).

    Shared with an office, or the owner's alone.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name=_("ägare")
    )
    office = models.ForeignKey(
        Office,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="saved_views",
        verbose_name=_("delas med"),
        help_text=_("Tomt betyder bara du."),
    )
    model = models.CharField(_("lista"), max_length=80)
    name = models.CharField(_("namn"), max_length=60)
    query = models.CharField(_("det som visas"), max_length=1000, blank=True)
    created_at = models.DateTimeField(_("sparad"))

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("sparad vy")
        verbose_name_plural = _("sparade vyer")
        ordering = ("model", "name", "pk")
        constraints = (
            models.UniqueConstraint(
                name="saved_view_once",
                fields=["user", "model", "name"],
                violation_error_message=_("Du har redan en vy med det namnet."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def usable(self) -> "CalendarFeedQuerySet":
        return self.filter(revoked_at__isnull=True, user__is_active=True, user__is_staff=True)


class CalendarFeed(models.Model):
    """A private address where someone's own calendar program reads their meetings. Only a hash of the token is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feeds")
    token_hash = models.CharField(max_length=80, unique=True, editable=False)
    created_at = models.DateTimeField(_("skapad"))
    revoked_at = models.DateTimeField(_("avslutad"), null=True, blank=True)
    last_read_on = models.DateField(_("senast läst"), null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("kalender att prenumerera på")
        verbose_name_plural = _("kalendrar att prenumerera på")
        ordering = ("-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                name="calendar_feed_one_per_user", fields=["user"], condition=Q(revoked_at__isnull=True)
            ),
        )

    def __str__(self) -> str:
        return str(self.user)


OF_EDITORS = "knowledge."
"""How the kinds of work begin that are about public texts alone, and no case."""


class JobQuerySet(models.QuerySet["Job"]):
    def due(self, real_now: datetime) -> "JobQuerySet":
        """Waiting, or abandoned by a worker that died."""
        abandoned = Q(state=JobState.RUNNING, leased_until__lte=real_now)
        return self.filter(Q(state=JobState.WAITING) | abandoned).order_by("created_at", "pk")

    def visible_to(self, user: User | AnonymousUser) -> "JobQuerySet":
        """One's own alone: a job carries what its owner may see. An editor's are those about public texts."""
        if isinstance(user, AnonymousUser) or not (user.is_active and user.is_staff):
            return self.none()
        about_cases = Q(in_offices_of(user, roles=CASE_ROLES), user=user)
        about_texts = Q(in_offices_of(user, roles=(Role.EDITOR,)), user=user, kind__startswith=OF_EDITORS)
        return self.filter(about_cases | about_texts)


class Job(models.Model):
    """Long work that someone has asked for: an import, an export. A sweep picks it up; any page can show how far it is.

    `content` is what it works on or has made, encrypted; it is wiped when `wipe_at` comes. `outcome` tells in figures
    what was done, for the page.
    """

    kind = models.CharField(_("slag"), max_length=40)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="jobs", verbose_name=_("vem"))
    office = models.ForeignKey(
        Office, models.CASCADE, null=True, blank=True, related_name="jobs", verbose_name=_("ort")
    )
    name = models.CharField(_("vad"), max_length=120)
    options = models.JSONField(default=dict, blank=True)
    content = EncryptedTextField(blank=True, default="")
    state = models.CharField(_("läge"), max_length=10, choices=JobState.choices, default=JobState.DRAFT)
    done = models.PositiveIntegerField(_("klara rader"), default=0)
    total = models.PositiveIntegerField(_("rader"), default=0)
    outcome = models.JSONField(default=dict, blank=True)
    reason = models.CharField(_("varför det inte gick"), max_length=300, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(_("skapat"))
    finished_at = models.DateTimeField(_("klart"), null=True, blank=True)
    wipe_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("jobb")
        verbose_name_plural = _("jobb")
        ordering = ("-created_at", "-pk")
        indexes = (
            models.Index(
                fields=["created_at"], condition=Q(state__in=[JobState.WAITING, JobState.RUNNING]), name="job_to_run"
            ),
        )
        constraints = (
            models.CheckConstraint(name="job_done_within_total", condition=Q(done__lte=F("total"))),
            models.CheckConstraint(
                name="job_running_is_leased", condition=~Q(state=JobState.RUNNING) | Q(leased_until__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return self.name
