"""Many rows at once as a browser shows it: ticked, looked at, done; wide and narrow, light and dark."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from people.models import Office, User
from support.models import SupportRequest
from tests.browser.conftest import Look, PageAt, SignIn
from tests.factories import make_link, make_request


@pytest.fixture
def three(office: Office) -> None:
    for number in range(3):
        make_link(about=make_request(office=office, place=f"Gårda {number}"))


@pytest.mark.usefixtures("three")
def test_a_text_to_many_is_ticked_looked_at_and_sent(
    page_at: PageAt, sign_in: SignIn, look: Look, leader: User
) -> None:
    page = page_at(360)
    sign_in(page, leader)
    page.goto(reverse("admin:support_supportrequest_changelist"))

    found = look(page, "list")
    page.locator("input.action-select").first.check()
    page.get_by_label("gör", exact=True).select_option("write")
    page.get_by_role("button", name="Gå vidare").click()
    page.get_by_label("Vad vill du säga?").fill("Vi ses på torget.")
    page.get_by_role("button", name="Se vad som händer").click()
    expect(page.get_by_text("Inget är gjort än.")).to_be_visible()
    found += look(page, "preview")
    page.locator("form.asks button[type=submit]").click()
    expect(page.get_by_role("status")).to_contain_text("Texten står på 1 grupps sida.")
    found += look(page, "done")

    assert found == []


@pytest.mark.usefixtures("three")
def test_all_rows_of_the_page_are_taken_without_javascript(page_at: PageAt, sign_in: SignIn, leader: User) -> None:
    page = page_at(360, java_script=False)
    sign_in(page, leader)
    page.goto(reverse("admin:support_supportrequest_changelist"))

    page.get_by_label("Med", exact=True).select_option("page")
    page.get_by_label("gör", exact=True).select_option("take")
    page.get_by_role("button", name="Gå vidare").click()
    page.get_by_role("button", name="Ta ärendena (3)").click()

    expect(page.get_by_role("status")).to_contain_text("Du har tagit 3 ärenden.")
    assert SupportRequest.objects.filter(leader=leader).count() == 3
