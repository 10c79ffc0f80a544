"""The sent messages of development: every e-mail and sms that would have left, to be read in the browser.

urls.py leads here only with DEVELOPMENT=1.
"""

import re

from csp.decorators import csp_exempt
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from people.channels.files import WrittenMessage, read_file, written_messages

LINK = re.compile(r"https?://[^\s<>\"]+")


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    rows = [(message, with_links(message.text)) for message in written_messages()]
    return render(request, "mobilisering/dev_outbox.html", {"rows": rows})


@csp_exempt()  # type: ignore[arg-type] # it takes any view
@require_safe
def letter(request: HttpRequest, name: str) -> HttpResponseBase:
    """The html of one letter as a mail program shows it; its styles stand in the elements, as e-mail needs."""
    return HttpResponse(here(_message_in(name).html))


def _message_in(name: str) -> WrittenMessage:
    files = {path.name: path for path in settings.DEV_OUTBOX_DIR.glob("*.log")}
    found = read_file(files[name]) if name in files else []
    if not found:
        raise Http404
    return found[0]


def here(text: str) -> str:
    """Links to the neutral domain lead nowhere on a machine for development: they lead to this server instead."""
    return text.replace(f"{settings.NEUTRAL_URL}/", "/").replace(f"{settings.PORTAL_URL}/", "/")


def with_links(text: str) -> SafeString:
    """The text as it stands, with its addresses to click on."""

    def linked(found: re.Match[str]) -> str:
        return f'<a href="{here(found[0])}">{found[0]}</a>'

    return mark_safe(LINK.sub(linked, escape(text)))  # noqa: S308 -- escaped in the line itself
