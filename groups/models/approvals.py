from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groups.enums import ApprovalKind, Decision
from groups.models.groups import Group, Member
from people.models import User, in_offices_of


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def waiting(self) -> "ApprovalQuerySet":
        return self.filter(decided_at__isnull=True, superseded_at__isnull=True)

    def in_force(self) -> "ApprovalQuerySet":
        """Yeses that still hold."""
        return self.filter(decision=Decision.YES, taken_back_at__isnull=True, superseded_at__isnull=True)

    def about(self, thing: models.Model) -> "ApprovalQuerySet":
        return self.filter(about_model=thing._meta.label_lower, about_id=thing.pk)

    def visible_to(self, user: User | AnonymousUser) -> "ApprovalQuerySet":
        return self.filter(in_offices_of(user, "group__office"))


class Approval(models.Model):
    """Something about the group that the group must agree to before it happens.

    The yes holds for exactly the text that was shown: a changed text supersedes the row and is asked anew.
    A yes can be taken back at any time.
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="approvals", verbose_name=_("grupp"))
    kind = models.CharField(_("vad"), max_length=20, choices=ApprovalKind.choices)
    title = models.CharField(_("rubrik"), max_length=120)
    text = models.TextField(_("exakt text"))
    text_hash = models.CharField(max_length=64, editable=False)
    about_model = models.CharField(max_length=80, blank=True, editable=False)
    about_id = models.BigIntegerField(null=True, editable=False)
    asked_at = models.DateTimeField(_("frågades"))
    decision = models.CharField(_("svar"), max_length=5, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(_("svarade"), null=True, blank=True)
    decided_by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("vem svarade")
    )
    taken_back_at = models.DateTimeField(_("togs tillbaka"), null=True, blank=True)
    superseded_at = models.DateTimeField(_("ersatt"), null=True, blank=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("godkännande")
        verbose_name_plural = _("godkännanden")
        ordering = ("-asked_at", "-pk")
        indexes = (models.Index(fields=["about_model", "about_id"], name="approval_about"),)
        constraints = (
            models.CheckConstraint(
                name="approval_decided_with_answer",
                condition=Q(decided_at__isnull=True, decision="") | (Q(decided_at__isnull=False) & ~Q(decision="")),
            ),
            models.CheckConstraint(
                name="approval_only_a_yes_is_taken_back",
                condition=Q(taken_back_at__isnull=True) | Q(decision=Decision.YES),
            ),
        )

    def __str__(self) -> str:
        return self.title
