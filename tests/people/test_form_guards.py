import uuid
from datetime import UTC, datetime, timedelta

import time_machine
from django import forms

from people.form_guards import FASTEST_SECONDS, GuardMixin, OnceKeyMixin
from people.form_pack import PortalForm

NOW = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


class AskForm(OnceKeyMixin, GuardMixin, PortalForm):
    text = forms.CharField()


def shown_and_sent(seconds: float, **answers: str) -> AskForm:
    """The form as it comes back when someone took that long."""
    with time_machine.travel(NOW, tick=False):
        form = AskForm()
        sent = {name: str(form[name].value() or "") for name in form.fields}
    with time_machine.travel(NOW + timedelta(seconds=seconds), tick=False):
        answered = AskForm({**sent, "text": "hej", **answers})
        assert answered.is_valid()
    return answered


def test_a_person_who_reads_and_answers_is_let_through() -> None:
    assert not shown_and_sent(FASTEST_SECONDS + 1).looks_automated()


def test_an_answer_faster_than_anyone_reads_is_noticed_without_being_an_error() -> None:
    form = shown_and_sent(0.5)

    assert form.looks_automated()
    assert form.cleaned_data["text"] == "hej"


def test_the_same_page_sent_again_a_moment_later_goes_through() -> None:
    first = shown_and_sent(0.5)
    with time_machine.travel(NOW + timedelta(seconds=20), tick=False):
        second = AskForm(first.data)
        assert second.is_valid()

        assert not second.looks_automated()


def test_a_field_that_no_one_sees_is_only_filled_in_by_programs() -> None:
    form = shown_and_sent(20, website="https://exempel.se")

    assert form.looks_automated()
    assert form["website"].value() == ""


def test_a_forged_moment_counts_as_too_fast_and_is_replaced_on_the_next_page() -> None:
    form = shown_and_sent(20, opened="i går")

    assert form.looks_automated()
    assert form["opened"].value() != "i går"
    with time_machine.travel(NOW + timedelta(seconds=40), tick=False):
        again = AskForm(form.data)
        assert again.is_valid()
        assert not again.looks_automated()


def test_a_page_that_lay_open_for_days_still_counts() -> None:
    assert not shown_and_sent(3 * 24 * 3600).looks_automated()


def test_every_page_shown_has_a_key_of_its_own_and_keeps_it_when_sent_again() -> None:
    first, second = AskForm(), AskForm()
    key = first["once_key"].value()

    sent = AskForm({"text": "hej", "once_key": str(key)})
    resent = AskForm({"text": "hej", "once_key": str(key)})

    assert first["once_key"].value() != second["once_key"].value()
    assert sent.is_valid()
    assert resent.is_valid()
    assert sent.cleaned_data["once_key"] == resent.cleaned_data["once_key"]


def test_an_old_page_that_is_edited_and_sent_again_is_something_new() -> None:
    key = str(AskForm()["once_key"].value())
    keys = set()
    for text in ("Kan vi få en lokal?", "Kan vi få en tolk?"):
        form = AskForm({"text": text, "once_key": key})
        assert form.is_valid()
        keys.add(form.cleaned_data["once_key"])

    assert len(keys) == 2


def test_a_forged_key_is_replaced_by_a_fresh_one() -> None:
    form = AskForm({"text": "hej", "once_key": "inte en nyckel"})

    assert form.is_valid()
    assert isinstance(form.cleaned_data["once_key"], uuid.UUID)
    assert uuid.UUID(form["once_key"].value()).version == 4


def test_the_trap_is_hidden_from_screen_readers_keyboards_and_autofill() -> None:
    from crispy_forms.utils import render_crispy_form  # noqa: PLC0415 -- slow import

    html = render_crispy_form(AskForm())

    assert '<div class="hp" aria-hidden="true">' in html
    assert 'name="website" tabindex="-1" autocomplete="off"' in html
