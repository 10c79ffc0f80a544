"""The leader at work: signed in, on the day that the factories know."""

import pytest
import time_machine

from people.models import Office, User
from support.actions import periods
from support.models import SupportPeriod
from tests.factories import NOW, make_group, make_member


@pytest.fixture
def a_tuesday():
    """It is NOW, and time goes on."""
    with time_machine.travel(NOW, tick=True):
        yield NOW


@pytest.fixture
def period(leader: User, office: Office) -> SupportPeriod:
    """Opened as in life, with its first follow-up planned a week from NOW."""
    member = make_member(group=make_group(office=office))
    return periods.open_period(member.group, leader=leader, supports=[], now=NOW)
