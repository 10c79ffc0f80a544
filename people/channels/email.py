"""E-mail, by whatever backend settings name: SMTP, files in development, a provider through django-anymail.

At least once, and the same letter if twice: the Message-ID stands in the row before the first attempt.
"""

import contextlib
import re
import smtplib
from collections.abc import Callable
from email.utils import formataddr

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _

from people.channels.envelopes import Envelope
from people.channels.results import Accepted, Refused, Result

ENHANCED_CODE = re.compile(r"5\.(\d{1,3})\.(\d{1,3})\b")
NO_SUCH_ADDRESS = (550, 551, 553, 556)
"""Reply codes to RCPT that speak of the address itself (RFC 5321 §4.2.3, RFC 7504)."""


def email_message(envelope: Envelope, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """The letter with its headers. Auto-Submitted (RFC 3834) keeps holiday replies away."""
    headers = {
        "Message-ID": envelope.message_id,
        "Auto-Submitted": "auto-generated",
        "Content-Language": envelope.language,
    }
    if envelope.stop_url:
        headers["List-Unsubscribe"] = f"<{envelope.stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    message = EmailMultiAlternatives(
        subject=envelope.subject,
        body=envelope.text,
        from_email=formataddr((envelope.sender_name, envelope.sender_address)),
        to=[envelope.to],
        reply_to=[envelope.reply_to] if envelope.reply_to else None,
        headers=headers,
        connection=connection,
    )
    message.attach_alternative(envelope.html, "text/html")
    for attachment in envelope.attachments:
        message.attach(attachment.name, attachment.content, attachment.content_type)
    return message


def send_email(envelope: Envelope, *, still_ours: Callable[[], bool]) -> Result | None:
    """Hands the letter over. `still_ours` is asked when the connection stands, since that alone may take long.

    None when the answer was no: then nothing has been sent. Raises nothing that the transport does.
    """
    connection = get_connection()
    try:
        connection.open()
        if not still_ours():
            return None
        email_message(envelope, connection).send()
    except smtplib.SMTPRecipientsRefused as error:
        return _of_recipient(error)
    except smtplib.SMTPResponseException as error:
        return Refused(_("E-postservern tog inte emot brevet (%(code)s).") % {"code": error.smtp_code})
    except (smtplib.SMTPException, OSError) as error:
        return Refused(_("E-postservern gick inte att nå (%(what)s).") % {"what": type(error).__name__})
    finally:
        # the server has said yes or no by now: how it says goodbye changes nothing
        with contextlib.suppress(smtplib.SMTPException, OSError):
            connection.close()
    return Accepted()


def _of_recipient(error: smtplib.SMTPRecipientsRefused) -> Refused:
    """Permanent only when the server means the address: a relay that is set up wrong also says 550, with 5.7.x."""
    code, words = next(iter(error.recipients.values()))
    detail = words.decode("ascii", "replace") if isinstance(words, bytes) else str(words)
    if not _means_the_address(code, detail):
        return Refused(_("Mottagarens e-postserver sa nej just nu (%(code)s).") % {"code": code})
    reason = _("Mottagarens e-postserver säger att adressen inte finns (%(code)s).") % {"code": code}
    return Refused(reason, is_permanent=True, is_bad_address=True)


def _means_the_address(code: int, detail: str) -> bool:
    """By the enhanced status code (RFC 3463) where there is one: 5.1.x bad address, 5.2.1 mailbox closed."""
    if enhanced := ENHANCED_CODE.match(detail):
        subject, number = enhanced.groups()
        return subject == "1" or (subject, number) == ("2", "1")
    return code in NO_SUCH_ADDRESS
