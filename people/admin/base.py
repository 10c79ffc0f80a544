"""What every admin page of ours has in common: foreign rows do not exist, and nothing counts whole tables."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import capfirst

from people.admin.editing import CarefulPage
from people.admin.saved_views import SavedViewsMixin
from people.models import Office, in_offices_of


class PlainAdmin(SavedViewsMixin, CarefulPage):
    """Rows that belong to the whole programme; who sees them follows from the role alone."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Under the name of what is listed."""
        return super().changelist_view(
            request, {"title": capfirst(self.opts.verbose_name_plural), **(extra_context or {})}
        )

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        raise Http404

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", self._choosable(db_field, request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", self._choosable(db_field, request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def _choosable(self, db_field: Any, request: HttpRequest) -> models.QuerySet[Any]:
        """The rows that can be chosen: those the user sees."""
        rows: Any = db_field.remote_field.model._default_manager
        return rows.visible_to(request.user) if hasattr(rows, "visible_to") else rows.all()


class OfficeScopedAdmin(PlainAdmin):
    """Rows that belong to an office: lists, pages, choices and searches hold only what `visible_to` lets through."""

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        rows: Any = super().get_queryset(request)
        return rows.visible_to(request.user)

    def _choosable(self, db_field: Any, request: HttpRequest) -> models.QuerySet[Any]:
        """Of offices only those where the user works: nobody puts a row where they could not have found it."""
        rows = super()._choosable(db_field, request)
        return rows.filter(in_offices_of(request.user, "pk")) if rows.model is Office else rows


class ReadOnlyPage(admin.ModelAdmin):
    """Rows that are read here. What may be done to them is a command; the permission to change is theirs."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return list(self.get_fields(request, obj))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context: dict[str, Any] = dict.fromkeys(
            ("show_save", "show_save_and_continue", "show_save_and_add_another"), False
        )
        context["title"] = capfirst(self.opts.verbose_name)
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})


class NeverChanged(ReadOnlyPage):
    """Rows that the portal writes and people only read."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
