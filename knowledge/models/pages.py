from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from knowledge.enums import ShortLanguage
from knowledge.models.public_texts import PublicText, published_has_moment
from people.models.tracking import tracked


@tracked(without=("seed_hash",))
class Page(PublicText):
    """A page that the editors keep: about us, how it works, personal data. Some have an easy-to-read version."""

    TRANSLATED = ("title", "lead", "body")

    path = models.CharField(_("adress"), max_length=80, unique=True, help_text=_("Till exempel /om/."))
    title = models.CharField(_("rubrik"), max_length=120)
    title_en = models.CharField(_("rubrik på engelska"), max_length=120, blank=True)
    lead = models.CharField(_("ingress"), max_length=400, blank=True)
    lead_en = models.CharField(_("ingress på engelska"), max_length=400, blank=True)
    body = models.TextField(_("text"))
    body_en = models.TextField(_("text på engelska"), blank=True)
    easy_title = models.CharField(_("rubrik, lättläst"), max_length=120, blank=True)
    easy = models.TextField(_("lättläst"), blank=True, help_text=_("En tanke på varje rad."))

    class Meta:
        verbose_name = _("sida")
        verbose_name_plural = _("sidor")
        ordering = ("path",)
        constraints = (
            *published_has_moment("page"),
            models.CheckConstraint(
                name="page_path_begins_and_ends_with_slash",
                condition=Q(path__startswith="/", path__endswith="/"),
                violation_error_message=_("Adressen börjar och slutar med ett snedstreck."),
            ),
        )

    def __str__(self) -> str:
        return self.title


class ShortTextQuerySet(models.QuerySet["ShortText"]):
    def published(self) -> "ShortTextQuerySet":
        """Those that a speaker of the language has read and approved."""
        return self.filter(checked_on__isnull=False)


@tracked()
class ShortText(models.Model):
    """What the portal is, in a few sentences of another language.

    Nobody reads it before an editor has written down which speaker of the language checked it, and when. A change
    takes that away again.
    """

    language = models.CharField(_("språk"), max_length=5, choices=ShortLanguage.choices, unique=True)
    title = models.CharField(_("rubrik"), max_length=120)
    body = models.TextField(_("text"), max_length=3000)
    in_swedish = models.TextField(_("vad det betyder på svenska"), max_length=3000, blank=True)
    checked_by = models.CharField(_("kollades av"), max_length=120, blank=True, help_text=_("Den som kan språket."))
    checked_on = models.DateField(_("kollades"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    changed_at = models.DateTimeField(_("ändrad"), editable=False)

    objects = ShortTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("kort text på ett annat språk")
        verbose_name_plural = _("korta texter på andra språk")
        ordering = ("language",)
        constraints = (
            models.CheckConstraint(
                name="short_text_checked_by_someone",
                condition=Q(checked_on__isnull=True) | ~Q(checked_by=""),
                violation_error_message=_("Skriv vem som kollade texten."),
            ),
        )

    def __str__(self) -> str:
        return str(self.get_language_display())
