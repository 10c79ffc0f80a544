"""A request begins, is sent, and is told about."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from people.enums import Channel
from people.kinds import get
from people.models import CallTask, Contact, Message, Office, PrivateLink, User
from people.sms_text import fits_one_sms
from support.actions.own_page import ask_question, delete_request
from support.actions.requests import (
    AnswersMissing,
    OnceKeySpent,
    save_answers,
    send_saved_link,
    start_draft,
    submit_request,
)
from support.enums import RequestStatus
from support.models import SupportRequest
from tests.factories import (
    NOW,
    make_municipality,
    make_request,
    make_staff,
)
from tests.support.drafts import ANSWERS, a_draft, kinds_to

pytestmark = pytest.mark.django_db


def test_the_same_key_again_finds_the_same_draft_and_gives_new_words() -> None:
    key = uuid4()
    first = start_draft(once_key=key, question="vem", values=ANSWERS["vem"], now=NOW)

    again = start_draft(once_key=key, question="vem", values=ANSWERS["vem"], now=NOW + timedelta(minutes=9))

    assert again.support_request == first.support_request
    assert again.opened_link.code == first.opened_link.code
    assert again.opened_link.words != first.opened_link.words
    assert Contact.objects.count() == 1


def test_a_key_from_long_ago_opens_nothing() -> None:
    key = uuid4()
    start_draft(once_key=key, question="vem", values=ANSWERS["vem"], now=NOW)

    with pytest.raises(OnceKeySpent):
        start_draft(once_key=key, question="vem", values=ANSWERS["vem"], now=NOW + timedelta(minutes=11))


def test_every_fortsatt_lets_the_draft_live_another_fortnight() -> None:
    draft = a_draft()

    saved = save_answers(draft, question="vad", values=ANSWERS["vad"], now=NOW + timedelta(days=3))

    assert saved.draft_until == NOW + timedelta(days=17)


def test_a_request_with_a_missing_answer_is_not_sent() -> None:
    draft = a_draft()
    SupportRequest.objects.filter(pk=draft.pk).update(answered=["vem", "vad", "namn"])

    with pytest.raises(AnswersMissing) as refusal:
        submit_request(draft, now=NOW)

    missing = [question.slug for question in refusal.value.questions]
    assert missing == ["hur-manga", "var", "ansvar", "stod", "brattom", "kontakt", "sprak"]
    assert not Message.objects.exists()


def test_a_supporter_cannot_send_before_the_group_knows() -> None:
    draft = a_draft(vem={"asker": "supporter"})
    save_answers(draft, question="vet-gruppen", values={"group_knows": "not_yet"}, now=NOW)

    with pytest.raises(AnswersMissing):
        submit_request(draft, now=NOW)
    save_answers(draft, question="vet-gruppen", values={"group_knows": "yes"}, now=NOW)

    assert submit_request(draft, now=NOW).status == RequestStatus.RECEIVED


def test_a_request_goes_to_the_office_of_its_municipality(
    office: Office, leader: User, other_office_leader: User
) -> None:
    make_municipality(name="Lindhaga", office=office)
    everywhere = make_staff()

    sent = submit_request(a_draft(var={"place": "lindhaga kommun", "area": ""}), now=NOW)

    assert sent.office == office
    assert [kinds_to(user) for user in (leader, everywhere, other_office_leader)] == [
        ["support.request_new"],
        ["support.request_new"],
        [],
    ]


def test_a_request_from_elsewhere_reaches_every_leader_and_no_one_else(
    leader: User, other_office_leader: User, editor: User, office_manager: User
) -> None:
    sent = submit_request(a_draft(var={"place": "Någonstans", "area": ""}), now=NOW)

    assert (sent.office, sent.municipality, sent.promised_by) == (None, None, date(2026, 9, 8))
    told = Message.objects.filter(kind="support.request_new").values_list("user", flat=True)
    assert set(told) == {leader.pk, other_office_leader.pk}


def test_an_office_without_leaders_leaves_no_request_unseen(office: Office, other_office_leader: User) -> None:
    make_municipality(name="Lindhaga", office=office)

    submit_request(a_draft(), now=NOW)

    assert kinds_to(other_office_leader) == ["support.request_new"]


def test_what_staff_are_told_holds_no_word_of_the_group(leader: User) -> None:
    sent = submit_request(a_draft(vad={"what": "Hemlig sak i Almhöjden", "tells_when_talking": False}), now=NOW)

    ask_question(support_request=sent, contact=sent.contact, text="Hemlig fråga", once_key=uuid4(), now=NOW)

    for message in Message.objects.filter(user=leader):
        assert "Hemlig" not in f"{message.subject} {message.short} {message.neutral} {message.text}"
        assert message.link == f"/admin/support/supportrequest/{sent.pk}/change/"


@pytest.mark.parametrize(
    ("channel", "told"), [(Channel.SMS, True), (Channel.EMAIL, True), (Channel.CALL, False), (Channel.SELF, False)]
)
def test_the_receipt_goes_only_where_something_can_be_read(channel: Channel, told: bool) -> None:
    way = ANSWERS["kontakt"] | {"channel": channel, "email": "alva@exempel.se"}

    sent = submit_request(a_draft(kontakt=way), now=NOW)

    assert Message.objects.filter(contact=sent.contact, kind="support.request_received").exists() is told
    assert not CallTask.objects.exists()


def test_the_receipt_says_code_and_date_and_fits_one_sms() -> None:
    sent = submit_request(a_draft(), now=NOW)

    message = Message.objects.get(contact=sent.contact)
    code = PrivateLink.objects.get().code
    assert message.subject == "Vi har fått er förfrågan"
    assert message.short == f"Vi har fått er förfrågan. Er kod är {code}. Vi hör av oss senast tisdag 8 september."
    assert f"Er kod är {code}." in message.text
    assert "Vi skickar sms, precis som du valde." in message.text
    assert code not in message.neutral
    longest = message.short.replace(code, "ORMBUNKE 2345").replace("tisdag 8", "torsdag 24")
    assert fits_one_sms(f"{longest} https://kalender.example{message.link}")


def test_english_readers_are_written_to_in_english_when_they_read_the_form_in_it() -> None:
    started = start_draft(once_key=uuid4(), question="vem", values=ANSWERS["vem"], now=NOW, reads="en")

    assert started.support_request.contact.reads == "en"


def test_a_receipt_is_not_sent_for_what_was_taken_back() -> None:
    sent = submit_request(a_draft(), now=NOW)
    wanted = get("support.request_received").still_wanted

    assert wanted(sent.pk, NOW) is None
    delete_request(sent, now=NOW)
    assert wanted(sent.pk, NOW) == "Förfrågan är tillbakadragen."
    assert get("support.request_new").still_wanted(sent.pk, NOW) == "Förfrågan är inte längre ny."


def test_leaders_are_not_told_of_a_request_that_someone_has_taken() -> None:
    taken = make_request(status=RequestStatus.IN_REVIEW)

    assert get("support.request_new").still_wanted(taken.pk, NOW) == "Förfrågan är inte längre ny."


def test_a_saved_link_is_not_sent_once_the_request_is() -> None:
    draft = a_draft()
    send_saved_link(draft, now=NOW)

    assert get("support.request_saved").still_wanted(draft.pk, NOW) is None
    submit_request(draft, now=NOW)
    assert get("support.request_saved").still_wanted(draft.pk, NOW) == "Det finns inget utkast kvar."
