"""Phone intake, talks and what belongs together in a browser: in every look, by keys, without JavaScript."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from people import clock
from people.enums import Channel
from people.models import Office, User
from support.enums import RequestStatus
from support.models import SupportRequest
from tests.browser.conftest import Look, PageAt, SignIn
from tests.factories import make_contact, make_link, make_municipality, make_request

ADD = "admin:support_supportrequest_add"
TALKS = "admin:groups_outreachcontact_changelist"


@pytest.fixture(autouse=True)
def a_place(transactional_db: None, office: Office) -> None:
    make_municipality(name="Lindhaga", office=office)


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def tell(page: Page) -> None:
    """What the caller says, in the order they happen to say it."""
    page.get_by_label("Vilken kommun finns ni i?").fill("Lindhaga")
    page.get_by_label("Vad vill ni förändra?").fill("Hissen har stått still sedan i våras.")
    page.get_by_label("Ja, är med i gruppen").check()
    page.get_by_label("5–9").check()
    page.get_by_label("En hyresvärd").check()
    page.get_by_label("Uppstart: komma i gång").check()
    page.get_by_role("group", name="Händer något snart").get_by_label("Nej").check()
    page.get_by_label("Hör av sig själv").check()
    page.get_by_role("group", name="Vilket språk").get_by_label("Svenska").check()


def test_every_page_is_accessible_and_a_call_becomes_a_request(
    page_at: PageAt, sign_in: SignIn, leader: User, look: Look
) -> None:
    page = page_at(360)
    sign_in(page, leader)
    found = []

    def seen(name: str) -> None:
        found.extend(look(page, name))

    page.goto(reverse("admin:support_supportrequest_changelist"))
    page.get_by_role("link", name="Ny förfrågan på telefon").click()
    seen("empty")
    page.get_by_label("Sms", exact=True).check()
    page.get_by_label("Mobilnummer, för sms").fill("inget nummer")
    page.get_by_label("Vad har ni gemensamt?").fill("Ring 811228-9874")
    page.get_by_label("5–9").check()
    press(page, "Spara")
    seen("wrong")
    press(page, "Ta bort det")
    tell(page)
    press(page, "Spara")
    expect(page.get_by_text("Sparat. Bara du ser det tills du trycker på Ta emot.")).to_be_visible()
    seen("saved")
    page.get_by_role("link", name="Släng utkastet").click()
    seen("discard")
    page.go_back()
    press(page, "Ta emot")
    expect(page.get_by_role("heading", name="Läs upp det här nu")).to_be_visible()
    seen("received")

    assert found == []
    row = SupportRequest.objects.get()
    assert (row.status, row.leader, row.contact.channel) == (RequestStatus.IN_REVIEW, leader, Channel.SELF)


def test_a_call_is_taken_in_without_java_script(page_at: PageAt, sign_in: SignIn, leader: User) -> None:
    page = page_at(360, java_script=False)
    sign_in(page, leader)
    page.goto(reverse(ADD))

    page.get_by_role("navigation", name="Frågorna").get_by_role("link", name="Plats").click()
    tell(page)
    press(page, "Ta emot")

    expect(page.get_by_role("heading", name="Läs upp det här nu")).to_be_visible()
    assert SupportRequest.objects.get().status == RequestStatus.IN_REVIEW


def test_the_list_of_questions_leads_to_each_and_the_keyboard_goes_on_from_there(
    page_at: PageAt, sign_in: SignIn, leader: User
) -> None:
    page = page_at(1280)
    sign_in(page, leader)
    page.goto(reverse(ADD))

    page.get_by_role("navigation", name="Frågorna").get_by_role("link", name="Plats").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.get_by_label("Vilken kommun finns ni i?").evaluate("one => one === document.activeElement")


def test_a_talk_is_noted_and_becomes_a_request_in_one_press(
    page_at: PageAt, sign_in: SignIn, leader: User, look: Look
) -> None:
    page = page_at(360)
    sign_in(page, leader)
    page.goto(reverse(TALKS))
    page.get_by_label("Vem pratade du med?").fill("En granne, 070-174 06 15")
    page.get_by_label("Vad gällde det?").fill("Hissen står still.")

    press(page, "Anteckna")
    found = look(page, "traces")
    press(page, "Ta bort det")
    found += look(page, "list")
    page.get_by_role("link", name="En granne,").click()
    found += look(page, "page")
    press(page, "Gör till förfrågan")

    assert found == []
    expect(page.get_by_text("Började med ett samtal")).to_be_visible()
    expect(page.get_by_label("Vad vill ni förändra?")).to_have_value("Hissen står still.")


def test_two_that_belong_together_are_joined_in_one_press(
    page_at: PageAt,
    sign_in: SignIn,
    office: Office,
    leader: User,
    look: Look,
) -> None:
    rows = [
        make_request(
            office=office,
            contact=make_contact(channel=Channel.SMS, phone="070-174 06 15"),
            received_at=clock.now(),
            promised_by=clock.today(),
        )
        for _number in range(2)
    ]
    codes = [make_link(about=row).code for row in rows]
    page = page_at(360)
    sign_in(page, leader)
    page.goto(reverse("admin:support_supportrequest_change", args=[rows[0].pk]))
    found = look(page, "suggested")

    press(page, f"Lägg ihop: den här är kvar i kön {codes[1]} · Lindhaga")
    found += look(page, "main")
    page.get_by_role("link", name=codes[1]).click()
    found += look(page, "joined")
    press(page, "Ta isär")

    assert found == []
    assert SupportRequest.objects.filter(joined_to__isnull=False).count() == 0
