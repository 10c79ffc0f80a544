"""What is done on Min dag where it stands: sent from the row, and back to its block."""

import re
from uuid import UUID

import pytest
from django.urls import reverse

from people.models import User
from support.forms.staff import LogForm
from support.forms.staff_periods import StepDoneForm
from support.models import LogEntry
from tests.factories import NOW, TODAY, make_contact, make_meeting, make_request
from tests.mobilisering.my_day_page import DAY, counts, follow, forms_of, names_in, sent
from tests.support.admin_pages import do, text_of
from tests.support.day_kit import ONE_DAY, call_to, fill_day, taken, working

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


def test_a_request_is_taken_in_place(as_leader, leader, office):
    support_request = make_request(office=office)
    [form] = forms_of(as_leader.get(DAY), "take")

    response = as_leader.post(do(support_request, "take"), sent(form))

    support_request.refresh_from_db()
    assert (response.url, support_request.leader) == ("/admin/#new", leader)
    assert "Ärendet är ditt." in text_of(follow(as_leader, response))


def test_the_small_forms_ask_for_what_their_commands_want(as_leader, leader, office):
    taken(leader, office, next_step_on=TODAY)
    page_shown = as_leader.get(DAY)
    ours = {"csrfmiddlewaretoken", "once", "back"}

    [log], [step] = forms_of(page_shown, "log"), forms_of(page_shown, "step-done")

    assert set(names_in(log)) - ours == set(LogForm().fields)
    assert set(names_in(step)) - ours == set(StepDoneForm().fields)
    assert re.findall(r'<option value="(\w+)"', log) == [value for value, _label in LogForm().fields["kind"].choices]


def test_a_call_is_logged_once_though_the_button_is_pressed_twice(as_leader, leader, office):
    support_request = taken(leader, office, next_step_on=TODAY)
    [form] = forms_of(as_leader.get(DAY), "log")
    answers = sent(form, kind="call", text="De vill ses på kvällen.", is_internal="on")

    for _twice in range(2):
        response = as_leader.post(do(support_request, "log"), answers)

    assert response.url == "/admin/#follow-up"
    [entry] = LogEntry.objects.all()
    assert (entry.kind, entry.text, entry.is_internal) == ("call", "De vill ses på kvällen.", True)


def test_every_form_has_a_key_of_its_own(as_leader, leader, office):
    fill_day(leader, office)

    keys = re.findall(r'name="once" value="([^"]+)"', as_leader.get(DAY).content.decode())

    assert len(keys) == len({UUID(key) for key in keys}) > 20


def test_a_step_is_done_and_the_next_one_written_in_place(as_leader, leader, office):
    period = working(leader, office, next_step_on=TODAY)
    [form] = forms_of(as_leader.get(DAY), "step-done")

    response = as_leader.post(do(period, "step-done"), sent(form, text="Ring skolan", on="2026-09-08"))

    period.refresh_from_db()
    assert (response.url, period.next_step, str(period.next_step_on)) == (
        "/admin/#follow-up",
        "Ring skolan",
        "2026-09-08",
    )


def test_a_step_is_put_off_with_one_press(as_leader, leader, office):
    period = working(leader, office, next_step_on=TODAY)
    [form] = forms_of(as_leader.get(DAY), "postpone")

    response = as_leader.post(do(period, "postpone"), sent(form))

    assert counts(follow(as_leader, response))["follow-up"] == 0


@pytest.mark.parametrize("number", range(3))
def test_how_a_call_went_is_one_press(as_leader, leader, office, number):
    task = call_to(taken(leader, office).contact)
    forms = forms_of(as_leader.get(DAY), "done")

    response = as_leader.post(do(task, "done"), sent(forms[number]))

    task.refresh_from_db()
    assert response.url == "/admin/#follow-up"
    assert task.outcome == ["reached", "no_answer", "not_needed"][number]


def test_small_pages_lead_back_to_the_block(as_leader, leader, office):
    meeting = make_meeting(support_request=taken(leader, office), leader=leader, starts_at=NOW, ends_at=NOW + ONE_DAY)

    html = as_leader.get(DAY).content.decode()

    assert f'href="{do(meeting, "move")}?back=%2Fadmin%2F%23today"' in html
    assert (
        'name="back" value="/admin/#today"'
        in as_leader.get(f"{do(meeting, 'move')}?back=/admin/%23today").content.decode()
    )


def test_a_contact_way_is_checked_in_place(as_leader, leader, office):
    contact = taken(leader, office, contact=make_contact(rechecked_on=TODAY - 200 * ONE_DAY)).contact
    [form] = forms_of(as_leader.get(DAY), "safe")

    response = as_leader.post(do(contact, "safe"), sent(form))

    contact.refresh_from_db()
    assert (response.url, contact.rechecked_on) == ("/admin/#contacts", TODAY)


def test_the_summary_is_turned_on_and_off(as_leader, leader):
    for wanted, button in (("yes", "Sluta få sammandraget"), ("no", "Få ett sammandrag 07.30 på vardagar")):
        response = as_leader.post(reverse("morning_mail"), {"wanted": wanted})

        leader.refresh_from_db()
        assert (response.url, leader.wants_morning_mail) == (DAY, wanted == "yes")
        assert button in text_of(as_leader.get(DAY))


def test_the_summary_is_for_those_who_work_with_cases_and_never_turned_on_by_a_link(client, leader, treasurer):
    client.force_login(treasurer)
    assert client.post(reverse("morning_mail"), {"wanted": "yes"}).status_code == 403
    client.force_login(leader)
    assert client.get(reverse("morning_mail")).status_code == 405
    client.logout()
    assert client.post(reverse("morning_mail"), {"wanted": "yes"}).status_code == 302
    assert not User.objects.filter(wants_morning_mail=True).exists()
