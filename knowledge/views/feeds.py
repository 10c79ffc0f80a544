from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date
from django.utils.translation import override

from knowledge.caching import named_language, public_page
from knowledge.enums import EntryKind
from knowledge.feeds import feed_of
from knowledge.texts import LANGUAGES, LISTED


@public_page
def feed(request: HttpRequest, kind: EntryKind) -> HttpResponse:
    """What was published last of a kind, for programs that read feeds."""
    language = named_language(request) or LANGUAGES[0]  # programs choose no language
    with override(language):
        found = feed_of(LISTED[kind], language)
        text = found.writeString("utf-8")
    moment = http_date(found.latest_post_date().timestamp())
    headers = {"Last-Modified": moment, "Content-Language": language}
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8", headers=headers)
