"""What staff do to a row in the admin: a button on its page, a small page with a form, one action, a sentence back.

A command is thin: the action decides whether it may happen, and its refusal is put into words here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from people import clock
from people.admin.once import new_key, once
from people.form_pack import PortalForm
from people.models import User

Words = str | Promise
Row = TypeVar("Row", bound=models.Model)
Refusals = Mapping[type[Exception], Words | Callable[[Any], Words]]
"""exception of an action → what we say about it; a function gets the exception, to say who or when."""


class Confirm(PortalForm):
    """Nothing to fill in: the button says it all."""


class Command(Generic[Row]):
    """One thing staff can do to a row. Subclasses say what, when it is possible, and which action does it."""

    name: ClassVar[str]
    """Stands in the address and in the name of the address."""
    label: ClassVar[Words]
    done: ClassVar[Words]
    intro: ClassVar[Words] = ""
    form_class: ClassVar[type[PortalForm]] = Confirm
    template: ClassVar[str] = "admin/command.html"
    refusals: ClassVar[Refusals] = {}
    is_main: ClassVar[bool] = False
    """What most often comes next; drawn as the first choice."""
    place: ClassVar[str] = ""
    """Where on the page the button stands, when not among the first ones; the page's template knows the names."""

    def is_possible(self, row: Row) -> bool:
        """Whether the button is shown. The action has the last word."""
        return True

    def is_allowed(self, row: Row, user: User) -> bool:
        """Asked beside the permission to change such rows."""
        return True

    def make_form(self, row: Row, user: User, data: Any = None) -> PortalForm:
        return self.form_class(data, initial=self.initial(row, user))

    def initial(self, row: Row, user: User) -> dict[str, Any]:
        return {}

    def context(self, row: Row, user: User) -> dict[str, Any]:
        """What else the small page shows."""
        return {}

    def preview(self, row: Row, answers: dict[str, Any], user: User) -> dict[str, Any]:
        """What would be sent, shown once before it is. Empty where nothing needs to be seen first."""
        return {}

    def run(self, row: Row, answers: dict[str, Any], *, by: User, now: datetime) -> models.Model | None:
        """Calls the action. A row that is returned is the one whose page comes next."""
        raise NotImplementedError

    def comes_back_to(self, row: Row) -> models.Model:
        """The row whose page is shown afterwards."""
        return row


def in_words(refusal: Exception, refusals: Refusals) -> Words:
    """What we say about the refusal of an action. Anything else goes on as the error it is."""
    for cls in type(refusal).__mro__:
        if cls in refusals:
            words = refusals[cls]
            return words(refusal) if callable(words) else words
    raise refusal


class Creation(Generic[Row]):
    """How staff add a row where that takes more than filling in its columns: a form, one action, the new row's page."""

    label: ClassVar[Words]
    done: ClassVar[Words]
    intro: ClassVar[Words] = ""
    template: ClassVar[str] = "admin/command.html"
    refusals: ClassVar[Refusals] = {}

    def make_form(self, user: User, data: Any = None) -> PortalForm:
        raise NotImplementedError

    def run(self, answers: dict[str, Any], *, by: User, now: datetime) -> Row:
        raise NotImplementedError


@dataclass(frozen=True)
class Button:
    """A command on a page: sent at once, or a link to its form."""

    name: str
    label: Words
    url: str
    at_once: bool
    is_main: bool
    place: str


def page_of(row: models.Model) -> str:
    """The address of the row's page in the admin."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


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
                return HttpResponseRedirect(page_of(command.comes_back_to(row)))
            return self._small_page(request, command, row, command.make_form(row, user))
        form = command.make_form(row, user, request.POST)
        if not form.is_valid():
            return self._small_page(request, command, row, form)
        if "send" not in request.POST and (preview := command.preview(row, form.cleaned_data, user)):
            return self._small_page(request, command, row, form, preview)
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
        goes_to = command.comes_back_to(row)
        try:
            with once(request) as is_first:
                outcome = command.run(row, form.cleaned_data, by=request.user, now=clock.now()) if is_first else None  # type: ignore[arg-type]
        except Exception as refusal:  # what is no refusal goes on as the error it is
            words = in_words(refusal, command.refusals)
            if form.fields:
                form.add_error(None, forms.ValidationError(str(words), code="refused"))
                return self._small_page(request, command, row, form)
            messages.error(request, str(words))
        else:
            messages.success(request, str(command.done))
            goes_to = outcome or goes_to
        return HttpResponseRedirect(page_of(goes_to))

    def _small_page(
        self,
        request: HttpRequest,
        command: Command[Any],
        row: Any,
        form: PortalForm,
        preview: Mapping[str, Any] | None = None,
    ) -> HttpResponse:
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
            "back_url": page_of(back),
            "form": form,
            "preview": preview,
            "once_key": new_key(),
        }
        return TemplateResponse(request, command.template, context)


def _title(model_admin: "admin.ModelAdmin[Any]", row: models.Model) -> str:
    return model_admin.title_of(row) if isinstance(model_admin, CommandsMixin) else str(row)


def is_plain(command: Command[Any]) -> bool:
    """Whether one press is enough."""
    return command.form_class is Confirm and not command.intro
