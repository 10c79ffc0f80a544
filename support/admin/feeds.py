"""Din kalender: the page where a leader makes the private address of their own meetings, or ends it."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from people import clock
from people.actions.feeds import close_feed, open_feed
from people.admin.once import new_key, once
from people.models import CalendarFeed, User
from support.permissions import works_with_cases


@admin.register(CalendarFeed)
class CalendarFeedAdmin(admin.ModelAdmin):
    """One page of one's own: nobody sees, makes or ends another's address here."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("", view(self.own_page), name="people_calendarfeed_changelist"),
            path("ny/", view(self.make), name="people_calendarfeed_make"),
            path("avsluta/", view(self.end), name="people_calendarfeed_end"),
        ]

    def own_page(self, request: HttpRequest) -> HttpResponse:
        """Whether there is an address, when it was last read, and how one subscribes."""
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return self._page(request, self._owner(request))

    def make(self, request: HttpRequest) -> HttpResponse:
        """A new address, shown on the page that answers and never again. The one before it ends."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        user = self._owner(request)
        with once(request) as is_first:
            opened = open_feed(user, now=clock.now()) if is_first else None
        if opened is None:
            messages.info(request, _("Adressen är redan gjord. Hann du inte spara den? Gör en ny."))
            return HttpResponseRedirect(_own_page())
        address = settings.PORTAL_URL + reverse("support:own_calendar", args=[opened.token])
        return self._page(request, user, address=address)

    def end(self, request: HttpRequest) -> HttpResponse:
        """Whoever has the address reads nothing more."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if close_feed(self._owner(request), now=clock.now()):
            messages.success(request, _("Adressen är avslutad. Ingen kan läsa dina möten med den längre."))
        return HttpResponseRedirect(_own_page())

    def _owner(self, request: HttpRequest) -> User:
        """Who is signed in, when they can have meetings at all."""
        if not isinstance(request.user, User) or not works_with_cases(request.user):
            raise PermissionDenied
        return request.user

    def _page(self, request: HttpRequest, user: User, **shown: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Din kalender"),
            "feed": CalendarFeed.objects.filter(user=user, revoked_at=None).first(),
            "once_key": new_key(),
            **shown,
        }
        return TemplateResponse(request, "admin/support/intakemeeting/feed.html", context)


def _own_page() -> str:
    return reverse("admin:people_calendarfeed_changelist")
