"""What staff do to a row in the admin, each thing at an address of its own. What a command is: `command_base.py`."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from people import clock
from people.admin.command_base import (
    Button,
    Command,
    Confirm,
    Creation,
    Refusals,
    Words,
    in_words,
    is_plain,
    page_of,
)
from people.admin.once import new_key, once
from people.admin.save_conflicts import ChangedMeanwhile, name_of, one_at_a_time, plain, refuse_what_changed, sign
from people.form_pack import PortalForm
from people.history import last_change
from people.models import User

__all__ = [
    "Button",
    "Command",
    "CommandsMixin",
    "Confirm",
    "Creation",
    "Refusals",
    "Words",
    "came_from",
    "in_words",
    "is_plain",
    "page_of",
]


class CommandsMixin(admin.ModelAdmin):
    """A ModelAdmin whose rows take commands, each at an address of its own: `<pk>/<name>/`."""

    commands: ClassVar[Sequence[Command[Any]]] = ()
    creation: ClassVar[Creation[Any] | None] = None
    change_form_template = "admin/change_form_with_commands.html"

    def get_urls(self) -> list[URLPattern]:
        prefix = f"{self.opts.app_label}_{self.opts.model_name}"
        own = [
            path(
                f"<int:pk>/{command.name}/",
                self.admin_site.admin_view(partial(self.command_view, command=command)),
                name=f"{prefix}_{command.name}",
            )
            for command in self.commands
        ]
        return own + super().get_urls()

    def title_of(self, row: Any) -> str:
        """What the page of the row is called."""
        return str(row)

    def buttons(self, row: models.Model, user: User) -> list[Button]:
        """The commands that are possible now. Asks no permission to change rows: the page does, once."""
        prefix = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        return [
            Button(
                command.name,
                command.label,
                reverse(f"{prefix}_{command.name}", args=[row.pk]),
                is_plain(command),
                command.is_main,
                command.place,
            )
            for command in self.commands
            if command.is_possible(row) and command.is_allowed(row, user)
        ]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:  # type: ignore[override]  # Django calls it by keyword
        row = kwargs.get("obj")
        if row is not None and isinstance(request.user, User) and self.has_change_permission(request, row):
            context["buttons"] = self.buttons(row, request.user)
        return super().render_change_form(request, context, **kwargs)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """With a `creation` its form instead of Django's."""
        if self.creation is None or not isinstance(request.user, User):
            return super().add_view(request, form_url, extra_context)
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = self.creation.make_form(request.user, request.POST if request.method == "POST" else None)
        a_list = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        if request.method == "POST" and form.is_valid():
            try:
                with once(request) as is_first:
                    row = self.creation.run(form.cleaned_data, by=request.user, now=clock.now()) if is_first else None
            except Exception as refusal:  # what is no refusal goes on as the error it is
                words = in_words(refusal, self.creation.refusals)
                form.add_error(None, forms.ValidationError(str(words), code="refused"))
            else:
                messages.success(request, str(self.creation.done))
                return HttpResponseRedirect(page_of(row) if row else a_list)
        context = {
            **self.admin_site.each_context(request),
            "title": self.creation.label,
            "list_name": capfirst(self.opts.verbose_name_plural),
            "command": self.creation,
            "back_url": a_list,
            "form": form,
            "once_key": new_key(),
        }
        return TemplateResponse(request, self.creation.template, context)

    def command_view(self, request: HttpRequest, pk: int, *, command: Command[Any]) -> HttpResponse:
        """GET shows the form, POST does it."""
        if request.method not in {"GET", "HEAD", "POST"}:
            return HttpResponseNotAllowed(["GET", "POST"])
        row, user = self._row_to_change(request, pk, command)
        if request.method != "POST":
            if not command.is_possible(row):
                messages.warning(request, _("Det går inte längre. Någon hann kanske före."))
                return HttpResponseRedirect(came_from(request) or page_of(command.comes_back_to(row)))
            return self._small_page(request, command, row, command.make_form(row, user))
        form = command.make_form(row, user, request.POST)
        if not form.is_valid():
            return self._small_page(request, command, row, form)
        if "send" not in request.POST and (preview := command.preview(row, form.cleaned_data, user)):
            return self._small_page(request, command, row, form, preview=preview)
        return self._carry_out(request, command, row, form)

    def _row_to_change(self, request: HttpRequest, pk: int, command: Command[Any]) -> tuple[Any, User]:
        if not self.has_change_permission(request):  # asked first: else the answer tells whether there is such a row
            raise PermissionDenied
        row, user = self.get_object(request, str(pk)), request.user
        if row is None or not isinstance(user, User):
            raise Http404
        if not self.has_change_permission(request, row) or not command.is_allowed(row, user):
            raise PermissionDenied
        return row, user

    def _carry_out(self, request: HttpRequest, command: Command[Any], row: Any, form: PortalForm) -> HttpResponse:
        goes_to: str | None = came_from(request)
        try:
            with once(request) as is_first:
                outcome = self._run(request, command, row, form) if is_first else None
        except ChangedMeanwhile as refusal:
            form.add_error(None, forms.ValidationError(refusal.words, code="conflict"))
            return self._small_page(request, command, row, form, conflict=refusal)
        except Exception as refusal:  # what is no refusal goes on as the error it is
            words = in_words(refusal, command.refusals)
            if form.fields:
                form.add_error(None, forms.ValidationError(str(words), code="refused"))
                return self._small_page(request, command, row, form)
            messages.error(request, str(words))
        else:
            messages.success(request, str(command.done))
            if command.takes_away:
                goes_to = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
            goes_to = page_of(outcome) if outcome else goes_to
        return HttpResponseRedirect(goes_to or page_of(command.comes_back_to(row)))

    def _run(self, request: HttpRequest, command: Command[Any], row: Any, form: PortalForm) -> models.Model | None:
        """Raises ChangedMeanwhile instead of writing over what a colleague has saved since the form was opened."""
        user: Any = request.user
        if command.shows_current and "seen" in request.POST:
            one_at_a_time(row)
            row = self.get_object(request, str(row.pk)) or row
            now = command.initial(row, user)
            refuse_what_changed(request.POST["seen"], name_of(row, command.name), form, now)
        return command.run(row, form.cleaned_data, by=user, now=clock.now())

    def _seen(self, request: HttpRequest, command: Command[Any], row: Any, form: PortalForm, *, anew: bool) -> str:
        """What the small page says that it shows. A page that is shown again shows what it did before."""
        if form.is_bound and not anew:
            return request.POST.get("seen", "")
        shown = command.initial(row, request.user) if command.shows_current else {}  # type: ignore[arg-type]
        return sign({name: plain(value) for name, value in shown.items()}, name_of(row, command.name)) if shown else ""

    def _small_page(
        self,
        request: HttpRequest,
        command: Command[Any],
        row: Any,
        form: PortalForm,
        *,
        preview: Mapping[str, Any] | None = None,
        conflict: ChangedMeanwhile | None = None,
    ) -> HttpResponse:
        row = (self.get_object(request, str(row.pk)) or row) if conflict else row
        back = command.comes_back_to(row)
        context = {
            **self.admin_site.each_context(request),
            **command.context(row, request.user),  # type: ignore[arg-type]
            "title": command.label,
            "opts": back._meta,
            "list_name": capfirst(back._meta.verbose_name_plural or ""),
            "command": command,
            "row": row,
            "back": _title(self.admin_site.get_model_admin(type(back)), back),
            "back_url": came_from(request) or page_of(back),
            "came_from": came_from(request),
            "form": form,
            "preview": preview,
            "seen": self._seen(request, command, row, form, anew=conflict is not None),
            "conflicts": conflict and conflict.conflicts,
            "changed_by": conflict and last_change(row),
            "once_key": new_key(),
        }
        return TemplateResponse(request, command.template, context)


def came_from(request: HttpRequest) -> str | None:
    """The page of the admin that someone wants to come back to (`?back=`, or a hidden field): Min dag, a list."""
    back = request.POST.get("back") or request.GET.get("back") or ""
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith(reverse("admin:index"))
    return back if is_ours else None


def _title(model_admin: "admin.ModelAdmin[Any]", row: models.Model) -> str:
    return model_admin.title_of(row) if isinstance(model_admin, CommandsMixin) else str(row)
