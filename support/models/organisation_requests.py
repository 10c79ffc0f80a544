from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from groups.models import Municipality
from people.models import Contact, Office, User, in_offices_of
from people.models.tracking import tracked
from support.enums import OrganisationRequestStatus, OrganisationWish, Urgency


class OrganisationRequestQuerySet(models.QuerySet["OrganisationRequest"]):
    def open(self) -> "OrganisationRequestQuerySet":
        return self.filter(status__in=[OrganisationRequestStatus.RECEIVED, OrganisationRequestStatus.IN_REVIEW])

    def to_tell_of(self) -> "OrganisationRequestQuerySet":
        """The promise of an answer still stands, and nobody has been told that it runs out."""
        return self.open().filter(waits_told_at__isnull=True)

    def visible_to(self, user: User | AnonymousUser) -> "OrganisationRequestQuerySet":
        return self.filter(in_offices_of(user))


@tracked(without=("once_key",))
class OrganisationRequest(models.Model):
    """An organisation that supports groups asks for training, supervision or planning. Has its own queue, no period."""

    status = models.CharField(
        _("läge"),
        max_length=10,
        choices=OrganisationRequestStatus.choices,
        default=OrganisationRequestStatus.RECEIVED,
    )
    once_key = models.UUIDField(unique=True, editable=False)
    contact = models.OneToOneField(
        Contact, models.PROTECT, related_name="organisation_request", verbose_name=_("kontakt")
    )
    organisation_name = models.CharField(_("organisation"), max_length=120)
    about = models.TextField(_("vad det gäller"), max_length=1000)
    wishes = ArrayField(
        models.CharField(max_length=20, choices=OrganisationWish.choices), verbose_name=_("vilket stöd")
    )
    urgency = models.CharField(_("bråttom"), max_length=10, choices=Urgency.choices)
    place = models.CharField(_("kommun, med egna ord"), max_length=80, blank=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kommun")
    )
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="organisation_requests", verbose_name=_("ort")
    )
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="organisation_requests",
        verbose_name=_("utvecklingsledare"),
    )
    received_at = models.DateTimeField(_("kom in"))
    promised_by = models.DateField(_("svar senast"))
    waits_told_at = models.DateTimeField(_("sagt att den väntar"), null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(_("besvarad"), null=True, blank=True)
    closed_at = models.DateTimeField(_("avslutad"), null=True, blank=True)
    result = models.TextField(_("vad vi kom fram till"), blank=True)

    objects = OrganisationRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("förfrågan från organisation")
        verbose_name_plural = _("förfrågningar från organisationer")
        ordering = ("-received_at", "-pk")

    def __str__(self) -> str:
        return self.organisation_name
