"""Ny förfrågan på telefon: a leader fills in the request while the caller talks, in any order, and takes it in."""

import uuid
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import clock
from people.admin.commands import Confirm, came_from, page_of
from people.admin.once import new_key
from people.models import User
from support.actions import phone_intake
from support.admin.base import CaseAdmin
from support.enums import RequestStatus
from support.forms.phone_intake import Call, short_label
from support.models import SupportRequest

MOST_DRAFTS = 10
METHODS = ("GET", "HEAD", "POST")

DISCARD = {
    "label": gettext_lazy("Släng utkastet"),
    "intro": gettext_lazy("Allt som är skrivet i utkastet tas bort, och det går inte att få tillbaka."),
}


def drafts_of(user: User) -> QuerySet[SupportRequest]:
    """What someone has begun to write on the telephone; nobody else sees it."""
    return SupportRequest.objects.filter(status=RequestStatus.DRAFT, written_by=user).order_by("-created_at", "-pk")


def call_page(row: SupportRequest) -> str:
    return reverse("admin:support_supportrequest_call", args=[row.pk])


class TakesCalls(CaseAdmin):
    """The list and the page of requests, with what is being written on the telephone."""

    change_list_template = "admin/support/intake/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        named = {"call": self.call_view, "discard": self.discard_view}
        own = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"support_supportrequest_{name}")
            for name, view in named.items()
        ]
        return own + super().get_urls()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("support.add_supportrequest")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        drafts = drafts_of(request.user)[:MOST_DRAFTS] if isinstance(request.user, User) else []
        return super().changelist_view(request, {"drafts": drafts, **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What is not taken in yet has the page where it is written."""
        row = self.get_object(request, object_id)
        if row is not None and row.status == RequestStatus.DRAFT:
            return HttpResponseRedirect(call_page(row))
        return super().change_view(request, object_id, form_url, extra_context)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """A new call. Nothing is kept before something has been said."""
        return self.call_view(request, None)

    def call_view(self, request: HttpRequest, pk: int | None) -> HttpResponse:
        """GET shows every question; POST keeps what was said, and with `receive` takes the request in."""
        user = self._checked(request)
        row = self._own(user, pk) if pk else None
        if request.method != "POST":
            if row and row.status != RequestStatus.DRAFT:
                return HttpResponseRedirect(page_of(row))
            return self._page(request, Call(row))
        call = Call(row, request.POST)
        row = call.support_request = self._keep(request, call, user)
        if call.wrong or call.numbers or row is None:
            return self._page(request, call)
        return self._take_in(request, row, user) if "receive" in request.POST else self._saved(request, row)

    def _keep(self, request: HttpRequest, call: Call, user: User) -> SupportRequest | None:
        """What can be saved is saved; of a request that was taken in meanwhile nothing is changed here."""
        row = call.support_request
        if row is None and call.answers:
            row = phone_intake.start_call(once_key=_key_of(request, user), by=user, now=clock.now())
        if row and call.answers:
            with suppress(phone_intake.RequestClosed):
                return phone_intake.save_call_answers(row, answers=call.answers, by=user, now=clock.now())
            return self._own(user, row.pk)
        return row

    def _checked(self, request: HttpRequest) -> User:
        if not self.has_add_permission(request) or not isinstance(request.user, User):
            raise PermissionDenied
        return request.user

    def _own(self, user: User, pk: int) -> SupportRequest:
        """What the user has written, also when it was taken in a moment ago: at another office the code is told again.

        After that a request of another office does not exist for them.
        """
        rows = SupportRequest.objects.filter(pk=pk, written_by=user).select_related("contact", "outreach")
        just_now = Q(received_at__gt=clock.now() - phone_intake.REPLAY_WITHIN)
        row = (rows.filter(just_now) | rows.visible_to(user)).first()
        if row is None:
            raise Http404
        return row

    def _saved(self, request: HttpRequest, row: SupportRequest) -> HttpResponse:
        if row.status != RequestStatus.DRAFT:
            messages.warning(request, _("Förfrågan är redan mottagen. Ändra den på dess egen sida."))
            return HttpResponseRedirect(page_of(row))
        messages.success(request, _("Sparat. Bara du ser det tills du trycker på Ta emot."))
        return HttpResponseRedirect(call_page(row))

    def _take_in(self, request: HttpRequest, row: SupportRequest, user: User) -> HttpResponse:
        try:
            received = phone_intake.receive_call(row, by=user, now=clock.now())
        except phone_intake.AnswersMissing as refusal:
            return self._page(request, Call(row), missing=refusal.questions)
        except phone_intake.RequestClosed:
            messages.warning(request, _("Förfrågan är redan mottagen. Koden och orden visades då."))
            return HttpResponseRedirect(page_of(row))
        row = received.support_request
        context = {
            **self._frame(request, gettext_lazy("Förfrågan är mottagen")),
            "row": row,
            "contact": row.contact,
            "code": received.code,
            "words": received.words,
            "back": received.code,
            "back_url": page_of(row),
        }
        return TemplateResponse(request, "admin/support/intake/received.html", context)

    def _page(self, request: HttpRequest, call: Call, missing: Any = ()) -> HttpResponse:
        row = call.support_request
        done, total = call.how_many_asked
        begun = drafts_of(request.user) if isinstance(request.user, User) else SupportRequest.objects.none()
        context = {
            **self._frame(request, gettext_lazy("Ny förfrågan på telefon")),
            "row": row,
            "call": call,
            "sections": [(section, short_label(section.question)) for section in call.sections()],
            "done": done,
            "total": total,
            "missing": missing,
            "was_empty": request.method == "POST" and row is None and not (call.wrong or call.numbers),
            "drafts": [] if row else begun[:MOST_DRAFTS],
            "once_key": request.POST.get("once") or new_key(),
            "action": call_page(row) if row else reverse("admin:support_supportrequest_add"),
        }
        return TemplateResponse(request, "admin/support/intake/call.html", context)

    def _frame(self, request: HttpRequest, title: Any) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "list_name": capfirst(self.opts.verbose_name_plural),
        }

    def discard_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Släng utkastet: asked once more, then gone."""
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        user = self._checked(request)
        row = self._own(user, pk)
        if row.status != RequestStatus.DRAFT:
            return HttpResponseRedirect(page_of(row))
        if request.method == "POST":
            try:
                phone_intake.discard_call(row, by=user, now=clock.now())
            except phone_intake.RequestClosed:  # taken in meanwhile, in another window
                return HttpResponseRedirect(page_of(row))
            messages.success(request, _("Utkastet är borttaget."))
            return HttpResponseRedirect(came_from(request) or reverse("admin:support_supportrequest_changelist"))
        context = {
            **self._frame(request, DISCARD["label"]),
            "command": DISCARD,
            "form": Confirm(),
            "back": _("Utkastet"),
            "back_url": call_page(row),
            "came_from": came_from(request),
        }
        return TemplateResponse(request, "admin/command.html", context)


def _key_of(request: HttpRequest, user: User) -> uuid.UUID:
    """One page sent twice is one draft; the key of someone else's page is worth nothing here."""
    try:
        return uuid.uuid5(uuid.UUID(request.POST.get("once", "")), str(user.pk))
    except ValueError:
        return uuid.uuid4()
