"""What anyone may read: which trainings are coming, what a course teaches, and one session of it."""

from collections.abc import Callable
from functools import wraps
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from people.calendar import stockholm_day
from people.clock import now, today
from training.enums import SessionState
from training.finding import Facet, Found, courses_without_a_date, find_sessions
from training.forms.picking import SessionPicks
from training.models import Course, Session
from training.views import words
from training.views.event_data import as_event

ON_A_PAGE = 24
View = Callable[..., HttpResponse]


def open_to_all(view: View) -> View:
    """For views that show the same to everyone: the head says where the page stands, and browsers ask again."""

    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.is_public_page = True  # type: ignore[attr-defined]  # read by the head of the page
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "no-cache")
        return response

    return shown


class Known(Paginator):
    """Pages of keys whose number is known already."""

    def __init__(self, found: Found) -> None:
        super().__init__(found.keys, ON_A_PAGE)


@open_to_all
def training_list(request: HttpRequest) -> HttpResponse:
    """What is coming, day by day, and the courses that have no date yet."""
    form = SessionPicks(request.GET)
    picks = form.picks()
    found = find_sessions(picks, now=now())
    page = Known(found).get_page(request.GET.get("page"))
    query = urlencode(picks, doseq=True)
    context = {
        "facets": found.facets,
        "count": len(found.keys),
        "picked": _picked(found.facets, picks),
        "is_narrowed": bool(picks),
        "page": page,
        "days": _by_day(list(page.object_list)),
        "query": f"{query}&" if query else "",
        "undated": list(courses_without_a_date(picks, now=now())) if page.number == page.paginator.num_pages else [],
        "offices": next(facet.options for facet in found.facets if facet.name == "office"),
        "only_in": "sv",
    }
    return render(request, "training/training_list.html", context)


def _picked(facets: list[Facet], picks: dict[str, list[str]]) -> list[dict[str, str]]:
    """Each pick by its name, with the address where it is taken away."""
    return [
        {
            "label": option.label,
            "language": option.language,
            "without": urlencode(
                picks | {facet.name: [one for one in picks[facet.name] if one != option.value]}, doseq=True
            ),
        }
        for facet in facets
        for option in facet.picked
    ]


def _by_day(keys: list[int]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The sessions under the day they begin. One query."""
    rows = Session.objects.filter(pk__in=keys).with_taken().select_related("course", "office")
    by_day = groupby(rows.order_by("starts_at", "pk"), lambda one: stockholm_day(one.starts_at))
    return [(words.day_of(some[0], today()), [_row(one) for one in some]) for some in (list(g) for _d, g in by_day)]


def _row(session: Any) -> dict[str, Any]:
    """A session in a list; it was asked for `with_taken`."""
    return {
        "session": session,
        "course": session.course,
        "day": words.day_of(session, today()),
        "hours": words.hours(session),
        "is_off": session.state == SessionState.CANCELLED,
        "seats": words.seats_left(session.seats - session.taken),
        "spoken": words.spoken(session.language),
        "interpreted": [words.spoken(code) for code in session.interpreted],
    }


@open_to_all
def course_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What one can do afterwards, for whom, how it goes, and when it is held."""
    course = get_object_or_404(Course.objects.public(), slug=slug)
    coming = Session.objects.public().filter(course=course, starts_at__gt=now()).with_taken()
    rows = coming.select_related("course", "office").order_by("starts_at", "pk")[:ON_A_PAGE]
    context = {"course": course, "rows": [_row(one) for one in rows], "only_in": "sv"}
    return render(request, "training/course_page.html", context)


def public_session(slug: str, pk: int) -> Any:
    """A session that anyone may read about, with how many of its seats are taken. Raises Http404."""
    rows = Session.objects.public().with_taken().select_related("course", "office")
    session = rows.filter(course__slug=slug, pk=pk).first()
    if session is None:
        raise Http404
    return session


@open_to_all
def session_page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Everything one needs to know before one registers."""
    session = public_session(slug, pk)
    return render(request, "training/session_page.html", session_context(session) | {"only_in": "sv"})


def session_context(session: Any) -> dict[str, Any]:
    free = session.seats - session.taken
    is_open = session.is_open(now())
    return {
        "session": session,
        "course": session.course,
        "when": words.in_words(session, today()),
        "is_off": session.state == SessionState.CANCELLED,
        "is_over": session.is_over(now()),
        "is_open": is_open,
        "is_full": free <= 0,
        "seats": words.seats_left(free),
        "spoken": words.spoken(session.language),
        "interpreted": [words.spoken(code) for code in session.interpreted],
        "access": words.access_facts(session),
        "event": as_event(session),
    }
