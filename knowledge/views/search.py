from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from knowledge.caching import LANGUAGE_PARAMETER, named_language, public_page
from knowledge.enums import TermTopic
from knowledge.forms.searching import SearchForm
from knowledge.models import Term
from knowledge.searching.answers import answer
from knowledge.texts import language_now

WORDS_TO_TRY = 8


@public_page
def search(request: HttpRequest) -> HttpResponse:
    """One field over everything public. Without words it says what there is to look for."""
    asked = SearchForm(request.GET).asked()
    named = named_language(request)
    kept = {LANGUAGE_PARAMETER: named} if named else {}
    query = _query(q=asked["q"], kind=asked["kind"], **kept)
    context: dict[str, Any] = {"words": asked["q"], "kept": kept, "query": query}
    if asked["q"]:
        found = answer(asked["q"], language=language_now(), kind=asked["kind"], page=asked["page"])
        context |= {"found": found, "all_kinds": _query(q=asked["q"], **kept), "meant": _query(q=found.meant, **kept)}
    if not asked["q"] or not context["found"].hits:
        context["to_try"] = _words_to_try()
    return render(request, "knowledge/search.html", context)


@public_page
def opensearch(request: HttpRequest) -> HttpResponse:
    """Lets a browser search here from its own field."""
    return render(
        request,
        "knowledge/opensearch.xml",
        {"portal": settings.PORTAL_URL},
        content_type="application/opensearchdescription+xml",
    )


def _query(**values: str) -> str:
    """The beginning of an address's query: what has a value, and a sign that more may follow."""
    return urlencode({name: value for name, value in values.items() if value}) + "&"


def _words_to_try() -> list[str]:
    """The most important words of the glossary, in the reader's language where they have one."""
    terms = Term.objects.published().filter(topic=TermTopic.CORE).order_by("sort_key")[:WORDS_TO_TRY]
    return [term.said(language_now()).word for term in terms]
