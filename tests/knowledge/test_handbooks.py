"""Editions of the handbook: numbered, made once, published, and gone with an example that is withdrawn."""

from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connections

from knowledge.actions import handbooks
from knowledge.actions.editing import make_ready, put_back
from knowledge.actions.handbooks import (
    AlreadyPublished,
    BeingMade,
    ChangedMeanwhile,
    HoldsWithdrawn,
    NothingChosen,
    NotMade,
    job_of,
    make_edition,
    order_again,
    order_edition,
    publish_edition,
    withdraw_edition,
)
from knowledge.actions.publishing import changes_so_far, publish, withdraw
from knowledge.handbook.book import gather
from knowledge.handbook.printing import print_book
from knowledge.models import HandbookEdition
from people.actions.jobs import MOST_TRIES, run_due_jobs
from people.enums import JobState
from people.models import Job, User
from tests.factories import NOW
from tests.knowledge.desk import WHOLE
from tests.knowledge.handbook_kit import make, order, published, words_of
from tests.knowledge.texts import make_example, make_term, make_tool

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

LATER = NOW + timedelta(days=1)


def test_an_ordered_edition_waits_for_its_job(editor: User) -> None:
    tool = make_tool()

    edition = order(editor, title="Handbok")

    job = Job.objects.get()
    assert (edition.number, edition.made_at, edition.published_at, edition.made_by) == (1, None, None, editor)
    assert edition.chosen == {"tools": [tool.pk], "examples": [], "terms": []}
    assert (job.kind, job.name, job.state, job.user) == (
        "knowledge.handbook",
        "Handbok, upplaga 1",
        JobState.WAITING,
        editor,
    )


def test_each_edition_has_the_next_number(editor: User) -> None:
    make_tool()

    assert [order(editor).number for _time in range(3)] == [1, 2, 3]


def test_an_edition_of_nothing_is_not_made(editor: User) -> None:
    with pytest.raises(NothingChosen):
        order_edition(title="Handbok", language="sv", tools=[], examples=[], terms=[], by=editor, now=NOW)


def test_the_job_tells_how_far_it_is_and_makes_the_book(editor: User) -> None:
    for _number in range(12):
        make_tool()

    edition = make(editor)

    job = Job.objects.get()
    assert (job.state, job.done, job.total) == (JobState.DONE, 12, 12)
    assert edition.made_at == NOW
    assert edition.pages > 12
    assert bytes(edition.pdf or b"").startswith(b"%PDF-1.7")


def test_work_that_is_done_twice_makes_one_book(editor: User) -> None:
    make_tool()
    edition = make(editor)
    before = bytes(edition.pdf or b"")

    make_edition(Job.objects.get(), now=LATER)

    edition.refresh_from_db()
    assert (edition.made_at, bytes(edition.pdf or b"")) == (NOW, before)
    assert HandbookEdition.objects.count() == 1


def test_a_worker_that_died_is_followed_by_another(editor: User) -> None:
    make_tool()
    edition = order(editor)
    Job.objects.update(state=JobState.RUNNING, leased_until=NOW - timedelta(minutes=1), options={
        "edition": edition.pk, "tries": MOST_TRIES - 1,
    })  # fmt: skip

    assert run_due_jobs(lambda: NOW, seconds=30) == 1

    edition.refresh_from_db()
    assert edition.made_at == NOW


def test_a_book_of_texts_that_are_all_gone_is_not_made(editor: User) -> None:
    tool = make_tool()
    edition = order(editor)
    withdraw(tool, now=NOW)

    run_due_jobs(lambda: NOW, seconds=30)

    edition.refresh_from_db()
    job = Job.objects.get()
    assert edition.made_at is None
    assert (job.state, job.reason) == (
        JobState.FAILED,
        "Inget av det du valde är publicerat längre. Gör en ny handbok och välj igen.",
    )


def test_a_book_that_was_printed_before_a_text_went_is_not_kept(editor: User) -> None:
    make_tool("Kvar")
    gone = make_example("Borta")
    edition = order(editor)
    book = gather(edition, day=NOW.date())
    printed = print_book(book.content, at=NOW)

    withdraw(gone, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        handbooks._keep(edition, book, printed, now=NOW)
    run_due_jobs(lambda: NOW, seconds=30)

    edition.refresh_from_db()
    assert edition.chosen["examples"] == []
    assert "Borta" not in words_of(edition)
    assert "Kvar" in words_of(edition)


def test_an_edition_can_be_made_again_until_it_is_published(editor: User) -> None:
    tool = make_tool("Före")
    edition = make(editor)
    tool.title = "Efter"
    tool.save()

    order_again(edition, by=editor, now=LATER)
    with pytest.raises(BeingMade):
        order_again(edition, by=editor, now=LATER)
    run_due_jobs(lambda: LATER, seconds=30)

    edition.refresh_from_db()
    assert (edition.number, edition.asked_at, edition.made_at) == (1, LATER, NOW)
    assert "Efter" in words_of(edition)
    publish_edition(edition, now=LATER)
    with pytest.raises(AlreadyPublished):
        order_again(edition, by=editor, now=LATER)


def test_publishing_drops_what_the_server_keeps_and_twice_is_once(editor: User) -> None:
    make_tool()
    edition = make(editor)
    before = changes_so_far()

    publish_edition(edition, now=NOW)
    publish_edition(edition, now=LATER)

    assert (edition.published_at, changes_so_far()) == (NOW, before + 1)


def test_a_book_that_is_not_made_is_not_published(editor: User) -> None:
    make_tool()

    with pytest.raises(NotMade):
        publish_edition(order(editor), now=NOW)


def test_a_withdrawn_edition_can_come_back(editor: User) -> None:
    make_tool()
    edition = published(editor)

    withdraw_edition(edition, now=LATER)
    withdraw_edition(edition, now=LATER + timedelta(days=1))
    assert edition.withdrawn_at == LATER

    publish_edition(edition, now=LATER)
    assert edition.withdrawn_at is None


def test_a_withdrawn_example_takes_the_editions_with_it_away_and_no_other(editor: User) -> None:
    example, other = make_example(), make_example()
    with_it, without_it = published(editor), published(editor, examples=[other])
    waiting = make(editor)
    assert set(HandbookEdition.objects.published()) == {with_it, without_it}

    withdraw(example, now=LATER)

    for edition in (with_it, without_it, waiting):
        edition.refresh_from_db()
    assert (with_it.withdrawn_at, without_it.withdrawn_at) == (LATER, None)
    assert (waiting.made_at, waiting.pdf, waiting.pages) == (None, None, 0)
    assert set(HandbookEdition.objects.published()) == {without_it}
    with pytest.raises(HoldsWithdrawn):
        publish_edition(with_it, now=LATER)


def test_the_next_edition_is_without_the_withdrawn_example(editor: User) -> None:
    kept, gone = make_example("Kvar"), make_example("Borta")
    edition = make(editor)
    withdraw(gone, now=NOW)

    order_again(edition, by=editor, now=LATER)
    run_due_jobs(lambda: LATER, seconds=30)
    edition.refresh_from_db()
    publish_edition(edition, now=LATER)

    assert edition.chosen["examples"] == [kept.pk]
    assert "Borta" not in words_of(edition)


def test_a_withdrawn_word_or_tool_leaves_published_editions_as_they_were(editor: User) -> None:
    tool, term = make_tool(), make_term()
    edition = published(editor)

    withdraw(tool, now=NOW)
    withdraw(term, now=NOW)

    edition.refresh_from_db()
    assert edition.withdrawn_at is None


@pytest.mark.django_db(transaction=True)
def test_orders_at_once_get_numbers_of_their_own(editor: User) -> None:
    tool = make_tool()
    told: list[int] = []

    def ask() -> None:
        edition = order_edition(title="Bok", language="sv", tools=[tool.pk], examples=[], terms=[], by=editor, now=NOW)
        told.append(edition.number)
        connections.close_all()

    _at_once(*[ask] * 5)

    assert sorted(told) == [1, 2, 3, 4, 5]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", range(5))
def test_a_withdrawal_while_the_book_is_kept_never_leaves_a_book_with_the_example(editor: User, time: int) -> None:
    make_tool()
    example = make_example()
    edition = order(editor)
    job = job_of(edition)
    assert job is not None

    def work() -> None:
        try:
            make_edition(job, now=NOW)
        except ChangedMeanwhile:
            pass
        finally:
            connections.close_all()

    def take_away() -> None:
        withdraw(example, now=NOW)
        connections.close_all()

    _at_once(work, take_away)

    edition.refresh_from_db()
    assert edition.made_at is None or example.pk not in edition.chosen["examples"]


def _at_once(*functions: Any) -> None:
    threads = [Thread(target=function) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_an_edition_with_words_that_have_been_away_is_not_published_again(editor: User) -> None:
    example = make_example(**WHOLE)
    edition = published(editor)
    withdraw(example, now=LATER)
    put_back(example, now=LATER)
    make_ready(example, now=LATER)
    publish(example, now=LATER + timedelta(days=1))
    edition.refresh_from_db()

    with pytest.raises(HoldsWithdrawn):
        publish_edition(edition, now=LATER + timedelta(days=1))
