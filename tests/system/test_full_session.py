"""Two hundred people want twenty seats in the same moment, through the web server with two workers."""

import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from pytest_django import DjangoDbBlocker

from people.clock import now
from people.models import Contact, Message
from tests.factories import make_session
from tests.support.walking import opened_a_while_ago
from tests.system.portal import Portal, running_portal
from tests.system.visitor import Visitor
from tests.training.seat_kit import check_seats, check_told
from training.enums import RegistrationState
from training.models import Registration, Session

pytestmark = pytest.mark.system

PEOPLE, SEATS = 200, 20


class Patient(Visitor):
    """Everyone sends at once: the last of them wait until all the others have their answers."""

    patience = 240.0


@pytest.fixture(scope="module")
def portal(django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    folder: Path = tmp_path_factory.mktemp("full-session")
    with django_db_blocker.unblock(), running_portal(folder, redis_db=7, WEB_CONCURRENCY="2") as running:
        yield running


def test_of_two_hundred_at_once_twenty_come_and_each_is_told_the_truth(portal: Portal) -> None:
    session = make_session(seats=SEATS, starts_at=now() + timedelta(days=20))
    address = f"/utbildningar/{session.course.slug}/{session.pk}/anmal/"
    visitors = [Patient(portal.url) for _each in range(PEOPLE)]
    together = Barrier(PEOPLE)

    def registers(number: int) -> str:
        together.wait()
        answers = {"called": f"Nummer {number}", "seats": "1", "channel": "email", "email": email(number)}
        visitors[number].submit(form_with="called", opened=opened_a_while_ago(), **answers)
        return visitors[number].text

    with ThreadPoolExecutor(PEOPLE) as pool:
        list(pool.map(lambda visitor: visitor.get(address), visitors))
        told = list(pool.map(registers, range(PEOPLE)))

    assert Counter(Registration.objects.values_list("state", flat=True)) == {
        RegistrationState.REGISTERED: SEATS,
        RegistrationState.WAITLISTED: PEOPLE - SEATS,
    }
    assert [said_to(text) for text in told] == [holds_for(session, number) for number in range(PEOPLE)]
    check_seats(session, now())
    check_told(session)
    kinds = Message.objects.filter(contact__isnull=False).exclude(kind="training.session_reminder")
    assert Counter(kinds.values_list("kind", flat=True)) == {
        "training.registration_confirmed": SEATS,
        "training.registration_queued": PEOPLE - SEATS,
    }


def email(number: int) -> str:
    return f"nummer{number}@example.org"


def said_to(text: str) -> int:
    """Which in the queue their page says that they are; nought where it says that they have a seat."""
    if "Du är anmäld" in text and "Du har en plats." in text:
        return 0
    place = re.search(r"Du är nummer (\d+) i kön", text)
    return int(place[1]) if place else 1 if "Du står först i kön" in text else -1


def holds_for(session: Session, number: int) -> int:
    [contact] = Contact.objects.with_email(email(number))
    queue = list(session.registrations.in_queue().values_list("contact", flat=True))
    return queue.index(contact.pk) + 1 if contact.pk in queue else 0
