from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from groups.enums import DutyBearerKind, SizeBand, SupportKind
from groups.models import Group, Topic
from knowledge.enums import Cost, Risk, Setting, State
from knowledge.models.public_texts import PublicText, PublicTextQuerySet, Translated, published_has_moment
from knowledge.models.tools import Tool
from people.enums import Role
from people.models import Contact, User, held_roles
from people.models.tracking import tracked

SEVERAL_LINES = _("En på varje rad.")

EDITING_ROLES = frozenset({Role.EDITOR, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR})
"""Who reads examples that are not public, and whoever sent them in."""


class ExampleQuerySet(PublicTextQuerySet):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What is not public too: all of it to editors, nothing to anyone else."""
        if isinstance(user, AnonymousUser) or not (user.is_active and user.is_staff):
            return self.none()
        is_editor = user.is_superuser or any(role in EDITING_ROLES for role, _office in held_roles(user))
        return self.all() if is_editor else self.none()


@tracked(without=("seed_hash", "once_key"))
class Example(PublicText):
    """What a group did about an injustice, and what came of it (exempel). The sections and their order are fixed.

    One about a real group is public only with the group's yes to exactly that text (`Approval`), and only when an
    editor has answered for every risk that someone is recognised. `is_invented` marks the sample examples, and says
    so to readers. `contact` is whoever wrote through the public form, if they want an answer.
    """

    TRANSLATED = (
        "title", "lead", "period", "who", "duty_bearer", "cost_text", "wrong", "quote", "quote_by", "outcome",
        "did_not_work", "learned",
    )  # fmt: skip

    title = models.CharField(_("rubrik"), max_length=120, help_text=_("Det som gruppen nådde."))
    title_en = models.CharField(_("rubrik på engelska"), max_length=120, blank=True)
    lead = models.CharField(_("ingress"), max_length=400, blank=True, help_text=_("Två meningar."))
    lead_en = models.CharField(_("ingress på engelska"), max_length=400, blank=True)
    place = models.CharField(_("plats"), max_length=80, blank=True)
    setting = models.CharField(_("sorts plats"), max_length=10, choices=Setting.choices, blank=True)
    period = models.CharField(_("tid"), max_length=80, blank=True, help_text=_("Till exempel ”November till maj”."))
    period_en = models.CharField(_("tid på engelska"), max_length=80, blank=True)
    happened_on = models.DateField(_("blev klart"), null=True, blank=True)
    size_band = models.CharField(_("hur många"), max_length=10, choices=SizeBand.choices, blank=True)
    who = models.CharField(_("gruppen"), max_length=120, blank=True)
    who_en = models.CharField(_("gruppen på engelska"), max_length=120, blank=True)
    duty_bearer_kind = models.CharField(_("sorts ansvarig"), max_length=15, choices=DutyBearerKind.choices, blank=True)
    duty_bearer = models.CharField(_("ansvarig"), max_length=120, blank=True)
    duty_bearer_en = models.CharField(_("ansvarig på engelska"), max_length=120, blank=True)
    cost = models.CharField(_("kostade"), max_length=12, choices=Cost.choices, blank=True)
    cost_text = models.CharField(_("kostnad"), max_length=160, blank=True)
    cost_text_en = models.CharField(_("kostnad på engelska"), max_length=160, blank=True)
    supports = ArrayField(
        models.CharField(max_length=10, choices=SupportKind.choices),
        default=list,
        blank=True,
        verbose_name=_("stöd de fick"),
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="examples", verbose_name=_("teman"))
    wrong = models.TextField(_("vad var fel?"), max_length=3000, blank=True)
    wrong_en = models.TextField(_("vad var fel, på engelska"), max_length=3000, blank=True)
    quote = models.CharField(_("citat"), max_length=300, blank=True)
    quote_en = models.CharField(_("citat på engelska"), max_length=300, blank=True)
    quote_by = models.CharField(_("vem säger det"), max_length=80, blank=True, help_text=_("Aldrig ett namn."))
    quote_by_en = models.CharField(_("vem säger det, på engelska"), max_length=80, blank=True)
    outcome = models.TextField(_("vad hände sedan?"), max_length=3000, blank=True)
    outcome_en = models.TextField(_("vad hände sedan, på engelska"), max_length=3000, blank=True)
    did_not_work = models.TextField(_("det som inte fungerade"), max_length=2000, blank=True)
    did_not_work_en = models.TextField(_("det som inte fungerade, på engelska"), max_length=2000, blank=True)
    learned = ArrayField(
        models.CharField(max_length=300),
        default=list,
        blank=True,
        verbose_name=_("det här lärde de sig"),
        help_text=SEVERAL_LINES,
    )
    learned_en = ArrayField(
        models.CharField(max_length=300),
        default=list,
        blank=True,
        verbose_name=_("det här lärde de sig, på engelska"),
        help_text=SEVERAL_LINES,
    )
    tools = models.ManyToManyField(Tool, blank=True, related_name="examples", verbose_name=_("verktyg"))

    is_invented = models.BooleanField(_("påhittat"), default=False)
    group = models.ForeignKey(
        Group, models.SET_NULL, null=True, blank=True, related_name="examples", verbose_name=_("grupp")
    )
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="examples", verbose_name=_("kontakt")
    )
    from_period = models.BigIntegerField(_("från stödperiod"), null=True, blank=True, unique=True, editable=False)
    risks_cleared = ArrayField(
        models.CharField(max_length=12, choices=Risk.choices),
        default=list,
        blank=True,
        verbose_name=_("ingen känns igen"),
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("lästes av")
    )
    checked_at = models.DateTimeField(_("lästes"), null=True, blank=True, editable=False)
    contributed_at = models.DateTimeField(_("kom in"), null=True, blank=True, editable=False)
    once_key = models.UUIDField(null=True, unique=True, editable=False)

    objects = ExampleQuerySet.as_manager()  # type: ignore[misc]  # with more to ask for than those of all texts

    class Meta:
        verbose_name = pgettext_lazy("ett", "exempel")
        verbose_name_plural = _("exempel")
        ordering = ("-published_at", "-pk")
        indexes = (
            models.Index(fields=["-published_at", "-id"], condition=Q(state=State.PUBLISHED), name="example_newest"),
            models.Index(fields=["duty_bearer_kind"], condition=Q(state=State.PUBLISHED), name="example_duty_bearer"),
            models.Index(fields=["setting"], condition=Q(state=State.PUBLISHED), name="example_setting"),
            models.Index(fields=["cost"], condition=Q(state=State.PUBLISHED), name="example_cost"),
            GinIndex(fields=["supports"], name="example_supports"),
        )
        constraints = (
            *published_has_moment("example"),
            models.CheckConstraint(
                name="example_checked_before_public",
                condition=~Q(state__in=[State.APPROVAL, State.READY, State.PUBLISHED])
                | Q(is_invented=True)
                | Q(checked_at__isnull=False),
                violation_error_message=_("Någon måste ha svarat på att ingen känns igen."),
            ),
        )

    def __str__(self) -> str:
        return self.title


@tracked()
class ExampleStep(Translated, models.Model):
    """One of the things the group did, in order."""

    TRANSLATED = ("title", "text")

    example = models.ForeignKey(Example, models.CASCADE, related_name="steps", verbose_name=_("exempel"))
    number = models.PositiveSmallIntegerField(_("ordning"))
    title = models.CharField(_("rubrik"), max_length=120)
    title_en = models.CharField(_("rubrik på engelska"), max_length=120, blank=True)
    text = models.TextField(_("text"), max_length=2000)
    text_en = models.TextField(_("text på engelska"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("steg")
        verbose_name_plural = _("så gjorde gruppen")
        ordering = ("number", "pk")

    def __str__(self) -> str:
        return self.title
