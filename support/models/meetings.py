import uuid
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models import Office, User, in_offices_of
from people.models.tracking import tracked
from support.enums import AccessNeed, InterpreterState, MeetingState, NeedState, PlaceKind, SlotState
from support.models.meeting_office import TAKES_THE_OFFICE
from support.models.requests import SupportRequest


class MeetingSlotQuerySet(models.QuerySet["MeetingSlot"]):
    def open(self, now: datetime) -> "MeetingSlotQuerySet":
        return self.filter(state=SlotState.OFFERED, starts_at__gt=now)

    def overlapping(self, starts_at: datetime, ends_at: datetime) -> "MeetingSlotQuerySet":
        """Those that share at least a moment with a time; one that ends as the other begins does not."""
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)

    def visible_to(self, user: User | AnonymousUser) -> "MeetingSlotQuerySet":
        return self.filter(in_offices_of(user, "support_request__office"))


class MeetingSlot(models.Model):
    """A time a leader offers for the first meeting; the group takes one on its private page."""

    support_request = models.ForeignKey(
        SupportRequest, models.CASCADE, related_name="slots", verbose_name=_("förfrågan")
    )
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="meeting_slots", verbose_name=_("utvecklingsledare")
    )
    starts_at = models.DateTimeField(_("börjar"))
    ends_at = models.DateTimeField(_("slutar"))
    place_kind = models.CharField(_("hur vi ses"), max_length=10, choices=PlaceKind.choices)
    place = models.CharField(_("plats, nummer eller länk"), max_length=200, blank=True)
    state = models.CharField(_("läge"), max_length=10, choices=SlotState.choices, default=SlotState.OFFERED)

    objects = MeetingSlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("mötestid")
        verbose_name_plural = _("mötestider")
        ordering = ("starts_at", "pk")
        constraints = (
            models.CheckConstraint(
                name="slot_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("Mötet måste sluta efter att det börjat."),
            ),
            models.UniqueConstraint(
                name="slot_once_per_request",
                fields=["support_request", "starts_at"],
                condition=Q(state=SlotState.OFFERED),
                violation_error_message=_("Den tiden är redan erbjuden."),
            ),
        )

    def __str__(self) -> str:
        return str(_("Mötestid %(pk)s")) % {"pk": self.pk}


class IntakeMeetingQuerySet(models.QuerySet["IntakeMeeting"]):
    def booked(self) -> "IntakeMeetingQuerySet":
        return self.filter(state=MeetingState.BOOKED)

    def upcoming(self, now: datetime) -> "IntakeMeetingQuerySet":
        return self.booked().filter(starts_at__gt=now)

    def overlapping(self, starts_at: datetime, ends_at: datetime) -> "IntakeMeetingQuerySet":
        """Those that share at least a moment with a time; one that ends as the other begins does not."""
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)

    def to_record(self, now: datetime) -> "IntakeMeetingQuerySet":
        """The time has passed and nobody has written how it went."""
        return self.booked().filter(ends_at__lte=now)

    def visible_to(self, user: User | AnonymousUser) -> "IntakeMeetingQuerySet":
        return self.filter(in_offices_of(user))


@tracked(without=("office",))
class IntakeMeeting(models.Model):
    """The first meeting: get to know each other, what the group wants, what support there is, that the group drives.

    The calendar entry keeps one UID for life; every change raises `sequence`, so that calendars replace the entry.
    `office` is that of the request; the database sets it (`meeting_office.py`).
    Notes are shared with the group; what only staff see is a log entry.
    """

    support_request = models.ForeignKey(
        SupportRequest, models.CASCADE, related_name="meetings", verbose_name=_("förfrågan")
    )
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="intake_meetings", verbose_name=_("utvecklingsledare")
    )
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, editable=False, related_name="intake_meetings", verbose_name=_("ort")
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    state = models.CharField(_("läge"), max_length=20, choices=MeetingState.choices, default=MeetingState.BOOKED)
    starts_at = models.DateTimeField(_("börjar"))
    ends_at = models.DateTimeField(_("slutar"))
    place_kind = models.CharField(_("hur vi ses"), max_length=10, choices=PlaceKind.choices)
    place = models.CharField(_("plats, nummer eller länk"), max_length=200, blank=True)
    interpreter_language = models.CharField(_("tolk på"), max_length=60, blank=True)
    interpreter = models.CharField(
        _("tolk"), max_length=12, choices=InterpreterState.choices, default=InterpreterState.NOT_NEEDED
    )
    access_notes = models.TextField(_("att ordna"), blank=True)
    agenda = models.TextField(_("det vi ska prata om"), blank=True)
    shared_notes = models.TextField(_("anteckningar som gruppen ser"), blank=True)
    changed_at = models.DateTimeField(_("ändrat"))
    created_at = models.DateTimeField(_("bokat"))

    objects = IntakeMeetingQuerySet.as_manager()

    class Meta:
        triggers = (TAKES_THE_OFFICE,)
        verbose_name = _("första möte")
        verbose_name_plural = _("första möten")
        ordering = ("starts_at", "pk")
        indexes = (
            models.Index(fields=["starts_at", "id"], condition=Q(state=MeetingState.BOOKED), name="meeting_booked"),
            models.Index(fields=["ends_at"], condition=Q(state=MeetingState.BOOKED), name="meeting_to_record"),
            models.Index(
                fields=["office", "starts_at", "id"],
                include=["ends_at", "leader", "interpreter"],
                condition=Q(state=MeetingState.BOOKED),
                name="meeting_office_booked",
            ),
            models.Index(fields=["leader", "starts_at"], condition=Q(state=MeetingState.BOOKED), name="meeting_mine"),
            models.Index(fields=["office", "-starts_at", "-id"], include=["state"], name="meeting_office_newest"),
            models.Index(fields=["-starts_at", "-id"], include=["office", "state"], name="meeting_newest"),
            GinIndex(SearchVector("place", config="simple"), name="meeting_place_words"),
        )
        constraints = (
            models.CheckConstraint(
                name="meeting_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("Mötet måste sluta efter att det börjat."),
            ),
            models.UniqueConstraint(
                name="meeting_one_booked_per_request",
                fields=["support_request"],
                condition=Q(state=MeetingState.BOOKED),
                violation_error_message=_("Det finns redan ett bokat möte."),
            ),
        )

    def __str__(self) -> str:
        return str(_("Möte %(pk)s")) % {"pk": self.pk}


class MeetingNeedQuerySet(models.QuerySet["MeetingNeed"]):
    def to_arrange(self) -> "MeetingNeedQuerySet":
        return self.filter(state=NeedState.TO_ARRANGE)

    def visible_to(self, user: User | AnonymousUser) -> "MeetingNeedQuerySet":
        return self.filter(in_offices_of(user, "meeting__office"))


class MeetingNeed(models.Model):
    """Something that is needed for people to be able to come, and whether it is arranged. Needs, not diagnoses."""

    meeting = models.ForeignKey(IntakeMeeting, models.CASCADE, related_name="needs", verbose_name=_("möte"))
    need = models.CharField(_("vad som behövs"), max_length=15, choices=AccessNeed.choices)
    text = models.CharField(_("med egna ord"), max_length=200, blank=True)
    state = models.CharField(_("läge"), max_length=12, choices=NeedState.choices, default=NeedState.TO_ARRANGE)

    objects = MeetingNeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("behov på mötet")
        verbose_name_plural = _("behov på mötet")
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(name="meeting_need_once", fields=["meeting", "need"]),)

    def __str__(self) -> str:
        return self.text or str(self.get_need_display())
