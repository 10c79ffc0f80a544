"""A group writes its example in its own words: then the old question stands no more, and nobody reads it meanwhile."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from groups.actions.approvals import NotInTheGroup, decide_approval, take_back_approval
from groups.enums import ApprovalKind, Decision
from groups.models import Approval, Member
from knowledge.actions.approved_text import has_yes
from knowledge.actions.examples import ask_group, clear_risks
from knowledge.actions.group_edits import ChangedMeanwhile, mark_of, words_of, write_own_words
from knowledge.actions.publishing import NotReady, publish
from knowledge.enums import Risk, State
from knowledge.models import Example, SearchEntry
from people.actions.contacts import erase_contact
from people.models import Message, Office, User
from tests.factories import NOW, make_approval, make_member
from tests.knowledge.contributing import another_in, asked, published
from tests.knowledge.own_words import inside, page, written
from tests.support.admin_pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


def test_what_the_group_writes_goes_to_the_editors_and_is_asked_about_anew(editor: User, office: Office) -> None:
    example, approval, member = asked(editor, office)
    client = inside(member)
    assert page(approval) in client.get(f"/min-sida/att-godkanna/{approval.pk}/").content.decode()

    answers = written(client, approval, outcome="Värmen lagades.\nOch vi fick pengar tillbaka.", place="")
    answer = client.post(page(approval), answers, follow=True)

    example.refresh_from_db()
    approval.refresh_from_db()
    assert (answer.redirect_chain[-1][0], approval.superseded_at) == (page(approval, "andrat"), NOW)
    assert "Tack, vi läser och frågar igen" in text_of(answer)
    assert "Och vi fick pengar tillbaka." in text_of(answer)
    assert (example.state, example.risks_cleared, example.checked_at, example.checked_by) == (
        State.REVIEW, [], None, None,
    )  # fmt: skip
    assert (example.outcome, example.place) == ("Värmen lagades.\n\nOch vi fick pengar tillbaka.", "")
    told = Message.objects.get(kind="knowledge.example_answered", user=editor)
    assert "Gruppen har ändrat texten själv." in told.text

    clear_risks(example, risks=[*Risk], by=editor, now=NOW)
    ask_group(example, now=NOW)
    new = Approval.objects.about(example).waiting().get()
    assert "Och vi fick pengar tillbaka." in new.text
    decide_approval(new, decision=Decision.YES, member=member, now=NOW)
    assert has_yes(example)


def test_a_public_text_is_gone_for_readers_until_there_is_a_new_yes(editor: User, office: Office) -> None:
    example, approval, member = published(editor, office)
    address, client = f"/exempel/{example.slug}/", inside(member)
    assert client.get(address).status_code == 200

    client.post(page(approval), written(client, approval, title="Varmt igen"))

    assert client.get(address).status_code == 404
    assert not SearchEntry.objects.filter(kind="example").exists()
    assert not has_yes(Example.objects.get())


def test_what_is_not_changed_keeps_its_links_and_its_english(editor: User, office: Office) -> None:
    example, approval, member = asked(editor, office)
    linked = "Vi läste [lagen](https://lagen.example)."
    Example.objects.filter(pk=example.pk).update(
        wrong=linked, wrong_en="We read.", lead_en="Cold.", learned_en=["Measure."]
    )
    example.steps.filter(number=1).update(title_en="We measured", text=linked, text_en="All wrote.")
    client = inside(member)

    client.post(page(approval), written(client, approval, lead="Det var mycket kallt.", text_2="Alla kom."))

    example.refresh_from_db()
    first, second = example.steps.all()
    assert (example.wrong, example.wrong_en, example.lead_en) == (linked, "We read.", "")
    assert example.learned_en == ["Measure."]
    assert (first.text, first.text_en, first.title_en) == (linked, "All wrote.", "We measured")
    assert second.text == "Alla kom."


def test_steps_are_taken_out_put_in_and_numbered(editor: User, office: Office) -> None:
    example, approval, member = asked(editor, office)
    client = inside(member)
    steps = {"title_1": "", "text_1": "", "title_4": "Vi firade", "text_4": "Med fika."}

    client.post(page(approval), written(client, approval, **steps))

    assert [(one.number, one.title) for one in example.steps.all()] == [
        (1, "Vi lämnade tabellen till värden"),
        (2, "Vi firade"),
    ]


def test_sending_twice_is_sending_once_and_the_same_words_ask_nobody(editor: User, office: Office) -> None:
    example, approval, member = asked(editor, office)
    client = inside(member)
    same = client.post(page(approval), written(client, approval), follow=True)
    example.refresh_from_db()
    assert (example.state, "Ni har inte ändrat något." in text_of(same)) == (State.APPROVAL, True)

    answers = written(client, approval, title="Varmt igen")
    twice = [client.post(page(approval), answers) for _n in range(2)]

    assert [answer["Location"] for answer in twice] == [page(approval, "andrat")] * 2
    assert Message.objects.filter(kind="knowledge.example_answered", user=editor).count() == 1


def test_two_who_write_at_once_do_not_write_over_each_other(editor: User, office: Office) -> None:
    example, approval, member = asked(editor, office)
    one, other = inside(member), inside(another_in(example))
    theirs = written(other, approval, title="Det andra")
    one.post(page(approval), written(one, approval, title="Det första"))

    answer = other.post(page(approval), theirs)

    example.refresh_from_db()
    said = text_of(answer)
    assert example.title == "Det första"
    assert "Någon annan har ändrat texten medan du skrev." in said
    assert "Det första" in said
    assert 'value="Det andra"' in answer.content.decode()
    again = theirs | {"seen": answer.context["form"]["seen"].value()}
    assert other.post(page(approval), again).status_code == 302
    example.refresh_from_db()
    assert example.title == "Det andra"


def test_what_an_editor_saves_meanwhile_is_not_written_over(editor: User, office: Office) -> None:
    example, approval, member = asked(editor, office)
    client = inside(member)
    answers = written(client, approval, title="Vår rubrik")
    Example.objects.filter(pk=example.pk).update(lead="En annan ingress.")

    answer = client.post(page(approval), answers)

    assert "En annan ingress." in text_of(answer)
    assert Example.objects.get().title == example.title


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_is_refused(editor: User, office: Office) -> None:
    example, _approval, member = asked(editor, office)
    words, seen, start = words_of(example), mark_of(example), Barrier(2)

    def at_once(title: str) -> str:
        mine = replace(words, title=title)
        try:
            start.wait()
            write_own_words(Example.objects.get(), mine, seen=seen, member=member, now=NOW)
        except ChangedMeanwhile:
            return "refused"
        finally:
            connection.close()
        return title

    with ThreadPoolExecutor(2) as pool:
        ended = [*pool.map(at_once, ["Ett", "Två"])]

    assert ended.count("refused") == 1
    assert Example.objects.get().title in ended


@pytest.mark.django_db(transaction=True)
def test_what_the_group_writes_while_an_editor_publishes_is_not_passed_over(editor: User, office: Office) -> None:
    example, approval, member = asked(editor, office)
    decide_approval(approval, decision=Decision.YES, member=member, now=NOW)
    words, seen, start = replace(words_of(example), title="Varmt igen"), mark_of(example), Barrier(2)

    def at_once(act: Callable[[], object]) -> None:
        try:
            start.wait()
            with suppress(NotReady):
                act()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        pool.submit(at_once, lambda: publish(Example.objects.get(), now=NOW))
        pool.submit(at_once, lambda: write_own_words(Example.objects.get(), words, seen=seen, member=member, now=NOW))

    example.refresh_from_db()
    assert (example.state, example.title) == (State.REVIEW, "Varmt igen")
    assert not SearchEntry.objects.exists()


def test_nobody_else_reaches_the_text(editor: User, office: Office) -> None:
    example, approval, member = asked(editor, office)
    theirs = make_approval(kind=ApprovalKind.EXAMPLE, about_model="knowledge.example", about_id=example.pk)
    about_nothing = make_approval(group=example.group, kind=ApprovalKind.QUOTE)
    outsider = inside(make_member())

    for name in ("andra", "andrat"):
        assert outsider.get(page(approval, name)).status_code == 404
        assert outsider.get(page(theirs, name)).status_code == 404
        assert inside(member).get(page(about_nothing, name)).status_code == 404
        assert "/min-sida/att-godkanna/" in Client().get(page(approval, name))["Location"].replace("%2F", "/")
    assert outsider.post(page(approval), {"title": "Vårt nu"}).status_code == 404
    assert inside(member).post(page(approval, "andrat")).status_code == 405
    with pytest.raises(NotInTheGroup):
        write_own_words(example, words_of(example), seen="", member=make_member(), now=NOW)


@pytest.mark.parametrize("gone", ["left", "erased"])
def test_whoever_has_left_or_is_erased_changes_nothing(gone: str, editor: User, office: Office) -> None:
    example, approval, member = asked(editor, office)
    another_in(example)
    client = inside(member)
    answers = written(client, approval, title="Varmt igen")
    if gone == "left":
        Member.objects.filter(pk=member.pk).update(left_at=NOW)
    else:
        erase_contact(member.contact, now=NOW)

    assert client.post(page(approval), answers).status_code in {302, 404}
    assert Example.objects.get().title == example.title


def test_a_text_that_was_taken_away_is_not_changed_and_what_was_written_stays(editor: User, office: Office) -> None:
    _example, approval, member = published(editor, office)
    client = inside(member)
    answers = written(client, approval, title="Varmt igen")
    take_back_approval(approval, member=member, now=NOW)

    answer = client.post(page(approval), answers)

    assert "Texten går inte att ändra just nu." in text_of(answer)
    assert 'value="Varmt igen"' in answer.content.decode()
    assert Example.objects.get().state == State.WITHDRAWN
    assert client.get(page(approval))["Location"] == "/min-sida/att-godkanna/"
    assert client.get(page(approval, "andrat"))["Location"] == "/min-sida/att-godkanna/"
    assert page(approval) not in client.get(f"/min-sida/att-godkanna/{approval.pk}/").content.decode()


def test_the_pages_ask_as_much_for_three_steps_as_for_one(
    editor: User, office: Office, django_assert_num_queries: Callable[[int], Any]
) -> None:
    example, approval, member = asked(editor, office)
    client = inside(member)
    for rows in (1, 3):
        example.steps.filter(number__gt=rows).delete()
        while example.steps.count() < rows:
            example.steps.create(number=9, title="Mer", text="Mer.")
        with django_assert_num_queries(8):
            assert client.get(page(approval)).status_code == 200
