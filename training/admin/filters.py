"""What narrows the lists of courses and sessions down."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from people import clock
from people.admin.filters import ALL, OfficePick, RowPick, Tabs, YesNoPick, pick
from training.enums import Audience, CourseKind, CourseTopic, RegistrationState, SessionState
from training.models import Course, Registration


class ShownSessions(Tabs):
    tabs = {
        "coming": _("Kommande"),
        "drafts": _("Utkast"),
        "to_note": _("Närvaro att anteckna"),
        "held": _("Genomförda"),
        "cancelled": _("Inställda"),
        **ALL,
    }
    uncounted = ("all",)

    def rows(self, request: HttpRequest, queryset: Any, chosen: str) -> Any:
        now = clock.now()
        published = queryset.filter(state=SessionState.PUBLISHED)
        not_noted = Registration.objects.filter(session=OuterRef("pk"), state=RegistrationState.REGISTERED)
        return {
            "coming": published.filter(ends_at__gt=now),
            "drafts": queryset.filter(state=SessionState.DRAFT),
            "to_note": published.filter(Exists(not_noted), starts_at__lte=now),
            "held": published.filter(ends_at__lte=now),
            "cancelled": queryset.filter(state=SessionState.CANCELLED),
            "all": queryset,
        }[chosen]


class CoursePick(RowPick):
    title = _("Utbildning")
    parameter_name = "course"
    column = "course"

    def rows(self, request: HttpRequest) -> Iterable[tuple[Any, str]]:
        return Course.objects.values_list("pk", "title")


class PublicPick(YesNoPick):
    title = _("Syns på webbplatsen")
    parameter_name = "public"
    column = "is_public"


SESSION_PICKS = (
    CoursePick,
    OfficePick,
    pick(_("För vem"), "course__audience", Audience),
    pick(_("Slag"), "course__kind", CourseKind),
)
COURSE_PICKS = (
    pick(_("För vem"), "audience", Audience),
    pick(_("Ämne"), "topic", CourseTopic),
    pick(_("Slag"), "kind", CourseKind),
    PublicPick,
)
