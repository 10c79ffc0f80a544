"""The admin site: where staff work. Sign-in goes through allauth, with its limits and the second step."""

from functools import wraps
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.core.exceptions import BadRequest
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

FIRST = ("support", "groups")
NOT_OURS = {"auth", "account", "socialaccount", "mfa", "pghistory"}


class PortalAdminSite(AdminSite):
    site_title = _("Mobilisering")
    site_header = _("Mobilisering")
    index_title = _("Det här finns")
    site_url = "/"

    @method_decorator(secure_admin_login)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().login(request, extra_context)

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Leaves out what other packages bring: their pages know nothing of offices, roles and what may be told."""
        models: list[Any] = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else [*model_or_iterable]
        ours = [model for model in models if model._meta.app_label not in NOT_OURS]
        super().register(ours, admin_class, **options)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """What leaders work in all day comes first."""
        shown = super().get_app_list(request, app_label)
        return sorted(shown, key=lambda app: (*FIRST, app["app_label"]).index(app["app_label"]))

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Refuses NUL bytes in the address, which the database cannot compare with anything."""
        shown = super().admin_view(view, cacheable)

        @wraps(shown)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            asked = [request.path, *(text for name, values in request.GET.lists() for text in (name, *values))]
            if any("\x00" in text for text in asked):
                raise BadRequest
            return shown(request, *args, **kwargs)

        return checked
