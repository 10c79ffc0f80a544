from django.db.models import F, Func, IntegerField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from knowledge.caching import public_page
from knowledge.models import HandbookEdition
from knowledge.views.loading import gone

PDF = "application/pdf"


@public_page
def handbooks(request: HttpRequest) -> HttpResponse:
    """The latest edition in each language, and all earlier ones."""
    size = Func(F("pdf"), function="octet_length", output_field=IntegerField())
    editions = list(HandbookEdition.objects.published().defer("pdf").annotate(size=size).order_by("-number"))
    latest = {edition.language: edition for edition in reversed(editions)}
    context = {
        "latest": [edition for edition in editions if edition is latest[edition.language]],
        "earlier": [edition for edition in editions if edition is not latest[edition.language]],
    }
    return render(request, "knowledge/handbook_list.html", context)


@require_safe
def handbook_pdf(request: HttpRequest, number: int) -> HttpResponse:
    """The book itself. One that has been taken away says so (410). The file is read only when it is sent."""
    edition = get_object_or_404(HandbookEdition.objects.defer("pdf"), number=number, published_at__isnull=False)
    if edition.withdrawn_at:
        return gone(request)
    if edition.made_at is None:
        raise Http404
    etag, changed = quote_etag(f"{edition.number}-{edition.made_at.timestamp()}"), int(edition.made_at.timestamp())
    response = get_conditional_response(request, etag, changed) or as_pdf(edition)
    response.headers["ETag"], response.headers["Last-Modified"] = etag, http_date(changed)
    response.headers["Cache-Control"], response.headers["Content-Language"] = "no-cache", edition.language
    return response


def as_pdf(edition: HandbookEdition) -> HttpResponse:
    """Shown by the browser, and saved under a name that tells which edition it is."""
    response = HttpResponse(bytes(edition.pdf or b""), content_type=PDF)
    response.headers["Content-Disposition"] = f'inline; filename="handbok-{edition.number}.pdf"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
