"""A request written down while the caller talks: in any order, kept as it comes, and nobody else sees it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from people.enums import Channel
from people.models import Contact, Message, PrivateLink
from support.actions import phone_intake
from support.actions.requests import DRAFT_LIVES, delete_stale_drafts
from support.enums import RequestStatus
from support.models import SupportRequest
from tests.factories import NOW, make_municipality, make_request
from tests.support.admin_pages import page, text_of
from tests.support.calls import SAID, a_draft, add, call

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def lindhaga(office):
    return make_municipality(name="Lindhaga", office=office)


def test_looking_at_the_page_writes_nothing(as_leader):
    response = as_leader.get(add())

    assert response.status_code == 200
    assert "0 av 11 besvarade." in text_of(response)
    assert SupportRequest.objects.count() == Contact.objects.count() == 0


def test_one_answer_is_enough_to_begin_and_the_rest_may_come_in_any_order(as_leader, leader):
    first = as_leader.post(add(), {"languages": ["ar"], "wants_interpreter": "yes"}, follow=True)
    draft = SupportRequest.objects.get()
    second = as_leader.post(
        call(draft), {"languages": ["ar"], "wants_interpreter": "yes", "size_band": "5-9"}, follow=True
    )

    assert "1 av 11 besvarade." in text_of(first)
    assert "2 av 11 besvarade." in text_of(second)
    draft.refresh_from_db()
    assert (draft.answered, draft.written_by, draft.draft_until) == (["sprak", "hur-manga"], leader, NOW + DRAFT_LIVES)
    assert (draft.contact.languages, draft.contact.channel) == (["ar"], Channel.NONE)
    assert Message.objects.count() == PrivateLink.objects.count() == 0


def test_what_is_valid_is_kept_and_what_is_not_stays_on_the_page(as_leader):
    sent = {"size_band": "5-9", "channel": "sms", "sms_phone": "inget nummer", "urgency": "two_weeks", "called": "Alva"}

    response = as_leader.post(add(), sent)

    draft = SupportRequest.objects.get()
    assert draft.answered == ["hur-manga", "namn"]
    told = text_of(response)
    assert "Något behöver rättas. Allt annat är sparat." in told
    assert "Skriv hela numret, till exempel 070-174 06 15" in told
    assert "Skriv kort vad som händer, och när" in told
    assert "Svara på frågan" not in told
    assert "Skriv vilken kommun ni finns i" not in told
    assert 'value="inget nummer"' in response.content.decode()
    assert f'action="{call(draft)}"' in response.content.decode()


def test_nothing_written_keeps_nothing_and_says_so(as_leader):
    response = as_leader.post(add(), {"wants_interpreter": "unknown", "never_leave_message": "on"})

    assert "Inget är skrivet än." in text_of(response)
    assert SupportRequest.objects.count() == 0


def test_an_answer_can_be_changed_and_an_optional_one_taken_away(as_leader, leader, lindhaga):
    draft = a_draft(leader)
    as_leader.post(call(draft), SAID)

    as_leader.post(call(draft), SAID | {"called": "", "size_band": "25+"})

    draft = SupportRequest.objects.get()
    assert (draft.contact.called, draft.size_band, draft.status) == ("", "25+", RequestStatus.DRAFT)


def test_they_may_tell_when_they_meet(as_leader, leader, lindhaga):
    as_leader.post(add(), SAID | {"what": "", "tells_when_talking": "on", "receive": "1"})

    row = SupportRequest.objects.get()
    assert (row.status, row.what, row.tells_when_talking) == (RequestStatus.IN_REVIEW, "", True)


def test_a_supporter_is_asked_whether_the_group_knows(as_leader, lindhaga):
    as_leader.post(add(), SAID | {"asker": "supporter", "receive": "1"})
    draft = SupportRequest.objects.get()
    not_asked = draft.status
    waiting = as_leader.post(call(draft), SAID | {"asker": "supporter", "group_knows": "not_yet", "receive": "1"})
    still = SupportRequest.objects.get().status
    as_leader.post(call(draft), SAID | {"asker": "supporter", "group_knows": "yes", "receive": "1"})

    assert (not_asked, still) == (RequestStatus.DRAFT, RequestStatus.DRAFT)
    assert "Gruppen behöver veta först." in text_of(waiting)
    assert SupportRequest.objects.get().status == RequestStatus.IN_REVIEW


def test_of_a_member_it_is_not_asked(as_leader, lindhaga):
    as_leader.post(add(), SAID | {"group_knows": "not_yet", "receive": "1"})

    row = SupportRequest.objects.get()
    assert (row.status, row.group_knows) == (RequestStatus.IN_REVIEW, "")


def test_a_personal_number_is_asked_about_and_the_rest_is_kept(as_leader):
    sent = {"what": "Ring 811228-9874 om värmen.", "size_band": "5-9"}

    asked = as_leader.post(add(), sent)
    draft = SupportRequest.objects.get()
    before = draft.what
    as_leader.post(call(draft), sent | {"personnummer": "ta-bort"})

    assert "Det ser ut som ett personnummer" in text_of(asked)
    assert "Ring 811228-9874 om värmen." in asked.content.decode()
    assert (before, draft.answered) == ("", ["hur-manga"])
    assert SupportRequest.objects.get().what == "Ring om värmen."


def test_a_number_that_is_kept_is_not_asked_about_again(as_leader):
    sent = {"what": "Ärende 811228-9874."}
    as_leader.post(add(), sent | {"personnummer": "behall"})
    draft = SupportRequest.objects.get()

    again = as_leader.post(call(draft), sent | {"size_band": "5-9"}, follow=True)

    assert draft.what == "Ärende 811228-9874."
    assert "Det ser ut som ett personnummer" not in text_of(again)


def test_a_draft_is_its_writers_alone(
    client, leader, colleague, office_manager, programme_manager, other_office_leader
):
    draft = a_draft(leader)

    for user in (colleague, office_manager, programme_manager, other_office_leader):
        client.force_login(user)
        for name in ("call", "discard", "change"):
            assert client.get(call(draft, name)).status_code == 404
            assert client.post(call(draft, name), SAID).status_code == 404
        assert "Påbörjade på telefon" not in text_of(client.get(add()))
        assert list(SupportRequest.objects.visible_to(user)) == []
        assert not Contact.objects.visible_to(user).exists()
    assert SupportRequest.objects.get().answered == draft.answered


def test_a_draft_that_someone_else_writes_in_is_refused(leader, colleague):
    draft = a_draft(leader)

    for refused in (
        lambda: phone_intake.save_call_answers(draft, answers={}, by=colleague, now=NOW),
        lambda: phone_intake.receive_call(draft, by=colleague, now=NOW),
        lambda: phone_intake.discard_call(draft, by=colleague, now=NOW),
    ):
        with pytest.raises(phone_intake.NotYourDraft):
            refused()


def test_what_was_sent_in_by_others_has_no_such_page(as_leader, office):
    sent = make_request(office=office)
    public = make_request(office=None, status=RequestStatus.DRAFT, received_at=None, promised_by=None)

    for row in (sent, public):
        assert as_leader.get(call(row)).status_code == 404
        assert as_leader.post(call(row, "discard")).status_code == 404
    assert SupportRequest.objects.count() == 2


def test_strangers_are_sent_to_sign_in_and_editors_may_not(client, editor, leader):
    draft = a_draft(leader)

    for path in (add(), call(draft), call(draft, "discard")):
        client.logout()
        assert "/konto/" in client.post(path, SAID, follow=True).request["PATH_INFO"]
        client.force_login(editor)
        assert client.get(path).status_code == 403
        assert client.post(path, SAID).status_code == 403
    assert SupportRequest.objects.count() == 1


def test_one_comes_back_to_what_one_has_begun(as_leader, leader):
    draft = a_draft(leader)
    a_list = as_leader.get(reverse("admin:support_supportrequest_changelist"))

    for shown in (a_list, as_leader.get(add())):
        assert "Påbörjade på telefon" in text_of(shown)
        assert call(draft) in shown.content.decode()
    assert "Ny förfrågan på telefon" in text_of(a_list)
    assert as_leader.get(page(draft)).headers["Location"] == call(draft)
    assert "9 av 11 besvarade." in text_of(as_leader.get(call(draft)))


def test_a_draft_is_thrown_away_after_one_more_question(as_leader, leader):
    draft = a_draft(leader)

    asked = as_leader.get(call(draft, "discard"))
    before = SupportRequest.objects.count()
    response = as_leader.post(call(draft, "discard"), follow=True)

    assert "Allt som är skrivet i utkastet tas bort" in text_of(asked)
    assert before == 1
    assert "Utkastet är borttaget." in text_of(response)
    assert SupportRequest.objects.count() == Contact.objects.count() == 0


def test_a_draft_that_nobody_touches_is_gone_after_two_weeks(leader):
    draft = a_draft(leader)

    assert delete_stale_drafts(NOW + DRAFT_LIVES - timedelta(minutes=1)) == 0
    assert delete_stale_drafts(NOW + DRAFT_LIVES) == 1
    assert not SupportRequest.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("drafts", [1, 3])
def test_the_page_takes_as_many_queries_however_much_is_begun(as_leader, leader, drafts, django_assert_num_queries):
    for _number in range(drafts):
        draft = a_draft(leader)
    as_leader.get(call(draft))

    with django_assert_num_queries(5):
        as_leader.get(call(draft))
