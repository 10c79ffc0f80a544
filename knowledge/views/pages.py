"""The pages that the editors keep, their easy-to-read versions, and short information in other languages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from knowledge.caching import public_page
from knowledge.enums import RIGHT_TO_LEFT
from knowledge.markup import as_html
from knowledge.models import Page, ShortText
from knowledge.texts import language_now
from knowledge.views.loading import Withdrawn, first_public, gone
from knowledge.views.shown import shown


@public_page
def page(request: HttpRequest, path: str = "") -> HttpResponse:
    """A page by its address."""
    try:
        row = first_public(Page.objects.filter(path=path or request.path_info))
    except Withdrawn:
        return gone(request)
    return render(request, "knowledge/page.html", {"page": row, "text": shown(row, language_now())})


@public_page
def easy_page(request: HttpRequest, path: str) -> HttpResponse:
    """The same in easy Swedish, a thought to each line. Only for pages that have it."""
    try:
        row = first_public(Page.objects.filter(path=path).exclude(easy=""))
    except Withdrawn:
        return gone(request)
    context = {"page": row, "title": row.easy_title or row.title, "body": as_html(row.easy, breaks=True)}
    return render(request, "knowledge/page_easy.html", context)


@public_page
def easy_pages(request: HttpRequest) -> HttpResponse:
    """All that there is in easy Swedish."""
    rows = Page.objects.published().exclude(easy="").order_by("easy_title")
    return render(request, "knowledge/page_easy_list.html", {"pages": rows})


@public_page
def short_text(request: HttpRequest, code: str) -> HttpResponse:
    """What the portal is, in another language. Only when someone who speaks it has checked the words."""
    text = ShortText.objects.published().filter(language=code).first()
    if text is None:
        raise Http404
    context = {"text": text, "body": as_html(text.body, breaks=True), "is_rtl": text.language in RIGHT_TO_LEFT}
    return render(request, "knowledge/page_short.html", context)
