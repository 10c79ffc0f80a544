"""Someone's own registration: where it stands, and everything one can do about it, without an account."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.clock import now, today
from people.views.careful import ask_about_numbers
from training.actions.queue import OfferGone, take_offer
from training.actions.registering import RegistrationEnded, SeatsTaken, cancel, change_needs, change_seats
from training.emails import written_to
from training.enums import HOLDS_SEATS, STILL_ON, RegistrationState
from training.forms.registering import ChangeForm
from training.models import Registration
from training.views import words
from training.views.after import after_of
from training.views.behind import needs_registration
from training.views.told import forget_told


def place_in_queue(registration: Registration) -> int:
    """Which in the queue they are, counted from one; nought for those who are not in it."""
    queued_at = registration.queued_at
    if registration.state != RegistrationState.WAITLISTED or queued_at is None:
        return 0
    before = Q(queued_at__lt=queued_at) | Q(queued_at=queued_at, pk__lt=registration.pk)
    return registration.session.registrations.in_queue().filter(before).count() + 1


def may_change(registration: Registration) -> bool:
    return registration.state in STILL_ON and registration.session.is_open(now())


def has_seats(registration: Registration) -> bool:
    """Whether they are expected, or were. An offer that nobody has taken is not yet a seat of theirs."""
    return registration.state in HOLDS_SEATS and registration.state != RegistrationState.OFFERED


def is_offered(registration: Registration) -> bool:
    """Whether seats are held for them at this moment."""
    until = registration.offered_until
    is_held = registration.state == RegistrationState.OFFERED and until is not None and until > now()
    return is_held and may_change(registration)


def _context(registration: Registration) -> dict[str, Any]:
    session = registration.session
    return {
        "registration": registration,
        "session": session,
        "course": session.course,
        "when": words.in_words(session, today()),
        "spoken": words.spoken(session.language),
        "interpreted": [words.spoken(code) for code in session.interpreted],
    }


@require_safe
@needs_registration
def mine(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Din anmälan. From here on the two words are shown no more."""
    forget_told(request)
    session = registration.session
    context = _context(registration) | {
        "standing": words.standing(registration, place=place_in_queue(registration), now=now()),
        "may_take": is_offered(registration),
        "may_change": may_change(registration),
        "has_seats": has_seats(registration),
        "after": after_of(registration, now()),
        "is_over": session.is_over(now()),
        "access": words.access_facts(session),
        "written": written_to(registration),
    }
    return render(request, "training/mine.html", context)


@require_POST
@needs_registration
def take_seat(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Ja, jag kommer: the seats that were offered are theirs."""
    try:
        take_offer(registration, now=now())
    except OfferGone:
        messages.error(request, _("Platsen är inte din längre. Tiden att svara har gått ut."))
    else:
        messages.success(request, _("Platsen är din. Vi ses!"))
    return redirect("training:mine")


@require_http_methods(["GET", "HEAD", "POST"])
@needs_registration
def change(request: HttpRequest, registration: Registration) -> HttpResponse:
    """How many they are, and what they need."""
    if not may_change(registration):
        messages.info(request, _("Anmälan går inte att ändra längre."))
        return redirect("training:mine")
    initial = {"seats": str(registration.seats), "needs": registration.needs}
    form = ChangeForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        if numbers := form.personal_numbers():
            return ask_about_numbers(request, numbers)
        if _is_saved(request, form, registration):
            return redirect("training:mine")
    return render(request, "training/my_change.html", _context(registration) | {"form": form})


def _is_saved(request: HttpRequest, form: ChangeForm, registration: Registration) -> bool:
    try:
        change_seats(registration, seats=form.cleaned_data["seats"], now=now())
        if form.cleaned_data["needs"] != registration.needs:
            change_needs(registration, needs=form.cleaned_data["needs"], now=now())
    except SeatsTaken as taken:
        said = ngettext(
            "Det finns plats för en av er. Vill ni vara fler, anmäl de andra för sig.",
            "Det finns plats för %(most)s av er. Vill ni vara fler, anmäl de andra för sig.",
            taken.most,
        )
        form.add_error("seats", said % {"most": taken.most})
        return False
    except RegistrationEnded:
        messages.info(request, _("Anmälan går inte att ändra längre."))
    else:
        messages.success(request, _("Din anmälan är ändrad."))
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@needs_registration
def cancel_page(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Jag kan inte komma: asked about once, done at the second tap."""
    if not may_change(registration):
        messages.info(request, _("Det finns ingen anmälan att ta tillbaka."))
        return redirect("training:mine")
    if request.method != "POST":
        return render(request, "training/my_cancel.html", _context(registration))
    try:
        cancel(registration, now=now())
    except RegistrationEnded:
        messages.info(request, _("Träffen har redan börjat."))
    else:
        messages.success(request, _("Du är avanmäld. Tack för att du sa till."))
    return redirect("training:mine")
