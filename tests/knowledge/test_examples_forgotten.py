"""When a person takes everything away, so goes what they told, unless others in the group answer for it."""

import pytest
from django.test import Client

from knowledge.actions.contributing import remove_contribution
from knowledge.actions.examples import NotNow
from knowledge.enums import State
from knowledge.models import Example, ExampleStep, SearchEntry
from people.actions.contacts import erase_contact
from people.history import versions_of
from people.models import Contact, Message, Office, PrivateLink, User
from tests.factories import NOW
from tests.knowledge.contributing import another_in, asked, contributed, published
from tests.support.admin_pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


def test_what_nobody_has_read_is_gone_for_good_with_whoever_told_it() -> None:
    example = contributed()
    contact = Contact.objects.get()

    erase_contact(contact, now=NOW)

    assert not Example.objects.exists()
    assert not versions_of(Example).objects.filter(pgh_obj=example.pk).exists()
    assert not versions_of(ExampleStep).objects.exists()


def test_a_question_that_waits_for_an_answer_goes_too(editor: User, office: Office) -> None:
    example, _approval, member = asked(editor, office)

    erase_contact(member.contact, now=NOW)

    assert not Example.objects.exists()
    assert example.group is not None
    assert not example.group.approvals.exists()


def test_what_is_public_is_withdrawn_when_nobody_is_left_to_take_the_yes_back(
    client: Client, editor: User, office: Office
) -> None:
    example, _approval, member = published(editor, office)

    erase_contact(member.contact, now=NOW)

    example.refresh_from_db()
    assert example.state == State.WITHDRAWN
    assert client.get(f"/exempel/{example.slug}/").status_code == 410
    assert not SearchEntry.objects.filter(kind="example").exists()
    assert Message.objects.filter(kind="knowledge.example_gone", user=editor).count() == 1
    assert not versions_of(Example).objects.filter(contact__isnull=False).exists()


def test_with_others_left_in_the_group_it_stays_theirs(client: Client, editor: User, office: Office) -> None:
    example, _approval, member = published(editor, office)
    another_in(example)

    erase_contact(member.contact, now=NOW)

    example.refresh_from_db()
    assert example.is_public
    assert not versions_of(Example).objects.filter(contact__isnull=False).exists()


def test_someone_without_support_takes_everything_away_on_their_own_page(
    client: Client, editor: User, office: Office
) -> None:
    example, _approval, member = published(editor, office)
    message = Message.objects.get(kind="groups.approval_asked")
    client.post(message.link, {"code": PrivateLink.objects.get().code})

    page = text_of(client.get("/min-sida/"))
    asks = text_of(client.get("/min-sida/ta-bort-mig/"))
    before = Example.objects.get().state
    response = client.post("/min-sida/ta-bort-mig/")

    example.refresh_from_db()
    member.contact.refresh_from_db()
    assert "Ta bort allt" in page
    assert "Är du ensam kvar i gruppen tar vi bort det ni har publicerat som exempel." in asks
    assert (before, example.state) == (State.PUBLISHED, State.WITHDRAWN)
    assert (response.url, member.contact.phone) == ("/klart/", "")  # type: ignore[attr-defined]
    assert client.get("/min-sida/").status_code == 302


def test_a_stranger_comes_to_the_way_in(client: Client, db: None) -> None:
    assert client.get("/min-sida/ta-bort-mig/").status_code == 302
    assert client.post("/min-sida/ta-bort-mig/").status_code == 302


@pytest.mark.parametrize("way", [{}, {"channel": "none"}])
def test_an_editor_removes_what_has_come_in_and_nothing_later(
    editor: User, office: Office, way: dict[str, str]
) -> None:
    remove_contribution(contributed(**way), now=NOW)
    example, _approval, _member = published(editor, office)

    with pytest.raises(NotNow):
        remove_contribution(example, now=NOW)

    assert [one.pk for one in Example.objects.all()] == [example.pk]


@pytest.mark.parametrize("way", [{}, {"channel": "none"}])
def test_the_button_of_the_editors_removes_it_and_leads_to_the_list(
    client: Client, editor: User, way: dict[str, str]
) -> None:
    example = contributed(**way)
    page = f"/admin/knowledge/example/{example.pk}/remove/"
    client.force_login(editor)

    asks = text_of(client.get(page))
    response = client.post(page, {"send": "1"})

    assert "Det går inte att ångra." in asks
    assert response.url == "/admin/knowledge/example/"  # type: ignore[attr-defined]
    assert not Example.objects.exists()
    assert not Contact.objects.filter(erased_at__isnull=True).exists()
