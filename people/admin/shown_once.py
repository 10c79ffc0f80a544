"""Commands whose outcome is shown on the page that answers, and nowhere else: never in a session, a cookie or a log."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.text import capfirst

from people import clock
from people.admin.commands import Command, CommandsMixin, in_words, page_of
from people.form_pack import PortalForm
from people.models import User


class ShowOnce(Command[Any]):
    """`show` calls the action and returns what its page needs."""

    page: ClassVar[str]

    def show(self, row: Any, answers: dict[str, Any], *, by: User, now: datetime) -> dict[str, Any]:
        raise NotImplementedError


class ShowsOnceMixin(CommandsMixin):
    def _carry_out(self, request: HttpRequest, command: Command[Any], row: Any, form: PortalForm) -> HttpResponse:
        if not isinstance(command, ShowOnce):
            return super()._carry_out(request, command, row, form)
        try:
            shown = command.show(row, form.cleaned_data, by=request.user, now=clock.now())  # type: ignore[arg-type]
        except Exception as refusal:  # what is no refusal goes on as the error it is
            words = in_words(refusal, command.refusals)
            if not form.fields:
                messages.error(request, str(words))
                return HttpResponseRedirect(page_of(row))
            form.add_error(None, forms.ValidationError(str(words), code="refused"))
            return self._small_page(request, command, row, form)
        return TemplateResponse(request, command.page, {**self._frame(request, command, row), **shown})

    def _frame(self, request: HttpRequest, command: Command[Any], row: models.Model) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": command.label,
            "opts": row._meta,
            "list_name": capfirst(row._meta.verbose_name_plural or ""),
            "row": row,
            "back": row,
            "back_url": page_of(row),
        }
