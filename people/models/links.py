from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.crypto import keyed_hashes
from people.enums import LinkPurpose
from people.models.contacts import Contact, seen_by
from people.models.users import User


class PrivateLinkQuerySet(models.QuerySet["PrivateLink"]):
    def usable(self) -> "PrivateLinkQuerySet":
        return self.filter(revoked_at__isnull=True)

    def with_token(self, token: str) -> "PrivateLinkQuerySet":
        return self.usable().filter(tokens__token_hash__in=keyed_hashes(token), tokens__revoked_at__isnull=True)

    def with_code(self, code: str) -> "PrivateLinkQuerySet":
        return self.usable().filter(code=code)

    def about(self, thing: models.Model) -> "PrivateLinkQuerySet":
        return self.filter(about_model=thing._meta.label_lower, about_id=thing.pk)

    def codes_of(self, model: type[models.Model], pks: Iterable[int]) -> dict[int, str]:
        """The speakable code of each row that has one: that of its newest link. One query."""
        links = self.filter(about_model=model._meta.label_lower, about_id__in=[*pks]).exclude(code="")
        return dict(links.order_by("pk").values_list("about_id", "code"))

    def visible_to(self, user: User | AnonymousUser) -> "PrivateLinkQuerySet":
        return self.filter(seen_by(user, "contact"))

    def with_code_to_free(self, now: datetime) -> "PrivateLinkQuerySet":
        return self.filter(code_freed_at__lte=now).exclude(code="")


class PrivateLink(models.Model):
    """How someone without an account comes back to what is theirs.

    The link opens by itself. So do the code with the two words, and the code with a one-time code sent the chosen way.
    Only hashes of tokens, words and one-time codes are kept. Wrong tries slow down the code way, never the link.
    """

    purpose = models.CharField(_("öppnar"), max_length=20, choices=LinkPurpose.choices)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="links", verbose_name=_("kontakt"))
    about_model = models.CharField(max_length=80, editable=False)
    about_id = models.BigIntegerField(editable=False)
    code = models.CharField(_("kod"), max_length=20, blank=True, help_text=_("Som TALL 4827, att säga i telefon."))
    words_hash = models.CharField(max_length=80, blank=True, editable=False)
    asks_for_code = models.BooleanField(
        _("frågar efter koden"), default=False, help_text=_("Länken räcker inte: koden ska skrivas också.")
    )
    one_time_hash = models.CharField(max_length=80, blank=True, editable=False)
    one_time_until = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(_("skapad"), default=timezone.now, editable=False)
    opened_at = models.DateTimeField(_("senast öppnad"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("stängd"), null=True, blank=True, editable=False)
    code_freed_at = models.DateTimeField(_("koden blir ledig"), null=True, editable=False)

    objects = PrivateLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("privat länk")
        verbose_name_plural = _("privata länkar")
        indexes = (
            models.Index(fields=["about_model", "about_id"], name="private_link_about"),
            models.Index(fields=["-created_at", "-id"], name="private_link_newest"),
        )
        constraints = (
            models.UniqueConstraint(
                name="private_link_code_once",
                fields=["code"],
                condition=~Q(code=""),
                violation_error_message=_("Koden är upptagen."),
            ),
        )

    def __str__(self) -> str:
        return self.code or str(_("Länk %(pk)s")) % {"pk": self.pk}


def code_of(model: type[models.Model], rows: QuerySet[Any] | None = None) -> Subquery:
    """For `annotate`: the same code as `codes_of` tells. With `rows`, that of the newest link about any of them.

    These name the row outside by `OuterRef(OuterRef("…"))`.
    """
    of_these = Q(about_id=OuterRef("pk")) if rows is None else Q(about_id__in=rows.values("pk"))
    links = PrivateLink.objects.filter(of_these, about_model=model._meta.label_lower).exclude(code="")
    return Subquery(links.order_by("-pk").values("code")[:1])


class LinkToken(models.Model):
    """One address that opens a private link. Every message carries its own, since only the hash of each is kept."""

    link = models.ForeignKey(PrivateLink, models.CASCADE, related_name="tokens")
    token_hash = models.CharField(max_length=80, unique=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("länkadress")
        verbose_name_plural = _("länkadresser")

    def __str__(self) -> str:
        return f"{self.link} {self.pk}"


class Tries(models.Model):
    """Wrong tries of one code, counted in the database so that a restart forgets nothing.

    The key is a hash of what was tried: nothing here tells which code it was.
    """

    key = models.CharField(max_length=80, unique=True)
    count = models.PositiveIntegerField(default=0)
    wait_until = models.DateTimeField(null=True)
    last_at = models.DateTimeField()

    class Meta:
        verbose_name = _("försök")
        verbose_name_plural = _("försök")
        ordering = (F("last_at").desc(),)

    def __str__(self) -> str:
        return f"{self.key[:12]}: {self.count}"
