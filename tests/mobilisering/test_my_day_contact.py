"""How people are reached from Min dag: only what is safe stands there, and only a call is a link to a call."""

import re

import pytest

from people.enums import Channel
from tests.factories import TODAY, make_contact, make_request
from tests.mobilisering.my_day_page import DAY, block
from tests.support.day_kit import ONE_DAY, call_to, taken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


def test_a_protected_number_stands_nowhere(as_leader, leader, office):
    for kind in (Channel.CALL, Channel.SMS):
        contact = make_contact(channel=kind, phone="070-174 06 15", protected=True, rechecked_on=TODAY - 200 * ONE_DAY)
        make_request(office=office, contact=contact)
        call_to(
            taken(leader, office, contact=make_contact(channel=kind, phone="070-174 06 15", protected=True)).contact
        )

    html = as_leader.get(DAY).content.decode()

    assert re.findall(r"174.?06.?15|1740615", html) == []
    assert html.count("Visa med skäl") == 4


def test_a_number_for_sms_is_no_link_to_a_call(as_leader, office):
    make_request(office=office, contact=make_contact(channel=Channel.SMS, phone="070-174 06 15"))

    response = as_leader.get(DAY)

    assert "Sms till 070-174 06 15." in block(response, "new")
    assert "tel:" not in response.content.decode()


def test_nothing_that_was_written_is_read_as_markup(as_leader, leader, office):
    contact = make_contact(called="<b>Alva</b>", channel=Channel.CALL, phone="070-174 06 15")
    taken(leader, office, contact=contact, place="<i>", next_step="<script>", next_step_on=TODAY)

    html = as_leader.get(DAY).content.decode()

    assert [mark for mark in ("<b>Alva", "<i>", "<script>") if mark in html] == []
