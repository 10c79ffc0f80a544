from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people import contact_owners
from people.crypto import keyed_hash, keyed_hashes
from people.enums import Channel, SpokenLanguage, YesNoUnknown
from people.fields import EncryptedTextField
from people.models.tracking import tracked
from people.models.users import User
from people.phone_numbers import as_e164, readable
from people.safe_contact import safe_contact_sentence

RECHECK_AFTER = timedelta(days=90)
"""How long a contact way counts as safe before we ask again (the programme's own rule)."""


def plain_email(email: str) -> str:
    return email.strip().lower()


def plain_phone(phone: str) -> str:
    """The number as +46…, so that one number written in two ways is one. Unreadable numbers come back trimmed."""
    return as_e164(phone) or phone.strip()


class ContactQuerySet(models.QuerySet["Contact"]):
    def with_email(self, email: str) -> "ContactQuerySet":
        return self.filter(email_hash__in=keyed_hashes(plain_email(email)))

    def with_phone(self, phone: str) -> "ContactQuerySet":
        return self.filter(phone_hash__in=keyed_hashes(plain_phone(phone)))

    def visible_to(self, user: User | AnonymousUser) -> "ContactQuerySet":
        """Contacts of the members, requests and enablers that the user sees."""
        return self.filter(seen_by(user, "pk"))


def seen_by(user: User | AnonymousUser, contact: str) -> Q:
    """The condition that the user sees a row's contact, asked of each row by itself: tables are never gone through."""
    owners: list[Any] = [owner._default_manager for owner in contact_owners.all_owners()]
    seen = (Q(Exists(rows.visible_to(user).filter(contact=OuterRef(contact)))) for rows in owners)
    return reduce(or_, seen, Q(pk__in=[]))


@tracked()
class Contact(models.Model):
    """One person in one relation (a member of this group, this donor), and the only safe way to reach them there.

    Never shared between relations: what is safe in one may be dangerous in another. Addresses lie encrypted, each with
    a keyed hash beside it: the only way to search, to find duplicates and to count limits.
    """

    called = models.CharField(
        _("vad vi kallar personen"), max_length=60, blank=True, help_text=_("Får vara ett alias.")
    )
    channel = models.CharField(_("tryggt kontaktsätt"), max_length=10, choices=Channel.choices, default=Channel.NONE)
    email = EncryptedTextField(_("e-post"), blank=True, default="")
    email_hash = models.CharField(max_length=80, blank=True, default="", editable=False)
    phone = EncryptedTextField(_("telefon"), blank=True, default="")
    phone_hash = models.CharField(max_length=80, blank=True, default="", editable=False)
    may_say_who_we_are = models.BooleanField(_("får säga varifrån vi ringer"), default=False)
    never_leave_message = models.BooleanField(_("lämna aldrig meddelande"), default=False)
    languages = ArrayField(
        models.CharField(max_length=5, choices=SpokenLanguage.choices),
        default=list,
        blank=True,
        verbose_name=_("språk"),
    )
    other_language = models.CharField(_("annat språk"), max_length=60, blank=True)
    wants_interpreter = models.CharField(
        _("vill ha tolk"), max_length=10, choices=YesNoUnknown.choices, default=YesNoUnknown.UNKNOWN
    )
    reads = models.CharField(
        _("språk i brev och sms"), max_length=5, choices=[("sv", "Svenska"), ("en", "English")], default="sv"
    )
    discreet = models.BooleanField(
        _("diskret"), default=True, help_text=_("Avsändare, ämne och hela texten hålls neutrala.")
    )
    protected = models.BooleanField(_("skyddad identitet"), default=False)
    rechecked_on = models.DateField(_("kontaktsättet kollat"), null=True, blank=True)
    suppressed_because = models.CharField(_("vi skickar inte, för att"), max_length=200, blank=True)
    stopped_kinds = ArrayField(
        models.CharField(max_length=60),
        default=list,
        blank=True,
        verbose_name=_("vill inte ha"),
        help_text=_("Slag av påminnelser som personen har sagt nej till."),
    )
    erased_at = models.DateTimeField(_("borttagen"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("skapad"), default=timezone.now, editable=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("kontakt")
        verbose_name_plural = _("kontakter")
        indexes = (
            models.Index(fields=["email_hash"], condition=~Q(email_hash=""), name="contact_email_hash"),
            models.Index(fields=["phone_hash"], condition=~Q(phone_hash=""), name="contact_phone_hash"),
            models.Index(fields=["called", "id"], name="contact_order"),
            models.Index(OpClass(Upper("called"), name="text_pattern_ops"), name="contact_called"),
        )
        constraints = (
            models.CheckConstraint(
                name="contact_address_has_hash",
                condition=(Q(email="") | ~Q(email_hash="")) & (Q(phone="") | ~Q(phone_hash="")),
            ),
            models.CheckConstraint(
                name="contact_channel_has_address",
                condition=(
                    (~Q(channel__in=[Channel.SMS, Channel.CALL]) | ~Q(phone=""))
                    & (~Q(channel=Channel.EMAIL) | ~Q(email=""))
                ),
                violation_error_message=_("Kontaktsättet behöver ett nummer eller en adress."),
            ),
        )

    def __str__(self) -> str:
        return self.called or str(_("Kontakt %(pk)s")) % {"pk": self.pk}

    def assign_addresses(self, *, email: str = "", phone: str = "") -> None:
        """Sets both addresses and their hashes; the empty string takes an address away. Does not save."""
        self.email = plain_email(email)
        self.email_hash = keyed_hash(self.email) if self.email else ""
        self.phone = plain_phone(phone)
        self.phone_hash = keyed_hash(self.phone) if self.phone else ""

    @property
    def address(self) -> str:
        """Where the chosen channel leads; empty where we may not reach out."""
        return {Channel.SMS: self.phone, Channel.CALL: self.phone, Channel.EMAIL: self.email}.get(
            Channel(self.channel), ""
        )

    @property
    def readable_address(self) -> str:
        """The address as a person reads it aloud."""
        return readable(self.address) if self.channel in {Channel.SMS, Channel.CALL} else self.address

    @property
    def address_hash(self) -> str:
        by_phone = self.channel in {Channel.SMS, Channel.CALL}
        return self.phone_hash if by_phone else self.email_hash if self.channel == Channel.EMAIL else ""

    @property
    def needs_locked_links(self) -> bool:
        """Whether links to the person ask for the code as well: where they arrive, others may read them."""
        return self.discreet and bool(self.address)

    def needs_recheck(self, today: date) -> bool:
        return self.rechecked_on is not None and self.rechecked_on + RECHECK_AFTER < today

    @property
    def safe_sentence(self) -> str:
        """How staff may reach the person, in whole sentences; a protected person's address is left out."""
        return safe_contact_sentence(self)

    @property
    def revealed_sentence(self) -> str:
        """The same with the address. Only after `reveal_contact`."""
        return safe_contact_sentence(self, is_revealed=True)
