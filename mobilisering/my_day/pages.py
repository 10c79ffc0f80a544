"""The pages around Min dag: itself, everything there is, and whether one wants the summary in the morning."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from mobilisering.my_day.blocks import day_of
from mobilisering.my_day.editors import editors_day, may_edit
from people import clock
from people.actions.staff import set_morning_mail
from people.models import User
from support.admin.outreach import talk_context
from support.day.desk import desk_of
from support.enums import LogKind
from support.permissions import works_with_cases

LISTS = (
    ("admin:support_supportrequest_changelist", "", gettext_lazy("Förfrågningar")),
    ("admin:support_supportperiod_changelist", "", gettext_lazy("Grupper vi stöttar")),
    ("admin:support_intakemeeting_week", "", gettext_lazy("Veckan")),
    ("admin:people_calltask_changelist", "?show=waiting", gettext_lazy("Samtal att ringa")),
    ("admin:support_handover_changelist", "", gettext_lazy("Överlämningar")),
    ("admin:support_handover_cover", "", gettext_lazy("Ordna vikarie")),
    ("office_figures", "", gettext_lazy("Ortens siffror")),
    ("everything", "", gettext_lazy("Allt som finns")),
)
"""Where one often goes from here."""
TEXTS = (("editors_day", "", gettext_lazy("Texterna i dag")),)
"""The same for whoever answers for the public texts too."""

LOG_KINDS = [(kind.value, kind.label) for kind in (LogKind.CALL, LogKind.MEETING, LogKind.NOTE)]


@require_safe
def first_page(request: HttpRequest) -> HttpResponse:
    """Min dag for whoever works with cases; for editors their texts; for others the list of what they may open."""
    user = request.user
    if not isinstance(user, User) or not works_with_cases(user):
        return editors_day(request) if may_edit(user) else admin.site.index(request)
    desk = desk_of(user, clock.now())
    context = {
        **admin.site.each_context(request),
        "title": _("Min dag"),
        "day": day_of(desk),
        "today": desk.today,
        "links": [
            {"url": f"{reverse(name)}{chosen}", "label": label}
            for name, chosen, label in (*LISTS, *(TEXTS if may_edit(user) else ()))
        ],
        "log_kinds": LOG_KINDS,
        **talk_context(request, back=reverse("admin:index"), is_short=True),
        "wants_morning_mail": user.wants_morning_mail,
    }
    return TemplateResponse(request, "admin/my_day.html", context)


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """Every list that the user may open."""
    return admin.site.index(request, {"title": _("Allt som finns")})


@require_safe
def to_first_page(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:index"))


@require_POST
def morning_mail(request: HttpRequest) -> HttpResponse:
    """Turns the summary on or off for oneself."""
    user = request.user
    if not isinstance(user, User) or not works_with_cases(user):
        raise PermissionDenied
    wanted = request.POST.get("wanted") == "yes"
    set_morning_mail(user, is_wanted=wanted)
    done = _("Du får ett sammandrag klockan 07.30 på vardagar.") if wanted else _("Du får inget sammandrag längre.")
    messages.success(request, done)
    return HttpResponseRedirect(reverse("admin:index"))
