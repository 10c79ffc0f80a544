"""What is done to many rows of a list at once: they are ticked, a page says what happens to each, one press does it.

Each row is asked for anew, changed in a transaction of its own and remembered in it: a page that is sent twice, or
again after a crash, does what is left and nothing twice. Rows that the user does not see are as if they were not there.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from people.admin.bulk_base import MOST, Bulk, Fetch, Outlook, ticked_keys
from people.admin.bulk_page import BulkPage
from people.models import User

__all__ = ["Bulk", "BulkMixin", "Fetch", "Outlook"]


class BulkMixin(admin.ModelAdmin):
    """A ModelAdmin whose rows can be ticked in the list, and many changed at once."""

    bulk: ClassVar[Sequence[Bulk[Any]]] = ()

    def name_in_bulk(self, row: Any) -> str:
        """What a row is called where many are shown; asks no query of its own."""
        return str(getattr(self, "title_of", str)(row))

    class Media:
        css: ClassVar = {"all": ["css/admin-bulk.css"]}

    def bulk_of(self, request: HttpRequest) -> dict[str, Bulk[Any]]:
        """What the user may do to many rows."""
        user = request.user
        may_change = self.has_change_permission(request)
        return {
            one.name: one
            for one in self.bulk
            if isinstance(user, User) and (may_change or not one.needs_change) and one.is_allowed(user)
        }

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        is_list = "_popup" not in request.GET and request.user.is_authenticated
        return {one.name: (None, one.name, str(one.label)) for one in self.bulk_of(request).values()} if is_list else {}

    def action_checkbox(self, obj: Any) -> SafeString:
        label = _("Kryssa i %(what)s") % {"what": self.name_in_bulk(obj)}
        # Django's own widget reads a template from the beginning for each row, which is a fifth of the page.
        box = '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}">'
        return format_html(box, ACTION_CHECKBOX_NAME, obj.pk, label)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.bulk_view)
        own = path("flera/<slug:name>/", view, name=f"{self.opts.app_label}_{self.opts.model_name}_bulk")
        return [own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list; when rows of it were sent, on to the page that says what will happen to them."""
        if request.method == "POST" and "index" in request.POST and self.has_view_permission(request):
            return self._take_along(request)
        return super().changelist_view(request, extra_context)

    def _take_along(self, request: HttpRequest) -> HttpResponse:
        back = request.get_full_path()
        bulk = self.bulk_of(request).get(request.POST.get("action", ""))
        pks = self._ticked(request)
        refusal = ""
        if bulk is None:
            refusal = _("Välj vad du vill göra med raderna.")
        elif not pks:
            refusal = _("Kryssa i minst en rad, eller välj alla.")
        elif len(pks) > MOST:
            refusal = _(
                "Det går att ändra högst %(most)s rader på en gång, och listan har fler. Välj färre, eller filtrera."
            ) % {"most": MOST}
        if bulk is None or refusal:
            messages.warning(request, refusal)
            return HttpResponseRedirect(back)
        return HttpResponseRedirect(bulk.address(self._page_of(bulk), pks, request.GET.urlencode(), back))

    def _page_of(self, bulk: Bulk[Any]) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_bulk", args=[bulk.name])

    def _ticked(self, request: HttpRequest) -> list[int]:
        """The rows that are meant, of those that the list holds; one more than can be taken when they are too many."""
        which = request.POST.get("which")
        if which == "all":
            rows = self.get_changelist_instance(request).get_queryset(request)
            return list(rows.values_list("pk", flat=True)[: MOST + 1])
        on_page = ticked_keys(request.POST.get("on_page", "").split(","))
        asked = on_page if which == "page" else ticked_keys(request.POST.getlist(ACTION_CHECKBOX_NAME))
        rows = self.get_queryset(request).order_by().filter(pk__in=asked[: MOST + 1])
        seen = set(rows.values_list("pk", flat=True))
        return [pk for pk in asked if pk in seen]

    def bulk_view(self, request: HttpRequest, name: str) -> HttpResponse:
        """GET shows what will happen to each row, POST does it."""
        if request.method not in {"GET", "HEAD", "POST"}:
            return HttpResponseNotAllowed(["GET", "POST"])
        bulk, user = self.bulk_of(request).get(name), request.user
        if bulk is None or not isinstance(user, User):
            raise PermissionDenied
        page = BulkPage(self, request, bulk, user)
        if request.method == "POST":
            return page.answer()
        return page.results(request.GET["klart"]) if "klart" in request.GET else page.show()
