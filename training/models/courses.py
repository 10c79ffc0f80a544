from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import SpokenLanguage
from people.models import Office, User, in_offices_of
from training.enums import HOLDS_SEATS, AccessFact, Audience, CourseKind, CourseTopic, SessionState
from training.models.seat_guard import HAS_ROOM_FOR_ALL


class CourseQuerySet(models.QuerySet["Course"]):
    def public(self) -> "CourseQuerySet":
        return self.filter(is_public=True)


class Course(models.Model):
    """What a training teaches, for whom, and what one can do afterwards. It is held at sessions, many times over."""

    kind = models.CharField(_("slag"), max_length=10, choices=CourseKind.choices, default=CourseKind.TRAINING)
    slug = models.SlugField(_("adress"), max_length=80, unique=True, help_text=_("Står i webbadressen."))
    title = models.CharField(_("rubrik"), max_length=120)
    lead = models.TextField(_("kort om"), max_length=400, help_text=_("En eller två meningar."))
    audience = models.CharField(_("för vem"), max_length=10, choices=Audience.choices)
    topic = models.CharField(_("ämne"), max_length=12, choices=CourseTopic.choices)
    outcomes = ArrayField(
        models.CharField(max_length=200), default=list, blank=True, verbose_name=_("vad du kan efteråt")
    )
    programme = models.TextField(_("så går det till"), blank=True)
    bring = models.TextField(_("ta med"), blank=True)
    material = models.TextField(
        _("material efteråt"), blank=True, help_text=_("Visas för dem som var anmälda, när träffen är slut.")
    )
    is_public = models.BooleanField(_("syns på webbplatsen"), default=False)
    created_at = models.DateTimeField(_("skapad"), default=timezone.now, editable=False)

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("utbildning")
        verbose_name_plural = _("utbildningar")
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title


class SessionQuerySet(models.QuerySet["Session"]):
    def public(self) -> "SessionQuerySet":
        """What anyone may read about: also what has been called off, so that nobody comes in vain."""
        was_never_out = Q(state=SessionState.DRAFT) | Q(state=SessionState.CANCELLED, published_at__isnull=True)
        return self.filter(course__is_public=True).exclude(was_never_out)

    def upcoming(self, now: datetime) -> "SessionQuerySet":
        return self.filter(state=SessionState.PUBLISHED, starts_at__gt=now)

    def with_taken(self) -> "SessionQuerySet":
        """Each with how many of its seats are `taken`, in the same query."""
        held = Q(registrations__state__in=HOLDS_SEATS)
        return self.annotate(taken=Sum("registrations__seats", filter=held, default=0))

    def visible_to(self, user: User | AnonymousUser) -> "SessionQuerySet":
        return self.filter(in_offices_of(user))


class Session(models.Model):
    """One time when a course is held. Its seats are never exceeded: the database sees to it (`seat_guard`).

    Those who are registered have it in their calendars: a change raises the sequence of their entries.
    """

    course = models.ForeignKey(Course, models.PROTECT, related_name="sessions", verbose_name=_("utbildning"))
    office = models.ForeignKey(Office, models.PROTECT, related_name="sessions", verbose_name=_("ort"))
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="sessions", verbose_name=_("ansvarig hos oss")
    )
    led_by = models.CharField(_("leds av"), max_length=120, help_text=_("Namn eller organisation, som alla får läsa."))
    starts_at = models.DateTimeField(_("börjar"))
    ends_at = models.DateTimeField(_("slutar"))
    place = models.CharField(_("plats"), max_length=200, blank=True, help_text=_("Namn och gatuadress."))
    way_there = models.TextField(_("hitta hit"), blank=True)
    link = models.URLField(_("länk till mötet"), blank=True, help_text=_("Visas bara för dem som är anmälda."))
    language = models.CharField(
        _("språk"), max_length=5, choices=SpokenLanguage.choices, default=SpokenLanguage.SWEDISH
    )
    interpreted = ArrayField(
        models.CharField(max_length=5, choices=SpokenLanguage.choices),
        default=list,
        blank=True,
        verbose_name=_("tolk till"),
    )
    access = ArrayField(
        models.CharField(max_length=12, choices=AccessFact.choices),
        default=list,
        blank=True,
        verbose_name=_("tillgänglighet"),
    )
    access_notes = models.TextField(_("mer om tillgänglighet"), blank=True)
    price = models.CharField(_("pris"), max_length=80, blank=True, help_text=_("Tomt: det kostar inget."))
    seats = models.PositiveSmallIntegerField(_("platser"), default=20)
    state = models.CharField(_("läge"), max_length=10, choices=SessionState.choices, default=SessionState.DRAFT)
    cancelled_because = models.CharField(_("varför det ställdes in"), max_length=200, blank=True)
    series = models.UUIDField(_("serie"), null=True, blank=True, editable=False)
    needs_wiped_at = models.DateTimeField(_("behoven borttagna"), null=True, editable=False)
    changed_at = models.DateTimeField(_("ändrad"), default=timezone.now, editable=False)
    created_at = models.DateTimeField(_("skapad"), default=timezone.now, editable=False)
    published_at = models.DateTimeField(_("publicerad"), null=True, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        triggers = (HAS_ROOM_FOR_ALL,)
        verbose_name = _("tillfälle")
        verbose_name_plural = _("tillfällen")
        ordering = ("starts_at", "pk")
        indexes = (
            models.Index(
                fields=["starts_at", "id"], condition=Q(state=SessionState.PUBLISHED), name="session_published"
            ),
            models.Index(fields=["office", "-starts_at", "-id"], name="session_office_newest"),
            models.Index(fields=["ends_at"], condition=Q(needs_wiped_at__isnull=True), name="session_needs_to_wipe"),
        )
        constraints = (
            models.CheckConstraint(
                name="session_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("Sluttiden måste vara efter starttiden."),
            ),
            models.CheckConstraint(
                name="session_has_seats",
                condition=Q(seats__gte=1, seats__lte=500),
                violation_error_message=_("Skriv mellan 1 och 500 platser."),
            ),
            models.CheckConstraint(
                name="session_has_a_place",
                condition=Q(state=SessionState.DRAFT) | ~Q(place="") | ~Q(link=""),
                violation_error_message=_("Skriv en plats eller en länk innan du publicerar."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.course} {timezone.localtime(self.starts_at):%Y-%m-%d %H.%M}"

    def is_open(self, now: datetime) -> bool:
        """Whether one can still register or join the queue."""
        return self.state == SessionState.PUBLISHED and self.starts_at > now

    def is_over(self, now: datetime) -> bool:
        return self.ends_at <= now
