"""How django-allauth fits the programme: who may have an account, and how sign-in mail leaves."""

from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people import clock, crypto
from people.emails import EMAIL_CONFIRMATION, RESET_LINK, SECURITY_NOTICE, SIGN_IN_CODE
from people.models import User
from people.outbox import queue_message

KINDS = {
    "account/email/login_code": SIGN_IN_CODE,
    "account/email/password_reset_key": RESET_LINK,
    "account/email/email_confirmation": EMAIL_CONFIRMATION,
    "account/email/email_confirmation_signup": EMAIL_CONFIRMATION,
}
"""What allauth wants to send, and the kind it leaves as. Anything else that it writes to an address is not sent."""

CHANGES: dict[str, str | Promise] = {
    "account/email/password_changed": _("Lösenordet har bytts."),
    "account/email/password_set": _("Kontot har fått ett lösenord."),
    "account/email/password_reset": _("Lösenordet har bytts genom en länk i e-posten."),
    "account/email/email_changed": _("E-postadressen har bytts."),
    "account/email/email_deleted": _("En e-postadress har tagits bort."),
    "account/email/email_confirm": _("En e-postadress har bekräftats."),
    "mfa/email/totp_activated": _("Inloggning i två steg med en app har slagits på."),
    "mfa/email/totp_deactivated": _("Inloggning i två steg med en app har stängts av."),
    "mfa/email/recovery_codes_generated": _("Nya reservkoder har gjorts. De gamla går inte att använda."),
    "mfa/email/webauthn_added": _("En säkerhetsnyckel har lagts till."),
    "mfa/email/webauthn_removed": _("En säkerhetsnyckel har tagits bort."),
    "socialaccount/email/account_connected": _("Ett annat sätt att logga in har lagts till."),
    "socialaccount/email/account_disconnected": _("Ett sätt att logga in har tagits bort."),
}
"""What a security notice says has happened."""


class AccountAdapter(DefaultAccountAdapter):
    """Everything allauth has to say goes through the outbox, so that no page ever waits for a mail server."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by an administrator; groups, donors and participants never need one."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """To an address that belongs to no account nothing is sent, and the page says the same as for one that does."""
        kind = KINDS.get(template_prefix)
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        if kind is None or user is None:
            return
        now = clock.now()
        queue_message(
            kind,
            to=user,
            about=user,
            dedupe_key=f"{kind}:{user.pk}:{uuid4()}",
            now=now,
            context={"code": context.get("code", "")},
            path=_path_in(context.get("password_reset_url") or context.get("activate_url") or ""),
        )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Says what has changed, without the address on the net or the browser that it was done from."""
        what = CHANGES.get(template_prefix, _("Något på kontot har ändrats."))
        with translation.override(user.language):
            words = str(what)
        queue_message(
            SECURITY_NOTICE,
            to=user,
            about=user,
            dedupe_key=f"{SECURITY_NOTICE}:{user.pk}:{uuid4()}",
            now=clock.now(),
            context={"what": words},
            path=reverse("mfa_index"),
        )


class SecondStepAdapter(DefaultMFAAdapter):
    """What the second step of sign-in is checked against lies encrypted, like all that must not lie open."""

    def encrypt(self, text: str) -> str:
        return crypto.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.decrypt(encrypted_text)


def _path_in(url: str) -> str:
    """The outbox writes whole addresses itself, from settings and never from the host of a request."""
    return urlsplit(url).path
