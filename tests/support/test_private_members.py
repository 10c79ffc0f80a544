"""Who is in the group: invited by a link of their own, seen by display name only, and free to leave."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from groups.models import Member
from people.enums import Channel
from people.models import Contact, PrivateLink
from support.actions.members import AskedForSupport, leave_support
from support.enums import LogKind
from support.models import LogEntry
from tests.factories import NOW, make_contact, make_log_entry, make_member
from tests.support.at_work import HOME, at_work, invited_to, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

MEMBERS = "/min-sida/medlemmar/"
INVITE = "/min-sida/medlemmar/bjud-in/"
INVITED = "/min-sida/medlemmar/inbjudan/"
LEAVE = "/min-sida/medlemmar/lamna/"
WAY = "/min-sida/kontaktsatt/"


def test_members_are_seen_by_display_name_only(client: Client) -> None:
    ours = at_work(client, contact=make_contact(called="Alva", channel=Channel.SMS, phone="+46701740615"))
    make_member(group=ours.period.group, contact=make_contact(called="", email="hemlig@exempel.se"), role="member")

    text = text_of(client.get(MEMBERS))

    assert "Alva (du) Kontaktperson Någon utan namn Med i gruppen" in text
    assert "hemlig@" not in text
    assert "174 06 15" not in text


def test_an_invitation_is_a_link_a_code_and_two_words_told_once(client: Client) -> None:
    ours = at_work(client)

    response = client.post(INVITE, {"called": "Bo", "once_key": str(uuid4())})

    page = client.get(INVITED).content.decode()
    link = PrivateLink.objects.exclude(pk=ours.link.pk).get()
    assert response.url == INVITED  # type: ignore[attr-defined]
    assert link.code in page
    assert re.search(r'class="two-words">\w+ \w+<', page)
    client.get(HOME)
    assert client.get(INVITED).url == MEMBERS  # type: ignore[attr-defined]


def test_the_link_opens_the_groups_page_for_whoever_was_invited(client: Client) -> None:
    at_work(client)
    client.post(INVITE, {"called": "Bo", "once_key": str(uuid4())})
    path = re.search(r">https?://[^/<]+(/min-sida/[^<]+)<", client.get(INVITED).content.decode())
    assert path is not None

    other = Client()
    response = other.get(path[1], follow=True)

    assert response.redirect_chain[-1][0] == HOME
    assert "Hej, Värmegruppen" in text_of(response)
    assert "Bo (du) Med i gruppen" in text_of(other.get(MEMBERS))


def test_the_address_to_pass_on_is_neutral_and_not_a_link_that_opens_it_here(client: Client) -> None:
    at_work(client)
    client.post(INVITE, {"called": "Bo", "once_key": str(uuid4())})

    page = client.get(INVITED).content.decode()

    assert f">{settings.NEUTRAL_URL}/min-sida/" in page
    assert 'href="http' not in page.split("<main")[1].split("</main>")[0]


def test_sending_twice_makes_one_invitation_and_shows_it(client: Client) -> None:
    ours = at_work(client)
    sent = {"called": "Bo", "once_key": str(uuid4())}

    for _n in range(2):
        response = client.post(INVITE, sent)

    assert ours.period.group.members.count() == 2
    assert response.url == INVITED  # type: ignore[attr-defined]
    assert "Inbjudan till Bo är klar" in text_of(client.get(INVITED))


def test_someone_without_a_name_is_not_invited(client: Client) -> None:
    ours = at_work(client)

    assert "Skriv ett förnamn eller smeknamn" in text_of(client.post(INVITE, {"called": " "}))
    assert ours.period.group.members.count() == 1


def test_an_invitation_nobody_opened_is_taken_back(client: Client) -> None:
    ours = at_work(client)
    client.post(INVITE, {"called": "Bo", "once_key": str(uuid4())})
    invited = Member.objects.get(invited_by=ours.member)
    assert "Inbjudna Bo Har inte öppnat sin länk än." in text_of(client.get(MEMBERS))

    for _n in range(2):
        response = client.post(f"{MEMBERS}{invited.pk}/ta-tillbaka/", follow=True)

    assert "Inbjudan gäller inte längre." in text_of(response)
    assert "Bo" not in text_of(client.get(MEMBERS)).replace("Bjud", "")
    assert not PrivateLink.objects.usable().exclude(pk=ours.link.pk).exists()
    assert client.get(INVITED).url == MEMBERS  # type: ignore[attr-defined]


def test_nobody_throws_out_someone_who_has_come_in(client: Client) -> None:
    ours = at_work(client)
    invited_to(ours, client)

    response = client.post(f"{MEMBERS}{ours.member.pk}/ta-tillbaka/", follow=True)

    assert "Den personen har redan kommit in." in text_of(response)
    ours.member.refresh_from_db()
    assert ours.member.left_at is None


def test_so_many_unopened_invitations_are_enough(client: Client) -> None:
    ours = at_work(client)
    for number in range(21):
        response = client.post(INVITE, {"called": f"Bo {number}", "once_key": str(uuid4())}, follow=True)

    assert ours.period.group.members.count() == 21
    assert "Ta tillbaka någon först." in text_of(response)


def test_whoever_was_invited_leaves_in_two_taps_and_nothing_of_them_stays(client: Client) -> None:
    ours = at_work(client)
    someone = invited_to(ours, client)
    make_log_entry(period=ours.period, kind=LogKind.QUESTION, text="Min fråga", contact=someone.contact)

    page = text_of(client.get(LEAVE))
    response = client.post(LEAVE)

    contact = Contact.objects.get(pk=someone.contact_id)
    someone.refresh_from_db()
    assert "Gruppen och planen finns kvar för de andra." in page
    assert response.url == "/klart/"  # type: ignore[attr-defined]
    assert (someone.left_at, contact.called, contact.erased_at) == (NOW, "", NOW)
    assert not LogEntry.objects.filter(kind=LogKind.QUESTION).exists()
    assert [entry.text for entry in ours.period.log.all()] == ["Någon har lämnat gruppen."]
    assert client.get(HOME).url.startswith("/min-sida/in/")  # type: ignore[attr-defined]


def test_when_nobody_speaks_for_the_group_any_more_the_log_says_so(client: Client) -> None:
    ours = at_work(client)
    someone = invited_to(ours, client)
    Member.objects.filter(pk=ours.member.pk).update(left_at=NOW)

    client.post(LEAVE)
    leave_support(someone, period=ours.period, now=NOW)

    texts = [entry.text for entry in ours.period.log.order_by("pk")]
    assert texts == ["Någon har lämnat gruppen.", "Gruppen har ingen kontaktperson nu."]


def test_whoever_asked_for_support_leaves_by_taking_everything_away(client: Client) -> None:
    ours = at_work(client)

    assert client.get(LEAVE).url == "/min-sida/ta-bort/"  # type: ignore[attr-defined]
    assert client.post(LEAVE).url == "/min-sida/ta-bort/"  # type: ignore[attr-defined]
    with pytest.raises(AskedForSupport):
        leave_support(ours.member, period=ours.period, now=NOW)


def test_delete_everything_is_leaving_for_whoever_was_invited(client: Client) -> None:
    ours = at_work(client)
    invited_to(ours, client)

    assert client.get("/min-sida/ta-bort/").url == LEAVE  # type: ignore[attr-defined]


def test_a_member_becomes_contact_person_by_their_own_will_once(client: Client) -> None:
    ours = at_work(client)
    assert "Jag blir kontaktperson" not in text_of(client.get(MEMBERS))
    someone = invited_to(ours, client)

    for _n in range(2):
        response = client.post(f"{MEMBERS}kontaktperson/", follow=True)

    assert [member.contact.called for member in ours.period.group.members.contact_persons()] == ["Alva", "Bo"]
    assert [entry.contact for entry in ours.period.log.all()] == [someone.contact]
    assert "Bo (du) Kontaktperson" in text_of(response)
    assert "Jag blir kontaktperson" not in text_of(response)


def test_the_request_itself_stays_with_whoever_wrote_it(client: Client) -> None:
    ours = at_work(client)
    invited_to(ours, client)

    for path in ("/min-sida/svar/", "/min-sida/svar/kontakt/", "/stod/klart/"):
        assert client.get(path).url.startswith("/min-sida/in/"), path  # type: ignore[attr-defined]


def test_whoever_was_invited_chooses_how_to_be_reached(client: Client) -> None:
    ours = at_work(client)
    someone = invited_to(ours, client)

    empty = client.post(WAY, {"channel": "sms", "sms_phone": ""})
    chosen = client.post(WAY, {"channel": "sms", "sms_phone": "070-174 06 16", "may_say_who_we_are": "no"}, follow=True)

    assert "Skriv ett telefonnummer som vi kan skicka sms till" in text_of(empty)
    contact = Contact.objects.get(pk=someone.contact_id)
    assert (contact.channel, contact.phone, contact.discreet) == (Channel.SMS, "+46701740616", True)
    assert "Sms till 070-174 06 16" in text_of(client.get(HOME))
    link = someone.contact.links.get()
    assert link.asks_for_code
    assert f"Skriv upp koden först: {link.code}" in text_of(chosen)


def test_whoever_asked_for_support_changes_the_way_with_the_answers(client: Client) -> None:
    at_work(client)

    assert client.get(WAY).url == "/min-sida/svar/kontakt/"  # type: ignore[attr-defined]


def test_whoever_was_invited_locks_their_own_link(client: Client) -> None:
    ours = at_work(client)
    someone = invited_to(ours, client)

    client.post("/min-sida/las/", {"lock": "on"})

    locked = PrivateLink.objects.filter(asks_for_code=True)
    assert [link.contact for link in locked] == [someone.contact]


def test_the_number_of_queries_stays_the_same(client: Client, django_assert_num_queries: Any) -> None:
    ours = at_work(client)
    for rows in (1, 3):
        while ours.period.group.members.count() <= rows * 2:
            make_member(group=ours.period.group, role="member")
            client.post(INVITE, {"called": "Bo", "once_key": str(uuid4())})
        with django_assert_num_queries(6):
            assert client.get(MEMBERS).status_code == 200
