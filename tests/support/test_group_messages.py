"""What a leader writes to a group: seen before it is sent, read on the group's page, sent only as each has chosen."""

import re
from typing import Any

import pytest

from people.actions.links import open_link
from people.delivery.rules import Send, Withhold, judge
from people.enums import Channel, LinkPurpose
from people.models import Message
from support.actions.messages import NothingWritten, NoWayToReach, write_to_group
from support.actions.requests import RequestClosed
from support.enums import LogKind, Phase, RequestStatus
from support.models import LogEntry, SupportPeriod, SupportRequest
from tests.factories import NOW, make_contact, make_group, make_link, make_member, make_period, make_request
from tests.support.admin_pages import do, page, text_of
from tests.support.at_work import at_work
from tests.support.at_work import text_of as text_of_private
from tests.support.walking import come_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

WORDS = "Lokalen är bokad.\n\nNi får nyckeln av Sam på tisdag."


@pytest.fixture
def support_request(office) -> SupportRequest:
    contact = make_contact(called="Dina", channel=Channel.SMS, phone="070-174 06 15")
    support_request = make_request(office=office, contact=contact)
    make_link(about=support_request)
    return support_request


@pytest.fixture
def period(office, leader) -> SupportPeriod:
    group = make_group(office=office, alias="Värmegruppen")
    member = make_member(group=group, contact=make_contact(called="Dina"))
    make_link(about=make_request(office=office, contact=member.contact, group=group, status=RequestStatus.ACCEPTED))
    return make_period(group=group, office=office, leader=leader)


def verdicts() -> list[Any]:
    """What delivery makes of each message that waits."""
    return [judge(message, NOW) for message in Message.objects.order_by("pk")]


def letters() -> dict[str, str]:
    """What leaves, by where it goes."""
    return {verdict.envelope.to: verdict.envelope.text for verdict in verdicts() if isinstance(verdict, Send)}


def test_the_words_stand_in_the_shared_log_and_each_contact_person_is_told(period, leader):
    other = make_member(group=period.group, contact=make_contact(called="Elsa", channel=Channel.SMS))

    entry = write_to_group(period, text=WORDS, by=leader, now=NOW)

    assert (entry.kind, entry.text, entry.is_internal, entry.user) == (LogKind.MESSAGE, WORDS, False, leader)
    sent = Message.objects.order_by("pk").values_list("contact__called", "kind", "channel")
    assert list(sent) == [("Dina", "support.message_written", "email"), ("Elsa", "support.message_written", "sms")]
    assert other.contact.messages.get().short == "Hej! Vi har skrivit till er. Läs det på er sida."


def test_the_words_leave_only_by_email_and_never_to_who_is_discreet(period, leader):
    discreet = make_member(group=period.group, contact=make_contact(called="Elsa", discreet=True))

    write_to_group(period, text=WORDS, by=leader, now=NOW)

    sent, open_contact = letters(), period.group.members.get(contact__called="Dina").contact
    assert "Ni får nyckeln av Sam" in sent[open_contact.email]
    assert "nyckel" not in sent[discreet.contact.email]
    assert "skrivit" not in sent[discreet.contact.email]


def test_a_message_is_the_promised_answer_unless_they_wait_for_a_call(office, leader):
    answered = []
    for channel in (Channel.SMS, Channel.CALL, Channel.SELF):
        support_request = make_request(office=office, contact=make_contact(channel=channel))
        write_to_group(support_request, text=WORDS, by=leader, now=NOW)
        support_request.refresh_from_db()
        answered.append(support_request.first_answer_at)

    assert answered == [NOW, None, NOW]


def test_who_wants_a_call_gets_a_call_and_who_gets_in_touch_reads_it_then(office, leader):
    for channel in (Channel.CALL, Channel.SELF):
        support_request = make_request(office=office, contact=make_contact(channel=channel))
        make_link(about=support_request)
        write_to_group(support_request, text=WORDS, by=leader, now=NOW)

    call, own = verdicts()
    assert (call.as_call, call.is_failure, own.as_call, own.is_failure) == (True, False, False, False)
    assert isinstance(own, Withhold)
    assert "Lokalen är bokad." in Message.objects.order_by("pk")[0].text


@pytest.mark.parametrize(
    "contact", [{"channel": Channel.NONE, "email": ""}, {"suppressed_because": "Brevet studsade."}]
)
def test_nothing_is_written_to_someone_who_cannot_be_reached(office, leader, contact):
    support_request = make_request(office=office, contact=make_contact(**contact))

    with pytest.raises(NoWayToReach):
        write_to_group(support_request, text=WORDS, by=leader, now=NOW)

    assert (LogEntry.objects.count(), Message.objects.count()) == (0, 0)


def test_one_who_can_be_reached_is_enough_and_the_other_gets_nothing(period, leader):
    make_member(group=period.group, contact=make_contact(called="Elsa", suppressed_because="Brevet studsade."))

    write_to_group(period, text=WORDS, by=leader, now=NOW)

    assert list(Message.objects.values_list("contact__called", flat=True)) == ["Dina"]


def test_a_group_without_anyone_who_speaks_for_it_is_not_written_to(period, leader):
    period.group.members.update(left_at=NOW)

    with pytest.raises(NoWayToReach):
        write_to_group(period, text=WORDS, by=leader, now=NOW)


def test_empty_words_and_what_is_over_are_refused(support_request, leader):
    with pytest.raises(NothingWritten):
        write_to_group(support_request, text=" \r\n ", by=leader, now=NOW)
    SupportRequest.objects.update(status=RequestStatus.DECLINED)
    with pytest.raises(RequestClosed):
        write_to_group(support_request, text=WORDS, by=leader, now=NOW)


def test_the_page_shows_exactly_what_is_sent_before_it_is(as_leader, support_request):
    shown = as_leader.post(do(support_request, "write"), {"text": WORDS})

    assert Message.objects.count() == 0
    told = text_of(shown)
    for words in (
        "Inget är skickat än.",
        "På gruppens egen sida står Lokalen är bokad.",
        "Så här ser sms:et till Dina ut",
        "Hej! Vi har skrivit till er. Läs det på er sida.",
    ):
        assert words in told
    as_leader.post(do(support_request, "write"), {"text": WORDS, "shown": shown.context["preview"]["shown"].mark})

    [preview] = [way.preview.envelope for way in shown.context["preview"]["shown"].ways]
    [sent] = [verdict.envelope for verdict in verdicts()]
    assert (sent.to, sent.sender_name, sent.text.split(" http")[0]) == (
        preview.to,
        preview.sender_name,
        preview.text.split(" http")[0],
    )


def test_a_letter_is_previewed_word_for_word(as_leader, period):
    shown = as_leader.post(do(period, "write"), {"text": WORDS}).context["preview"]["shown"]
    as_leader.post(do(period, "write"), {"text": WORDS, "shown": shown.mark})

    [sent] = [verdict.envelope for verdict in verdicts()]
    preview = shown.ways[0].preview.envelope
    assert (sent.subject, sent.sender_name, sent.reply_to) == (preview.subject, preview.sender_name, preview.reply_to)
    link = re.compile(r"/min-sida/\S+")
    assert link.sub("", sent.text) == link.sub("", preview.text)


def test_other_words_or_another_way_are_shown_again(as_leader, support_request):
    mark = as_leader.post(do(support_request, "write"), {"text": WORDS}).context["preview"]["shown"].mark

    other_words = as_leader.post(do(support_request, "write"), {"text": "Något annat.", "shown": mark})
    support_request.contact.suppressed_because = "Numret finns inte."
    support_request.contact.save()
    other_way = as_leader.post(do(support_request, "write"), {"text": WORDS, "shown": mark})

    assert "På gruppens egen sida står Något annat." in text_of(other_words)
    assert "Dina nås inte Vi skickar inte: Numret finns inte." in text_of(other_way)
    assert Message.objects.count() == 0


def test_a_refusal_is_said_in_words_and_what_was_written_stays(as_leader, office):
    contact = make_contact(called="Dina", suppressed_because="Brevet studsade.")
    support_request = make_request(office=office, contact=contact)
    mark = as_leader.post(do(support_request, "write"), {"text": WORDS}).context["preview"]["shown"].mark

    refused = as_leader.post(do(support_request, "write"), {"text": WORDS, "shown": mark})

    assert "Vi kan inte skriva till gruppen nu. Dina: Vi skickar inte: Brevet studsade." in text_of(refused)
    assert "Ni får nyckeln av Sam" in refused.content.decode()


def test_a_protected_address_is_not_shown_in_the_preview(as_leader, office):
    contact = make_contact(channel=Channel.SMS, phone="070-174 06 15", protected=True)
    support_request = make_request(office=office, contact=contact)

    shown = as_leader.post(do(support_request, "write"), {"text": WORDS})

    assert "174" not in text_of(shown)
    assert "Hej! Det finns något att läsa för dig." in text_of(shown)


def test_a_colleague_reads_it_in_the_story(as_leader, period, leader):
    write_to_group(period, text=WORDS, by=leader, now=NOW)

    story = text_of(as_leader.get(page(period)))

    assert "Meddelande till gruppen Lokalen är bokad. Ni får nyckeln av Sam på tisdag. Maja Lind" in story


def test_the_group_reads_it_on_its_own_pages(client, leader):
    ours = at_work(client)
    write_to_group(ours.period, text=WORDS, by=leader, now=NOW)

    for path in ("/min-sida/", "/min-sida/fragor/"):
        told = text_of_private(client.get(path))
        assert "Maja Lind skriver Lokalen är bokad. Ni får nyckeln av Sam på tisdag." in told
        assert "Vi har inte svarat än." not in told
    assert "Meddelande till gruppen · Maja Lind" in text_of_private(client.get("/min-sida/historik/"))


def test_whoever_asked_reads_it_before_there_is_a_group(client, support_request, leader):
    opened = open_link(LinkPurpose.SUPPORT, contact=support_request.contact, about=support_request, now=NOW)
    come_in(client, opened.link)
    write_to_group(support_request, text="Välkomna.", by=leader, now=NOW)
    write_to_group(make_request(), text="Till någon annan.", by=leader, now=NOW)

    told = text_of_private(client.get("/min-sida/"))

    assert "Maja Lind skriver Välkomna." in told
    assert "Till någon annan." not in told


def test_what_was_written_before_there_was_a_group_is_read_by_whoever_asked_and_no_one_else(client, leader):
    ours = at_work(client)
    SupportRequest.objects.update(status=RequestStatus.IN_REVIEW)
    write_to_group(ours.support_request, text="Välkomna.", by=leader, now=NOW)
    strangers = make_request(contact=make_contact())
    write_to_group(strangers, text="Till någon annan.", by=leader, now=NOW)

    told = text_of_private(client.get("/min-sida/fragor/"))

    assert "Maja Lind skriver Välkomna." in told
    assert "Till någon annan." not in told


@pytest.mark.parametrize("phase", [Phase.SELF_RELIANT, Phase.CLOSED])
def test_a_group_can_be_written_to_until_all_is_over(as_leader, period, phase):
    SupportPeriod.objects.update(phase=phase, self_reliant_at=NOW, closed_at=NOW if phase == Phase.CLOSED else None)

    shown = as_leader.get(do(period, "write"))

    assert shown.status_code == (302 if phase == Phase.CLOSED else 200)


def test_others_may_not_write(client, support_request, other_office_leader):
    assert client.get(do(support_request, "write")).status_code == 302
    client.force_login(other_office_leader)

    assert client.get(do(support_request, "write")).status_code == 404
    assert client.post(do(support_request, "write"), {"text": WORDS}).status_code == 404
    assert LogEntry.objects.count() == 0
