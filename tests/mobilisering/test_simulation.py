"""The made-up programmes: the one of `make run`, and those of `manage.py simulate`."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import DjangoDbBlocker

from groups.models import OutreachContact
from knowledge.models import Example
from mobilisering.simulation.course import Course
from people.enums import MessageState
from people.models import Message, Office, User
from support.enums import Phase, RequestStatus
from support.models import CheckIn, HandOver, SupportPeriod, SupportRequest
from tests.factories import NOW


@pytest.fixture
def outbox_folder(settings: Any, tmp_path: Path) -> Path:
    settings.DEV_OUTBOX_DIR = tmp_path
    settings.EMAIL_FILE_PATH = str(tmp_path)
    return tmp_path


@pytest.mark.django_db
def test_the_sample_programme_has_something_of_everything(outbox_folder: Path) -> None:
    told = StringIO()

    call_command("seed", stdout=told)

    assert "maja@example.org" in told.getvalue()
    statuses = set(SupportRequest.objects.values_list("status", flat=True))
    assert statuses == {
        RequestStatus.DRAFT,
        RequestStatus.RECEIVED,
        RequestStatus.IN_REVIEW,
        RequestStatus.MEETING_BOOKED,
        RequestStatus.ACCEPTED,
    }
    assert set(SupportPeriod.objects.values_list("phase", flat=True)) == {Phase.CHANGE, Phase.SELF_RELIANT}
    assert CheckIn.objects.in_basket().exists()
    assert HandOver.objects.waiting().exists()
    assert OutreachContact.objects.count() == 2
    assert not Message.objects.filter(state=MessageState.FAILED).exists()
    assert any(outbox_folder.iterdir())
    assert Example.objects.published().filter(is_invented=True).count() >= 12


@pytest.mark.django_db
def test_seeding_twice_changes_nothing(outbox_folder: Path) -> None:
    call_command("seed", stdout=StringIO())
    before = (Office.objects.count(), User.objects.count(), SupportRequest.objects.count(), Message.objects.count())

    call_command("seed", stdout=StringIO())

    after = (Office.objects.count(), User.objects.count(), SupportRequest.objects.count(), Message.objects.count())
    assert after == before


@pytest.mark.django_db
def test_sample_data_are_refused_outside_development(settings: Any) -> None:
    settings.DEVELOPMENT = False

    with pytest.raises(CommandError):
        call_command("seed")

    assert not Office.objects.exists()


@pytest.mark.django_db
def test_a_course_does_what_is_planned_in_order_and_then_stands_at_its_end() -> None:
    course = Course(NOW)
    done: list[str] = []
    later, sooner = NOW.replace(hour=12), NOW.replace(hour=11)
    course.at(later, lambda now: done.append(f"later {now.hour}"))
    course.at(sooner, lambda now: done.append(f"sooner {now.hour}"))

    course.run_until(NOW.replace(hour=15))

    assert done == ["sooner 11", "later 12"]
    assert course.now == NOW.replace(hour=15)


@contextmanager
def outside_the_test_database(blocker: DjangoDbBlocker) -> Iterator[None]:
    """The command makes a database of its own and puts the connection back afterwards."""
    name, test_name = connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"]
    with blocker.unblock():
        yield
        connection.close()
        connection.settings_dict["NAME"] = name
        connection.settings_dict["TEST"]["NAME"] = test_name


def simulated(seed: int) -> str:
    told = StringIO()
    call_command("simulate", groups=2, weeks=6, seed=seed, stdout=told, stderr=StringIO())
    return told.getvalue()


def left_behind() -> list[str]:
    """Databases of simulations on this server; ours bears the number of this process."""
    with connection.cursor() as cursor:
        cursor.execute("select datname from pg_database where datname = %s", [f"simulated_programme_{os.getpid()}"])
        return [name for (name,) in cursor.fetchall()]


def test_the_same_seed_gives_the_same_programme_and_nothing_is_left_of_it(django_db_blocker: DjangoDbBlocker) -> None:
    with outside_the_test_database(django_db_blocker):
        first, again, other = simulated(1), simulated(1), simulated(7)
        left = left_behind()

    assert first == again
    assert first != other
    assert first.splitlines()[2].startswith("Värmegruppen")
    assert left == []
