"""How staff read the rules for reaching a person."""

import pytest

from people.enums import Channel
from people.models import Contact
from people.safe_contact import safe_contact_sentence
from tests.factories import NOW

SMS = {"channel": Channel.SMS, "phone": "+46701740615"}


@pytest.mark.parametrize(
    ("contact", "sentence"),
    [
        (
            Contact(**SMS, never_leave_message=True),
            "Sms till 070-174 06 15. Säg inte varifrån vi ringer. Lämna aldrig meddelande.",
        ),
        (Contact(**SMS, may_say_who_we_are=True), "Sms till 070-174 06 15. Du får säga varifrån vi ringer."),
        (Contact(channel=Channel.CALL, phone="+4740123456"), "Ring +47 40 12 34 56. Säg inte varifrån vi ringer."),
        (
            Contact(channel=Channel.EMAIL, email="a@example.org"),
            "E-post till a@example.org. Skriv inte vilka vi är eller vad det gäller.",
        ),
        (Contact(channel=Channel.SELF), "Personen hör av sig själv. Vi har inget nummer och ingen adress."),
        (Contact(channel=Channel.NONE), "Inget kontaktsätt är valt än. Hör inte av dig."),
        (
            Contact(**SMS, protected=True),
            "Skyddad identitet. Bara sms. Visa numret med skäl. Säg inte varifrån vi ringer.",
        ),
        (
            Contact(**SMS, suppressed_because="Numret finns inte."),
            "Stopp, vi skickar inget nu: Numret finns inte. Sms till 070-174 06 15. Säg inte varifrån vi ringer.",
        ),
        (Contact(**SMS, erased_at=NOW), "Allt om personen är borttaget."),
    ],
)
def test_staff_read_the_rules_in_whole_sentences(contact, sentence):
    assert contact.safe_sentence == sentence


def test_a_protected_number_shows_only_when_it_was_revealed():
    contact = Contact(**SMS, protected=True)

    assert "070" not in safe_contact_sentence(contact)
    assert contact.revealed_sentence == "Skyddad identitet. Sms till 070-174 06 15. Säg inte varifrån vi ringer."
