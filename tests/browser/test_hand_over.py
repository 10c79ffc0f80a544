"""Handing over, workload and cover in a real browser: accessible, by keyboard, and without JavaScript."""

import pytest
from playwright.sync_api import expect

from groups.enums import SupportKind
from people import clock
from people.enums import Role
from people.models import StaffRole, User
from support.actions import hand_overs, periods
from support.enums import HandOverState
from support.models import HandOver, SupportPeriod
from tests.browser.conftest import Look, PageAt, SignIn
from tests.factories import make_group, make_link, make_member, make_municipality, make_period, make_request, make_staff
from tests.support.admin_pages import do, page

LOADS = "/admin/support/handover/tyngd/"
COVER = "/admin/support/handover/vikarie/"
NOTE = "De vill träffas på kvällar. De har redan skrivit till kommunen två gånger."

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def period(office, leader: User, colleague: User) -> SupportPeriod:
    group = make_group(office=office, alias="Värmegruppen", size_band="5-9", municipality=make_municipality())
    member = make_member(group=group)
    make_link(about=make_request(office=office, contact=member.contact, group=group, status="accepted"))
    for step in (0, 1, 4):
        make_period(leader=colleague, office=office, group=make_group(office=office), step=step)
    return periods.open_period(group, leader=leader, supports=[SupportKind.GUIDANCE], now=clock.now())


@pytest.fixture
def hand_over(period, leader, other_office, other_office_leader) -> HandOver:
    return hand_overs.offer_hand_over(period, to_office=other_office, note=NOTE, by=leader, now=clock.now())


def test_the_pages_are_accessible_in_every_look(
    page_at: PageAt,
    sign_in: SignIn,
    look: Look,
    hand_over,
    period,
    office_manager,
    leader,
    colleague,
    office,
    other_office_leader,
):
    today = clock.today()
    days = {"starts_on": today, "ends_on": today}
    StaffRole.objects.create(user=colleague, office=office, role=Role.LEADER, covers=leader, **days)
    paths = [
        "/admin/support/handover/?show=all",
        page(hand_over),
        do(period, "hand-over"),
        do(period, "give"),
        LOADS,
        COVER,
    ]
    window = page_at(360)
    sign_in(window, office_manager)

    found = []
    for path in paths:
        window.goto(path)
        found += look(window, path)

    assert found == []


def test_asking_and_answering_without_javascript(page_at: PageAt, sign_in: SignIn, period, leader, colleague):
    window = page_at(360, java_script=False)
    sign_in(window, leader)
    window.goto(do(period, "hand-over"))
    window.get_by_label("Vilken kollega på orten?").select_option(str(colleague.pk))
    window.get_by_label("Det den nya behöver veta").fill(NOTE)
    window.get_by_role("button", name="Lämna över").click()
    expect(window.get_by_text("Frågan är ställd.")).to_be_visible()

    other = page_at(360, java_script=False)
    sign_in(other, colleague)
    other.goto("/admin/support/handover/")
    other.get_by_role("link", name="En grupp").click()
    other.get_by_role("button", name="Ta över").click()

    expect(other.get_by_role("heading", level=1)).to_contain_text("Värmegruppen")
    assert HandOver.objects.get().state == HandOverState.ACCEPTED


def test_answering_by_keyboard_alone(page_at: PageAt, sign_in: SignIn, hand_over, other_office_leader):
    window = page_at(1280)
    sign_in(window, other_office_leader)
    window.goto(page(hand_over))

    for _ in range(60):
        window.keyboard.press("Tab")
        if window.evaluate("document.activeElement.textContent.trim()") == "Ta över":
            break
    window.keyboard.press("Enter")

    expect(window.get_by_text("Du har tagit över.")).to_be_visible()
    hand_over.refresh_from_db()
    assert (hand_over.state, hand_over.answered_by) == (HandOverState.ACCEPTED, other_office_leader)


def test_arranging_cover_without_javascript(page_at: PageAt, sign_in: SignIn, leader, colleague):
    window = page_at(360, java_script=False)
    sign_in(window, leader)
    window.goto(COVER)
    window.get_by_label("Vem vikarierar?").select_option(str(colleague.pk))
    window.get_by_label("Till och med").fill(clock.today().isoformat())
    window.get_by_role("button", name="Ordna vikarie").click()

    expect(window.get_by_text("Sam Ek vikarierar för Maja Lind")).to_be_visible()
    window.get_by_role("button", name="Avsluta vikariatet").click()
    expect(window.get_by_text("Ingen vikarierar just nu.")).to_be_visible()
    assert not StaffRole.objects.filter(covers=leader).exists()


@pytest.mark.parametrize("path", [LOADS, COVER])
def test_what_is_pressed_is_big_enough(page_at: PageAt, sign_in: SignIn, path: str, hand_over, office_manager, office):
    make_staff(office=office)
    window = page_at(360)
    sign_in(window, office_manager)
    window.goto(path)

    boxes = [one.bounding_box() for one in window.locator("#content-main :is(button, select, input:visible)").all()]

    assert [box for box in boxes if box and box["height"] < 44] == []
