"""Two presses of the same button at the very same moment."""

from threading import Barrier, Thread

import pytest
from django.db import connections
from django.test import Client

from support.models import LogEntry
from tests.factories import make_request
from tests.support.admin_pages import do


@pytest.mark.django_db(transaction=True)
def test_a_double_click_writes_one_line(leader, office):
    support_request = make_request(office=office)
    client = Client()
    client.force_login(leader)
    key = client.get(do(support_request, "log")).context["once_key"]
    barrier, statuses = Barrier(5), []

    def press() -> None:
        twin = Client()
        twin.cookies = client.cookies
        barrier.wait()
        form = {"kind": "call", "text": "Vi pratade.", "once": key}
        statuses.append(twin.post(do(support_request, "log"), form).status_code)
        connections.close_all()

    threads = [Thread(target=press) for _each in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert statuses == [302] * 5
    assert LogEntry.objects.count() == 1


@pytest.mark.django_db
def test_an_old_page_that_is_edited_and_sent_again_is_not_lost(as_leader, office):
    support_request = make_request(office=office)
    form = {"kind": "call", "once": as_leader.get(do(support_request, "log")).context["once_key"]}

    for text in ("Vi pratade.", "Vi pratade en gång till.", "Vi pratade en gång till."):
        as_leader.post(do(support_request, "log"), {**form, "text": text})

    assert {entry.text for entry in LogEntry.objects.all()} == {"Vi pratade.", "Vi pratade en gång till."}
    assert LogEntry.objects.count() == 2
