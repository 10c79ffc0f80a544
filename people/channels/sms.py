"""Sms, through whatever gateway settings name. At most once: what nobody can answer for is never sent again."""

import base64
import http.client
import json
from typing import Protocol
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from people.channels import files
from people.channels.envelopes import portal_url
from people.channels.results import Accepted, Refused, Result, Unknown

MOST_READ = 100_000  # bytes of an answer


class Gateway(Protocol):
    """Hands one sms over. `reference` comes back with the delivery report. Raises nothing that the network does."""

    def send(self, to: str, text: str, *, sender: str, reference: str) -> Result: ...


def gateway() -> Gateway:
    made: Gateway = import_string(settings.SMS_GATEWAY)()
    return made


class FileGateway:
    """Writes the sms to a file in DEV_OUTBOX_DIR."""

    def send(self, to: str, text: str, *, sender: str, reference: str) -> Result:
        return Accepted(files.write_sms(to=to, text=text, sender=sender, reference=reference))


class ElksGateway:
    """46elks over HTTPS. Told not to keep the text, and to report what became of it."""

    def send(self, to: str, text: str, *, sender: str, reference: str) -> Result:
        fields = {
            "from": sender,
            "to": to,
            "message": text,
            "dontlog": "message",
            "whendelivered": portal_url(reverse("people:sms_report", args=[reference]), discreet=False),
        }
        connection = self._connection()
        try:
            connection.connect()
        except OSError as error:
            return Refused(_("Sms-tjänsten gick inte att nå (%(what)s).") % {"what": type(error).__name__})
        try:
            connection.request("POST", urlsplit(settings.ELKS_URL).path, urlencode(fields), self._headers())
            response = connection.getresponse()
            return self._result(response.status, response.read(MOST_READ))
        except (OSError, http.client.HTTPException) as error:
            return Unknown(_("Sms-tjänsten svarade inte (%(what)s).") % {"what": type(error).__name__})
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        address = urlsplit(settings.ELKS_URL)
        kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
        return kind(address.hostname or "", address.port, timeout=settings.MESSAGE_TIMEOUT)

    def _headers(self) -> dict[str, str]:
        who = f"{settings.ELKS_USERNAME}:{settings.ELKS_PASSWORD}".encode()
        return {
            "Authorization": f"Basic {base64.b64encode(who).decode()}",
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def _result(self, status: int, body: bytes) -> Result:
        """4xx is a no that is certain, and 400 is about this very sms; the rest (401, 403, 429) is about our account.

        5xx may come after the sms went out, and so may an answer nobody can read.
        """
        if status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
            return Unknown(_("Sms-tjänsten svarade med ett fel (%(code)s).") % {"code": status})
        if status >= http.HTTPStatus.BAD_REQUEST:
            reason = _("Sms-tjänsten sa nej (%(code)s).") % {"code": status}
            return Refused(reason, is_permanent=status == http.HTTPStatus.BAD_REQUEST)
        try:
            answer = json.loads(body)
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or "id" not in answer:
            return Unknown(_("Sms-tjänstens svar gick inte att läsa."))
        if answer.get("status") == "failed":
            return Refused(_("Sms-tjänsten kunde inte skicka till numret."), is_permanent=True)
        return Accepted(str(answer["id"]))
