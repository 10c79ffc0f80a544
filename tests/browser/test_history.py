"""The history and the refused save as a browser shows them: in every look, without scripts, by keyboard."""

from collections.abc import Callable
from datetime import timedelta

import pghistory
import pytest
from django.db.models import Model
from django.urls import reverse
from playwright.sync_api import Page, expect

from groups.models import Group
from people import clock
from people.enums import Channel
from people.models import AccessLog, Contact, Office, User
from support.enums import AccessNeed, RequestStatus
from support.models import SupportPeriod, SupportRequest
from tests.browser.conftest import LOOKS, Axe, Look, PageAt, Scheme, SignIn
from tests.factories import make_contact, make_group, make_item, make_link, make_meeting, make_period, make_request


def page_of(row: Model, name: str = "change") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=[row.pk])


@pytest.fixture
def support_request(office: Office, office_manager: User, leader: User) -> SupportRequest:
    """A request that has lived for a while, and been read."""
    contact = make_contact(called="Dina", channel=Channel.SMS, phone="070-174 06 15")
    support_request = make_request(office=office, contact=contact)
    make_link(about=support_request)
    with pghistory.context(user=leader.pk):
        long = "Lekplatsen på vår gård är avstängd, och hyresvärden svarar inte när vi skriver. " * 3
        SupportRequest.objects.filter(pk=support_request.pk).update(
            what=long, status=RequestStatus.IN_REVIEW, leader=leader
        )
        Contact.objects.filter(pk=contact.pk).update(phone="+46701740616")
    with pghistory.context(user=None):
        SupportRequest.objects.filter(pk=support_request.pk).update(
            area="Norra gården", access_needs=[AccessNeed.values[0]]
        )
    make_meeting(support_request=support_request, leader=leader)
    now = clock.now()
    about = {"about_model": "support.supportrequest", "about_id": support_request.pk, "office": office}
    AccessLog.objects.create(user=leader, what="read", at=now, last_at=now + timedelta(minutes=12), **about)
    about = {"about_model": "people.contact", "about_id": contact.pk, "office": office}
    AccessLog.objects.create(user=leader, what="reveal", at=now, reason="Ringer om mötet i morgon", **about)
    return support_request


@pytest.fixture
def period(office: Office, leader: User) -> SupportPeriod:
    period = make_period(
        group=make_group(office=office),
        office=office,
        leader=leader,
        next_step="Boka lokal",
        next_step_on=clock.today() + timedelta(days=7),
    )
    make_item(period=period, text="Ring skolan")
    return period


def test_nothing_is_found_wrong_with_the_pages(
    page_at: PageAt,
    sign_in: SignIn,
    look: Look,
    office_manager: User,
    support_request: SupportRequest,
    period: SupportPeriod,
) -> None:
    page = page_at(360)
    sign_in(page, office_manager)
    history = page_of(support_request, "history")
    paths = [history, f"{history}?show=read", page_of(period, "history"), page_of(period.group, "history")]

    found = []
    for path in [*paths, reverse("admin:people_accesslog_changelist")]:
        page.goto(path)
        found += look(page, path)

    assert found == []


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_a_refused_save_shows_both_and_a_second_press_saves(
    width: int,
    scheme: Scheme,
    page_at: PageAt,
    sign_in: SignIn,
    axe: Axe,
    scrolls_sideways: Callable[[Page], bool],
    leader: User,
    colleague: User,
    office: Office,
) -> None:
    group = make_group(office=office, area="Norr", needs="Stolar")
    page = page_at(width, scheme, java_script=True)
    sign_in(page, leader)
    page.goto(page_of(group))
    with pghistory.context(user=colleague.pk):
        Group.objects.filter(pk=group.pk).update(area="Söder", needs="Stolar\nBord")

    page.get_by_label("Område").fill("Öster")
    page.get_by_label("Område").press("Enter")

    expect(page.get_by_role("heading", name="Det här har ändrats medan du skrev")).to_be_visible()
    expect(page.get_by_text("Senast ändrat av Sam Ek")).to_be_visible()
    assert (axe(page), scrolls_sideways(page)) == ([], False)
    page.get_by_label("Område").press("Enter")
    expect(page.get_by_role("heading", name="Det här har ändrats medan du skrev")).to_have_count(0)
    group.refresh_from_db()
    assert (group.area, group.needs) == ("Öster", "Stolar\nBord")


@pytest.mark.parametrize(("width", "scheme"), LOOKS[:2])
def test_a_small_page_refuses_without_scripts_too(
    width: int,
    scheme: Scheme,
    page_at: PageAt,
    sign_in: SignIn,
    axe: Axe,
    leader: User,
    colleague: User,
    period: SupportPeriod,
) -> None:
    page = page_at(width, scheme)
    sign_in(page, leader)
    page.goto(page_of(period, "next-step"))
    with pghistory.context(user=colleague.pk):
        SupportPeriod.objects.filter(pk=period.pk).update(next_step="Mejla fritidsgården")

    page.locator("[name=text]").fill("Ring rektorn")
    page.locator(".acts button").first.click()

    expect(page.get_by_role("heading", name="Det här har ändrats medan du skrev")).to_be_visible()
    assert axe(page) == []
    assert page.locator("[name=text]").input_value() == "Ring rektorn"
    page.locator(".acts button").first.click()
    expect(page.get_by_text("Nästa steg är sparat.")).to_be_visible()
    period.refresh_from_db()
    assert period.next_step == "Ring rektorn"
