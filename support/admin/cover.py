"""Who covers for whom while somebody is away: seen and arranged on one page, office by office."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import clock
from people.admin.commands import Refusals, in_words
from people.admin.once import new_key, once
from people.models import Office, StaffRole, User, in_offices_of
from support.actions import cover
from support.forms.staff_hand_overs import CoverForm
from support.permissions import answers_for, leaders_of, leads_at
from support.workload import loads_of

REFUSALS: Refusals = {
    cover.NotForYouToArrange: gettext_lazy("Du kan ordna vikarie för dig själv, eller för orter där du är chef."),
    cover.CoverDaysWrong: gettext_lazy("Välj dagar från i dag och framåt, högst ett år."),
    cover.NothingToCover: gettext_lazy("Personen har inga grupper på den orten."),
    cover.CannotCover: gettext_lazy("Välj någon annan, som arbetar med grupper på orten under hela tiden."),
    cover.CoversAlready: gettext_lazy("Personen vikarierar redan för samma kollega några av dagarna."),
}


def chosen_office(request: HttpRequest) -> tuple[Office, QuerySet[Office]]:
    """The office in the address, among those where the user works with cases; the first one when there is none."""
    user: Any = request.user
    if not user.has_perm("support.view_handover"):
        raise PermissionDenied
    offices = Office.objects.filter(in_offices_of(user, "pk"), is_active=True).order_by("name")
    asked = request.GET.get("ort", "")
    office = offices.filter(pk=asked).first() if asked.isascii() and asked.isdigit() and len(asked) < 10 else None  # noqa: PLR2004 -- fits an integer
    office = office or (None if asked else offices.first())
    if office is None:
        raise Http404
    return office, offices


class CoverPages(admin.ModelAdmin):
    """The pages of cover, under the address of the hand-overs."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("vikarie/", view(self.cover_view), name="support_handover_cover"),
            path("vikarie/<int:pk>/avsluta/", view(self.end_cover_view), name="support_handover_end-cover"),
            *super().get_urls(),
        ]

    def cover_view(self, request: HttpRequest) -> HttpResponse:
        """GET shows who covers and the form; POST arranges."""
        office, offices = chosen_office(request)
        user: Any = request.user
        form = self._cover_form(user, office, request.POST if request.method == "POST" else None)
        if form and request.method == "POST" and form.is_valid():
            try:
                with once(request) as is_first:
                    if is_first:
                        self._arrange(form.cleaned_data, office, user)
            except Exception as refusal:  # what is no refusal goes on as the error it is
                words = str(in_words(refusal, REFUSALS))
                form.add_error(None, forms.ValidationError(words, code="refused"))
            else:
                messages.success(request, _("Det är ordnat, och ni får veta det båda två."))
                return HttpResponseRedirect(request.get_full_path())
        context = {
            **self.admin_site.each_context(request),
            "title": _("Ordna vikarie"),
            "opts": self.opts,
            "office": office,
            "offices": offices,
            "covers": self._covers(user, office),
            "form": form,
            "once_key": new_key(),
        }
        return TemplateResponse(request, "admin/support/handover/cover.html", context)

    def _cover_form(self, user: User, office: Office, data: Any) -> CoverForm | None:
        """For others where the user answers for the office, for themselves where they lead. Else there is no form."""
        today = clock.today()
        manages = answers_for(user, office.pk)
        if not (manages or leads_at(user, office.pk)):
            return None
        leaders = leaders_of(office, today)
        covers = cover.can_cover(office, today, today)
        return CoverForm(
            data,
            absentees=leaders if manages else None,
            covers=covers if manages else covers.exclude(pk=user.pk),
            loads=loads_of(leaders, [office.pk], today),
            initial={"starts_on": today},
        )

    def _arrange(self, answers: dict[str, Any], office: Office, user: User) -> None:
        cover.arrange_cover(
            answers.get("absent") or user,
            cover=answers["cover"],
            office=office,
            starts_on=answers["starts_on"],
            ends_on=answers["ends_on"],
            by=user,
            now=clock.now(),
        )

    def _covers(self, user: User, office: Office) -> list[tuple[StaffRole, bool]]:
        """Those that hold or are to come, each with whether the user may end it."""
        today = clock.today()
        rows = StaffRole.objects.standing(today).filter(covers__isnull=False, office=office, ends_on__gte=today)
        if not answers_for(user, office.pk):
            rows = rows.filter(Q(user=user) | Q(covers=user))
        rows = rows.select_related("user", "covers", "office").order_by("starts_on", "pk")
        return [(row, cover.can_arrange(user, row.covers, office)) for row in rows]

    def end_cover_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The colleague is back: POST alone."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        user: Any = request.user
        rows = StaffRole.objects.filter(in_offices_of(user), office__isnull=False, covers__isnull=False)
        role = get_object_or_404(rows.select_related("office", "covers"), pk=pk)
        if not (user.has_perm("support.change_handover") and cover.can_arrange(user, role.covers, role.office)):
            raise PermissionDenied
        cover.end_cover(role, by=user, now=clock.now())
        messages.success(request, _("Vikariatet är slut, och ni får veta det båda två."))
        return HttpResponseRedirect(f"{reverse('admin:support_handover_cover')}?ort={role.office_id}")
