"""Plain editing where no save overwrites another: the row is locked, what was seen is compared, the rest is kept."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from people.admin.history import HistoryPage
from people.admin.save_conflicts import Conflict, SeenForm, watched
from people.history import last_change


class CarefulPage(HistoryPage):
    """A ModelAdmin whose form saves only what was edited in it, and refuses what another has edited meanwhile."""

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Without what the page carries of what was seen: the template draws that by itself."""
        return [name for name in super().get_fields(request, obj) if name != "seen"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: type[forms.ModelForm] = super().get_form(request, obj, change, **kwargs)
        return watched(form)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A row that is saved is locked before it is read: nobody comes between the look and the save."""
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            if row := self.get_object(request, unquote(object_id)):
                self.model._base_manager.select_for_update().filter(pk=row.pk).values_list("pk").first()
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Of a row that was there only what was edited in this page."""
        if not change:
            super().save_model(request, obj, form, change)
            return
        columns = {column.name for column in self.opts.concrete_fields}
        if edited := [name for name in form.changed_data if name in columns]:
            obj.save(update_fields=edited)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if conflicts := list(_conflicts_in(context)):
            context["conflicts"] = conflicts
            context["changed_by"] = last_change(context["original"])
        return super().render_change_form(request, context, *args, **kwargs)


class CarefulInline(admin.StackedInline):
    """Rows that are edited under another; each carries what was seen of it."""

    form = SeenForm

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*super().get_fields(request, obj), "seen"]


def _conflicts_in(context: dict[str, Any]) -> Iterator[Conflict]:
    """Those of the row and of the rows under it."""
    inlines = context.get("inline_admin_formsets") or ()
    for form in (context["adminform"].form, *(form for inline in inlines for form in inline.formset.forms)):
        yield from getattr(form, "conflicts", ())
