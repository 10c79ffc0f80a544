"""Saved views of the lists: opened with one click, saved above the list, renamed and deleted on a page of their own."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from people import clock
from people.actions import saved_views as actions
from people.admin.command_base import Refusals, in_words
from people.admin.lists import ListAdmin
from people.form_pack import PortalForm
from people.models import Office, SavedView, User, in_offices_of

REFUSALS: Refusals = {
    actions.NameNeeded: _("Skriv ett namn på vyn."),
    actions.NameTaken: _("Du har redan en vy med det namnet. Välj ett annat."),
    actions.NotWorkingThere: _("Vyn delas bara med en ort där du arbetar."),
    actions.NotYours: _("Vyn är någon annans. Spara en egen i stället."),
    actions.TooLong: _("Det är för mycket för att spara. Ta bort något ur sökningen."),
}
SHOWN = 30
"""More chips than this would hide the list; the rest are found on the page of all views."""


class ViewForm(PortalForm):
    """A name, and with whom."""

    name = forms.CharField(label=_("Namn på vyn"), max_length=60)
    office = forms.ModelChoiceField(
        Office.objects.none(), label=_("Vem ska se den?"), required=False, empty_label=_("Bara jag")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = Office.objects.filter(in_offices_of(user, "pk"), is_active=True)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]


class RenameForm(PortalForm):
    name = forms.CharField(label=_("Nytt namn"), max_length=60)


class SavedViewsMixin(ListAdmin):
    """A list whose views are saved, each at an address under the list."""

    def get_urls(self) -> list[URLPattern]:
        named = f"{self.opts.app_label}_{self.opts.model_name}_views"
        wrap = self.admin_site.admin_view
        own = [
            path("vyer/", wrap(self.views_view), name=named),
            path("vyer/<int:pk>/namn/", wrap(self.rename_view), name=f"{named}_rename"),
            path("vyer/<int:pk>/bort/", wrap(self.delete_saved_view), name=f"{named}_delete"),
        ]
        return own + super().get_urls()

    @property
    def views_of_list(self) -> str:
        return self.opts.label_lower

    def has_views(self, request: HttpRequest) -> bool:
        return bool(self.list_filter or self.search_fields) and request.user.has_perm("people.add_savedview")

    def saved_views(self, request: HttpRequest) -> QuerySet[SavedView]:
        rows = SavedView.objects.visible_to(request.user).filter(model=self.views_of_list)
        return rows.select_related("office", "user")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context: dict[str, Any] = {}
        if request.method == "GET" and isinstance(request.user, User) and self.has_views(request):
            views = list(self.saved_views(request)[: SHOWN + 1])
            here = actions.kept_of(request.META.get("QUERY_STRING", ""))
            context = {
                "saved_views": [(view, view.query == here) for view in views[:SHOWN]],
                "more_views": len(views) > SHOWN,
                "view_form": ViewForm(user=request.user, auto_id="vy_%s"),
                "views_url": self._views_address(),
                "query_now": here,
            }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def views_view(self, request: HttpRequest) -> HttpResponse:
        """GET lists the views, POST saves one."""
        user = self._viewer(request)
        form = ViewForm(request.POST if request.method == "POST" else None, user=user)
        query = actions.kept_of(request.POST.get("query", "")[:20_000])
        if request.method == "POST" and form.is_valid():
            asked = form.cleaned_data
            try:
                view = actions.save_view(
                    name=asked["name"],
                    model=self.views_of_list,
                    query=query,
                    office=asked["office"],
                    by=user,
                    now=clock.now(),
                )
            except Exception as refusal:  # what is no refusal goes on as the error it is
                form.add_error("name", forms.ValidationError(str(in_words(refusal, REFUSALS)), code="refused"))
            else:
                messages.success(request, _("Vyn ”%(name)s” är sparad.") % {"name": view.name})
                return HttpResponseRedirect(f"{self._list_address()}?{view.query}")
        views = [(view, view.user_id == user.pk, actions.may_delete(view, user)) for view in self.saved_views(request)]
        return self._views_page(request, "admin/saved_views.html", form=form, query=query, views=views)

    def rename_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        user, view = self._viewer(request), self._saved_view(request, pk)
        form = RenameForm(request.POST if request.method == "POST" else None, initial={"name": view.name})
        if request.method == "POST" and form.is_valid():
            try:
                actions.rename_view(view, name=form.cleaned_data["name"], by=user)
            except Exception as refusal:  # what is no refusal goes on as the error it is
                form.add_error("name", forms.ValidationError(str(in_words(refusal, REFUSALS)), code="refused"))
            else:
                messages.success(request, _("Vyn har ett nytt namn."))
                return HttpResponseRedirect(self._views_address())
        return self._views_page(request, "admin/saved_view.html", form=form, view=view)

    def delete_saved_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            actions.delete_view(self._saved_view(request, pk), by=self._viewer(request))
        except actions.NotYours as refusal:
            messages.error(request, str(in_words(refusal, REFUSALS)))
        else:
            messages.success(request, _("Vyn är borttagen. Det den visade är kvar."))
        return HttpResponseRedirect(self._views_address())

    def _viewer(self, request: HttpRequest) -> User:
        """Who asks, when they may see the list and save views of it."""
        if not isinstance(request.user, User) or not self.has_view_permission(request) or not self.has_views(request):
            raise PermissionDenied
        return request.user

    def _saved_view(self, request: HttpRequest, pk: int) -> SavedView:
        self._viewer(request)
        view = self.saved_views(request).filter(pk=pk).first()
        if view is None:
            raise Http404
        return view

    def _list_address(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def _views_address(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_views")

    def _views_page(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        frame = {
            **self.admin_site.each_context(request),
            "title": _("Sparade vyer"),
            "opts": self.opts,
            "list_name": capfirst(self.opts.verbose_name_plural),
            "list_url": self._list_address(),
            "views_url": self._views_address(),
        }
        return TemplateResponse(request, template, {**frame, **context})
