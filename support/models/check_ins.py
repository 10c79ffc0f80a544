from datetime import date

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.enums import YesNoUnknown
from people.models import User, in_offices_of
from support.enums import CheckInKind, CheckInState, Drives, Going, Readiness, Wish
from support.models.periods import SupportPeriod


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def live(self) -> "CheckInQuerySet":
        """Planned or asked: the one that is next, or waits for an answer."""
        return self.filter(state__in=[CheckInState.PLANNED, CheckInState.ASKED])

    def to_ask(self, today: date) -> "CheckInQuerySet":
        return self.filter(state=CheckInState.PLANNED, expected__lte=today)

    def to_announce(self, today: date) -> "CheckInQuerySet":
        return self.filter(state=CheckInState.PLANNED, announced_at__isnull=True, announce_on__lte=today)

    def to_remind(self, today: date) -> "CheckInQuerySet":
        return self.filter(state=CheckInState.ASKED, reminded_at__isnull=True, remind_on__lte=today)

    def to_give_to_leader(self, today: date) -> "CheckInQuerySet":
        return self.filter(state=CheckInState.ASKED, basket_on__lte=today)

    def in_basket(self) -> "CheckInQuerySet":
        return self.filter(basket_at__isnull=False, basket_done_at__isnull=True)

    def visible_to(self, user: User | AnonymousUser) -> "CheckInQuerySet":
        return self.filter(in_offices_of(user, "period__office"))


class CheckIn(models.Model):
    """The next time we are in touch (to users "nästa gång vi hörs"): a window of whole days, three taps to answer.

    Holds the decision of the taper that planned it, with its reason in plain words. The days on which it is announced,
    reminded and handed to the leader's basket are worked out when it is planned or asked, so that sweeps only compare.
    """

    period = models.ForeignKey(SupportPeriod, models.CASCADE, related_name="check_ins", verbose_name=_("stödperiod"))
    kind = models.CharField(_("slag"), max_length=10, choices=CheckInKind.choices, default=CheckInKind.FOLLOW_UP)
    number = models.PositiveSmallIntegerField(_("nummer"))
    state = models.CharField(_("läge"), max_length=10, choices=CheckInState.choices, default=CheckInState.PLANNED)
    step = models.PositiveSmallIntegerField(_("steg på trappan"))
    earliest = models.DateField(_("tidigast"))
    expected = models.DateField(_("väntat"))
    latest = models.DateField(_("senast"))
    why = models.TextField(_("varför då"))
    asks_leader = models.BooleanField(_("utvecklingsledaren hör av sig"), default=False)
    offers = models.CharField(_("erbjuder"), max_length=10, blank=True)

    announce_on = models.DateField(null=True, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(_("frågad"), null=True, blank=True)
    remind_on = models.DateField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    basket_on = models.DateField(null=True, blank=True)
    basket_at = models.DateTimeField(_("i utvecklingsledarens korg"), null=True, blank=True)
    basket_done_at = models.DateTimeField(_("hanterad"), null=True, blank=True)

    answered_at = models.DateTimeField(_("besvarad"), null=True, blank=True)
    answered_by_leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    going = models.CharField(_("hur går det"), max_length=10, choices=Going.choices, blank=True)
    drives = models.CharField(_("driver frågan själva"), max_length=10, choices=Drives.choices, blank=True)
    wish = models.CharField(_("hur nära"), max_length=10, choices=Wish.choices, blank=True)
    wished_pause_until = models.DateField(_("paus till"), null=True, blank=True)
    still_safe = models.BooleanField(_("kontaktsättet är tryggt"), null=True, blank=True)
    comment = models.TextField(_("något mer"), max_length=1000, blank=True)
    capacity = models.JSONField(_("styrkor, 1–5"), default=dict, blank=True)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = _("uppföljning")
        verbose_name_plural = _("uppföljningar")
        ordering = ("period", "number")
        indexes = (
            models.Index(
                fields=["expected"],
                condition=Q(state__in=[CheckInState.PLANNED, CheckInState.ASKED]),
                name="check_in_live",
            ),
            models.Index(fields=["expected"], include=["period", "state"], name="check_in_by_day"),
            models.Index(
                fields=["period", "basket_at"],
                condition=Q(basket_at__isnull=False, basket_done_at__isnull=True),
                name="check_in_basket",
            ),
        )
        constraints = (
            models.UniqueConstraint(name="check_in_number_once", fields=["period", "number"]),
            models.UniqueConstraint(
                name="check_in_one_live_per_period",
                fields=["period"],
                condition=Q(state__in=[CheckInState.PLANNED, CheckInState.ASKED], kind=CheckInKind.FOLLOW_UP),
            ),
            models.CheckConstraint(
                name="check_in_window_in_order",
                condition=Q(earliest__lte=F("expected"), expected__lte=F("latest")),
            ),
            models.CheckConstraint(
                name="check_in_answered_has_day",
                condition=~Q(state=CheckInState.ANSWERED) | Q(answered_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return str(_("Uppföljning %(number)s, %(period)s")) % {"number": self.number, "period": self.period}


class ReadinessMark(models.Model):
    """One of the five signs that the group manages by itself, ticked by the group or the leader on a day."""

    period = models.ForeignKey(SupportPeriod, models.CASCADE, related_name="readiness_marks")
    sign = models.CharField(_("tecken"), max_length=20, choices=Readiness.choices)
    value = models.CharField(_("stämmer"), max_length=10, choices=YesNoUnknown.choices)
    by_group = models.BooleanField(_("gruppen kryssade"))
    marked_on = models.DateField(_("den"))

    class Meta:
        verbose_name = _("tecken på att gruppen klarar sig själv")
        verbose_name_plural = _("tecken på att gruppen klarar sig själv")
        ordering = ("marked_on", "pk")

    def __str__(self) -> str:
        return f"{self.get_sign_display()}: {self.get_value_display()}"
