from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.enums import SizeBand, SupportKind
from groups.models import Group, Municipality, OutreachContact
from people.fields import searchable
from people.models import Contact, Office, User, code_of, in_offices_of
from people.models.tracking import tracked
from support.enums import OPEN_STATUSES, AccessNeed, Asker, GroupKnows, RequestStatus, Responsible, Urgency, WaitsFor
from support.models.meeting_office import HANDS_ON_THE_OFFICE


class SupportRequestQuerySet(models.QuerySet["SupportRequest"]):
    def sent(self) -> "SupportRequestQuerySet":
        return self.exclude(status=RequestStatus.DRAFT)

    def open(self) -> "SupportRequestQuerySet":
        """Waits for us. One that is joined to another waits there."""
        return self.filter(status__in=OPEN_STATUSES, joined_to__isnull=True)

    def owed_an_answer(self) -> "SupportRequestQuerySet":
        """As `unanswered`, with those that are joined to another: each person was promised an answer of their own."""
        return self.filter(status__in=OPEN_STATUSES, first_answer_at__isnull=True)

    def unanswered(self) -> "SupportRequestQuerySet":
        """The promise of an answer still stands."""
        return self.open().filter(first_answer_at__isnull=True)

    def promise_broken(self, today: date) -> "SupportRequestQuerySet":
        return self.unanswered().filter(promised_by__lt=today)

    def stale_drafts(self, now: datetime) -> "SupportRequestQuerySet":
        return self.filter(status=RequestStatus.DRAFT, draft_until__lte=now)

    def with_codes(self) -> "SupportRequestQuerySet":
        """Each with its speakable code as `code`."""
        return self.annotate(code=code_of(self.model))

    def visible_to(self, user: User | AnonymousUser) -> "SupportRequestQuerySet":
        """Drafts belong to whoever writes them: staff see those they have written themselves, on the telephone."""
        own = Q(written_by=user) if isinstance(user, User) else Q(pk__in=[])
        return self.filter(~Q(status=RequestStatus.DRAFT) | own).filter(in_offices_of(user))


@tracked(without=("answered", "once_key", "search"))
class SupportRequest(models.Model):
    """A group's request for support (förfrågan): eleven short answers and what became of them.

    The contact way (questions 8–10) lies in the contact, nowhere else. `answered` lists the questions that have been
    passed, since an optional question may well be left empty.
    """

    status = models.CharField(_("läge"), max_length=15, choices=RequestStatus.choices, default=RequestStatus.DRAFT)
    contact = models.OneToOneField(Contact, models.PROTECT, related_name="support_request", verbose_name=_("kontakt"))
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="support_requests", verbose_name=_("ort")
    )
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="support_requests",
        verbose_name=_("utvecklingsledare"),
    )
    group = models.ForeignKey(
        Group, models.SET_NULL, null=True, blank=True, related_name="support_requests", verbose_name=_("grupp")
    )

    asker = models.CharField(_("vem frågar"), max_length=10, choices=Asker.choices, blank=True)
    group_knows = models.CharField(_("vet gruppen om det"), max_length=10, choices=GroupKnows.choices, blank=True)
    what = models.TextField(_("vill förändra"), max_length=1000, blank=True)
    tells_when_talking = models.BooleanField(_("berättar hellre när vi pratar"), default=False)
    size_band = models.CharField(_("hur många"), max_length=10, choices=SizeBand.choices, blank=True)
    in_common = models.CharField(_("har gemensamt"), max_length=200, blank=True)
    place = models.CharField(_("kommun, med egna ord"), max_length=80, blank=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="support_requests", verbose_name=_("kommun")
    )
    area = models.CharField(_("område eller stadsdel"), max_length=80, blank=True)
    responsible = ArrayField(
        models.CharField(max_length=15, choices=Responsible.choices),
        default=list,
        blank=True,
        verbose_name=_("vem kan ändra på det"),
    )
    responsible_other = models.CharField(_("någon annan: vem"), max_length=120, blank=True)
    supports = ArrayField(
        models.CharField(max_length=10, choices=SupportKind.choices),
        default=list,
        blank=True,
        verbose_name=_("vilket stöd"),
        help_text=_("Tomt när gruppen inte vet än."),
    )
    urgency = models.CharField(_("bråttom"), max_length=10, choices=Urgency.choices, blank=True)
    urgent_what = models.CharField(_("vad händer, och när"), max_length=300, blank=True)
    access_needs = ArrayField(
        models.CharField(max_length=15, choices=AccessNeed.choices),
        default=list,
        blank=True,
        verbose_name=_("för att kunna vara med"),
    )
    access_other = models.CharField(_("något annat"), max_length=200, blank=True)
    answered = ArrayField(models.CharField(max_length=20), default=list, blank=True, editable=False)
    once_key = models.UUIDField(null=True, unique=True, editable=False)

    created_at = models.DateTimeField(_("påbörjad"), default=timezone.now, editable=False)
    draft_until = models.DateTimeField(_("utkastet tas bort"), null=True, editable=False)
    received_at = models.DateTimeField(_("kom in"), null=True, blank=True)
    promised_by = models.DateField(_("svar senast"), null=True, blank=True)
    taken_at = models.DateTimeField(_("någon tog den"), null=True, blank=True)
    first_answer_at = models.DateTimeField(_("första svaret"), null=True, blank=True)
    risk_told_at = models.DateTimeField(_("sagt att det är bråttom att svara"), null=True, blank=True, editable=False)
    late_told_at = models.DateTimeField(_("sagt att vi är sena"), null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(_("beslut"), null=True, blank=True)
    next_step = models.CharField(_("nästa steg"), max_length=200, blank=True)
    next_step_on = models.DateField(_("nästa steg senast"), null=True, blank=True)
    waits_for = models.CharField(_("väntar på"), max_length=12, choices=WaitsFor.choices, blank=True)
    waits_since = models.DateTimeField(_("väntar sedan"), null=True, blank=True)
    handed_over_on = models.DateField(_("bytte utvecklingsledare"), null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="requests_written",
        verbose_name=_("skrevs på telefon av"),
    )
    outreach = models.OneToOneField(
        OutreachContact,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="support_request",
        verbose_name=_("började med ett samtal"),
    )
    joined_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="joined", verbose_name=_("hör ihop med")
    )
    joined_at = models.DateTimeField(_("lades ihop"), null=True, blank=True)
    joined_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    search = searchable("place", "area")
    reason = models.TextField(_("varför"), blank=True)
    turn_to = models.TextField(_("vart ni kan vända er"), blank=True)

    objects = SupportRequestQuerySet.as_manager()

    class Meta:
        triggers = (HANDS_ON_THE_OFFICE,)
        verbose_name = _("förfrågan")
        verbose_name_plural = _("förfrågningar")
        ordering = ("-received_at", "-pk")
        indexes = (
            models.Index(
                fields=["leader", "next_step_on"], condition=Q(status__in=OPEN_STATUSES), name="request_open_leader"
            ),
            # In the order of the lists: each tab's first page is read from one of these, office by office.
            models.Index(
                fields=["office", "promised_by", "received_at", "id"],
                include=["status", "joined_to", "written_by", "first_answer_at", "leader"],  # what is counted in tabs
                condition=Q(status__in=OPEN_STATUSES),
                name="request_open_office",
            ),
            models.Index(
                fields=["promised_by", "received_at", "id"],
                condition=Q(status__in=OPEN_STATUSES),
                name="request_open_order",
            ),
            models.Index(
                fields=["office", "-received_at", "-id"],
                # What the office's figures read, and what is counted in tabs.
                include=["status", "urgency", "promised_by", "first_answer_at", "written_by"],
                name="request_office_newest",
            ),
            models.Index(fields=["-received_at", "-id"], condition=Q(office__isnull=True), name="request_queue_newest"),
            models.Index(fields=["-received_at", "-id"], name="request_newest"),
            models.Index(fields=["leader", "-received_at", "-id"], name="request_leader_newest"),
            GinIndex(fields=["search"], name="request_search"),
            models.Index(fields=["draft_until"], condition=Q(status=RequestStatus.DRAFT), name="request_drafts"),
        )
        constraints = (
            models.CheckConstraint(
                name="request_sent_has_promise",
                condition=Q(status__in=[RequestStatus.DRAFT, RequestStatus.WITHDRAWN])
                | Q(received_at__isnull=False, promised_by__isnull=False),
            ),
            models.CheckConstraint(
                name="request_joined_to_another",
                condition=Q(joined_to__isnull=True) | ~Q(joined_to=F("pk")),
                violation_error_message=_("En förfrågan kan inte höra ihop med sig själv."),
            ),
            models.CheckConstraint(
                name="request_accepted_has_group",
                condition=~Q(status=RequestStatus.ACCEPTED) | Q(group__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return str(_("Förfrågan %(pk)s")) % {"pk": self.pk}

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES

    @property
    def is_urgent(self) -> bool:
        return self.urgency == Urgency.TWO_WEEKS
