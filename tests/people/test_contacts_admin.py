"""Contacts and private links in the admin: shown with care, changed through commands."""

import re
from http import HTTPStatus

import pytest

from people.actions.way_in import LinkGone, enter_by_token, enter_by_words
from people.enums import Channel
from people.models import AccessLog, Contact, PrivateLink
from tests.factories import NOW
from tests.people.admin_pages import PHONE, our_contact, our_link, page, seen_on, text

pytestmark = pytest.mark.django_db


def test_the_rules_of_a_contact_stand_in_whole_sentences_on_its_page(as_leader, office):
    contact = our_contact(office, never_leave_message=True)

    answer = text(as_leader.get(page(Contact, contact.pk)))

    assert "Sms till 070-174 06 15. Säg inte varifrån vi ringer. Lämna aldrig meddelande." in answer


def test_a_protected_address_shows_nowhere_until_someone_says_why(as_leader, leader, office):
    contact = our_contact(office, protected=True, called="Alva")
    before = [
        as_leader.get(path) for path in (page(Contact), page(Contact, contact.pk), f"{page(Contact)}?q=0701740615")
    ]
    refused = as_leader.post(page(Contact, contact.pk, "reveal"), {"reason": " "})

    assert not any(PHONE in text(one) or "+4670" in text(one) for one in [*before, refused])
    assert "Alva" not in text(before[2])
    assert not AccessLog.objects.exists()

    shown = as_leader.post(page(Contact, contact.pk, "reveal"), {"reason": "Ringer om mötet"})

    assert PHONE in text(shown)
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert [(entry.user, entry.about_id, entry.reason) for entry in AccessLog.objects.all()] == [
        (leader, contact.pk, "Ringer om mötet")
    ]
    assert PHONE not in text(as_leader.get(page(Contact, contact.pk)))
    assert PHONE not in str(dict(as_leader.session)) + str(as_leader.cookies)


def test_staff_choose_languages_by_the_names_they_know(as_leader, office):
    contact = our_contact(office, languages=["ar"])

    answer = text(as_leader.get(page(Contact, contact.pk)))

    assert "Arabiska" in answer
    assert "العربية" not in answer


def test_the_number_is_a_link_only_for_someone_who_wants_to_be_called(as_leader, office):
    called = our_contact(office, channel=Channel.CALL)
    written_to = our_contact(office, channel=Channel.SMS)

    assert 'href="tel:' in as_leader.get(page(Contact, called.pk)).content.decode()
    assert 'href="tel:' not in as_leader.get(page(Contact, written_to.pk)).content.decode()


def test_protection_is_set_and_lifted_with_a_reason(as_leader, office):
    contact = our_contact(office)

    as_leader.post(page(Contact, contact.pk, "protect"), {"reason": "Hen berättade"})
    assert Contact.objects.get(pk=contact.pk).protected
    as_leader.post(page(Contact, contact.pk, "unprotect"), {"reason": "Det behövs inte längre"})

    assert not Contact.objects.get(pk=contact.pk).protected
    assert [entry.what for entry in AccessLog.objects.order_by("pk")] == ["protect", "unprotect"]


def test_a_contact_is_found_by_name_or_by_its_whole_address(as_leader, office):
    found = our_contact(office, called="Alva")
    our_contact(office, called="Ramona", channel=Channel.EMAIL, phone="", email="bo@example.org")

    def hits(q: str) -> list[bool]:
        answer = text(as_leader.get(page(Contact), {"q": q}))
        return ["Alva" in answer, "Ramona" in answer]

    assert hits("0701740615") == hits("+46 70 174 06 15") == [True, False]
    assert hits("BO@example.org") == [False, True]
    assert hits("070174") == [False, False]
    assert found.called == "Alva"


def test_another_way_is_chosen_through_its_own_form(as_leader, office):
    contact = our_contact(office)

    wrong = as_leader.post(page(Contact, contact.pk, "way"), {"channel": "sms", "sms_phone": "031-390 06 10"})
    right = as_leader.post(
        page(Contact, contact.pk, "way"), {"channel": "email", "email": "ny@example.org", "may_say_who_we_are": "no"}
    )

    assert "Vi kan inte skicka sms till det här numret" in text(wrong)
    assert right.headers["Location"] == page(Contact, contact.pk)
    contact.refresh_from_db()
    assert (contact.channel, contact.email, contact.phone) == (Channel.EMAIL, "ny@example.org", "")


def test_editing_a_contact_leaves_its_addresses_alone(as_leader, office):
    contact = our_contact(office)
    form = {"called": "Alvar", "languages": ["so", "sv"], "wants_interpreter": "yes", "reads": "sv", "discreet": "on"}

    form |= {"phone": "+46700000000", "protected": "on"} | seen_on(as_leader, page(Contact, contact.pk))
    answer = as_leader.post(page(Contact, contact.pk), form)

    assert answer.headers["Location"] == page(Contact)
    contact.refresh_from_db()
    assert (contact.called, contact.languages, contact.phone, contact.protected) == (
        "Alvar",
        ["so", "sv"],
        "+46701740615",
        False,
    )


def test_contacts_are_neither_added_nor_deleted_by_hand(as_leader, office):
    contact = our_contact(office)

    assert as_leader.get(page(Contact, name="add")).status_code == HTTPStatus.FORBIDDEN
    assert as_leader.post(page(Contact, contact.pk, "delete"), {"post": "yes"}).status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("name", ["safe", "unsafe", "protect", "way", "reveal"])
def test_looking_at_a_command_changes_nothing(as_leader, office, name):
    contact = our_contact(office, protected=name == "reveal")
    before = Contact.objects.values().get(pk=contact.pk)

    assert as_leader.get(page(Contact, contact.pk, name)).status_code == HTTPStatus.OK

    assert Contact.objects.values().get(pk=contact.pk) == before
    assert not AccessLog.objects.exists()


def test_a_link_is_issued_anew_and_told_once(as_leader, office, settings):
    told = our_link(office)

    shown = text(as_leader.post(page(PrivateLink, told.link.pk, "reissue"), {"reason": "Tappade lappen"}))

    words = re.search(r"<dt>Två ord</dt><dd>(.*?)</dd>", shown)[1]
    address = re.search(r"<dt>Länk</dt><dd>(.*?)</dd>", shown)[1]
    assert address.startswith(settings.PORTAL_URL)
    assert enter_by_words(told.code, words, now=NOW) == told.link
    assert enter_by_token(address.rstrip("/").rpartition("/")[2], now=NOW) == told.link
    with pytest.raises(LinkGone):
        enter_by_token(told.token, now=NOW)
    assert words not in text(as_leader.get(page(PrivateLink, told.link.pk)))


def test_who_issues_a_link_anew_says_why_and_that_is_written_down(as_leader, leader, office):
    """With the link in hand one sees what the person sees: a protected address too."""
    told = our_link(office)
    reissue = page(PrivateLink, told.link.pk, "reissue")

    as_leader.post(reissue)
    assert enter_by_token(told.token, now=NOW) == told.link
    as_leader.post(reissue, {"reason": "Tappade lappen"})

    assert [(entry.user, entry.what, entry.about_id, entry.reason) for entry in AccessLog.objects.all()] == [
        (leader, "reissue", told.link.contact_id, "Tappade lappen")
    ]


def test_a_link_is_found_by_its_code_locked_and_closed(as_leader, office):
    told = our_link(office)

    assert told.code in text(as_leader.get(page(PrivateLink), {"q": told.code.lower().replace(" ", "")}))
    as_leader.post(page(PrivateLink, told.link.pk, "lock"))
    assert PrivateLink.objects.get().asks_for_code
    as_leader.post(page(PrivateLink, told.link.pk, "unlock"))
    assert not PrivateLink.objects.get().asks_for_code
    as_leader.post(page(PrivateLink, told.link.pk, "revoke"))
    refused = as_leader.post(page(PrivateLink, told.link.pk, "reissue"), {"reason": "Tappade lappen"}, follow=True)

    assert PrivateLink.objects.get().revoked_at is not None
    assert "Länken är stängd" in text(refused)
