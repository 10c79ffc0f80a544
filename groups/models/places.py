import re

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groups.enums import Sector
from groups.fields import swedish_sort_key
from people.models import Office
from people.models.tracking import tracked

SAID_AROUND_A_NAME = re.compile(r"^(region|kommunen)\s+|s?\s+(kommun|stad)$", re.IGNORECASE)


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def named(self, text: str) -> "MunicipalityQuerySet":
        """The municipality someone means: "Bjuv", "bjuvs kommun", "Borås stad", "Region Gotland"."""
        said = " ".join(text.split())
        without_s = SAID_AROUND_A_NAME.sub("", said)
        with_s = f"{without_s}s" if without_s != said else said
        return self.filter(Q(name__iexact=without_s) | Q(name__iexact=with_s))


@tracked(without=("sort_key",))
class Municipality(models.Model):
    """One of Sweden's 290 municipalities, and the office that answers for it, if any."""

    code = models.CharField(_("kommunkod"), max_length=4, primary_key=True)
    name = models.CharField(_("namn"), max_length=80)
    county_code = models.CharField(_("länskod"), max_length=2)
    county_name = models.CharField(_("län"), max_length=80)
    office = models.ForeignKey(
        Office,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="municipalities",
        verbose_name=_("ort"),
        help_text=_("Orten som svarar på förfrågningar härifrån. Tomt betyder den gemensamma kön."),
    )
    sort_key = swedish_sort_key("name")

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = _("kommun")
        verbose_name_plural = _("kommuner")
        ordering = ("sort_key",)

    def __str__(self) -> str:
        return self.name


class Topic(models.Model):
    """What a group's question is about (tema): housing, school, transport."""

    name = models.CharField(_("namn"), max_length=60, unique=True)
    slug = models.SlugField(_("adressnamn"), max_length=60, unique=True)
    sort_key = swedish_sort_key("name")

    class Meta:
        verbose_name = _("tema")
        verbose_name_plural = _("teman")
        ordering = ("sort_key",)

    def __str__(self) -> str:
        return self.name


@tracked(without=("sort_key",))
class Organisation(models.Model):
    """An association, authority, company or school that supports groups or takes part in coalitions."""

    name = models.CharField(_("namn"), max_length=120, unique=True)
    sector = models.CharField(_("sektor"), max_length=10, choices=Sector.choices)
    org_number = models.CharField(_("organisationsnummer"), max_length=11, blank=True)
    municipality = models.ForeignKey(
        Municipality, models.SET_NULL, null=True, blank=True, related_name="organisations", verbose_name=_("kommun")
    )
    sort_key = swedish_sort_key("name")

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisationer")
        ordering = ("sort_key",)

    def __str__(self) -> str:
        return self.name
