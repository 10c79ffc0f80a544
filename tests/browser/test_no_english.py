"""No English word on a Swedish page: what is seen, and what is only heard."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from people import clock
from people.models import Office, User
from tests.browser.conftest import PageAt, SignIn
from tests.factories import (
    make_check_in,
    make_enabler,
    make_group,
    make_item,
    make_link,
    make_meeting,
    make_member,
    make_period,
    make_request,
)

ENGLISH = """
    add added administration any apply back breadcrumbs by cancel change changed changelist choose clear click close
    confirm continue date delete deleted download edit error errors everything filters first from go hide history home
    items last loading login logout move name new next no none not now object objects of one open order page password
    please previous remove required reset run save saved search select selected show showing site skip sort sorting
    submit the this time to today toggle user value view was welcome with year yes yesterday your
"""
"""Words of Django's admin and of the like of it, none of which is a Swedish word too."""

READ = """() => {
  const found = [document.title, document.body.innerText];
  for (const one of document.querySelectorAll('*'))
    for (const name of ['title', 'aria-label', 'placeholder', 'alt', 'aria-description'])
      if (one.getAttribute(name)) found.push(one.getAttribute(name));
  for (const one of document.querySelectorAll('input[type=submit], input[type=button], input[type=reset]'))
    found.push(one.value);
  for (const one of document.querySelectorAll('option, summary, caption, legend, .visually-hidden'))
    found.push(one.textContent);
  return found;
}"""

LISTS = (
    *("support_supportrequest", "support_supportperiod", "support_intakemeeting", "support_handover"),
    *("support_organisationrequest", "support_checkin", "support_quickstep", "support_officepolicy"),
    *("groups_group", "groups_member", "groups_enabler", "groups_dutybearer", "groups_outreachcontact"),
    *("groups_municipality", "groups_organisation", "groups_approval", "groups_rolecontract"),
    *("people_contact", "people_privatelink", "people_message", "people_calltask", "people_job", "people_accesslog"),
    *("support_supervisionsession", "people_office", "people_heartbeat", "people_calendarfeed", "support_importedcase"),
)
OURS = ("everything", "office_figures", "admin:index", "admin:support_intakemeeting_week")
ADDED = ("groups_group", "groups_outreachcontact", "support_supportrequest", "groups_organisation", "groups_enabler")


@pytest.fixture
def rows(office: Office, office_manager: User) -> list[str]:
    """Pages and forms of one row of each kind."""
    asked = make_request(office=office, promised_by=clock.today(), place="Gårda")
    group = make_group(office=office, alias="Ljusgruppen")
    member, period = make_member(group=group), make_period(group=group, office=office, leader=office_manager)
    at = clock.now() + timedelta(days=3)
    booked = make_request(office=office, leader=office_manager)
    meeting = make_meeting(support_request=booked, leader=office_manager, starts_at=at, ends_at=at + timedelta(hours=1))
    pages = (asked, group, member, period, make_check_in(period=period), meeting, make_enabler(office=office))
    found = []
    for row in (*pages, make_link(about=asked), asked.contact):
        name = f"admin:{row._meta.app_label}_{row._meta.model_name}"
        found += [reverse(f"{name}_change", args=[row.pk]), reverse(f"{name}_history", args=[row.pk])]
    for name in ("log", "offer", "book", "give", "hand-over", "write", "accept", "decline"):
        found.append(reverse(f"admin:support_supportrequest_{name}", args=[asked.pk]))
    found.append(reverse("admin:support_planitem_give", args=[make_item(period=period).pk]))
    found += [reverse(f"admin:support_supportperiod_{name}", args=[period.pk]) for name in ("pause", "ladder", "close")]
    for name in ("give", "offer", "write"):
        found.append(reverse("admin:support_supportrequest_bulk", args=[name]) + f"?pks={asked.pk}")
    found.append(reverse("admin:support_intakemeeting_bulk", args=["move"]) + f"?pks={meeting.pk}")
    return found


def addresses() -> Iterator[str]:
    yield from (reverse(name) for name in OURS)
    yield from (reverse(f"admin:{name}_changelist") for name in LISTS)
    yield from (reverse(f"admin:{name}_add") for name in ADDED)
    yield reverse("admin:support_supportrequest_changelist") + "?q=finnsinte"
    yield reverse("admin:support_export", args=["support.supportperiod"])


def english_on(page: Page) -> list[str]:
    """The English words that the page shows or says."""
    words = re.findall(r"[^\W\d_]+", " ".join(page.evaluate(READ)).lower())
    return sorted(set(words) & set(ENGLISH.split()))


def test_no_page_says_an_english_word(
    page_at: PageAt, sign_in: SignIn, programme_manager: User, rows: list[str]
) -> None:
    page = page_at(1280)
    sign_in(page, programme_manager)

    answers, said = {}, {}
    for address in [*addresses(), *rows]:
        response = page.goto(address)
        answers[address] = response.status if response else 0
        said[address] = english_on(page)

    assert {address: status for address, status in answers.items() if status != 200} == {}
    assert {address: words for address, words in said.items() if words} == {}
