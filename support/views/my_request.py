"""The group's own page while the request is under way: where it stands, and everything one can do about it."""

from dataclasses import asdict

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.actions.links import ask_for_code
from people.clock import now, today
from people.enums import LinkPurpose
from people.models import PrivateLink
from people.private_access import forget, needs_link
from people.views.careful import ask_about_numbers
from support import questions
from support.actions.own_page import ask_question, delete_request
from support.actions.requests import RequestClosed, newest_period, save_answers
from support.answers import answers, contact_way
from support.enums import LogKind, MeetingState
from support.forms.every_question import FORMS
from support.forms.own_page import AskForm
from support.models import LogEntry
from support.status import steps
from support.views.mine import Mine, behind, forget_told, needs_sent_request
from support.views.only_member import member_page
from support.views.our_page import our_page
from support.views.visitor import Visitor, needs_visitor, visitor_behind

RECEIPT = "deletion_receipt"


@require_safe
@needs_link(LinkPurpose.SUPPORT)
def my_page(request: HttpRequest, link: PrivateLink) -> HttpResponse:
    """Er sida. A draft is not sent yet, so its page is the next question; a group at work has a page of its own."""
    visitor = visitor_behind(link)
    if visitor is None:
        return member_page(request, link)
    if visitor.mine and visitor.mine.is_draft:
        return redirect("support:resume")
    forget_told(request)
    if visitor.ours:
        return our_page(request, visitor, visitor.ours)
    assert visitor.mine is not None  # a visitor without a group has a request
    return _request_page(request, visitor.mine)


def _request_page(request: HttpRequest, mine: Mine) -> HttpResponse:
    support_request = mine.support_request
    meeting = support_request.meetings.order_by("-created_at", "-pk").first()
    context = {
        "link": mine.link,
        "support_request": support_request,
        "steps": steps(support_request, meeting, today()),
        "is_booked": meeting is not None and meeting.state == MeetingState.BOOKED,
        "may_choose_time": support_request.is_open and support_request.slots.open(now()).exists(),
        "may_change_way": questions.may_change(support_request, "kontakt"),
        "way": contact_way(support_request.contact),
        "talk": _talk(mine),
    }
    return render(request, "support/my_page.html", context)


def _talk(mine: Mine) -> list[LogEntry]:
    """Questions from the group with their answers, and what we have written to it, newest first."""
    asked = Q(contact=mine.support_request.contact, kind=LogKind.QUESTION)
    written = Q(support_request=mine.support_request, kind=LogKind.MESSAGE, is_internal=False)
    said = LogEntry.objects.filter(asked | written)
    return list(said.select_related("user", "answered_by", "answered_by__user"))


@require_safe
@needs_sent_request
def my_answers(request: HttpRequest, mine: Mine) -> HttpResponse:
    support_request = mine.support_request
    read = answers(support_request)
    rows = [(answer, questions.may_change(support_request, answer.question.slug)) for answer in read]
    return render(request, "support/my_answers.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@needs_sent_request
def change_answer(request: HttpRequest, mine: Mine, slug: str) -> HttpResponse:
    """One answer of a sent request, in the words of the form. Whoever has the request is told that it changed."""
    asked = questions.BY_SLUG.get(slug)
    if asked is None or not questions.may_change(mine.support_request, slug):
        raise Http404
    form_class = FORMS[slug]
    posted = request.POST if request.method == "POST" else None
    form = form_class(posted, initial=form_class.initial_of(mine.support_request), is_sent=True)
    if request.method != "POST" or not form.is_valid():
        return render(request, "support/change_answer.html", {"form": form, "title": form.fields[form.heading].label})
    if numbers := form.personal_numbers():
        return ask_about_numbers(request, numbers)
    try:
        save_answers(mine.support_request, question=slug, values=form.answers(), now=now())
    except RequestClosed:
        raise Http404 from None
    messages.success(request, _("Svaret är ändrat."))
    return redirect("support:my_page" if slug == "kontakt" else "support:my_answers")


@require_http_methods(["GET", "HEAD", "POST"])
@needs_visitor
def ask(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    form = AskForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "support/ask.html", {"form": form, "title": form.fields["text"].label})
    if numbers := form.personal_numbers():
        return ask_about_numbers(request, numbers)
    period = visitor.period
    if period is None and visitor.support_request:
        period = newest_period(visitor.support_request)
    ask_question(
        support_request=None if period else visitor.support_request,
        period=period,
        contact=visitor.contact,
        text=form.cleaned_data["text"],
        once_key=form.cleaned_data["once_key"],
        now=now(),
    )
    messages.success(request, _("Vi har fått er fråga. Svaret kommer här på sidan."))
    return redirect("support:my_page")


@require_http_methods(["GET", "HEAD", "POST"])
@needs_visitor
def lock(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Whether the link alone opens the page, or the code must be written too."""
    if request.method == "POST":
        asks = request.POST.get("lock") == "on"
        ask_for_code(visitor.link, asks=asks)
        messages.success(request, _("Nu frågar länken efter koden.") if asks else _("Nu räcker länken."))
        return redirect("support:my_page")
    return render(request, "support/lock.html", {"asks": visitor.link.asks_for_code, "code": visitor.link.code})


@require_http_methods(["GET", "HEAD", "POST"])
@needs_link(LinkPurpose.SUPPORT)
def delete(request: HttpRequest, link: PrivateLink) -> HttpResponse:
    """Ta bort allt: asked about once, done at once. A draft goes the same way."""
    mine = behind(link)
    if mine is None:
        return redirect("support:leave")
    if request.method != "POST":
        return render(request, "support/delete.html", {"is_draft": mine.is_draft, "group": mine.support_request.group})
    receipt = delete_request(mine.support_request, now=now())
    forget(request)
    request.session[RECEIPT] = asdict(receipt)
    request.session.set_expiry(0)
    return redirect("support:deleted")


@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """The receipt, as long as the browser is open. It says how much was taken away, never what."""
    receipt = request.session.get(RECEIPT)
    if receipt is None:
        return HttpResponseRedirect("/")
    return render(request, "support/deleted.html", {"receipt": receipt})
