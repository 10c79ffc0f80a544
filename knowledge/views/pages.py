"""The pages that the editors keep, their easy-to-read versions, and short information in other languages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from knowledge.caching import public_page
from knowledge.enums import RIGHT_TO_LEFT
from knowledge.markup import as_html
from knowledge.models import Page, ShortText
from knowledge.texts import LANGUAGES, language_now
from knowledge.views.loading import first_public, text_page
from knowledge.views.shown import shown


@text_page
def page(request: HttpRequest, path: str = "") -> HttpResponse:
    """A page by its address."""
    row = first_public(Page.objects.filter(path=path or request.path_info))
    return render(request, "knowledge/page.html", {"page": row, "text": shown(row, language_now())})


@text_page
def easy_page(request: HttpRequest, path: str) -> HttpResponse:
    """The same in easy Swedish, a thought to each line. Only for pages that have it."""
    row = first_public(Page.objects.filter(path=path).exclude(easy=""))
    title, body = row.easy_title or row.title, as_html(row.easy, breaks=True)
    context = {"page": row, "title": title, "body": body, "only_in": LANGUAGES[0]}
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
    is_rtl = text.language in RIGHT_TO_LEFT
    context = {"text": text, "body": as_html(text.body, breaks=True), "is_rtl": is_rtl, "only_in": text.language}
    return render(request, "knowledge/page_short.html", context)
