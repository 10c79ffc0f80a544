"""The editors' pages in a real browser: accessible in every look, and complete without JavaScript."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from knowledge.actions import links
from knowledge.enums import State
from knowledge.models import Example, LinkCheck, ShortText, Term, Tool
from people import clock
from people.models import User
from tests.browser.conftest import Axe, Look, PageAt, SignIn
from tests.knowledge.desk import address, listed, whole_example, whole_term, whole_tool
from tests.knowledge.texts import make_page

LONG = "Den här meningen är alldeles för lång eftersom den räknar upp ett och två och tre och fyra och fem och sex."


@pytest.fixture
def texts() -> dict[str, object]:
    now = clock.now()
    page = make_page(body=f"Vi finansierar. {LONG} [Bort](/finns-inte/)", easy_title="Lätt", easy="En rad.")
    links.check_links(now)
    return {
        "example": whole_example("Värmen kom", state=State.REVIEW, is_invented=False, contributed_at=now),
        "tool": whole_tool("Första mötet", steps=[("Ett", "A."), ("Två", "B.")]),
        "term": whole_term("värme", state=State.READY, publish_at=now + timedelta(days=1)),
        "page": page,
        "short": ShortText.objects.create(language="ar", title="دعم مجاني", body="مجاني.", changed_at=now),
    }


def test_the_editors_pages_are_accessible_in_every_look(
    page_at: PageAt, sign_in: SignIn, look: Look, editor: User, texts
) -> None:
    page = page_at(360)
    sign_in(page, editor)
    rows = [*texts.values()]
    paths = [
        "/admin/",
        *map(address, rows),
        listed(Example),
        listed(Term, "?show=all"),
        listed(Tool),
        listed(LinkCheck),
    ]
    paths += [
        address(texts["example"], "risks"),
        address(texts["term"], "schedule"),
        address(texts["short"], "checked"),
    ]
    paths += [address(texts["page"], "withdraw"), address(texts["page"], "preview")]

    found = []
    for path in paths:
        page.goto(path)
        found += look(page, path, presses=".button, .tabs a")

    assert found == []


def test_swedish_and_english_stand_side_by_side_where_there_is_room(
    page_at: PageAt, sign_in: SignIn, editor: User, texts
) -> None:
    page = page_at(1280)
    sign_in(page, editor)

    tops: list[bool] = []
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address(texts["tool"]))
        boxes: list[Any] = [page.locator(f"[name={name}]").bounding_box() for name in ("lead", "lead_en")]
        tops.append(boxes[0]["y"] == boxes[1]["y"])

    assert tops == [True, False]


def test_what_is_written_is_seen_in_a_new_tab_and_saved_without_javascript(
    page_at: PageAt, sign_in: SignIn, axe: Axe, editor: User, texts
) -> None:
    page = page_at(1280, java_script=False)
    sign_in(page, editor)
    page.goto(address(texts["tool"]))
    page.get_by_label("Ingress:").fill("Så blir det lätt att börja.")
    page.locator("[name=steps-2-title]").fill("Tre")
    page.locator("[name=steps-2-text]").fill("C.")

    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Visa hur det läses").click()
    shown = opened.value
    expect(shown.get_by_text("Inget är sparat")).to_be_visible()
    expect(shown.locator("main")).to_contain_text("Så blir det lätt att börja.")
    expect(shown.locator("main")).to_contain_text("Tre")
    shown.close()
    page.get_by_role("button", name="Spara", exact=True).click()

    expect(page.locator(".messagelist")).to_be_visible()
    tool = Tool.objects.get()
    assert (tool.lead, tool.steps.count()) == ("Så blir det lätt att börja.", 3)
