from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date
from django.utils.translation import override

from knowledge.caching import named_language, public_page
from knowledge.feeds import FEEDS, feed_of
from knowledge.texts import LANGUAGES


@public_page
def feed(request: HttpRequest, kind: str) -> HttpResponse:
    """What was published last of a kind, for programs that read feeds."""
    language = named_language(request) or LANGUAGES[0]  # programs choose no language
    with override(language):
        found = feed_of(FEEDS[kind], language)
        text = found.writeString("utf-8")
    moment = http_date(found.latest_post_date().timestamp())
    headers = {"Last-Modified": moment, "Content-Language": language}
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8", headers=headers)
