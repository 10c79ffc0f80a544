"""What those who search the whole web may read: the public pages, and none of what belongs to someone."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from mobilisering.middleware import PRIVATE_PATHS

ALSO_PRIVATE = ("/nej-tack/", "/sms-rapport/", "/klart/", "/kalender/", "/intyg/")
FIRST_PAGES = ("/stod/$",)
"""Where something private begins with a page that anyone may find."""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """On the discreet address nothing is to be found by searching."""
    lines = ["User-agent: *"]
    if request.get_host().partition(":")[0] == settings.NEUTRAL_DOMAIN.partition(":")[0]:
        lines.append("Disallow: /")
    else:
        lines += [f"Allow: {path}" for path in FIRST_PAGES]
        lines += [f"Disallow: {path}" for path in (*PRIVATE_PATHS, *ALSO_PRIVATE)]
        lines += ["", f"Sitemap: {settings.PORTAL_URL}{reverse('knowledge:sitemap')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
