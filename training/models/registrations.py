import uuid
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.fields import EncryptedTextField
from people.models import Contact, User, in_offices_of
from training.enums import HOLDS_SEATS, STILL_ON, EndedBy, RegistrationState, Usefulness
from training.models.courses import Session
from training.models.seat_guard import KEEPS_TO_THE_SEATS


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def holding_seats(self) -> "RegistrationQuerySet":
        return self.filter(state__in=HOLDS_SEATS)

    def still_on(self) -> "RegistrationQuerySet":
        return self.filter(state__in=STILL_ON)

    def in_queue(self) -> "RegistrationQuerySet":
        """Those who wait for a seat, the first first."""
        return self.filter(state=RegistrationState.WAITLISTED).order_by("queued_at", "pk")

    def lapsed(self, now: datetime) -> "RegistrationQuerySet":
        """Offers that were not answered in time."""
        return self.filter(state=RegistrationState.OFFERED, offered_until__lte=now)

    def seat_count(self) -> int:
        return int(self.aggregate(held=Sum("seats", default=0))["held"])

    def visible_to(self, user: User | AnonymousUser) -> "RegistrationQuerySet":
        return self.filter(in_offices_of(user, "session__office"))


class Registration(models.Model):
    """Someone who comes to a session, under whatever name they wish, with up to five others.

    The calendar entry keeps one UID for life; every change raises `sequence`. What they need is read by few and wiped
    ninety days after the session.
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="registrations", verbose_name=_("tillfälle"))
    contact = models.OneToOneField(Contact, models.PROTECT, related_name="registration", verbose_name=_("kontakt"))
    once_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    seats = models.PositiveSmallIntegerField(_("hur många"), default=1)
    needs = EncryptedTextField(_("behov"), blank=True, default="")
    state = models.CharField(_("läge"), max_length=10, choices=RegistrationState.choices)
    ended_by = models.CharField(_("hur det slutade"), max_length=12, choices=EndedBy.choices, blank=True)
    came = models.PositiveSmallIntegerField(_("hur många som kom"), null=True, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    queued_at = models.DateTimeField(_("i kö sedan"), null=True, editable=False)
    offered_until = models.DateTimeField(_("platsen hålls till"), null=True, editable=False)
    evaluated_at = models.DateTimeField(_("har svarat på frågorna"), null=True, editable=False)
    changed_at = models.DateTimeField(_("ändrad"), default=timezone.now, editable=False)
    created_at = models.DateTimeField(_("kom in"), default=timezone.now, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        triggers = (KEEPS_TO_THE_SEATS,)
        verbose_name = _("anmälan")
        verbose_name_plural = _("anmälningar")
        ordering = ("created_at", "pk")
        indexes = (
            models.Index(fields=["session", "state"], name="registration_of_session"),
            models.Index(
                fields=["session", "queued_at", "id"],
                condition=Q(state=RegistrationState.WAITLISTED),
                name="registration_queue",
            ),
            models.Index(
                fields=["offered_until"], condition=Q(state=RegistrationState.OFFERED), name="registration_offers"
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="registration_one_to_six_seats",
                condition=Q(seats__gte=1, seats__lte=6),
                violation_error_message=_("Välj mellan en och sex platser."),
            ),
            models.CheckConstraint(
                name="registration_offer_has_an_end",
                condition=~Q(state=RegistrationState.OFFERED) | Q(offered_until__isnull=False),
            ),
            models.CheckConstraint(
                name="registration_in_queue_has_a_place",
                condition=~Q(state=RegistrationState.WAITLISTED) | Q(queued_at__isnull=False),
            ),
            models.CheckConstraint(
                name="registration_came_at_most_as_many",
                condition=Q(came__isnull=True) | Q(came__lte=models.F("seats")),
                violation_error_message=_("Fler än de anmälda kan inte ha kommit."),
            ),
        )

    def __str__(self) -> str:
        return str(_("Anmälan %(pk)s")) % {"pk": self.pk}


class Evaluation(models.Model):
    """What someone thought of a session. Nothing tells who: the registration only knows that it has been answered."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="evaluations", verbose_name=_("tillfälle"))
    usefulness = models.CharField(_("har du nytta av det?"), max_length=10, choices=Usefulness.choices)
    learned = models.TextField(_("det här tar jag med mig"), max_length=1000, blank=True)
    better = models.TextField(_("det här kan bli bättre"), max_length=1000, blank=True)
    on = models.DateField(_("dag"))

    class Meta:
        verbose_name = _("utvärdering")
        verbose_name_plural = _("utvärderingar")
        ordering = ("-on", "-pk")

    def __str__(self) -> str:
        return str(_("Utvärdering %(pk)s")) % {"pk": self.pk}


class Certificate(models.Model):
    """A paper that says that someone took part. Whoever is shown it can verify it by its code, and reads the same."""

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="certificates", verbose_name=_("anmälan")
    )
    name = EncryptedTextField(_("namn på intyget"))
    check_code = models.CharField(_("kontrollkod"), max_length=16, unique=True)
    issued_at = models.DateTimeField(_("utfärdat"))

    class Meta:
        verbose_name = _("intyg")
        verbose_name_plural = _("intyg")
        ordering = ("-issued_at", "-pk")

    def __str__(self) -> str:
        return self.check_code
