"""The request, question by question: every Fortsätt is saved, nothing is sent before the check page."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.clock import now
from people.private_access import open_in_session
from people.views import floods
from people.views.careful import ask_about_numbers, too_many
from support import questions
from support.actions.requests import (
    AnswersMissing,
    OnceKeySpent,
    Started,
    address_to,
    save_answers,
    start_draft,
    submit_request,
)
from support.answers import answers
from support.enums import Asker, GroupKnows
from support.forms.check import SendForm
from support.forms.every_question import FORMS
from support.forms.questions import QuestionForm
from support.forms.themes import ThemesForm
from support.models import SupportRequest
from support.questions import Question
from support.views.mine import Mine, my_request, remember_told, told

CHANGING = "andra"
"""In the address of a question that was opened to change an answer: from it one returns to the check page."""

ABOUT_THEMES = "vad"
"""The question that begins with the themes of an example, for someone who has read it and comes from there."""


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    mine = my_request(request)
    context = {"has_draft": bool(mine and mine.is_draft), "themes": ThemesForm.read(request.GET).as_query()}
    return render(request, "support/request_start.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, slug: str) -> HttpResponse:
    """One question. A later one without a draft leads to the first; what is sent to it is kept all the same."""
    asked = questions.BY_SLUG.get(slug)
    if asked is None:
        raise Http404
    mine = my_request(request)
    if mine and not mine.is_draft:
        return redirect("support:already_sent")
    if request.method == "POST":
        return _take_answer(request, asked, mine)
    if mine is None and asked != questions.QUESTIONS[0]:
        return redirect("support:question", questions.QUESTIONS[0].slug)
    return _show(request, asked, mine, _form(request, asked, mine))


def _form(request: HttpRequest, asked: Question, mine: Mine | None) -> QuestionForm:
    form_class = FORMS[asked.slug]
    is_alone = bool(mine and mine.support_request.asker == Asker.ALONE)
    initial = form_class.initial_of(mine.support_request) if mine else {}
    if asked.slug == ABOUT_THEMES and not initial.get("what"):
        initial["what"] = ThemesForm.read(request.GET).in_words()
    return form_class(request.POST if request.method == "POST" else None, initial=initial, is_alone=is_alone)


def _show(request: HttpRequest, asked: Question, mine: Mine | None, form: QuestionForm) -> HttpResponse:
    earlier = questions.before(asked, mine.support_request if mine else None)
    back = reverse("support:question", args=[earlier.slug]) if earlier else reverse("support:request")
    context = {
        "form": form,
        "title": form.fields[form.heading].label,
        "question": asked,
        "total": questions.LAST_NUMBER,
        "back": reverse("support:check") if CHANGING in request.GET else back,
    }
    return render(request, "support/question.html", context)


def _take_answer(request: HttpRequest, asked: Question, mine: Mine | None) -> HttpResponse:
    form = _form(request, asked, mine)
    is_pausing = "spara" in request.POST
    if not form.is_valid():
        if is_pausing and mine and form.is_untouched():
            return redirect("support:saved")
        return _show(request, asked, mine, form)
    if numbers := form.personal_numbers():
        return ask_about_numbers(request, numbers)
    if mine is None and floods.is_flooding(request, "start", floods.STARTED_A_DAY, now=now()):
        return too_many(request, lambda: _show(request, asked, mine, form))
    support_request = _save(request, asked, mine, form)
    if is_pausing:
        return redirect("support:saved")
    return redirect(_next(request, asked, support_request))


def _save(request: HttpRequest, asked: Question, mine: Mine | None, form: QuestionForm) -> SupportRequest:
    if mine is None:
        started = _start(asked, form)
        floods.count(request, "start", now=now())
        open_in_session(request, started.opened_link.link)
        remember_told(request, started.opened_link)
        return started.support_request
    saved = save_answers(mine.support_request, question=asked.slug, values=form.answers(), now=now())
    known = told(request, mine.link)
    if known and asked.slug == "kontakt":  # another address may have ended the one that was told
        remember_told(request, address_to(saved, words=known.words, now=now()))
    return saved


def _start(asked: Question, form: QuestionForm) -> Started:
    reads = "en" if get_language() == "en" else "sv"
    key = form.cleaned_data["once_key"]
    try:
        return start_draft(once_key=key, question=asked.slug, values=form.answers(), now=now(), reads=reads)
    except OnceKeySpent:
        return start_draft(once_key=uuid.uuid4(), question=asked.slug, values=form.answers(), now=now(), reads=reads)


def _next(request: HttpRequest, asked: Question, support_request: SupportRequest) -> str:
    if asked.slug == "vet-gruppen" and support_request.group_knows == GroupKnows.NOT_YET:
        return reverse("support:talk_first")
    later = questions.after(asked, support_request)
    if later is None or CHANGING in request.GET:
        return reverse("support:check")
    is_before_themes = asked.number < questions.BY_SLUG[ABOUT_THEMES].number
    themes = ThemesForm.read(request.GET).as_query() if is_before_themes else ""
    return f"{reverse('support:question', args=[later.slug])}{themes}"


@require_safe
def talk_first(request: HttpRequest) -> HttpResponse:
    """For someone who asks in their work before the group knows: what they can do now."""
    return render(request, "support/talk_first.html")


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """All answers on one page. Skicka till oss a second time leads to the same thanks."""
    mine = my_request(request)
    if mine is None:
        return redirect("support:request")
    if not mine.is_draft:
        return redirect("support:sent" if request.method == "POST" else "support:already_sent")
    if unanswered := questions.missing(mine.support_request):
        return redirect(_to_change(unanswered[0]))
    if request.method == "POST":
        return _send(request, mine)
    return _show_check(request, mine, SendForm())


def _to_change(asked: Question) -> str:
    return f"{reverse('support:question', args=[asked.slug])}?{CHANGING}=1"


def _show_check(request: HttpRequest, mine: Mine, form: SendForm) -> HttpResponse:
    context = {"send_form": form, "answers": answers(mine.support_request), "changing": CHANGING}
    return render(request, "support/check.html", context)


def _send(request: HttpRequest, mine: Mine) -> HttpResponse:
    if "spara" in request.POST:
        return redirect("support:saved")
    form = SendForm(request.POST)
    if not form.is_valid() or form.looks_automated():
        messages.info(request, _("Kolla svaren en gång till. Tryck sedan på Skicka till oss."))
        return _show_check(request, mine, form)
    if floods.is_flooding(request, "send", floods.SENT_A_DAY, now=now()):
        return too_many(request, lambda: _show_check(request, mine, form))
    try:
        submit_request(mine.support_request, now=now())
    except AnswersMissing as refusal:
        return redirect(_to_change(refusal.questions[0]))
    floods.count(request, "send", now=now())
    return redirect("support:sent")
