from django.db import models
from django.utils.translation import gettext_lazy as _


class Published(models.Model):
    """How many times anything public has changed. One row.

    What the server keeps of public pages is kept under this number, and the number is raised in the same transaction as
    the change: from the moment a text is withdrawn, nothing that was kept of it can be found.
    """

    changes = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("publicerat")
        verbose_name_plural = _("publicerat")

    def __str__(self) -> str:
        return str(self.changes)


class LinkCheck(models.Model):
    """A link in a public text, and whether it led somewhere when it was last tried."""

    url = models.CharField(_("länk"), max_length=500)
    about_model = models.CharField(max_length=80)
    about_id = models.BigIntegerField()
    status = models.PositiveSmallIntegerField(_("svar"), default=0)
    problem = models.CharField(_("vad som är fel"), max_length=200, blank=True)
    checked_at = models.DateTimeField(_("provades"), null=True)
    broken_since = models.DateTimeField(_("trasig sedan"), null=True, blank=True)

    class Meta:
        verbose_name = _("länk")
        verbose_name_plural = _("länkar")
        ordering = ("-broken_since", "url")
        constraints = (models.UniqueConstraint(name="link_once_per_text", fields=["url", "about_model", "about_id"]),)

    def __str__(self) -> str:
        return self.url
