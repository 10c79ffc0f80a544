"""The words of the messages that the people app sends: short, plain, and the same in form as all others."""

from typing import Any

import pytest

from knowledge.readability import readability
from mobilisering.plain_swedish import EMAIL
from people import kinds
from people.adapters import CHANGES
from people.enums import MessageClass
from people.outbox import Words, render_words
from people.sms_text import fits_one_sms

KINDS = [kind for kind in kinds.all_kinds() if kind.name.startswith("people.")]
ACCOUNT_CHANGES = [str(words) for words in CHANGES.values()]


def words_of(kind: kinds.MessageKind, language: str, **context: Any) -> Words:
    everything = {"code": "B3K-9QW", "what": ACCOUNT_CHANGES[0], "kind": "support.check_in_asked"} | context
    return render_words(kind.template, everything, language)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_message_says_what_it_is_and_is_short(kind: kinds.MessageKind, language: str) -> None:
    words = words_of(kind, language)

    assert words.subject
    assert "B3K-9QW" not in words.subject
    assert len(words.text.split()) <= 120
    assert words.text == words.text.strip()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_message_is_easy_to_read(kind: kinds.MessageKind) -> None:
    assert readability(words_of(kind, "sv").text).lix <= EMAIL


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.is_secret], ids=lambda kind: kind.name)
def test_what_a_code_message_is_for_stands_in_it(kind: kinds.MessageKind) -> None:
    words = words_of(kind, "sv")

    assert kind.message_class == MessageClass.ANSWER
    assert "B3K-9QW" in words.text or words.button


def test_a_one_time_code_fits_one_sms_and_is_all_a_discreet_person_sees() -> None:
    words = words_of(kinds.get("people.one_time_code"), "sv")

    assert fits_one_sms(words.short)
    assert words.neutral == words.short


def test_confirming_an_address_is_done_by_code_or_by_link() -> None:
    kind = kinds.get("people.email_confirmation")

    assert words_of(kind, "sv").button == ""
    assert words_of(kind, "sv", code="").button == "Bekräfta adressen"


@pytest.mark.parametrize("change", ACCOUNT_CHANGES)
def test_a_security_notice_says_what_has_changed(change: str) -> None:
    words = words_of(kinds.get("people.security_notice"), "sv", what=change)

    assert words.text.startswith(change)
    assert readability(words.text).lix <= EMAIL
