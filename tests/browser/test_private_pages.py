"""The group's private pages in a real browser: nothing for axe, no sideways scroll, keys only, no JavaScript."""

from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from groups.actions.approvals import ask_approval
from groups.actions.invitations import invite_member
from groups.enums import ApprovalKind
from people.clock import now
from people.enums import YesNoUnknown
from people.links import new_token
from support.actions.check_ins import answer_check_in, mark_readiness, plan_next_check_in
from support.actions.exits import keep_thing, start_exit
from support.actions.plans import add_item, give_item, set_item_status
from support.actions.strengths import mark_strengths
from support.enums import Capacity, Drives, Going, KeepKind, LogKind, OwnerSide, PlanKind, PlanStatus, Readiness, Wish
from support.models import CheckIn, PlanItem
from tests.browser.conftest import LOOKS, Axe, PageAt, Scheme, Watched
from tests.factories import make_log_entry, make_meeting, make_role_contract
from tests.support.at_work import AtWork, a_group_at_work


@pytest.fixture
def ours(transactional_db: None) -> AtWork:
    """A group that has worked for half a year: a plan, a web, questions, someone who supports it, a text to read."""
    began = now() - timedelta(days=170)
    ours = a_group_at_work(opened_at=began, phase_since=began, next_step="Skriva frågorna till hyresvärden")
    period = ours.period
    plan_next_check_in(period, now=began)
    _plan(ours)
    check_in = period.check_ins.get()
    answer_check_in(
        check_in, going=Going.WELL, drives=Drives.PARTLY, wish=Wish.FURTHER, contact=ours.member.contact, now=now()
    )
    mark_strengths(period, marks={domain: 1 + number % 5 for number, domain in enumerate(Capacity)}, now=now())
    mark_readiness(period, marks={Readiness.OWN_CONTACT: YesNoUnknown.YES}, by_group=True, now=now())
    alva = ours.member.contact
    question = make_log_entry(period=period, kind=LogKind.QUESTION, text="Kan vi få en tolk?", contact=alva)
    question.answered_by = make_log_entry(period=period, kind=LogKind.ANSWER, text="Ja, i maj.", user=period.leader)
    question.save()
    make_meeting(support_request=ours.support_request, leader=period.leader, state="held", shared_notes="Vi började.")
    make_role_contract(group=period.group)
    invite_member(ours.member, called="Bo", once_key=uuid4(), now=now())
    ask_approval(period.group, kind=ApprovalKind.QUOTE, title="Ett citat", text="Tabellen gjorde skillnad.", now=now())
    return ours


def _plan(ours: AtWork) -> None:
    sides = (OwnerSide.PROGRAMME, OwnerSide.GROUP, OwnerSide.ENABLER, OwnerSide.GROUP)
    for number, side in enumerate(sides):
        then = now() - timedelta(days=160 - 40 * number)
        item = add_item(
            ours.period,
            text=f"Ringa runt och samla fler, varv {number + 1}",
            kind=PlanKind.TASK,
            owner_side=side,
            owner="Alva" if side == OwnerSide.GROUP else "",
            by_group=True,
            now=then,
        )
        if side == OwnerSide.ENABLER:
            give_item(item, owner_side=OwnerSide.GROUP, owner="Bo", by_group=True, now=then)
        if number:
            set_item_status(item, status=PlanStatus.UNDER_WAY, by_group=True, now=then)
    add_item(
        ours.period,
        text="Hissen ska gå igen",
        kind=PlanKind.GOAL,
        owner_side=OwnerSide.GROUP,
        by_group=True,
        now=now(),
    )


def come_in(page: Page, ours: AtWork) -> None:
    page.goto(f"/min-sida/{new_token(ours.link, now=now())}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hej, Värmegruppen")


def every_page(ours: AtWork) -> list[str]:
    task = PlanItem.objects.filter(owner_side=OwnerSide.PROGRAMME)[0].pk
    contract = ours.period.group.role_contracts.get().pk
    approval = ours.period.group.approvals.get().pk
    below = (
        "",
        "hur-gar-det/",
        "hur-gar-det/tack/",
        "styrkor/",
        "klarar-vi-oss/",
        "plan/",
        "plan/ny/",
        f"plan/{task}/",
        f"plan/{task}/vem/",
        "fragor/",
        "historik/",
        "moten/",
        "vi-har-traffats/",
        "medlemmar/",
        "medlemmar/bjud-in/",
        "att-godkanna/",
        f"att-godkanna/{approval}/",
        "mojliggorare/",
        f"mojliggorare/{contract}/avsluta/",
        "avslut/",
    )
    return [f"/min-sida/{path}" for path in below]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_everyone_can_use_every_page(
    ours: AtWork, page_at: PageAt, axe: Axe, scrolls_sideways, watched: Watched, width: int, scheme: Scheme
) -> None:
    page = page_at(width, scheme)
    come_in(page, ours)

    for path in every_page(ours):
        page.goto(path)
        assert (path, axe(page, "wcag2aaa"), scrolls_sideways(page)) == (path, [], False)
    start_exit(ours.period, now=now())
    keep_thing(ours.period, kind=KeepKind.CONTACTS, text="Numret till tekniska nämnden", now=now())
    page.goto("/min-sida/avslut/")

    assert (axe(page, "wcag2aaa"), scrolls_sideways(page)) == ([], False)
    assert watched.complaints == []


def test_a_check_in_is_answered_with_the_keyboard_alone(ours: AtWork, page_at: PageAt) -> None:
    page = page_at(360)
    come_in(page, ours)
    page.goto("/min-sida/hur-gar-det/")

    page.get_by_label("Bra", exact=True).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Tack för svaret")
    newest = CheckIn.objects.filter(answered_at__isnull=False).latest("number")
    assert (newest.going, newest.drives, newest.wish) == (Going.WELL, Drives.PARTLY, Wish.SAME)


def test_a_row_of_answers_is_tapped_without_javascript(ours: AtWork, page_at: PageAt) -> None:
    page = page_at(360, java_script=False)
    come_in(page, ours)
    page.goto("/min-sida/styrkor/")

    page.get_by_role("group", name="Flera kan leda").get_by_label("4").check()
    page.get_by_role("button", name="Spara").click()

    expect(page.get_by_text("Sparat. Ni ser nätet här på sidan.")).to_be_visible()
    assert ours.period.check_ins.exclude(capacity={}).get().capacity == {"leadership": 4}


def test_what_is_tapped_is_large_enough_for_a_thumb(ours: AtWork, page_at: PageAt) -> None:
    page = page_at(360)
    come_in(page, ours)

    for path, selector in (("styrkor/", ".scale__row label"), ("plan/", ".actions a.btn"), ("", ".actions a.btn")):
        page.goto(f"/min-sida/{path}")
        boxes = [target.bounding_box() for target in page.locator(selector).all()]
        assert boxes
        assert all(box and box["width"] >= 44 and box["height"] >= 44 for box in boxes), path


def test_a_task_is_done_in_two_taps_and_taken_over_in_two(ours: AtWork, page_at: PageAt) -> None:
    page = page_at(360, java_script=False)
    come_in(page, ours)

    page.get_by_role("link", name="Ringa runt och samla fler, varv 1").click()
    page.get_by_role("button", name="Vi tar över det här").click()
    page.get_by_role("link", name="Ringa runt och samla fler, varv 1").click()
    page.get_by_role("button", name="Klart").click()

    item = PlanItem.objects.get(text="Ringa runt och samla fler, varv 1")
    assert (item.owner_side, item.status) == (OwnerSide.GROUP, PlanStatus.DONE)
