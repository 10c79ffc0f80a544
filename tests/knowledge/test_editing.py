"""What editors do to public texts: schedule, take back, read through, have a language checked."""

from datetime import date, timedelta

import pytest

from knowledge.actions import editing, publishing
from knowledge.actions.publishing import NotComplete, NotReady, changes_so_far
from knowledge.completeness import completeness
from knowledge.enums import State
from knowledge.models import SearchEntry, ShortText
from tests.factories import NOW, TODAY
from tests.knowledge.desk import whole_example, whole_term, whole_tool
from tests.knowledge.texts import make_example, make_page, make_tool

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


def make_short(**kwargs):
    fields = {"language": "so", "title": "Taageero", "body": "Waa bilaash.", "changed_at": NOW} | kwargs
    return ShortText.objects.create(**fields)


def test_an_example_knows_which_of_its_eleven_parts_are_there():
    parts = completeness(make_example())

    assert (parts.done, parts.of) == (5, 11)
    assert [str(name) for name in parts.needed] == [
        "plats",
        "tid",
        "det som inte fungerade",
        "vem som hade ansvar",
        "vad det kostade",
    ]


def test_support_is_a_part_that_a_group_may_have_done_without():
    parts = completeness(whole_example())

    assert ([str(name) for name in parts.missing], parts.is_stub) == (["stöd de fick"], False)


@pytest.mark.parametrize("missing", ["setting", "period", "lead", "wrong", "outcome", "did_not_work", "cost"])
def test_an_example_that_lacks_a_part_is_never_published(missing):
    example = whole_example(state=State.READY, **{missing: ""})

    with pytest.raises(NotComplete):
        publishing.publish(example, now=NOW)

    example.refresh_from_db()
    assert example.state == State.READY


def test_a_tool_without_steps_is_never_published():
    with pytest.raises(NotComplete):
        publishing.publish(whole_tool(state=State.DRAFT, steps=[]), now=NOW)


def test_a_scheduled_text_comes_out_when_its_time_has_come():
    page = make_page(state=State.DRAFT)

    editing.schedule(page, at=LATER, now=NOW)

    assert publishing.publish_due(NOW) == 0
    assert publishing.publish_due(LATER) == 1
    page.refresh_from_db()
    assert (page.state, page.published_at, page.publish_at) == (State.PUBLISHED, LATER, None)
    assert SearchEntry.objects.filter(kind="page", about_id=page.pk).exists()
    assert publishing.publish_due(LATER) == 0


def test_a_scheduled_text_that_may_not_come_out_stops_no_other():
    page = make_page(state=State.READY, publish_at=NOW, body="")
    term = whole_term(state=State.READY, publish_at=NOW)

    assert publishing.publish_due(NOW) == 1

    page.refresh_from_db()
    term.refresh_from_db()
    assert (page.state, term.state) == (State.READY, State.PUBLISHED)


def test_nothing_is_scheduled_in_the_past():
    with pytest.raises(editing.InThePast):
        editing.schedule(make_page(state=State.DRAFT), at=NOW, now=NOW)


def test_a_stub_is_not_scheduled():
    with pytest.raises(NotComplete):
        editing.schedule(make_tool(state=State.DRAFT), at=LATER, now=NOW)


def test_an_example_that_nobody_has_let_go_is_not_scheduled():
    with pytest.raises(NotReady):
        editing.schedule(whole_example(state=State.REVIEW), at=LATER, now=NOW)


def test_a_scheduled_text_that_is_put_back_does_not_come_out():
    page = make_page(state=State.READY, publish_at=LATER)

    editing.put_back(page, now=NOW)

    assert (page.state, page.publish_at) == (State.DRAFT, None)
    assert publishing.publish_due(LATER) == 0
    assert editing.put_back(page, now=NOW).state == State.DRAFT


def test_a_public_text_is_withdrawn_before_it_is_a_draft():
    with pytest.raises(editing.IsPublic):
        editing.put_back(make_page(), now=NOW)


def test_an_invented_example_is_ready_without_a_yes():
    assert editing.make_ready(whole_example(state=State.DRAFT), now=NOW).state == State.READY


def test_an_example_that_came_in_is_never_made_ready_by_a_tick():
    with pytest.raises(NotReady):
        editing.make_ready(whole_example(state=State.DRAFT, is_invented=True, contributed_at=NOW), now=NOW)


def test_a_text_that_was_read_through_comes_up_again_in_a_year():
    page, before = make_page(), changes_so_far()

    editing.mark_read(page, now=NOW)

    assert (page.reviewed_on, page.review_by) == (TODAY, TODAY.replace(year=TODAY.year + 1))
    assert changes_so_far() == before + 1


def test_what_is_read_through_on_leap_day_comes_up_the_day_before():
    assert editing._a_year_after(date(2028, 2, 29)) == date(2029, 2, 28)


def test_steps_are_numbered_anew_after_a_save():
    tool = whole_tool(steps=[{"title": "Sist", "text": "C."}, {"title": "Först", "text": "A."}])
    for step, number in zip(tool.steps.order_by("number"), (999, 3), strict=True):
        step.number = number
        step.save()

    editing.text_edited(tool, now=NOW)

    assert list(tool.steps.values_list("number", "title")) == [(1, "Först"), (2, "Sist")]


def test_a_public_text_may_not_be_edited_into_a_stub():
    page = make_page()
    page.body = ""
    page.save()

    with pytest.raises(NotComplete):
        editing.text_edited(page, now=NOW)


def test_a_short_text_is_public_from_when_it_says_who_checked_it(editor):
    short = make_short()
    assert not ShortText.objects.published().exists()

    editing.record_check(short, checked_by=" Hodan ", checked_on=TODAY, by=editor, now=NOW)

    assert [(one.checked_by, one.checked_on, one.recorded_by) for one in ShortText.objects.published()] == [
        ("Hodan", TODAY, editor)
    ]


@pytest.mark.parametrize(("name", "day"), [("  ", TODAY), ("Hodan", TODAY + timedelta(days=1))])
def test_nobody_or_a_day_to_come_is_no_check(editor, name, day):
    with pytest.raises(editing.NobodyChecked):
        editing.record_check(make_short(), checked_by=name, checked_on=day, by=editor, now=NOW)


@pytest.mark.parametrize(("changed", "is_public"), [({"title"}, False), ({"body"}, False), ({"in_swedish"}, True)])
def test_other_words_are_words_that_nobody_has_checked(changed, is_public):
    short = make_short(checked_by="Hodan", checked_on=TODAY)
    before = changes_so_far()

    editing.short_text_edited(short, changed=changed, now=NOW)

    assert ShortText.objects.published().exists() == is_public
    assert changes_so_far() == before + 1


def test_a_check_can_be_taken_away():
    short = make_short(checked_by="Hodan", checked_on=TODAY)

    editing.take_check_away(short, now=NOW)

    assert not ShortText.objects.published().exists()
