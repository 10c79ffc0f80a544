from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from knowledge.enums import ToolKind
from knowledge.models.public_texts import PublicText, Translated, published_has_moment
from people.models.tracking import tracked


@tracked(without=("seed_hash",))
class Tool(PublicText):
    """A way of working that a group can take up by itself (verktyg): when, how long, how many, step by step.

    It prints on two A4: what to do, and a `sheet` to write on, where `____` stands for a line to write on.
    """

    TRANSLATED = ("title", "lead", "when", "time", "people", "bring", "tips", "pitfalls", "sheet")

    title = models.CharField(_("rubrik"), max_length=120)
    title_en = models.CharField(_("rubrik på engelska"), max_length=120, blank=True)
    lead = models.CharField(_("ingress"), max_length=400)
    lead_en = models.CharField(_("ingress på engelska"), max_length=400, blank=True)
    when = models.CharField(_("när"), max_length=160, blank=True)
    when_en = models.CharField(_("när, på engelska"), max_length=160, blank=True)
    time = models.CharField(_("tid"), max_length=80, blank=True)
    time_en = models.CharField(_("tid på engelska"), max_length=80, blank=True)
    people = models.CharField(_("antal"), max_length=80, blank=True)
    people_en = models.CharField(_("antal på engelska"), max_length=80, blank=True)
    bring = models.CharField(_("ta med"), max_length=200, blank=True)
    bring_en = models.CharField(_("ta med, på engelska"), max_length=200, blank=True)
    tips = ArrayField(models.CharField(max_length=300), default=list, blank=True, verbose_name=_("tips"))
    tips_en = ArrayField(models.CharField(max_length=300), default=list, blank=True, verbose_name=_("tips på engelska"))
    pitfalls = ArrayField(
        models.CharField(max_length=300), default=list, blank=True, verbose_name=_("det här brukar gå fel")
    )
    pitfalls_en = ArrayField(
        models.CharField(max_length=300), default=list, blank=True, verbose_name=_("det här brukar gå fel, på engelska")
    )
    sheet = models.TextField(_("arbetsblad"), max_length=4000, blank=True)
    sheet_en = models.TextField(_("arbetsblad på engelska"), max_length=4000, blank=True)
    kind = models.CharField(_("sort"), max_length=10, choices=ToolKind.choices, default=ToolKind.METHOD)
    order = models.PositiveSmallIntegerField(_("ordning"), default=100)
    related = models.ManyToManyField("self", blank=True, verbose_name=_("hör ihop med"))

    class Meta:
        verbose_name = pgettext_lazy("ett", "verktyg")
        verbose_name_plural = _("verktyg")
        ordering = ("order", "pk")
        constraints = (*published_has_moment("tool"),)

    def __str__(self) -> str:
        return self.title


@tracked()
class ToolStep(Translated, models.Model):
    """One of the things to do, in order, and about how long it takes."""

    TRANSLATED = ("title", "text")

    tool = models.ForeignKey(Tool, models.CASCADE, related_name="steps", verbose_name=_("verktyg"))
    number = models.PositiveSmallIntegerField(_("ordning"))
    minutes = models.PositiveSmallIntegerField(_("minuter"), null=True, blank=True)
    title = models.CharField(_("rubrik"), max_length=120)
    title_en = models.CharField(_("rubrik på engelska"), max_length=120, blank=True)
    text = models.TextField(_("text"), max_length=2000)
    text_en = models.TextField(_("text på engelska"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("steg")
        verbose_name_plural = _("så gör ni")
        ordering = ("number", "pk")

    def __str__(self) -> str:
        return self.title
