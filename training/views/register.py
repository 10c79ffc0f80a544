"""Someone registers, without an account: three questions, and thanks with the way back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.clock import now, today
from people.enums import LinkPurpose
from people.private_access import current_link
from people.views import floods
from people.views.careful import ask_about_numbers, too_many
from training.actions.registering import SessionClosed, register
from training.forms.registering import QueueForm, RegisterForm
from training.models import Session
from training.views import words
from training.views.behind import registration_behind
from training.views.mine import place_in_queue
from training.views.pages import public_session
from training.views.told import tell, told_words


@require_http_methods(["GET", "HEAD", "POST"])
def register_page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The questions, and all that was written once more whenever something stands in the way."""
    session = public_session(slug, pk)
    free = session.seats - session.taken
    form_class = RegisterForm if free > 0 else QueueForm
    form = form_class(request.POST if request.method == "POST" else None, free=free)
    response = _answer(request, form, session)
    response.is_private = True  # type: ignore[attr-defined]  # read by PrivatePagesMiddleware
    return response


def _answer(request: HttpRequest, form: RegisterForm, session: Session) -> HttpResponse:
    if not session.is_open(now()) and request.method != "POST":
        return redirect("training:session", session.course.slug, session.pk)
    if not form.is_valid():
        return _show(request, form, session)
    if numbers := form.personal_numbers():
        return ask_about_numbers(request, numbers)
    if form.looks_automated():
        messages.info(request, _("Kolla svaren en gång till. Tryck sedan på knappen längst ner."))
        return _show(request, form, session)
    if floods.is_flooding(request, "register", floods.SENT_A_DAY, now=now()):
        return too_many(request, lambda: _show(request, form, session))
    return _register(request, form, session)


def _register(request: HttpRequest, form: RegisterForm, session: Session) -> HttpResponse:
    where = (session.course.slug, session.pk)
    key = form.cleaned_data["once_key"]
    reads = "en" if get_language() == "en" else "sv"
    try:
        registered = register(session, form.wish(reads=reads), once_key=key, now=now())
    except SessionClosed:
        messages.error(request, _("Det går inte att anmäla sig längre."))
        return redirect("training:session", *where)
    floods.count(request, "register", now=now())
    if tell(request, registered, once_key=key, now=now()):
        return redirect("training:registered", *where)
    messages.info(request, _("Du har redan anmält dig. Öppna din anmälan med koden och orden du fick."))
    return redirect("training:mine")


def _show(request: HttpRequest, form: RegisterForm, session: Session) -> HttpResponse:
    context = {
        "form": form,
        "session": session,
        "course": session.course,
        "when": words.in_words(session, today()),
        "is_full": session.seats <= session.taken,  # type: ignore[attr-defined]  # asked for with_taken
    }
    return render(request, "training/register.html", context)


@require_safe
def registered(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Klart. The same page every time, save that the two words are gone when the own page has been opened."""
    link = current_link(request, LinkPurpose.TRAINING)
    registration = registration_behind(link) if link else None
    if link is None or registration is None or registration.session_id != pk:
        response: HttpResponse = redirect("training:session", slug, pk)
    else:
        context = {
            "registration": registration,
            "session": registration.session,
            "course": registration.session.course,
            "standing": words.standing(registration, place=place_in_queue(registration), now=now()),
            "when": words.in_words(registration.session, today()),
            "channel": registration.contact.channel,
            "code": link.code,
            "asks_for_code": link.asks_for_code,
            "words": told_words(request, link),
        }
        response = render(request, "training/registered.html", context)
    response.is_private = True  # type: ignore[attr-defined]  # read by PrivatePagesMiddleware
    return response
