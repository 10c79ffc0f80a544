from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Job, Office
from support.models.periods import SupportPeriod


class ImportedCase(models.Model):
    """Which case a row of an office's spreadsheet became, so that the same file can be read again without doubles."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="+", verbose_name=_("ort"))
    key = models.CharField(_("radens egna nummer eller namn"), max_length=120)
    period = models.ForeignKey(
        SupportPeriod, models.CASCADE, related_name="imported_from", verbose_name=_("stödperiod")
    )
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    imported_at = models.DateTimeField(_("hämtad in"))

    class Meta:
        verbose_name = _("rad ur kalkylblad")
        verbose_name_plural = _("rader ur kalkylblad")
        constraints = (models.UniqueConstraint(name="imported_case_once", fields=["office", "key"]),)

    def __str__(self) -> str:
        return self.key
