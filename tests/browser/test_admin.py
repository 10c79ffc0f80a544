"""The leader's side as a browser shows it: accessible in every look, and usable with JavaScript off."""

from datetime import timedelta

import pytest
from django.db.models import Model
from django.urls import reverse
from playwright.sync_api import Page, expect

from people import clock
from people.enums import Channel
from people.models import Office, User
from support.actions import handling, plans
from support.enums import CheckInState, LogKind, OwnerSide, Phase, PlanKind, RequestStatus
from support.models import KeptThing, SupportPeriod, SupportRequest
from tests.browser.conftest import BOTH, LOOKS, Axe, Look, PageAt, SignIn
from tests.factories import (
    make_approval,
    make_check_in,
    make_contact,
    make_duty_bearer,
    make_enabler,
    make_group,
    make_link,
    make_log_entry,
    make_meeting,
    make_member,
    make_message,
    make_municipality,
    make_organisation_request,
    make_period,
    make_request,
    make_role_contract,
    make_slot,
    make_topic,
)

PARTS_OF_A_LIST = 4


def page_of(row: Model, name: str = "change") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=[row.pk])


def list_of(model: str) -> str:
    return reverse(f"admin:{model}_changelist")


@pytest.fixture
def support_request(office: Office, leader: User) -> SupportRequest:
    """A request with something of everything in it."""
    now = clock.now()
    support_request = make_request(
        office=office,
        leader=leader,
        status=RequestStatus.IN_REVIEW,
        contact=make_contact(channel=Channel.SMS, phone="070-174 06 15", protected=True, languages=["ar"]),
        promised_by=clock.today() - timedelta(days=3),
        received_at=now,
    )
    make_link(about=support_request)
    make_slot(support_request=support_request, leader=leader)
    make_log_entry(support_request=support_request, user=leader, is_internal=True, text="Nämn inte skolan.")
    make_log_entry(support_request=support_request, kind=LogKind.QUESTION, contact=support_request.contact)
    make_message(contact=support_request.contact)
    return support_request


@pytest.fixture
def period(office: Office, leader: User) -> SupportPeriod:
    """A group on its way out, with a plan, a list, and a follow-up in the basket."""
    now, today = clock.now(), clock.today()
    group = make_group(office=office, alias="Värmegruppen")
    make_member(group=group, contact=make_contact(called="Dina"))
    period = make_period(group=group, office=office, leader=leader, phase=Phase.EXIT, opened_at=now)
    for side in OwnerSide:
        text = f"Något för {side.label}"
        plans.add_item(period, text=text, kind=PlanKind.TASK, owner_side=side, by_group=False, now=now)
    make_check_in(
        period=period,
        state=CheckInState.MISSED,
        asked_at=now,
        basket_at=now,
        earliest=today,
        expected=today,
        latest=today,
    )
    KeptThing.objects.create(period=period, kind="logins", text="Gruppens e-post")
    make_log_entry(period=period, user=leader, is_internal=True, text="Dina har mycket nu.")
    make_role_contract(group=group)
    make_approval(group=group)
    return period


@pytest.fixture
def paths(support_request: SupportRequest, period: SupportPeriod, office: Office, leader: User) -> list[str]:
    """Every page that was built for the leader."""
    meeting = make_meeting(
        support_request=make_request(office=office, status=RequestStatus.MEETING_BOOKED), leader=leader
    )
    organisation = make_organisation_request(office=office)
    enabler = make_enabler(office=office)
    check_in, item, group = period.check_ins.get(), period.plan_items.first(), period.group
    question = support_request.log.get(kind=LogKind.QUESTION)
    assert item is not None
    requests = ("change", "take", "offer", "book", "log", "accept", "refer", "decline", "hand-over")
    periods = ("change", "log", "next-step", "add-item", "readiness", "agree", "pause", "ladder", "hand-over", "keep")
    return [
        *(list_of(f"support_{name}") for name in ("supportrequest", "supportperiod", "intakemeeting", "checkin")),
        *(list_of(f"support_{name}") for name in ("organisationrequest", "supervisionsession")),
        list_of("support_checkin") + "?show=all",
        *(page_of(support_request, name) for name in requests),
        *(page_of(meeting, name) for name in ("change", "move", "cancel", "interpreter", "record")),
        *(page_of(period, name) for name in (*periods, "sign", "close")),
        *(page_of(check_in, name) for name in ("change", "answer")),
        *(page_of(item, name) for name in ("status", "give")),
        page_of(question, "answer"),
        *(page_of(organisation, name) for name in ("change", "answer", "close")),
        *(page_of(group, name) for name in ("change", "rename", "add-member", "ask", "agree-role")),
        page_of(enabler),
        page_of(make_role_contract(group=group)),
        page_of(make_approval(group=group)),
        *(reverse(f"admin:{name}_add") for name in ("groups_group", "groups_enabler", "support_supervisionsession")),
        *(list_of(f"groups_{name}") for name in ("group", "member", "approval", "enabler", "rolecontract")),
    ]


class Looked:
    """What was wrong with the pages that were opened. The small ones share one frame: for them two looks are enough."""

    def __init__(self, page: Page, look: Look) -> None:
        self.page, self.look = page, look
        self.found: list[str] = []

    def at(self, path: str) -> None:
        response = self.page.goto(path)
        is_small = not path.endswith(("change/", "/add/")) and path.count("/") > PARTS_OF_A_LIST
        self.found += [] if response and response.ok else [f"{path} did not open"]
        self.found += self.look(self.page, path, looks=LOOKS[:BOTH] if is_small else LOOKS)


def test_every_page_of_the_leader_is_accessible(
    page_at: PageAt, sign_in: SignIn, leader: User, paths: list[str], look: Look
) -> None:
    looked = Looked(page_at(360), look)
    sign_in(looked.page, leader)

    for path in paths:
        looked.at(path)

    assert looked.found == []


def test_the_registers_are_accessible(page_at: PageAt, sign_in: SignIn, programme_manager: User, look: Look) -> None:
    looked = Looked(page_at(360), look)
    sign_in(looked.page, programme_manager)
    rows = [make_municipality(), make_topic(), make_duty_bearer()]
    lists = [list_of(f"groups_{name}") for name in ("municipality", "topic", "organisation", "dutybearer")]

    for path in [*lists, *map(page_of, rows), reverse("admin:support_officepolicy_add")]:
        looked.at(path)

    assert looked.found == []


def test_errors_are_told_first_and_lead_to_their_field(
    page_at: PageAt, sign_in: SignIn, leader: User, support_request: SupportRequest, axe: Axe
) -> None:
    page = page_at(360)
    sign_in(page, leader)

    page.goto(page_of(support_request, "offer"))
    page.get_by_role("button", name="Erbjud tider").click()

    assert page.title().startswith("Fel: ")
    page.get_by_role("link", name="Dag 1: Välj minst en tid").click()
    expect(page.get_by_label("Dag 1")).to_be_focused()
    assert axe(page) == []


def test_a_new_request_is_taken_and_a_talk_logged_without_javascript(
    page_at: PageAt, sign_in: SignIn, leader: User, office: Office
) -> None:
    """Two presses to take it, three to log a talk."""
    support_request = make_request(office=office, place="Almhöjden", received_at=clock.now())
    code = make_link(about=support_request).code
    page = page_at(360, java_script=False)
    sign_in(page, leader)
    page.goto(list_of("support_supportrequest"))

    page.get_by_role("link", name=code).click()
    page.get_by_role("button", name="Ta ärendet").click()
    expect(page.get_by_text("Ärendet är ditt.")).to_be_visible()

    page.get_by_role("link", name="Logga samtal").click()
    page.get_by_label("Vad pratade ni om?").fill("De vill ses på kvällen.")
    page.get_by_role("button", name="Logga samtal").click()

    expect(page.get_by_text("De vill ses på kvällen.")).to_be_visible()
    support_request.refresh_from_db()
    assert support_request.leader == leader


def test_the_group_sees_nothing_of_an_internal_note_and_the_leader_sees_which_it_is(
    page_at: PageAt, sign_in: SignIn, leader: User, support_request: SupportRequest
) -> None:
    handling.log_contact(
        support_request, kind=LogKind.NOTE, text="Syns för alla.", is_internal=False, by=leader, now=clock.now()
    )
    page = page_at(1280)
    sign_in(page, leader)

    page.goto(page_of(support_request))

    internal = page.locator(".timeline .is-internal")
    said = internal.inner_text()
    assert ["Bara vi ser" in said, "Nämn inte skolan." in said, "Syns för alla." in said] == [True, True, False]
