"""Ortens siffror: the page, and the same tables as a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people import clock
from people.actions.jobs import JobFile
from people.admin.jobs import as_download
from people.models import User
from people.spreadsheets import CSV, write_spreadsheet
from support.admin.figures.of_meetings import meeting_section
from support.admin.figures.of_offices import Tallies, leader_section, office_section
from support.admin.figures.of_periods import follow_up_section, period_section
from support.admin.figures.of_requests import organisation_section, request_section
from support.admin.figures.tables import Asked, Section
from support.figures.meetings import first_meetings
from support.figures.periods import baskets, periods_by_phase
from support.figures.places import Places, places_of
from support.figures.requests import requests_now, requests_that_came_in
from support.forms.figures import QUEUE, FiguresForm

FIGURES = "office_figures"
SEEN_BY = "support.view_supportrequest"


@dataclass(frozen=True)
class Question:
    """What the address asks. `asked` is None where something in it is wrong: the form says what."""

    form: FiguresForm
    places: Places
    asked: Asked | None


@require_safe
def figures_page(request: HttpRequest) -> HttpResponse:
    question = _question(request)
    asked = question.asked
    sections = sections_of(asked, request.GET) if asked else []
    context = {
        **admin.site.each_context(request),
        "title": _("Ortens siffror"),
        "form": question.form,
        "has_choice": len(question.places.keys) > 1,
        "place": _place_in_words(asked.places) if asked else "",
        "asked": asked,
        "sections": sections,
        "file_url": f"{reverse('office_figures_file')}?{request.GET.urlencode()}",
    }
    return TemplateResponse(request, "admin/support/figures/page.html", context)


@require_safe
def figures_file(request: HttpRequest) -> HttpResponse:
    """Every table of the page, a line for each figure. Where the address is wrong the page says what."""
    question = _question(request)
    asked = question.asked
    if asked is None:
        return HttpResponseRedirect(f"{reverse(FIGURES)}?{request.GET.urlencode()}")
    place = _place_in_words(asked.places)
    rows = [
        [place, table.title, table.days, row.label, heading, cell]
        for section in sections_of(asked, request.GET)
        for table in section.tables
        for row in table.rows
        for heading, cell in zip(table.headings[1:], row.cells, strict=True)
    ]
    headings = [_("Ort"), _("Tabell"), _("Period"), _("Rad"), _("Mått"), _("Värde")]
    days = asked.spans.now
    name = f"siffror-{slugify(place)}-{days.first}-{days.last}.{CSV}"
    return as_download(JobFile(name, write_spreadsheet(CSV, headings, rows, title=_("Ortens siffror"))))


def _question(request: HttpRequest) -> Question:
    """Whose figures, and of which days. Another's office is not there (404); without cases there are none (403)."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm(SEEN_BY):
        raise PermissionDenied
    places = places_of(user)
    if not places.keys:
        raise PermissionDenied
    now = clock.now()
    form = FiguresForm(request.GET, places=places, today=clock.today())
    if not form.is_valid():
        return Question(form, places, None)
    chosen = _chosen(places, form.cleaned_data["office"])
    return Question(form, places, Asked(chosen, form.spans(), now))


def _chosen(places: Places, office: str) -> Places:
    if not office:
        return places
    if office == QUEUE:
        if not places.has_queue:
            raise Http404
        return places.only_queue()
    found = places.office(int(office))
    if found is None:
        raise Http404
    return places.only(found)


def sections_of(asked: Asked, query: Mapping[str, Any]) -> list[Section]:
    """Every table, in the order of the page. As many queries whatever there is to count."""
    places, spans = asked.places, asked.spans
    tallies = Tallies(
        came_in=requests_that_came_in(places, spans, asked.today),
        phases=periods_by_phase(places, asked.today),
        baskets=baskets(places, asked.now),
        meetings=first_meetings(places, spans),
    )
    sections = [request_section(asked, tallies.came_in, requests_now(places, asked.today))]
    if places.offices:
        sections += [period_section(asked, tallies.phases), follow_up_section(asked, tallies.baskets)]
    sections += [meeting_section(asked, tallies.meetings), organisation_section(asked)]
    if len(places.keys) > 1:
        names = {office.pk: office.name for office in places.offices} | {None: _queue()}
        chosen = {name: query[name] for name in ("period", "first", "last") if query.get(name)}
        sections.insert(0, office_section(asked, tallies, names, chosen))
    elif places.offices:
        sections.append(leader_section(asked, places.offices[0], tallies.phases))
    return sections


def _place_in_words(places: Places) -> str:
    if places.is_everything:
        return _("Alla orter")
    if len(places.keys) > 1:
        return _("Alla dina orter")
    return places.offices[0].name if places.offices else _queue()


def _queue() -> str:
    return _("Den gemensamma kön")
