"""Whether an answer may be stored on the way to the person it is for, and whether staff may come into the admin."""

from collections.abc import Callable

import pghistory
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

PRIVATE_PATHS = ("/stod/", "/min-sida/", "/konto/", "/admin/")

SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""Recovery codes alone are no second step."""


def is_private(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the page is meant for one person: with a session, behind a private link, or said so by the view."""
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES or settings.SESSION_COOKIE_NAME in response.cookies
    return has_session or request.path.startswith(PRIVATE_PATHS) or getattr(response, "is_private", False)


class PrivatePagesMiddleware:
    """Personal pages are kept by nobody: neither by the browser of a borrowed phone nor by anything in between."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_private(request, response):
            response.headers["Cache-Control"] = "private, no-store"
        return response


class SecondStepMiddleware:
    """Staff without a second step of sign-in (an app or a key) set one up before they see anything in the admin.

    allauth asks for the step at every sign-in once there is one; this makes sure that there is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.STAFF_MFA_REQUIRED and self._is_in_admin(request) and self._lacks_second_step(request):
            messages.warning(request, _("Lägg till ett andra steg först. Sedan kommer du in i admin."))
            return redirect("mfa_index")
        return self.get_response(request)

    def _is_in_admin(self, request: HttpRequest) -> bool:
        return request.path.startswith(reverse("admin:index")) and request.path != reverse("admin:logout")

    def _lacks_second_step(self, request: HttpRequest) -> bool:
        user = request.user
        return user.is_authenticated and user.is_staff and not is_mfa_enabled(user, SECOND_STEPS)


class WhoDidItMiddleware:
    """Tells the history who is behind a change: the signed-in user, by number. What a page was called is not kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return self.get_response(request)
        with pghistory.context(user=request.user.pk):
            return self.get_response(request)
