"""The lists as a browser shows them: wide and narrow, light and dark, without JavaScript."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from people import clock
from people.actions.saved_views import save_view
from people.models import Office, SavedView, User
from tests.browser.conftest import Axe, Look, PageAt, SignIn
from tests.factories import make_group, make_link, make_meeting, make_period, make_request

LISTS = ["support_supportrequest", "support_supportperiod", "support_intakemeeting", "groups_group"]


@pytest.fixture
def caseload(office: Office, leader: User) -> None:
    for number in range(3):
        asked = make_request(office=office, leader=leader, area=f"Gårda {number}", promised_by=clock.today())
        make_link(about=asked)
        make_meeting(support_request=asked, leader=leader, starts_at=clock.now(), ends_at=clock.now())
        make_period(group=make_group(office=office, alias=f"Ljusgruppen {number}"), office=office, leader=leader)
    for model in ("support.supportrequest", "groups.group"):
        save_view(name="Bråttom hos oss", model=model, query="q=ljus", office=office, by=leader, now=clock.now())


@pytest.mark.usefixtures("caseload")
def test_every_list_is_accessible_and_fits(page_at: PageAt, sign_in: SignIn, look: Look, leader: User) -> None:
    page = page_at(360)
    sign_in(page, leader)

    found = []
    for name in LISTS:
        for query in ("", "?q=g%C3%A5rda&office=none", "?o=1"):
            page.goto(reverse(f"admin:{name}_changelist") + query)
            found += look(page, f"{name} {query}")

    assert found == []


@pytest.mark.usefixtures("caseload")
def test_a_view_is_searched_filtered_and_saved_without_javascript(
    page_at: PageAt, sign_in: SignIn, axe: Axe, leader: User
) -> None:
    page = page_at(360, java_script=False)
    sign_in(page, leader)
    page.goto(reverse("admin:support_supportrequest_changelist"))

    page.get_by_label("Sök", exact=True).fill("gårda 1")
    page.get_by_role("button", name="Sök").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    page.get_by_text("Filtrera").click()
    page.get_by_label("Bråttom").select_option("no")
    page.get_by_role("button", name="Visa", exact=True).click()
    expect(page.locator(".said")).to_contain_text("Bråttom: Nej")
    page.get_by_text("Spara den här vyn").click()
    page.get_by_label("Namn på vyn").fill("Gårda")
    page.get_by_role("button", name="Spara vyn").click()

    expect(page.get_by_role("link", name="Gårda", exact=True)).to_have_attribute("aria-current", "page")
    page.get_by_role("link", name="Ändra sparade vyer").click()
    expect(page.get_by_role("button", name="Ta bort Gårda")).to_be_visible()
    assert SavedView.objects.filter(name="Gårda", user=leader, office=None).count() == 1
