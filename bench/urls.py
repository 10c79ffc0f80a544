"""The real addresses, and `/bench/bare/`: the least that a page of this kind can do."""

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

from groups.models import Municipality
from mobilisering.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

SMALL = Engine().from_string("<!doctype html><title>{{ place.name }}</title><p>{{ place.name }}, {{ place.code }}</p>")


def bare(request: HttpRequest) -> HttpResponse:
    """One row by its key, and a small template. Everything else that a request goes through it has in common."""
    return HttpResponse(SMALL.render(Context({"place": Municipality.objects.get(pk="1480")})))


urlpatterns = [path("bench/bare/", bare), *urlpatterns]
