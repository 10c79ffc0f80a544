"""An example about a real group: nothing of it is public without a yes to exactly that text, and only as long."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from groups.actions.approvals import ask_approval, decide_approval, take_back_approval
from groups.enums import ApprovalKind, Decision
from groups.models import Approval, Group, Member
from knowledge.actions.approved_text import has_yes
from knowledge.actions.examples import (
    NobodyToAsk,
    NotNow,
    OfficeNeeded,
    RisksLeft,
    SaidNo,
    ask_group,
    change_example,
    clear_risks,
    take_in,
)
from knowledge.actions.publishing import NotComplete, NotReady, changes_so_far, publish
from knowledge.enums import Risk, State
from knowledge.models import Example, SearchEntry
from people.models import Message, Office, PrivateLink, User
from tests.factories import NOW, make_municipality
from tests.knowledge.contributing import asked, completed, contributed, published
from tests.knowledge.texts import make_example
from tests.support.admin_pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


def test_taking_an_example_in_makes_a_group_with_a_page_of_its_own(editor: User, office: Office) -> None:
    make_municipality(name="Lindhaga", office=office)
    example = contributed()
    contact = example.contact

    for _n in range(2):
        take_in(example, by=editor, now=NOW)

    member = Member.objects.get()
    assert (example.group, example.contact, example.state) == (member.group, None, State.REVIEW)
    assert (member.contact, member.group.alias) == (contact, "Exempel: Elementen var kalla")
    assert (member.group.office, member.group.size_band) == (office, "5-9")
    assert PrivateLink.objects.about(member).get().contact == contact


def test_the_editor_chooses_where_the_group_belongs_when_nothing_else_tells(
    editor: User, office: Office, other_office: Office
) -> None:
    example = contributed()

    with pytest.raises(OfficeNeeded):
        take_in(example, by=editor, now=NOW)
    take_in(example, by=editor, office=other_office, alias="Värmegruppen", now=NOW)

    assert (Group.objects.get().alias, Group.objects.get().office) == ("Värmegruppen", other_office)


def test_whoever_cannot_be_reached_becomes_no_group_and_cannot_be_asked(editor: User, office: Office) -> None:
    example = completed(contributed(channel="none"))

    take_in(example, by=editor, now=NOW)
    clear_risks(example, risks=[*Risk], by=editor, now=NOW)

    assert not Group.objects.exists()
    with pytest.raises(NobodyToAsk):
        ask_group(example, now=NOW)


def test_every_risk_is_answered_for_before_the_group_is_asked(editor: User, office: Office) -> None:
    example = completed(contributed())
    take_in(example, by=editor, office=office, now=NOW)
    clear_risks(example, risks=[Risk.NAMES, *Risk][:-1], by=editor, now=NOW)

    with pytest.raises(RisksLeft) as refusal:
        ask_group(example, now=NOW)

    example.refresh_from_db()
    assert refusal.value.left == [Risk.QUOTE]
    assert str(Risk.QUOTE.label) in str(refusal.value.words)
    assert (example.checked_by, example.checked_at, example.state) == (None, None, State.REVIEW)


def test_a_stub_is_not_shown_to_the_group(editor: User, office: Office) -> None:
    example = contributed()
    take_in(example, by=editor, office=office, now=NOW)
    clear_risks(example, risks=[*Risk], by=editor, now=NOW)

    with pytest.raises(NotComplete):
        ask_group(example, now=NOW)


def test_the_group_is_asked_once_about_all_that_readers_will_meet(editor: User, office: Office) -> None:
    example, approval, member = asked(editor, office)
    ask_group(example, now=NOW)

    told = [
        "Elementen var kalla.", "Plats: Lindhaga, Mellanstor stad", "Gruppen: Hyresgäster i samma hus, 5–9",
        "Vad var fel?", "1. Vi mätte varje kväll\nAlla skrev upp.", "Vad hände sedan?\nVärmen lagades.",
        "– Gå tillsammans.",
    ]  # fmt: skip
    assert (example.state, example.checked_by) == (State.APPROVAL, editor)
    assert [part for part in told if part not in approval.text] == []
    assert Message.objects.filter(kind="groups.approval_asked", contact=member.contact).count() == 1
    assert "Alva" not in approval.text


def test_a_yes_makes_it_ready_and_a_no_gives_it_back(editor: User, office: Office) -> None:
    example, approval, member = asked(editor, office)
    other, other_approval, other_member = asked(editor, office)

    decide_approval(approval, decision=Decision.YES, member=member, now=NOW)
    decide_approval(other_approval, decision=Decision.NO, member=other_member, now=NOW)

    example.refresh_from_db()
    other.refresh_from_db()
    assert (example.state, other.state) == (State.READY, State.REVIEW)
    assert Message.objects.filter(kind="knowledge.example_answered", user=editor).count() == 2
    with pytest.raises(SaidNo):
        ask_group(other, now=NOW)


def test_nothing_is_published_before_the_yes(editor: User, office: Office) -> None:
    example, _approval, _member = asked(editor, office)

    with pytest.raises(NotReady):
        publish(example, now=NOW)
    Example.objects.filter(pk=example.pk).update(state=State.READY)
    with pytest.raises(NotReady):
        publish(example, now=NOW)


def test_an_example_that_came_in_needs_a_yes_also_when_someone_ticks_that_it_is_invented(
    editor: User, office: Office
) -> None:
    example, _approval, _member = asked(editor, office)
    Example.objects.filter(pk=example.pk).update(state=State.READY, is_invented=True)

    with pytest.raises(NotReady):
        publish(example, now=NOW)


def test_an_invented_example_needs_no_yes() -> None:
    example = completed(make_example(state=State.READY, published_at=None, setting="town", did_not_work="Att ringa."))
    example.duty_bearer_kind, example.duty_bearer = "landlord", "Bolaget"
    example.save()

    assert publish(example, now=NOW).is_public
    with pytest.raises(NotNow):
        ask_group(make_example(state=State.DRAFT), now=NOW)


def test_a_yes_to_other_words_is_no_yes(editor: User, office: Office) -> None:
    example, _approval, _member = published(editor, office)
    assert has_yes(example)

    example.steps.filter(number=1).update(text="Vi vräkte värden.")

    assert not has_yes(example)


def test_a_public_text_that_is_changed_is_gone_until_the_group_has_read_it_again(
    client: Client, editor: User, office: Office
) -> None:
    example, old, member = published(editor, office)
    address = f"/exempel/{example.slug}/"
    assert client.get(address).status_code == 200
    Example.objects.filter(pk=example.pk).update(outcome="Hyran sänktes också.")

    change_example(example, now=NOW)

    old.refresh_from_db()
    new = Approval.objects.about(example).waiting().get()
    assert (example.state, old.superseded_at) == (State.APPROVAL, NOW)
    assert "Hyran sänktes också." in new.text
    assert client.get(address).status_code == 404
    assert not SearchEntry.objects.filter(kind="example").exists()
    decide_approval(new, decision=Decision.YES, member=member, now=NOW)
    example.refresh_from_db()
    assert example.state == State.READY


def test_a_save_that_changes_no_word_of_it_asks_nobody(editor: User, office: Office) -> None:
    example, _approval, _member = published(editor, office)
    Example.objects.filter(pk=example.pk).update(title_en="The heating", publish_at=None)

    change_example(example, now=NOW)

    assert example.is_public
    assert Approval.objects.count() == 1


def test_a_change_when_nobody_is_left_to_ask_puts_it_back_on_the_desk(editor: User, office: Office) -> None:
    example, _approval, member = published(editor, office)
    Member.objects.filter(pk=member.pk).update(left_at=NOW)
    Example.objects.filter(pk=example.pk).update(title="Varmt igen")

    change_example(example, now=NOW)

    assert example.state == State.REVIEW
    assert not SearchEntry.objects.exists()


def test_a_yes_taken_back_takes_the_text_away_at_once(client: Client, editor: User, office: Office) -> None:
    example, approval, member = published(editor, office)
    address = f"/exempel/{example.slug}/"
    for path in (address, "/exempel/"):
        assert "Elementen var kalla" in text_of(client.get(path))
    before = changes_so_far()

    for _n in range(2):
        take_back_approval(approval, member=member, now=NOW)

    example.refresh_from_db()
    assert (example.state, example.withdrawn_at) == (State.WITHDRAWN, NOW)
    assert client.get(address).status_code == 410
    assert "Elementen" not in text_of(client.get("/exempel/"))
    assert "Elementen" not in client.get("/exempel/flode/").content.decode()
    assert not SearchEntry.objects.filter(kind="example").exists()
    assert changes_so_far() > before
    assert Message.objects.filter(kind="knowledge.example_answered", user=editor).count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_yes_taken_back_while_an_editor_publishes_wins(editor: User, office: Office) -> None:
    example, approval, member = asked(editor, office)
    decide_approval(approval, decision=Decision.YES, member=member, now=NOW)
    start = Barrier(2)

    def at_once(act: Callable[[], object]) -> None:
        try:
            start.wait()
            with suppress(NotReady):
                act()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        pool.submit(at_once, lambda: publish(Example.objects.get(pk=example.pk), now=NOW))
        pool.submit(at_once, lambda: take_back_approval(approval, member=member, now=NOW))

    example.refresh_from_db()
    assert example.state == State.WITHDRAWN
    assert not SearchEntry.objects.exists()


def test_the_yes_is_given_and_taken_back_on_the_groups_own_page(client: Client, editor: User, office: Office) -> None:
    example, approval, _member = asked(editor, office)
    message = Message.objects.get(kind="groups.approval_asked")
    code = PrivateLink.objects.get().code
    client.post(message.link, {"code": code})

    first = text_of(client.get("/min-sida/"))
    client.post(f"/min-sida/att-godkanna/{approval.pk}/", {"decision": "yes"})
    example.refresh_from_db()
    state = example.state
    client.post(f"/min-sida/att-godkanna/{approval.pk}/ta-tillbaka/")

    example.refresh_from_db()
    assert "En text väntar på ert ja eller nej." in first
    assert (state, example.state) == (State.READY, State.WITHDRAWN)


def test_an_answer_about_something_else_touches_no_example(editor: User, office: Office) -> None:
    example, _approval, member = asked(editor, office)
    assert example.group is not None
    other = ask_approval(example.group, kind=ApprovalKind.EXAMPLE, title="Annat", text="Annat", now=NOW)

    decide_approval(other, decision=Decision.YES, member=member, now=NOW)

    example.refresh_from_db()
    assert example.state == State.APPROVAL


def test_what_has_come_too_far_is_neither_taken_in_nor_cleared(editor: User, office: Office) -> None:
    example, _approval, _member = published(editor, office)

    for act in (
        lambda: take_in(example, by=editor, now=NOW),
        lambda: clear_risks(example, risks=[], by=editor, now=NOW),
        lambda: ask_group(example, now=NOW),
    ):
        with pytest.raises(NotNow):
            act()
