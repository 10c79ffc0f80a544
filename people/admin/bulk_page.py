"""The page for many rows: what will happen to each, the press, and what came of it."""

import hashlib
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.contrib import admin, messages
from django.core import signing
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import clock
from people.admin.bulk_base import MOST, Bulk, Outlook, ticked_keys
from people.admin.command_base import in_words
from people.admin.commands import came_from
from people.admin.once import new_key
from people.form_pack import PortalForm
from people.models import User

RESULTS = "bulk_results"
REMEMBERED = 5
"""How many pages back what came of it can be read again, in one session."""


class BulkPage:
    """One showing of the page for many rows."""

    def __init__(self, model_admin: "admin.ModelAdmin[Any]", request: HttpRequest, bulk: Bulk[Any], user: User) -> None:
        self.model_admin, self.request, self.bulk, self.user = model_admin, request, bulk, user
        opts = model_admin.opts
        self.salt = f"bulk:{opts.label_lower}:{bulk.name}:{user.pk}"
        self.a_list = came_from(request) or reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")

    def show(self) -> HttpResponse:
        """The rows in the address, as they are before anything was answered."""
        rows = self._rows(ticked_keys(self.request.GET.get("pks", "").split(","))[:MOST])
        if not rows:
            messages.warning(self.request, _("Kryssa i minst en rad, eller välj alla."))
            return HttpResponseRedirect(self.a_list)
        return self._page(rows, self.bulk.make_form(rows, self.user))

    def answer(self) -> HttpResponse:
        """What was pressed: once more to look at, or done row by row."""
        shown = self._shown()
        rows = self._rows(shown)
        if not rows:
            messages.warning(self.request, _("Raderna finns inte kvar i din lista. Inget är ändrat."))
            return HttpResponseRedirect(self.a_list)
        form = self.bulk.make_form(rows, self.user, self.request.POST)
        if not form.is_valid():
            return self._page(rows, form)
        answers = form.cleaned_data
        looks = self.bulk.outlooks(rows, answers, self.user)
        context = self.bulk.context(looks, answers, self.user)
        key = _key(self.request.POST.get("once"))
        with _one_at_a_time(key):
            begun = self._kept().get(key)
            if begun is None and self.bulk.looks_first:
                mark = self._mark(looks, answers, context)
                if self.request.POST.get("mark") != mark:
                    return self._page(rows, form, looks=looks, context=context, mark=mark)
            self._do(looks, answers, key, begun or {}, gone=len(shown) - len(rows))
        asked = QueryDict(mutable=True)
        asked.update({"klart": key, "back": self.a_list})
        return HttpResponseRedirect(f"{self.request.path}?{asked.urlencode()}")

    def _do(
        self, looks: Sequence[Outlook], answers: Mapping[str, Any], key: str, begun: dict[str, Any], *, gone: int
    ) -> None:
        """Each row by itself. What is already done, or was refused, is not tried again."""
        result: dict[str, Any] = {"name": self.salt, "gone": gone, **begun}
        rows: dict[str, str] = result.setdefault("rows", {})
        for look in looks:
            pk = str(look.row.pk)
            if pk in rows:
                continue
            try:
                with transaction.atomic():
                    rows[pk] = self._do_one(look, answers)
                    self._keep(key, result)
            except Exception as refusal:  # what is no refusal goes on as the error it is
                rows.pop(pk, None)
                rows[pk] = str(in_words(refusal, self.bulk.refusals))
        self._keep(key, result)

    def _do_one(self, look: Outlook, answers: Mapping[str, Any]) -> str:
        """Empty when it is done, else why not."""
        if look.is_left_out:
            return str(look.words)
        row = self.model_admin.get_object(self.request, str(look.row.pk))
        if row is None or not (self._may_change(row) and self.bulk.may(row, self.user)):
            return _("Raden finns inte kvar i din lista.")
        self.bulk.run(row, answers, by=self.user, now=clock.now())
        return ""

    def _may_change(self, row: Any) -> bool:
        return not self.bulk.needs_change or self.model_admin.has_change_permission(self.request, row)

    def results(self, key: str) -> HttpResponse:
        """What came of it, row by row. Read again, it is the same."""
        result = self._kept().get(key)
        if result is None or result["name"] != self.salt:
            return HttpResponseRedirect(self.a_list)
        rows = {str(row.pk): row for row in self._rows([int(pk) for pk in result["rows"]])}
        left_out = [(rows.get(pk), words) for pk, words in result["rows"].items() if words]
        is_done = [rows[pk] for pk, words in result["rows"].items() if not words and pk in rows]
        count = sum(not words for words in result["rows"].values())
        gone = result["gone"]
        lost = ngettext(
            "%(count)s rad fanns inte kvar i din lista.", "%(count)s rader fanns inte kvar i din lista.", gone
        )
        context = {
            "done": self.bulk.done(count) if count else _("Inget är ändrat."),
            "done_rows": [self._name_of(row) for row in is_done],
            "left_out": [(self._name_of(row) if row else _("En rad"), words) for row, words in left_out],
            "gone": lost % {"count": gone} if gone else "",
        }
        return self._response("admin/bulk_done.html", context)

    def _name_of(self, row: Any) -> str:
        return str(getattr(self.model_admin, "name_in_bulk", str)(row))

    def _rows(self, pks: Collection[int]) -> list[Any]:
        """Those that the user sees, in the order of the list they were ticked in."""
        if not pks:
            return []
        request_rows: Any = self.model_admin.get_queryset(self.request)
        rows = {row.pk: row for row in request_rows.order_by().filter(pk__in=pks)}
        return [rows[pk] for pk in pks if pk in rows]

    def _shown(self) -> list[int]:
        """The rows that the page showed: its own word for it, so that no other can be put in."""
        try:
            return list(signing.loads(self.request.POST.get("rows", ""), salt=self.salt))[:MOST]
        except (signing.BadSignature, TypeError):
            return []

    def _mark(self, looks: Sequence[Outlook], answers: Mapping[str, Any], context: Mapping[str, Any]) -> str:
        written = [(name, str(answers[name])) for name in sorted(answers) if name not in self.bulk.unmarked]
        seen = [(one.row.pk, str(one.words), one.is_left_out) for one in looks]
        return hashlib.sha256(repr((written, seen, self.bulk.mark(context))).encode()).hexdigest()

    def _page(
        self,
        rows: Sequence[Any],
        form: PortalForm,
        *,
        looks: Sequence[Outlook] | None = None,
        context: Mapping[str, Any] | None = None,
        mark: str = "",
    ) -> HttpResponse:
        if looks is None:
            looks = self.bulk.outlooks(rows, None, self.user)
            context = self.bulk.context(looks, None, self.user)
        named = [(self._name_of(one.row), one) for one in looks]
        shown = {
            **(context or {}),
            "form": form,
            "looks": [one for one in named if not one[1].is_left_out],
            "left_out": [one for one in named if one[1].is_left_out],
            "rows": signing.dumps([row.pk for row in rows], salt=self.salt, compress=True),
            "mark": mark,
            "may_press": any(not one.is_left_out for one in looks),
            "looks_first": self.bulk.looks_first and not mark,
            "looked": bool(mark),
            "once_key": new_key(),
        }
        return self._response(self.bulk.template, shown)

    def _response(self, template: str, context: Mapping[str, Any]) -> HttpResponse:
        opts = self.model_admin.opts
        common = {
            **self.model_admin.admin_site.each_context(self.request),
            "title": self.bulk.label,
            "opts": opts,
            "list_name": capfirst(opts.verbose_name_plural),
            "command": self.bulk,
            "back_url": self.a_list,
            "came_from": self.a_list,
        }
        return TemplateResponse(self.request, template, {**common, **context})

    def _kept(self) -> dict[str, Any]:
        """What came of the latest pages, as it stands in the database now."""
        session = type(self.request.session)(self.request.session.session_key)
        kept: dict[str, Any] = session.get(RESULTS, {})
        return kept

    def _keep(self, key: str, result: dict[str, Any]) -> None:
        others = {name: value for name, value in self._kept().items() if name != key}
        latest = dict(list(others.items())[-(REMEMBERED - 1) :])
        self.request.session[RESULTS] = {**latest, key: result}
        self.request.session.save()


@contextmanager
def _one_at_a_time(key: str) -> Iterator[None]:
    """A second press of the same page waits for the first: a lock that outlasts the transaction of each row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [key])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [key])


def _key(text: str | None) -> str:
    try:
        return str(uuid.UUID(text or ""))
    except ValueError:
        return new_key()
