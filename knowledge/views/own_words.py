"""A group changes the text about itself, where it is asked about it: on the pages behind its private link."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from groups.enums import ApprovalKind
from groups.models import Member
from groups.views import approval_of, needs_member
from knowledge.actions.approved_text import text_to_approve
from knowledge.actions.group_edits import (
    OPEN_TO_GROUP,
    ChangedMeanwhile,
    NotOpen,
    mark_of,
    words_of,
    write_own_words,
)
from knowledge.enums import State
from knowledge.forms.own_words import OwnWordsForm, initial_of, own_words_form, places_for, places_in
from knowledge.models import Example
from people.clock import now
from people.views.careful import ask_about_numbers


def _example(member: Member, pk: int) -> Example:
    """The example of their own that the question is about; 404 for any other."""
    asked = approval_of(member, pk)
    if asked.kind != ApprovalKind.EXAMPLE or asked.about_model != Example._meta.label_lower or not asked.about_id:
        raise Http404
    return get_object_or_404(Example, pk=asked.about_id, group=member.group)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_member
def own_words(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """The text as it stands, to be changed. Whatever stands in the way, what was written stays."""
    example = _example(member, pk)
    if request.method == "POST":
        return _take(request, member, pk, example)
    if example.state not in OPEN_TO_GROUP:
        messages.info(request, _("Den här texten går inte att ändra just nu."))
        return redirect("groups:approvals")
    words = words_of(example)
    form = own_words_form(places_for(words))(initial={**initial_of(words), "seen": mark_of(example)})
    return _show(request, pk, form, example)


def _take(request: HttpRequest, member: Member, pk: int, example: Example) -> HttpResponse:
    form = own_words_form(places_in(request.POST))(request.POST)
    if not form.is_valid():
        return _show(request, pk, form, example)
    if numbers := form.personal_numbers():
        return ask_about_numbers(request, numbers)
    try:
        write_own_words(example, form.words(), seen=form.cleaned_data["seen"], member=member, now=now())
    except ChangedMeanwhile:
        form.replace_answer("seen", mark_of(example))
        return _show(request, pk, form, example, refused="changed")
    except NotOpen:
        return _show(request, pk, form, example, refused="closed")
    if example.state == State.REVIEW:
        return redirect("knowledge:own_words_sent", pk)
    messages.info(request, _("Ni har inte ändrat något. Ni kan svara ja eller nej."))
    return redirect("groups:approval", pk)


def _show(request: HttpRequest, pk: int, form: OwnWordsForm, example: Example, *, refused: str = "") -> HttpResponse:
    """`refused` is why what was written could not be saved: the text as it is now is shown too."""
    context = {"pk": pk, "form": form, "example": example, "refused": refused}
    if refused:
        context["text"] = text_to_approve(example)
    return render(request, "knowledge/own_words.html", context)


@require_safe
@needs_member
def sent(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """Thanks, what happens now, and the text as we have it."""
    example = _example(member, pk)
    if example.state != State.REVIEW:
        return redirect("groups:approvals")
    return render(request, "knowledge/own_words_sent.html", {"pk": pk, "text": text_to_approve(example)})
