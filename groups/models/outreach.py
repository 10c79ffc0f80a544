from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groups.enums import LedTo
from groups.models.places import Municipality
from people.models import Office, User, in_offices_of


class OutreachContactQuerySet(models.QuerySet["OutreachContact"]):
    def open(self) -> "OutreachContactQuerySet":
        """Has not led to anything yet."""
        return self.filter(led_to=LedTo.NOTHING_YET)

    def visible_to(self, user: User | AnonymousUser) -> "OutreachContactQuerySet":
        return self.filter(in_offices_of(user))


class OutreachContact(models.Model):
    """A talk before there is a request: at the library, in a stairwell, at a network meeting. One line is enough.

    `who_with` is what someone was called or what they are ("en mamma vid lekplatsen"), never how to reach them: a way
    to reach a person is asked for and kept safe in a request.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="outreach_contacts", verbose_name=_("ort"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="outreach_contacts", verbose_name=_("vem pratade")
    )
    met_on = models.DateField(_("dag"))
    who_with = models.CharField(_("vem ni pratade med"), max_length=120, help_text=_("Skriv inga namn eller nummer."))
    place = models.CharField(_("var"), max_length=120, blank=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kommun")
    )
    need = models.CharField(_("vad det gällde"), max_length=500)
    led_to = models.CharField(_("vad det ledde till"), max_length=15, choices=LedTo.choices, default=LedTo.NOTHING_YET)
    created_at = models.DateTimeField(_("skrivet"), editable=False)
    once_key = models.UUIDField(null=True, unique=True, editable=False)

    objects = OutreachContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("samtal på fältet")
        verbose_name_plural = _("samtal på fältet")
        ordering = ("-met_on", "-pk")
        indexes = (
            models.Index(fields=["office", "-met_on", "-id"], name="outreach_office"),
            models.Index(fields=["office", "-met_on"], condition=Q(led_to=LedTo.NOTHING_YET), name="outreach_open"),
        )

    def __str__(self) -> str:
        return self.who_with
