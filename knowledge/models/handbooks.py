from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.models.examples import Example


class HandbookEditionQuerySet(models.QuerySet["HandbookEdition"]):
    def published(self) -> "HandbookEditionQuerySet":
        """What everyone may fetch."""
        return self.filter(published_at__isnull=False, withdrawn_at__isnull=True)

    def holding(self, example: Example) -> "HandbookEditionQuerySet":
        return self.filter(chosen__examples__contains=[example.pk])


class HandbookEdition(models.Model):
    """Chosen examples, tools and terms as one book (handbok), as they were on its day. Earlier editions are kept.

    `chosen` holds the keys in their order: {"examples": […], "tools": […], "terms": […]}. Until `made_at` the book is
    being made. One from which an example has been withdrawn since is taken away from readers (`withdrawn_at`).
    """

    number = models.PositiveIntegerField(_("upplaga"), unique=True)
    title = models.CharField(_("titel"), max_length=120)
    language = models.CharField(_("språk"), max_length=2, default="sv")
    chosen = models.JSONField(_("valda texter"), default=dict)
    pdf = models.BinaryField(null=True, editable=False)
    pages = models.PositiveIntegerField(_("sidor"), default=0, editable=False)
    asked_at = models.DateTimeField(_("beställdes"), editable=False)
    made_at = models.DateTimeField(_("gjordes"), null=True, editable=False)
    published_at = models.DateTimeField(_("publicerades"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("togs bort"), null=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("beställdes av")
    )

    objects = HandbookEditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("handbok")
        verbose_name_plural = _("handböcker")
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"{self.title}, {_('upplaga %(number)s') % {'number': self.number}}"
