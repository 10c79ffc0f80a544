"""A group reads what it is asked about, and writes it in its own words, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from groups.models import Approval, Member
from knowledge.actions.examples import ask_group, clear_risks
from knowledge.enums import Risk, State
from knowledge.models import Example, ExampleStep
from people.clock import now
from people.links import new_token
from tests.browser.conftest import LOOKS, Axe, PageAt, Scheme, Watched
from tests.factories import make_group, make_link, make_member, make_user
from tests.knowledge.desk import whole_example

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def approval(transactional_db: None) -> Approval:
    """A question about an example that is whole in both languages."""
    group = make_group(alias="Värmegruppen")
    make_member(group=group)
    english = {f"{name}_en": "Words" for name in Example.TRANSLATED if name != "learned"}
    example = whole_example("Värmen kom", state=State.REVIEW, is_invented=False, group=group, published_at=None)
    Example.objects.filter(pk=example.pk).update(**english, learned_en=["Measure."])
    ExampleStep.objects.update(title_en="They measured", text_en="All did.")
    clear_risks(example, risks=[*Risk], by=make_user(), now=now())
    ask_group(example, now=now())
    return Approval.objects.get()


def come_in(page: Page, approval: Approval) -> str:
    member = Member.objects.get(group=approval.group)
    page.goto(f"/min-sida/{new_token(make_link(about=member), now=now())}/")
    return f"/min-sida/att-godkanna/{approval.pk}/"


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_a_group_writes_its_own_words_and_reads_them_again(
    approval: Approval, page_at: PageAt, axe: Axe, scrolls_sideways, watched: Watched, width: int, scheme: Scheme
) -> None:
    page = page_at(width, scheme)
    asked_at = come_in(page, approval)
    page.goto(asked_at)
    assert (axe(page, "wcag2aaa"), scrolls_sideways(page)) == ([], False)

    page.get_by_role("link", name="Ändra texten själva").click()
    assert (axe(page, "wcag2aaa"), scrolls_sideways(page)) == ([], False)
    page.get_by_label("Vad hände sedan?").fill("")
    page.get_by_role("button", name="Skicka till oss").click()
    expect(page.get_by_role("alert")).to_contain_text("Berätta vad som hände sedan")
    assert (axe(page, "wcag2aaa"), scrolls_sideways(page)) == ([], False)
    page.get_by_label("Vad hände sedan?").fill("Värmen lagades.")
    Example.objects.update(lead="Någon annan skrev det här.")
    page.get_by_role("button", name="Skicka till oss").click()
    expect(page.get_by_role("alert")).to_contain_text("Någon annan har ändrat texten medan du skrev.")
    page.locator("summary", has_text="Texten som den är nu").click()
    assert (axe(page, "wcag2aaa"), scrolls_sideways(page)) == ([], False)
    page.get_by_role("button", name="Skicka till oss").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Tack, vi läser och frågar igen")
    expect(page.get_by_role("main")).to_contain_text("Värmen lagades.")
    assert (axe(page, "wcag2aaa"), scrolls_sideways(page)) == ([], False)
    assert Example.objects.get().state == State.REVIEW
    assert watched.complaints == []
