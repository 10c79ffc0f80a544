"""Registrations have no list: they stand on the page of their session, and their own address leads there."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from people.admin.base import OfficeScopedAdmin
from people.admin.commands import CommandsMixin, page_of
from training.admin.registration_commands import CancelForThem, ChangeSeats, TakeForThem
from training.models import Registration


@admin.register(Registration)
class RegistrationAdmin(CommandsMixin, OfficeScopedAdmin):
    commands = (TakeForThem(), ChangeSeats(), CancelForThem())

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("contact", "session__course", "session__office")

    def get_urls(self) -> list[Any]:
        names = {"change", *(command.name for command in self.commands)}
        return [url for url in super().get_urls() if str(url.name).rpartition("_")[2] in names]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        return HttpResponseRedirect(page_of(row.session))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False
