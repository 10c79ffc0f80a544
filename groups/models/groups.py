from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.enums import MemberRole, SizeBand, Visibility
from groups.fields import swedish_sort_key
from groups.models.places import Municipality, Topic
from people.fields import searchable
from people.models import Contact, Office, User, in_offices_of
from people.models.tracking import tracked


class GroupQuerySet(models.QuerySet["Group"]):
    def visible_to(self, user: User | AnonymousUser) -> "GroupQuerySet":
        return self.filter(in_offices_of(user))


@tracked(without=("sort_key", "search"))
class Group(models.Model):
    """People who go together to change something (grupp). Known by an alias, never by a person's name."""

    alias = models.CharField(
        _("alias"), max_length=80, help_text=_("Bestäm namnet med gruppen. Aldrig en persons namn.")
    )
    office = models.ForeignKey(Office, models.PROTECT, related_name="groups", verbose_name=_("ort"))
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="groups", verbose_name=_("kommun")
    )
    area = models.CharField(_("område"), max_length=80, blank=True)
    size_band = models.CharField(_("hur många"), max_length=10, choices=SizeBand.choices, default=SizeBand.UNKNOWN)
    in_common = models.CharField(_("har gemensamt"), max_length=200, blank=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="groups", verbose_name=_("teman"))
    visibility = models.CharField(
        _("vem får veta att gruppen finns"), max_length=10, choices=Visibility.choices, default=Visibility.PRIVATE
    )
    offers = models.TextField(_("kan dela med sig av"), blank=True)
    needs = models.TextField(_("behöver"), blank=True)
    created_at = models.DateTimeField(_("skapad"), default=timezone.now, editable=False)
    sort_key = swedish_sort_key("alias")
    search = searchable("alias", "area")

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("grupp")
        verbose_name_plural = _("grupper")
        ordering = ("sort_key", "pk")
        indexes = (
            GinIndex(fields=["search"], name="group_search"),
            models.Index(fields=["sort_key", "id"], name="group_order"),
            models.Index(fields=["office", "sort_key", "id"], name="group_office_order"),
        )

    def __str__(self) -> str:
        return self.alias


class MemberQuerySet(models.QuerySet["Member"]):
    def current(self) -> "MemberQuerySet":
        return self.filter(left_at__isnull=True)

    def contact_persons(self) -> "MemberQuerySet":
        return self.current().filter(role=MemberRole.CONTACT_PERSON)

    def visible_to(self, user: User | AnonymousUser) -> "MemberQuerySet":
        return self.filter(in_offices_of(user, "group__office"))


@tracked(without=("once_key",))
class Member(models.Model):
    """A person in a group, by the contact they have in just this relation."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="members", verbose_name=_("grupp"))
    contact = models.OneToOneField(Contact, models.CASCADE, related_name="member", verbose_name=_("kontakt"))
    role = models.CharField(_("roll"), max_length=20, choices=MemberRole.choices, default=MemberRole.MEMBER)
    invited_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("inbjuden av")
    )
    joined_at = models.DateTimeField(_("kom med"))
    left_at = models.DateTimeField(_("lämnade"), null=True, blank=True)
    once_key = models.UUIDField(null=True, unique=True, editable=False)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("medlem")
        verbose_name_plural = _("medlemmar")
        ordering = ("group", "joined_at", "pk")

    def __str__(self) -> str:
        return str(self.contact)
