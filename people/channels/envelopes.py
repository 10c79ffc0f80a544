"""How a message looks when it leaves: pure composition, the same for delivery and for "what would they get?".

A discreet receiver gets a neutral sender, a neutral subject, one neutral line and a link on the neutral domain. A
contact with protected identity is always treated as discreet.
"""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from people.channels.references import STOP, reference_to
from people.enums import Channel, MessageClass
from people.models import Contact, Message, User
from people.outbox import Attachment, unpacked


@dataclass(frozen=True)
class Envelope:
    """Exactly what leaves. An sms has neither subject, html nor attachments."""

    channel: Channel
    to: str
    sender_name: str
    text: str
    is_discreet: bool
    sender_address: str = ""
    reply_to: str = ""
    subject: str = ""
    html: str = ""
    language: str = "sv"
    message_id: str = ""
    stop_url: str = ""
    attachments: tuple[Attachment, ...] = ()


def is_discreet(receiver: Contact | User) -> bool:
    return isinstance(receiver, Contact) and (receiver.discreet or receiver.protected)


def compose(message: Message, receiver: Contact | User, channel: Channel) -> Envelope:
    """The envelope of the message for the receiver, by e-mail or sms, in the language the message is written in."""
    with translation.override(message.language):
        return _sms(message, receiver) if channel == Channel.SMS else _email(message, receiver)


def portal_url(path: str, *, discreet: bool) -> str:
    """The whole address of a page of ours; the empty string stays empty."""
    return f"{settings.NEUTRAL_URL if discreet else settings.PORTAL_URL}/{path.lstrip('/')}" if path else ""


def _neutral_line(message: Message) -> str:
    return message.neutral or _("Det finns ett svar till dig.")


def _sms(message: Message, receiver: Contact | User) -> Envelope:
    discreet = is_discreet(receiver)
    words = _neutral_line(message) if discreet else message.short
    return Envelope(
        channel=Channel.SMS,
        to=receiver.phone,
        sender_name=settings.NEUTRAL_SENDER_NAME if discreet else settings.SMS_SENDER_NAME,
        text=" ".join(filter(None, [words, portal_url(message.link, discreet=discreet)])),
        is_discreet=discreet,
        language=message.language,
    )


@dataclass(frozen=True)
class Letter:
    """What `frame.html` and the plain text are both made of."""

    language: str
    direction: str
    subject: str
    paragraphs: list[str]
    button: str
    url: str
    footer: str
    stop_url: str

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Each paragraph, and the address of ours that it ends with, to follow; or none."""
        return [_with_address(paragraph) for paragraph in self.paragraphs]

    def as_html(self) -> str:
        return render_to_string("people/emails/frame.html", {"letter": self})

    def as_text(self) -> str:
        parts = list(self.paragraphs)
        if self.url:
            parts.append(f"{self.button}:\n{self.url}")
        if self.footer:
            parts.append(self.footer)
        if self.stop_url:
            parts.append(_("Vill du inte ha fler påminnelser av det här slaget?") + f"\n{self.stop_url}")
        return "\n\n".join(parts) + "\n"


def _with_address(paragraph: str) -> tuple[str, str]:
    words, _line, last = paragraph.rpartition("\n")
    return (words, last) if last.startswith(f"{settings.PORTAL_URL}/") and " " not in last else (paragraph, "")


def _email(message: Message, receiver: Contact | User) -> Envelope:
    discreet = is_discreet(receiver)
    stop_url = _stop_url(message, discreet=discreet)
    subject = " ".join((_("Svar på din fråga") if discreet else message.subject).split())
    letter = Letter(
        language=message.language,
        direction="rtl" if get_language_info(message.language)["bidi"] else "ltr",
        subject=subject,
        paragraphs=(_neutral_line(message) if discreet else message.text).split("\n\n"),
        button=_("Läs svaret") if discreet else message.button or _("Öppna"),
        url=portal_url(message.link, discreet=discreet),
        footer="" if discreet else _footer(message),
        stop_url="" if discreet else stop_url,
    )
    return Envelope(
        channel=Channel.EMAIL,
        to=receiver.email,
        sender_name=settings.NEUTRAL_SENDER_NAME if discreet else settings.FROM_NAME,
        sender_address=f"svar@{settings.NEUTRAL_DOMAIN}" if discreet else settings.FROM_ADDRESS,
        reply_to="" if discreet or not message.office else message.office.email,
        subject=subject,
        text=letter.as_text(),
        html=letter.as_html(),
        is_discreet=discreet,
        language=message.language,
        message_id=message.message_id,
        stop_url=stop_url,
        attachments=() if discreet else tuple(unpacked(message.attachments)),
    )


def _footer(message: Message) -> str:
    phone = message.office.phone if message.office and message.office.phone else settings.PORTAL_PHONE
    return _("Mobilisering. Telefon: %(phone)s") % {"phone": phone}


def _stop_url(message: Message, *, discreet: bool) -> str:
    """Reminders to contacts can be stopped; staff stop theirs by doing the work."""
    if message.message_class != MessageClass.REMINDER or not message.contact_id or not message.pk:
        return ""
    return portal_url(reverse("people:stop_reminders", args=[reference_to(message.pk, STOP)]), discreet=discreet)
