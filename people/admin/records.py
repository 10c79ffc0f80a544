"""What the portal notes by itself: who looked at something hidden, and whether the sweeps still run."""

from django.contrib import admin
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.actions.contacts import PROTECTED, REVEALED, UNPROTECTED
from people.actions.links import REISSUED
from people.actions.staff import SECOND_STEP_REMOVED
from people.admin.base import NeverChanged, PlainAdmin
from people.models import AccessLog, Heartbeat

DONE: dict[str, Promise] = {
    REVEALED: _("Såg en skyddad adress"),
    PROTECTED: _("Skyddade en identitet"),
    UNPROTECTED: _("Tog bort ett skydd"),
    REISSUED: _("Gav en ny privat länk"),
    SECOND_STEP_REMOVED: _("Tog bort ett andra steg"),
}


@admin.register(AccessLog)
class AccessLogAdmin(NeverChanged, PlainAdmin):
    actions = None
    list_display = ("at", "user", "done", "about", "reason")
    list_select_related = ("user",)
    fields = ("at", "user", "done", "about", "reason")

    @admin.display(description=_("vad"))
    def done(self, row: AccessLog) -> str:
        return str(DONE.get(row.what, row.what))

    @admin.display(description=_("om"))
    def about(self, row: AccessLog) -> str:
        return f"{row.about_model} {row.about_id}"


@admin.register(Heartbeat)
class HeartbeatAdmin(NeverChanged, PlainAdmin):
    actions = None
    list_display = ("name", "finished_at", "programme_time", "runs", "result")
    fields = ("name", "started_at", "finished_at", "programme_time", "runs", "result")
