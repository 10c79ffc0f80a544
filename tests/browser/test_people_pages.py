"""The way in and out, and the people app's admin, in a real browser: axe finds nothing, nothing is refused."""

import pytest

from people.actions.links import ask_for_code
from people.enums import Role
from people.models import CallTask, Contact, Message, Office, PrivateLink, User
from tests.factories import NOW, make_message, make_office, make_staff
from tests.people.admin_pages import our_contact, our_link
from tests.people.admin_pages import page as address

pytestmark = pytest.mark.django_db(transaction=True)

EVERY_LOOK = pytest.mark.parametrize(("width", "scheme"), [(w, s) for w in (360, 1280) for s in ("light", "dark")])


@EVERY_LOOK
def test_the_way_in_and_out_can_be_used_by_everyone(page_at, axe, scrolls_sideways, watched, width, scheme):
    told = our_link(make_office())
    ask_for_code(told.link, asks=True)
    page = page_at(width, scheme, java_script=True)

    for path in ("/min-sida/in/", "/min-sida/in/engangskod/", "/min-sida/in/engangskod/skriv/", told.path, "/klart/"):
        page.goto(path)
        assert (path, axe(page), scrolls_sideways(page)) == (path, [], False)
    page.goto("/min-sida/in/")
    page.get_by_role("button", name="Öppna er sida").click()

    assert axe(page) == []
    assert page.evaluate("document.activeElement.className") == "error-summary"
    assert watched.complaints == []


def test_one_comes_in_with_code_and_words_without_javascript_and_leaves_again(page_at):
    told = our_link(make_office())
    page = page_at(360, java_script=False)

    page.goto("/min-sida/in/")
    page.get_by_label("Er kod").fill(told.code.lower())
    page.get_by_label("Era två ord").fill(told.words)
    page.get_by_role("button", name="Öppna er sida").click()

    assert page.url.endswith("/min-sida/")


@EVERY_LOOK
def test_the_admin_can_be_used_by_everyone(page_at, axe, sign_in, watched, width, scheme):
    office = make_office()
    contact = our_contact(office, protected=True)
    message = make_message(contact=contact)
    call = CallTask.objects.create(message=message, contact=contact, created_at=NOW)
    staff = make_staff(Role.ADMINISTRATOR)
    page = page_at(width, scheme)
    sign_in(page, staff)

    rows = {
        Contact: contact,
        PrivateLink: our_link(office).link,
        Message: message,
        CallTask: call,
        User: staff,
        Office: office,
    }
    pages = [*map(address, rows), *(address(model, row.pk) for model, row in rows.items())]
    for path in [*pages, address(Contact, contact.pk, "way"), address(Contact, contact.pk, "reveal")]:
        page.goto(path)
        assert (path, list(watched.complaints), axe(page)) == (path, [], [])
        watched.complaints.clear()  # axe reads Django's own stylesheets in a way that the browser refuses
