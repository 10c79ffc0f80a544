"""What is decided about a request: yes, somewhere else, no, or a colleague takes over."""

import pytest
from django.urls import reverse

from groups.enums import SupportKind
from people.channels.envelopes import compose
from people.delivery.previews import preview
from people.enums import Channel
from people.models import Message
from support.enums import RequestStatus
from support.models import SupportRequest
from tests.factories import make_contact, make_group, make_link, make_office, make_request
from tests.support.admin_pages import do, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def support_request(office) -> SupportRequest:
    support_request = make_request(office=office)
    make_link(about=support_request)
    return support_request


def test_accepting_opens_the_period_of_a_new_group(as_leader, support_request):
    form = {"which": "new", "alias": "Hissgruppen", "supports": [SupportKind.STARTUP]}

    missing = as_leader.post(do(support_request, "accept"), {"which": "new"})
    response = as_leader.post(do(support_request, "accept"), form, follow=True)

    assert "Skriv det namn ni har bestämt med gruppen" in text_of(missing)
    assert "<title>Fel: " in missing.content.decode()
    support_request.refresh_from_db()
    period = support_request.group.periods.get()
    assert (support_request.group.alias, period.supports) == ("Hissgruppen", ["startup"])
    assert response.request["PATH_INFO"] == reverse("admin:support_supportperiod_change", args=[period.pk])


def test_an_alias_that_names_a_person_is_refused_in_words(as_leader, support_request):
    response = as_leader.post(do(support_request, "accept"), {"which": "new", "alias": "alva"})

    assert "Namnet är också vad vi kallar en person i gruppen." in text_of(response)
    assert SupportRequest.objects.get().status == RequestStatus.RECEIVED


def test_accepting_joins_a_group_of_the_own_office_only(as_leader, support_request, office):
    ours = make_group(office=office, alias="Vår grupp")
    theirs = make_group(office=make_office(), alias="Deras grupp")

    shown = as_leader.get(do(support_request, "accept"))
    refused = as_leader.post(do(support_request, "accept"), {"which": "existing", "group": theirs.pk})
    as_leader.post(do(support_request, "accept"), {"which": "existing", "group": ours.pk})

    assert "Vår grupp" in text_of(shown)
    assert "Deras grupp" not in text_of(shown)
    assert "Välj ett av svaren i listan" in text_of(refused)
    support_request.refresh_from_db()
    assert support_request.group == ours


def test_who_works_everywhere_chooses_the_office_of_a_request_without_one(client, administrator, office):
    support_request = make_request(office=None)
    client.force_login(administrator)

    missing = client.post(do(support_request, "accept"), {"which": "new", "alias": "Hissgruppen"})
    client.post(do(support_request, "accept"), {"which": "new", "alias": "Hissgruppen", "office": office.pk})

    assert "Välj vilken ort gruppen ska höra till" in text_of(missing)
    support_request.refresh_from_db()
    assert support_request.group.office == office


@pytest.mark.parametrize(
    ("command", "status"), [("refer", RequestStatus.REFERRED), ("decline", RequestStatus.DECLINED)]
)
@pytest.mark.parametrize("contact", [{"discreet": False}, {"discreet": True}, {"channel": Channel.SMS}])
def test_a_no_is_sent_as_it_was_shown(as_leader, office, command, status, contact):
    support_request = make_request(office=office, contact=make_contact(**contact))
    make_link(about=support_request)
    said = {"reason": "Vi arbetar inte med avtal.", "turn_to": "Hyresgästföreningen"}

    shown = as_leader.post(do(support_request, command), said)
    unchanged = SupportRequest.objects.get().status
    as_leader.post(do(support_request, command), said | {"send": "1"})

    assert unchanged == RequestStatus.RECEIVED
    support_request.refresh_from_db()
    assert (support_request.status, support_request.reason) == (status, said["reason"])
    message = Message.objects.get(kind__startswith="support.request_")
    left = preview(message, support_request.contact).envelope
    assert left is not None
    assert shown.context["preview"]["sent"].envelope.text == left.text
    assert shown.context["preview"]["sent"].envelope.subject == left.subject
    assert compose(message, support_request.contact, left.channel).sender_name == left.sender_name


def test_a_no_needs_a_reason_and_somewhere_to_turn(as_leader, support_request):
    response = as_leader.post(do(support_request, "decline"), {"reason": "", "turn_to": "", "send": "1"})

    assert "Skriv varför, så att gruppen förstår" in text_of(response)
    assert "Skriv vart gruppen kan vända sig" in text_of(response)
    assert SupportRequest.objects.get().status == RequestStatus.RECEIVED


def test_a_decision_that_a_colleague_has_made_stands_and_no_text_is_lost(as_leader, support_request):
    SupportRequest.objects.update(status=RequestStatus.REFERRED)
    said = {"reason": "Vi kan inte.", "turn_to": "Kommunen", "send": "1"}

    response = as_leader.post(do(support_request, "decline"), said)

    assert "Förfrågan är redan avslutad eller tillbakadragen. Inget är ändrat." in text_of(response)
    assert "Vi kan inte." in response.content.decode()
    assert "Det går inte längre." in text_of(as_leader.get(do(support_request, "decline"), follow=True))


def test_a_request_is_given_to_a_leader_of_the_office(
    client, office_manager, support_request, colleague, other_office_leader
):
    client.force_login(office_manager)

    shown = client.get(do(support_request, "give"))
    client.post(do(support_request, "give"), {"to": colleague.pk})
    refused = client.post(do(support_request, "give"), {"to": other_office_leader.pk})

    assert "Sam Ek" in text_of(shown)
    assert "Kim Berg" not in text_of(shown)
    assert "Välj ett av svaren i listan" in text_of(refused)
    support_request.refresh_from_db()
    assert support_request.leader == colleague
