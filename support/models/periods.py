from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, Q
from django.utils.translation import gettext_lazy as _

from groups.enums import SupportKind
from groups.models import Group, Member
from people.models import Office, User, code_of, in_offices_of
from people.models.tracking import tracked
from support.enums import OPEN_PHASES, KeepKind, Outcome, Phase, WaitsFor
from support.models.requests import SupportRequest


class OfficePolicyQuerySet(models.QuerySet["OfficePolicy"]):
    def visible_to(self, user: User | AnonymousUser) -> "OfficePolicyQuerySet":
        return self.filter(in_offices_of(user))


@tracked()
class OfficePolicy(models.Model):
    """How an office lets support taper: the ladder of gaps between follow-ups, in weeks."""

    office = models.OneToOneField(Office, models.CASCADE, related_name="policy", verbose_name=_("ort"))
    ladder = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name=_("veckor mellan samtalen"),
        help_text=_("Till exempel 1,2,4,8,13"),
    )

    objects = OfficePolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("ortens trappa")
        verbose_name_plural = _("orternas trappor")

    def __str__(self) -> str:
        return str(self.office)


class SupportPeriodQuerySet(models.QuerySet["SupportPeriod"]):
    def open(self) -> "SupportPeriodQuerySet":
        return self.filter(phase__in=OPEN_PHASES)

    def in_after_care(self) -> "SupportPeriodQuerySet":
        return self.filter(phase=Phase.SELF_RELIANT)

    def with_codes(self) -> "SupportPeriodQuerySet":
        """Each with the speakable code of its group's request as `code`."""
        asked = SupportRequest.objects.filter(group=OuterRef(OuterRef("group")))
        return self.annotate(code=code_of(SupportRequest, asked))

    def visible_to(self, user: User | AnonymousUser) -> "SupportPeriodQuerySet":
        return self.filter(in_offices_of(user))


@tracked()
class SupportPeriod(models.Model):
    """The time a group and the programme work together, with a leader, a plan, and follow-ups that thin out.

    At most one is open per group. Coming back opens a new one that follows the old. Silence never closes a period.
    """

    group = models.ForeignKey(Group, models.PROTECT, related_name="periods", verbose_name=_("grupp"))
    office = models.ForeignKey(Office, models.PROTECT, related_name="periods", verbose_name=_("ort"))
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="periods", verbose_name=_("utvecklingsledare")
    )
    follows = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="followed_by", verbose_name=_("kom tillbaka från")
    )
    phase = models.CharField(_("fas"), max_length=15, choices=Phase.choices, default=Phase.START)
    supports = ArrayField(
        models.CharField(max_length=10, choices=SupportKind.choices), default=list, blank=True, verbose_name=_("stöd")
    )
    horizon = models.CharField(
        _("hur länge"), max_length=120, blank=True, help_text=_("Med gruppens ord. Tomt betyder: tills ni bestämmer.")
    )
    review_on = models.DateField(_("ses över den"), null=True, blank=True)
    ladder = ArrayField(
        models.PositiveSmallIntegerField(),
        null=True,
        blank=True,
        verbose_name=_("egen trappa, i veckor"),
        help_text=_("Tomt betyder ortens trappa."),
    )
    step = models.PositiveSmallIntegerField(_("steg på trappan"), default=0)
    paused_until = models.DateField(_("vilar till"), null=True, blank=True)
    handed_over_on = models.DateField(_("bytte utvecklingsledare"), null=True, blank=True)
    next_step = models.CharField(_("nästa steg"), max_length=200, blank=True)
    next_step_on = models.DateField(_("senast"), null=True, blank=True)
    waits_for = models.CharField(_("väntar på"), max_length=12, choices=WaitsFor.choices, blank=True)
    waits_since = models.DateTimeField(_("väntar sedan"), null=True, blank=True)
    last_activity_at = models.DateTimeField(_("gruppen gjorde något"), null=True, blank=True)

    opened_at = models.DateTimeField(_("började"))
    phase_since = models.DateTimeField(_("fas sedan"))
    exit_signed_by_group_at = models.DateTimeField(_("gruppen skrev under"), null=True, blank=True)
    exit_signed_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    exit_signed_by_leader_at = models.DateTimeField(_("vi skrev under"), null=True, blank=True)
    self_reliant_at = models.DateTimeField(_("självgående"), null=True, blank=True)
    closed_at = models.DateTimeField(_("avslutad"), null=True, blank=True)
    outcome = models.CharField(_("hur det gick"), max_length=10, choices=Outcome.choices, blank=True)
    what_changed = models.TextField(_("vad som blev annorlunda"), blank=True)

    objects = SupportPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("stödperiod")
        verbose_name_plural = _("stödperioder")
        ordering = ("-opened_at", "-pk")
        indexes = (
            models.Index(
                fields=["leader", "next_step_on"], condition=Q(phase__in=OPEN_PHASES), name="period_open_leader"
            ),
            # In the order of the lists, office by office and all together.
            models.Index(
                fields=["office", "next_step_on", "opened_at", "id"],
                condition=Q(phase__in=OPEN_PHASES),
                name="period_open_office",
            ),
            models.Index(
                fields=["next_step_on", "opened_at", "id"],
                condition=Q(phase__in=OPEN_PHASES),
                name="period_open_order",
            ),
            models.Index(fields=["office", "-opened_at", "-id"], name="period_office_newest"),
            models.Index(fields=["-opened_at", "-id"], name="period_newest"),
            models.Index(
                fields=["office", "-opened_at", "-id"],
                condition=Q(phase=Phase.SELF_RELIANT),
                name="period_self_reliant",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                name="period_one_open_per_group",
                fields=["group"],
                condition=Q(phase__in=OPEN_PHASES),
                violation_error_message=_("Gruppen har redan en öppen stödperiod."),
            ),
            models.CheckConstraint(
                name="period_open_has_next_step",
                condition=~Q(phase__in=OPEN_PHASES) | (~Q(next_step="") & Q(next_step_on__isnull=False)),
                violation_error_message=_("Skriv nästa steg och en dag, så länge ni arbetar tillsammans."),
            ),
            models.CheckConstraint(
                name="period_self_reliant_has_day",
                condition=~Q(phase=Phase.SELF_RELIANT) | Q(self_reliant_at__isnull=False),
            ),
            models.CheckConstraint(
                name="period_closed_has_day",
                condition=Q(phase=Phase.CLOSED, closed_at__isnull=False)
                | (~Q(phase=Phase.CLOSED) & Q(closed_at__isnull=True)),
            ),
        )

    def __str__(self) -> str:
        return str(self.group)

    @property
    def is_open(self) -> bool:
        return self.phase in OPEN_PHASES

    @property
    def is_signed(self) -> bool:
        return bool(self.exit_signed_by_group_at and self.exit_signed_by_leader_at)


class KeptThingQuerySet(models.QuerySet["KeptThing"]):
    def visible_to(self, user: User | AnonymousUser) -> "KeptThingQuerySet":
        return self.filter(in_offices_of(user, "period__office"))


@tracked()
class KeptThing(models.Model):
    """Something the group keeps when the support ends, on the list both sides sign."""

    period = models.ForeignKey(SupportPeriod, models.CASCADE, related_name="kept_things")
    kind = models.CharField(_("slag"), max_length=10, choices=KeepKind.choices)
    text = models.CharField(_("vad gruppen behåller"), max_length=300)

    objects = KeptThingQuerySet.as_manager()

    class Meta:
        verbose_name = _("det gruppen behåller")
        verbose_name_plural = _("det gruppen behåller")
        ordering = ("kind", "pk")

    def __str__(self) -> str:
        return self.text
