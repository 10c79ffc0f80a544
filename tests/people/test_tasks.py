"""What beat wakes, beyond what each action is tested for by itself."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from people import clock
from people.models import Heartbeat
from people.tasks import tidy_messages

pytestmark = pytest.mark.django_db


def test_tidying_forgets_sessions_that_have_ended_and_leaves_its_pulse() -> None:
    now = clock.real_now()
    Session.objects.create(session_key="ended", session_data="", expire_date=now - timedelta(hours=1))
    Session.objects.create(session_key="going-on", session_data="", expire_date=now + timedelta(hours=1))

    tidy_messages()

    assert list(Session.objects.values_list("session_key", flat=True)) == ["going-on"]
    assert Heartbeat.objects.get().name == "tidying"
