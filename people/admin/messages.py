"""The outbox as staff see it: what was sent to whom, when, and why not. Nothing is changed here."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from people import clock
from people.actions.messages import finish_call
from people.admin.base import NeverChanged, OfficeScopedAdmin, ReadOnlyPage
from people.admin.commands import Command, CommandsMixin
from people.admin.filters import ALL, Tabs, pick
from people.delivery.previews import Preview, preview
from people.enums import Channel, MessageClass, MessageState
from people.forms import CallOutcomeForm
from people.links import without_links
from people.models import CallTask, Message, User


def may_read_words(message: Message) -> bool:
    """Codes are their receiver's alone, and so is what signs someone in. Wiped words are gone."""
    return not (message.is_secret or message.wiped_at or message.kind.startswith("people."))


@admin.register(Message)
class MessageAdmin(NeverChanged, OfficeScopedAdmin):
    actions = None
    counts_rows = False
    list_display = ("created_at", "receiver", "about_what", "channel", "state", "reason", "sent_at")
    list_filter = (
        pick(_("Läge"), "state", MessageState),
        pick(_("Kanal"), "channel", Channel),
        pick(_("Klass"), "message_class", MessageClass),
    )
    list_select_related = ("contact", "user")
    ordering = ("-created_at", "-pk")
    change_list_template = "admin/people/message/change_list.html"
    change_form_template = "admin/people/message/change_form.html"
    fields = (
        "kind",
        "message_class",
        "receiver",
        "where",
        "channel",
        "state",
        "reason",
        "created_at",
        "not_before",
        "expires_at",
        "attempts",
        "sent_at",
        "delivered_at",
        "wiped_at",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("contact", "user", "office")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """With the age of the oldest message of theirs that should have left already: sending may have stopped."""
        now = clock.now()
        overdue = Message.objects.overdue(now).visible_to(request.user).order_by("not_before")
        oldest = overdue.values_list("not_before", flat=True).first()
        context = {"oldest_unsent": oldest, "now": now, **(extra_context or {})}
        return super().changelist_view(request, context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """With what the receiver gets, as it would leave; links masked."""
        message = self.get_object(request, object_id)
        shown = self._what_they_get(message) if message and self.has_view_permission(request, message) else None
        return super().change_view(request, object_id, form_url, {"preview": shown, **(extra_context or {})})

    def _what_they_get(self, message: Message) -> Preview | None:
        receiver = message.contact or message.user
        return preview(message, receiver) if receiver and may_read_words(message) else None

    @admin.display(description=_("till"))
    def receiver(self, row: Message) -> str:
        return str(row.contact or row.user)

    @admin.display(description=_("ämne"))
    def about_what(self, row: Message) -> str:
        return (row.subject if may_read_words(row) else "") or row.kind

    @admin.display(description=_("ort"))
    def where(self, row: Message) -> str:
        return str(row.office or "–")


class FinishCall(Command[CallTask]):
    name = "done"
    label = _("Så gick det")
    done = _("Antecknat.")
    form_class = CallOutcomeForm
    is_main = True

    def is_possible(self, row: CallTask) -> bool:
        return row.done_at is None

    def context(self, row: CallTask, user: User) -> dict[str, Any]:
        return {"contact": row.contact}

    def run(self, row: CallTask, answers: dict[str, Any], *, by: User, now: Any) -> None:
        finish_call(row, outcome=answers["outcome"], by=by, now=now)


class ShownCalls(Tabs):
    tabs = {"waiting": _("Att ringa"), "done": _("Klara"), **ALL}

    def rows(self, request: HttpRequest, queryset: Any, chosen: str) -> Any:
        return queryset if chosen == "all" else queryset.filter(done_at__isnull=chosen == "waiting")


@admin.register(CallTask)
class CallTaskAdmin(CommandsMixin, ReadOnlyPage, OfficeScopedAdmin):
    actions = None
    list_display = ("__str__", "created_at", "how", "outcome", "done_at", "who_called")
    list_filter = (ShownCalls,)
    list_select_related = ("contact", "done_by")
    ordering = ("done_at", "created_at", "pk")
    change_form_template = "admin/people/calltask/change_form.html"
    fields = ("what_to_say", "created_at", "outcome", "done_at", "who_called")
    commands = (FinishCall(),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("contact", "message", "done_by")

    @admin.display(description=_("trygg kontakt"))
    def how(self, row: CallTask) -> str:
        return row.contact.safe_sentence

    @admin.display(description=_("vem ringde"))
    def who_called(self, row: CallTask) -> str:
        return str(row.done_by or "–")

    @admin.display(description=_("det vi ville säga"))
    def what_to_say(self, row: CallTask) -> str:
        return without_links(row.message.text) if may_read_words(row.message) else "–"
