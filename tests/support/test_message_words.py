import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings

from knowledge.readability import MOST_WORDS, readability
from mobilisering.plain_swedish import EMAIL
from people import kinds
from people.enums import MessageClass
from people.outbox import Words, render_words
from people.sms_text import fits_one_sms
from tests.factories import NOW, make_check_in, make_meeting, make_office, make_period, make_staff

pytestmark = pytest.mark.django_db

PAGE = f"https://{'d' * 20}/min-sida/{'t' * 27}/"
"""As long as a link in a message gets, with a domain of twenty letters."""

LONGEST = f"{PAGE}hur-gar-det/"
LEADS_TO_THE_PAGE_ITSELF = {"support.request_received"}

LONG_DAY = date(2026, 9, 30)  # "onsdag 30 september"
SECRETS = ("Maximilian", "Värmegruppen", "Folkets hus", "hyresvärd")
KINDS = [kind for kind in kinds.all_kinds() if kind.name.partition(".")[0] in {"support", "groups"}]
TO_GROUPS = [kind for kind in KINDS if kind.message_class != MessageClass.STAFF]


def words_of(kind: kinds.MessageKind, language: str) -> Words:
    """What the message says when everything in it is as long and as telling as it gets."""
    leader = make_staff(name="Maximilian Christoffersson", phone="031-390 06 10")
    starts_at = NOW.replace(day=30)
    context: dict[str, Any] = {
        "leader": leader,
        "leader_phone": leader.phone,
        "phone": "031-390 06 10",
        "office": make_office(),
        "meeting": make_meeting(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), place="Folkets hus"),
        "check_in": make_check_in(expected=LONG_DAY, latest=LONG_DAY),
        "period": make_period(),
        "promised_by": LONG_DAY,
        "until": NOW,
        "code": "HASSEL 4827",
        "reason": "Det gäller en hyresvärd.",
        "turn_to": "Hyresgästföreningen kan mer om det.",
        "answer": "Vi kommer gärna.",
        "role": "Mentor",
        "task": "Värmegruppen",
    }
    return render_words(kind.template, context, language)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_message_is_short_and_plain(kind: kinds.MessageKind, language: str) -> None:
    words = words_of(kind, language)

    assert words.subject
    assert words.text
    assert len(words.text.split()) <= 120
    assert readability(words.text).longest_words <= MOST_WORDS
    assert "&" not in words.text


@pytest.mark.parametrize("kind", TO_GROUPS, ids=lambda kind: kind.name)
def test_what_groups_get_is_easy_to_read(kind: kinds.MessageKind) -> None:
    assert readability(words_of(kind, "sv").text).lix <= EMAIL


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_no_message_has_a_word_to_avoid(kind: kinds.MessageKind) -> None:
    words = words_of(kind, "sv")

    assert readability(f"{words.subject}\n{words.text}\n{words.short}\n{words.neutral}").avoided == ()


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("kind", TO_GROUPS, ids=lambda kind: kind.name)
def test_what_others_may_see_reveals_nothing_and_fits_one_sms(kind: kinds.MessageKind, language: str) -> None:
    words = words_of(kind, language)

    assert words.short
    assert words.neutral
    link = PAGE if kind.name in LEADS_TO_THE_PAGE_ITSELF else LONGEST
    assert fits_one_sms(f"{words.short} {link}")
    assert fits_one_sms(f"{words.neutral} {link}")
    seen = f"{words.subject} {words.short} {words.neutral}".lower()
    assert [secret for secret in (*SECRETS, settings.FROM_NAME) if secret.lower() in seen] == []


@pytest.mark.parametrize("kind", TO_GROUPS, ids=lambda kind: kind.name)
def test_the_neutral_line_tells_neither_day_nor_meeting(kind: kinds.MessageKind) -> None:
    neutral = words_of(kind, "sv").neutral.lower()

    assert re.findall(r"\d|möte|grupp|stöd|utvecklingsledare|förfrågan", neutral) == []
