"""The words of the messages about sessions: short, plain, and telling nothing where others may read along."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from knowledge.readability import MOST_WORDS, readability
from mobilisering.plain_swedish import EMAIL
from people import kinds
from people.enums import MessageClass
from people.outbox import Words, render_words
from people.sms_text import fits_one_sms
from tests.factories import NOW
from tests.factories.training import make_course, make_session

pytestmark = pytest.mark.django_db

KINDS = [kind for kind in kinds.all_kinds() if kind.name.startswith("training.")]
TO_PARTICIPANTS = [kind for kind in KINDS if kind.message_class != MessageClass.STAFF]
LONGEST_LINK = f"https://{'d' * 20}/min-sida/{'t' * 27}/anmalan/utvardering/"


def words_of(kind: kinds.MessageKind, language: str, **more: Any) -> Words:
    """What the message says when everything in it is as long and as telling as it gets."""
    start = NOW.replace(day=30)
    session = make_session(
        course=make_course(title="Makt", material="Bilderna"),
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        cancelled_because="Den som leder är sjuk.",
    )
    context: dict[str, Any] = {
        "session": session,
        "title": "Makt",
        "when": "onsdag 30 september klockan 10.00",
        "ends": "12.00",
        "seats": 6,
        "until": start,
        "ended_by": "themselves",
        "phone": "031-390 06 10",
        "has_cancelling": True,
        "cancelling": f"{settings.PORTAL_URL}/min-sida/{'t' * 27}/anmalan/avanmal/",
        "office": session.office,
        "text": "Ta med något att skriva med.",
    } | more
    return render_words(kind.template, context, language)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_message_is_short_and_has_one_thing_to_do(kind: kinds.MessageKind, language: str) -> None:
    words = words_of(kind, language)

    assert words.subject
    assert words.button
    assert len(words.text.split()) <= 120
    assert readability(words.text.partition("http")[0]).longest_words <= MOST_WORDS
    assert "&" not in words.text


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("more", [{}, {"until": None}, {"ended_by": "staff"}, {"is_waiting": True, "seats": 1}])
def test_every_message_is_easy_to_read(kind: kinds.MessageKind, more: dict[str, Any]) -> None:
    if kind.name == "training.seats_offered" and more.get("until", True) is None:
        return
    words = words_of(kind, "sv", **more)

    measured = readability(re.sub(r"https?://\S+", "", words.text))
    assert measured.lix <= EMAIL
    assert readability(f"{words.subject}\n{words.text}\n{words.short}\n{words.neutral}").avoided == ()


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("kind", TO_PARTICIPANTS, ids=lambda kind: kind.name)
def test_what_others_may_see_reveals_nothing_and_fits_one_sms(kind: kinds.MessageKind, language: str) -> None:
    words = words_of(kind, language)

    assert fits_one_sms(f"{words.short} {LONGEST_LINK}")
    assert fits_one_sms(f"{words.neutral} {LONGEST_LINK}")
    assert [secret for secret in ("Makt", "Biblioteket", settings.FROM_NAME) if secret in words.short] == []
    assert re.findall(r"\d|möte|träff|utbildning|anmäl|plats|kö", words_of(kind, "sv").neutral.lower()) == []
