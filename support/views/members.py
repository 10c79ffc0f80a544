"""Who is in the group: seen by display name only, invited by a link of their own, and free to leave."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.actions.invitations import (
    AlreadyIn,
    AlreadyInvited,
    HasLeft,
    TooManyUnused,
    invite_member,
    take_back_invitation,
    unopened,
)
from people.actions.contacts import NoSuchAddress, choose_contact_way
from people.clock import now
from people.models import PrivateLink
from people.private_access import forget
from people.views.careful import ask_about_numbers
from support.actions.members import AskedForSupport, leave_support, speak_for_group
from support.forms.contact import ContactWayForm
from support.forms.members import InviteForm
from support.views.mine import remember_told, told_now
from support.views.ours import Ours, needs_group


@require_safe
@needs_group
def members(request: HttpRequest, ours: Ours) -> HttpResponse:
    current = list(ours.period.group.members.current().select_related("contact"))
    waiting = set(unopened(ours.member).values_list("pk", flat=True))
    context = {
        "inside": [one for one in current if one.pk not in waiting],
        "waiting": [one for one in current if one.pk in waiting],
        "me": ours.member,
    }
    return render(request, "support/members.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_group
def invite(request: HttpRequest, ours: Ours) -> HttpResponse:
    """Sending twice makes one invitation; the second leads to the same link and words."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "support/invite.html", {"form": form})
    if numbers := form.personal_numbers():
        return ask_about_numbers(request, numbers)
    called, key = " ".join(form.cleaned_data["called"].split()), form.cleaned_data["once_key"]
    try:
        remember_told(request, invite_member(ours.member, called=called, once_key=key, now=now()))
    except AlreadyInvited:
        pass
    except (HasLeft, TooManyUnused):
        messages.error(request, _("Många inbjudningar är inte öppnade än. Ta tillbaka någon först."))
        return redirect("support:members")
    return redirect("support:invited")


@require_safe
@needs_group
def invited(request: HttpRequest, ours: Ours) -> HttpResponse:
    """The way in for whoever was just invited, told once to whoever invites."""
    known = told_now(request)
    links = PrivateLink.objects.usable().select_related("contact")
    link = links.filter(pk=known.link, contact__member__in=unopened(ours.member)).first() if known else None
    if known is None or link is None:
        return redirect("support:members")
    context = {"code": link.code, "words": known.words, "address": f"{settings.NEUTRAL_URL}{known.path}", "link": link}
    return render(request, "support/invited.html", context)


@require_POST
@needs_group
def take_back(request: HttpRequest, ours: Ours, pk: int) -> HttpResponse:
    someone = get_object_or_404(ours.period.group.members.select_related("contact"), pk=pk)
    try:
        take_back_invitation(someone, now=now())
    except AlreadyIn:
        messages.info(request, _("Den personen har redan kommit in. Prata med oss om det är något."))
    else:
        messages.success(request, _("Inbjudan gäller inte längre."))
    return redirect("support:members")


@require_POST
@needs_group
def speak(request: HttpRequest, ours: Ours) -> HttpResponse:
    """Only the member themselves can say that we may get in touch with them about the group."""
    speak_for_group(ours.member, period=ours.period, now=now())
    messages.success(request, _("Du är kontaktperson nu. Kolla att ditt kontaktsätt är tryggt."))
    return redirect("support:members")


@require_http_methods(["GET", "HEAD", "POST"])
@needs_group
def leave(request: HttpRequest, ours: Ours) -> HttpResponse:
    """Lämna gruppen: asked about once, done at once. Whoever asked for support takes the request away as well."""
    if request.method != "POST":
        if hasattr(ours.contact, "support_request"):
            return redirect("support:delete")
        return render(request, "support/leave.html")
    try:
        leave_support(ours.member, period=ours.period, now=now())
    except AskedForSupport:
        return redirect("support:delete")
    forget(request)
    return redirect("people:left")


@require_http_methods(["GET", "HEAD", "POST"])
@needs_group
def contact_way(request: HttpRequest, ours: Ours) -> HttpResponse:
    """How someone who was invited wants to be reached; whoever asked for support changes it with their answers."""
    if hasattr(ours.contact, "support_request"):
        return redirect("support:change_answer", "kontakt")
    posted = request.POST if request.method == "POST" else None
    form = ContactWayForm(posted, initial=ContactWayForm.way_of(ours.contact), is_sent=True)
    if form.is_valid():
        try:
            choose_contact_way(ours.contact, **form.answers(), now=now())
        except NoSuchAddress:
            form.add_error("channel", _("Skriv ett nummer eller en adress som vi kan nå dig på"))
        else:
            messages.success(request, _("Sparat. Vi hör bara av oss på det sättet."))
            # where the link now asks for the code, that page tells which it is
            return redirect("support:lock" if ours.contact.needs_locked_links else "support:my_page")
    return render(request, "support/ask.html", {"form": form, "title": form.fields["channel"].label})
