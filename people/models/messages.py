from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.enums import CallOutcome, Channel, MessageClass, MessageState, Role
from people.fields import EncryptedTextField
from people.models.contacts import Contact, seen_by
from people.models.offices import Office, in_offices_of
from people.models.users import User


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: datetime, real_now: datetime) -> "MessageQuerySet":
        """Waiting rows whose time has come, and rows whose lease ran out because a worker died."""
        ready = Q(state=MessageState.QUEUED, not_before__lte=now) & (
            Q(next_attempt_at__isnull=True) | Q(next_attempt_at__lte=real_now)
        )
        abandoned = Q(state=MessageState.SENDING, leased_until__lte=real_now)
        return self.filter(ready | abandoned).order_by(F("next_attempt_at").asc(nulls_first=True), "not_before", "pk")

    def unsent(self) -> "MessageQuerySet":
        return self.filter(state__in=[MessageState.QUEUED, MessageState.SENDING])

    def overdue(self, now: datetime) -> "MessageQuerySet":
        """Should have gone out already."""
        return self.unsent().filter(not_before__lte=now)

    def about(self, thing: models.Model) -> "MessageQuerySet":
        return self.filter(about_model=thing._meta.label_lower, about_id=thing.pk)

    def visible_to(self, user: User | AnonymousUser) -> "MessageQuerySet":
        """Messages to contacts that the user sees; those to staff are seen by administrators and by who got them."""
        to_staff = Q(user__isnull=False) & in_offices_of(user, roles=[Role.ADMINISTRATOR])
        mine = Q(user=user) if isinstance(user, User) else Q(pk__in=[])
        return self.filter(seen_by(user, "contact") | to_staff | mine)

    def reminders_to(self, address_hashes: list[str], since: datetime) -> "MessageQuerySet":
        """What counts against the limit of reminders to one address, under whichever of its hashes.

        What is being sent right now counts too. In one query: asked for in two, a row that is marked as sent between
        them would be missed by both.
        """
        sent = Q(state__in=[MessageState.SENT, MessageState.DELIVERED, MessageState.UNKNOWN], sent_at__gte=since)
        return self.filter(sent | Q(state=MessageState.SENDING)).filter(
            message_class=MessageClass.REMINDER, address_hash__in=address_hashes
        )


class Message(models.Model):
    """The outbox: every e-mail and sms is a row, written in the same transaction as the change that caused it.

    Rendered at once in the receiver's language, as an e-mail, as an sms and as a neutral line for discreet contacts;
    which of them leaves, and whether anything leaves, is decided just before sending (`delivery.py`).
    Texts lie encrypted and are wiped; that something was sent, and when, stays.
    """

    contact = models.ForeignKey(Contact, models.CASCADE, null=True, blank=True, related_name="messages")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="messages")
    office = models.ForeignKey(Office, models.SET_NULL, null=True, blank=True, related_name="messages")
    kind = models.CharField(_("slag"), max_length=60)
    message_class = models.CharField(_("klass"), max_length=12, choices=MessageClass.choices)
    about_model = models.CharField(max_length=80)
    about_id = models.BigIntegerField()
    language = models.CharField(_("språk"), max_length=5, default="sv")

    subject = EncryptedTextField(_("ämne"), default="", blank=True)
    text = EncryptedTextField(_("text"), default="", blank=True)
    short = EncryptedTextField(_("sms"), default="", blank=True)
    neutral = EncryptedTextField(_("neutral rad"), default="", blank=True)
    button = EncryptedTextField(_("knapp"), default="", blank=True)
    link = EncryptedTextField(_("länk"), default="", blank=True)
    attachments = EncryptedTextField(_("bilagor"), default="", blank=True, help_text=_("JSON: namn, typ, base64"))
    is_secret = models.BooleanField(_("töms när den är skickad"), default=False)
    wiped_at = models.DateTimeField(_("tömd"), null=True, blank=True)

    dedupe_key = models.CharField(max_length=200, unique=True)
    message_id = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField(_("skapad"))
    not_before = models.DateTimeField(_("tidigast"))
    starts_at = models.DateTimeField(_("det gäller en tid"), null=True, blank=True)
    expires_at = models.DateTimeField(_("senast"), null=True, blank=True)

    state = models.CharField(_("läge"), max_length=12, choices=MessageState.choices, default=MessageState.QUEUED)
    reason = models.CharField(_("varför"), max_length=300, blank=True)
    channel = models.CharField(_("kanal"), max_length=10, choices=Channel.choices, default=Channel.NONE)
    address_hash = models.CharField(max_length=80, blank=True, default="")
    attempts = models.PositiveIntegerField(_("försök"), default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    lease = models.UUIDField(null=True, blank=True)
    sent_at = models.DateTimeField(_("skickat"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("framme"), null=True, blank=True)
    provider_id = models.CharField(max_length=120, blank=True, default="")

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("meddelande")
        verbose_name_plural = _("meddelanden")
        ordering = ("-created_at", "-pk")
        indexes = (
            models.Index(  # in the order of `due`: taking the first must not sort all that wait
                F("next_attempt_at").asc(nulls_first=True),
                "not_before",
                "id",
                condition=Q(state__in=[MessageState.QUEUED, MessageState.SENDING]),
                name="message_waiting",
            ),
            models.Index(fields=["about_model", "about_id"], name="message_about"),
            models.Index(fields=["-created_at", "-id"], name="message_newest"),
            models.Index(fields=["address_hash", "sent_at"], name="message_address_sent"),
            models.Index(fields=["provider_id"], condition=~Q(provider_id=""), name="message_provider"),
        )
        constraints = (
            models.CheckConstraint(
                name="message_to_contact_or_user",
                condition=Q(contact__isnull=False, user__isnull=True) | Q(contact__isnull=True, user__isnull=False),
            ),
            models.CheckConstraint(
                name="message_sending_is_leased",
                condition=~Q(state=MessageState.SENDING) | Q(leased_until__isnull=False, lease__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class CallTaskQuerySet(models.QuerySet["CallTask"]):
    def waiting(self) -> "CallTaskQuerySet":
        return self.filter(done_at__isnull=True)

    def visible_to(self, user: User | AnonymousUser) -> "CallTaskQuerySet":
        return self.filter(seen_by(user, "contact"))


class CallTask(models.Model):
    """Someone who chose to be called shall be called: what the message would have said, for a leader to say."""

    message = models.OneToOneField(Message, models.CASCADE, related_name="call_task")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="call_tasks")
    office = models.ForeignKey(Office, models.SET_NULL, null=True, blank=True, related_name="call_tasks")
    created_at = models.DateTimeField(_("skapad"))
    outcome = models.CharField(_("hur gick det"), max_length=12, choices=CallOutcome.choices, blank=True)
    done_at = models.DateTimeField(_("klart"), null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = CallTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("samtal att ringa")
        verbose_name_plural = _("samtal att ringa")
        ordering = ("created_at",)

    def __str__(self) -> str:
        return str(_("Ring %(who)s")) % {"who": self.contact}
