"""The page of a case as a browser shows it: in every look, by keyboard, with JavaScript off."""

from datetime import timedelta

import pytest
from django.db.models import Model
from django.urls import reverse
from playwright.sync_api import expect

from groups.enums import MemberRole
from people import clock
from people.actions.reading import note_reading
from people.enums import Channel, MessageState
from people.models import Message, Office, User
from support.actions import plans
from support.enums import CheckInState, HandOverState, LogKind, OwnerSide, PlanKind, RequestStatus, Urgency, WaitsFor
from support.models import HandOver, QuickStep, SupportPeriod, SupportRequest
from tests.browser.conftest import Look, PageAt, SignIn
from tests.factories import (
    make_approval,
    make_check_in,
    make_contact,
    make_group,
    make_link,
    make_log_entry,
    make_member,
    make_message,
    make_period,
    make_request,
    make_role_contract,
)


def address(row: Model, name: str = "change") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=[row.pk])


@pytest.fixture
def support_request(office: Office, leader: User, colleague: User) -> SupportRequest:
    now = clock.now()
    support_request = make_request(
        office=office,
        leader=leader,
        status=RequestStatus.IN_REVIEW,
        what="Hissen har stått still i tre veckor. Två av oss kommer inte ut själva.",
        urgency=Urgency.TWO_WEEKS,
        urgent_what="En av oss ska opereras",
        place="Almhöjden",
        contact=make_contact(called="Dina", channel=Channel.SMS, phone="070-174 06 15", discreet=True),
        received_at=now,
        promised_by=clock.today() - timedelta(days=1),
        next_step="Föreslå en tid att ses",
        next_step_on=clock.today() + timedelta(days=1),
        waits_for=WaitsFor.GROUP,
        waits_since=now - timedelta(days=3),
    )
    make_link(about=support_request, code="TALL 4827")
    make_log_entry(support_request=support_request, user=leader, is_internal=True, text="Nämn inte skolan.", at=now)
    make_log_entry(support_request=support_request, kind=LogKind.QUESTION, contact=support_request.contact, at=now)
    make_message(
        contact=support_request.contact, state=MessageState.FAILED, reason="Numret finns inte.", created_at=now
    )
    note_reading(support_request, by=colleague, office=office, now=now)
    return support_request


@pytest.fixture
def period(office: Office, leader: User, colleague: User) -> SupportPeriod:
    now, today = clock.now(), clock.today()
    group = make_group(office=office, alias="Värmegruppen")
    member = make_member(group=group, contact=make_contact(called="Dina", channel=Channel.SMS, phone="070-174 06 15"))
    hidden = make_contact(called="Elsa", channel=Channel.CALL, phone="070-174 06 16", protected=True)
    make_member(group=group, contact=hidden, role=MemberRole.MEMBER)
    asked = make_request(office=office, group=group, contact=member.contact, status=RequestStatus.ACCEPTED)
    make_link(about=asked, code="EK 2396")
    period = make_period(
        group=group, office=office, leader=leader, opened_at=now, next_step_on=today + timedelta(days=2), step=1
    )
    for side in OwnerSide:
        text = f"Något för {side.label}"
        plans.add_item(period, text=text, kind=PlanKind.TASK, owner_side=side, by_group=False, now=now)
    make_check_in(
        period=period, number=1, state=CheckInState.ANSWERED, asked_at=now, answered_at=now, going="well", wish="same"
    )
    make_check_in(period=period, number=2, why="Ni ville ha längre mellan gångerna.")
    for kind in (LogKind.CALL, LogKind.MEETING, LogKind.MESSAGE, LogKind.STATUS):
        make_log_entry(period=period, kind=kind, user=leader, at=now)
    make_log_entry(period=period, user=leader, is_internal=True, text="Dina har mycket nu.", at=now)
    HandOver.objects.create(
        period=period,
        from_user=colleague,
        from_office=office,
        to_user=leader,
        to_office=office,
        note="De vill helst ses på kvällen.",
        state=HandOverState.ACCEPTED,
        offered_at=now,
        answered_at=now,
        answered_by=leader,
    )
    make_role_contract(group=group)
    make_approval(group=group)
    return period


@pytest.fixture
def step(office: Office) -> QuickStep:
    return QuickStep.objects.create(
        office=office,
        name="Bad om mer tid",
        log_text="De bad om mer tid.",
        next_step="Hör hur det går",
        next_step_days=4,
        waits_for=WaitsFor.GROUP,
        message="Ta den tid ni behöver.",
    )


def test_the_pages_are_accessible_in_every_look(
    page_at: PageAt,
    sign_in: SignIn,
    leader: User,
    office_manager: User,
    support_request: SupportRequest,
    period: SupportPeriod,
    step: QuickStep,
    look: Look,
) -> None:
    from_list = "?_changelist_filters=p%3D1"
    quick = reverse("admin:support_supportperiod_quick-step", args=[period.pk, step.pk])
    paths = {
        "request": address(support_request) + from_list,
        "period": address(period) + from_list,
        "period-calls": f"{address(period)}?visa=samtal",
        "write": address(period, "write"),
        "quick": quick,
        "close": address(period, "close"),
        "steps": reverse("admin:support_quickstep_changelist"),
        "step": address(step),
    }
    page, found = page_at(360), []
    sign_in(page, office_manager)

    for name, path in paths.items():
        response = page.goto(path)
        found += [] if response and response.ok else [f"{name} did not open"]
        found += look(page, name)

    assert found == []


def test_the_story_stands_beside_the_facts_where_there_is_room_and_above_them_on_a_phone(
    page_at: PageAt, sign_in: SignIn, leader: User, period: SupportPeriod
) -> None:
    page, sides = page_at(1280), {}
    sign_in(page, leader)
    page.goto(address(period))

    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        story, plan = page.locator("#story").bounding_box(), page.locator("#plan").bounding_box()
        assert story is not None
        assert plan is not None
        sides[width] = (plan["x"] > story["x"], plan["y"] > story["y"] + 200)

    assert sides == {1280: (True, False), 360: (False, True)}


def test_everything_to_press_is_big_enough_for_a_thumb(
    page_at: PageAt, sign_in: SignIn, leader: User, period: SupportPeriod
) -> None:
    page = page_at(360)
    sign_in(page, leader)
    page.goto(address(period) + "?_changelist_filters=p%3D1&visa=samtal")

    small = page.evaluate(
        """[...document.querySelectorAll(".case :is(.button, .tabs a, .neighbours a, .jumps a, summary, .older)")]
        .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 44).map(one => one.textContent)"""
    )

    assert small == []


def test_a_quick_step_takes_two_clicks_without_javascript(
    page_at: PageAt, sign_in: SignIn, leader: User, period: SupportPeriod, step: QuickStep
) -> None:
    page = page_at(360, java_script=False)
    sign_in(page, leader)
    page.goto(address(period))

    page.get_by_role("link", name="Bad om mer tid").click()
    expect(page.get_by_role("heading", name="Så här ser sms:et till Dina ut")).to_be_visible()
    page.get_by_role("button", name="Gör det").click()

    expect(page.get_by_text("Gjort. Det står i loggen, med nästa steg.")).to_be_visible()
    expect(page.locator(".next").first).to_contain_text("Hör hur det går")
    assert Message.objects.filter(kind="support.message_written").count() == 1


def test_the_group_is_written_to_by_keyboard_alone(
    page_at: PageAt, sign_in: SignIn, leader: User, support_request: SupportRequest
) -> None:
    page = page_at(1280)
    sign_in(page, leader)
    page.goto(address(support_request))

    page.get_by_role("link", name="Skriv till gruppen").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Vad vill du säga?").focus()
    page.keyboard.type("Vi ses på tisdag.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Inget är skickat än.")).to_be_visible()
    page.get_by_role("button", name="Skicka").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Det står på gruppens sida")).to_be_visible()
    assert page.locator(".timeline").get_by_text("Vi ses på tisdag.").is_visible()


def test_from_case_to_case_through_the_list(
    page_at: PageAt, sign_in: SignIn, leader: User, office: Office, support_request: SupportRequest
) -> None:
    promised = {"promised_by": clock.today() + timedelta(days=3), "received_at": clock.now()}
    later = make_request(office=office, leader=leader, status=RequestStatus.IN_REVIEW, **promised)
    make_link(about=later, code="BOK 2233")
    page = page_at(1280, java_script=False)
    sign_in(page, leader)

    page.goto(reverse("admin:support_supportrequest_changelist") + "?show=mine")
    page.get_by_role("link", name="TALL 4827").click()
    page.get_by_role("link", name="Nästa i listan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("BOK 2233")
    page.get_by_role("link", name="Föregående").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("TALL 4827")
    page.get_by_role("button", name="Skjut upp en vecka").click()
    expect(page.get_by_role("link", name="Nästa i listan")).to_be_visible()
    page.get_by_role("link", name="Tillbaka till listan").click()

    expect(page.get_by_role("link", name="Mina", exact=False).first).to_have_attribute("aria-current", "true")
    assert page.locator("#result_list tbody tr").count() == 2


def test_the_story_is_read_one_kind_at_a_time(
    page_at: PageAt, sign_in: SignIn, leader: User, period: SupportPeriod
) -> None:
    page = page_at(360, java_script=False)
    sign_in(page, leader)
    page.goto(address(period))

    page.get_by_text("Visa bara en sorts händelser").click()
    page.get_by_role("link", name="Överlämningar").click()
    expect(page.locator(".timeline > li")).to_have_count(1)
    expect(page.locator(".timeline .is-internal")).to_contain_text("Bara vi ser")
    page.get_by_role("link", name="Visa allt").first.click()

    expect(page.get_by_text("Visar allt, det senaste först.")).to_be_visible()
    assert page.locator(".timeline > li").count() > 1
