"""Several who join, part and take requests in the same moment."""

from collections.abc import Callable
from functools import partial
from threading import Barrier, Thread

import pytest
from django.db import connection

from people.models import Office, User
from support.actions import handling, joining
from support.actions.meetings import AlreadyBooked
from support.actions.passing_on import give_request_to
from support.actions.slots import SlotGone, take_slot
from support.enums import RequestStatus
from support.models import IntakeMeeting, MeetingSlot, SupportRequest
from tests.factories import NOW, make_office, make_request, make_slot, make_staff


def fresh(row: SupportRequest) -> SupportRequest:
    return SupportRequest.objects.get(pk=row.pk)


@pytest.mark.django_db(transaction=True)
def test_two_who_join_both_ways_at_once_make_no_circle() -> None:
    office = make_office()
    people = [make_staff(office=office), make_staff(office=office)]
    for _round in range(5):
        one, other = make_request(office=office), make_request(office=office)
        at_once([(one, other, people[0]), (other, one, people[1])])

        rows = [fresh(one), fresh(other)]
        assert sorted(row.joined_to_id is None for row in rows) == [False, True]


@pytest.mark.django_db(transaction=True)
def test_a_circle_of_three_at_once_ends_as_one_family() -> None:
    office = make_office()
    by = make_staff(office=office)
    rows = [make_request(office=office) for _number in range(3)]

    at_once([(rows[0], rows[1], by), (rows[1], rows[2], by), (rows[2], rows[0], by)])

    mains = [row for row in map(fresh, rows) if row.joined_to_id is None]
    assert mains
    assert all(row.joined_to_id in {main.pk for main in mains} for row in map(fresh, rows) if row.joined_to_id)


def at_once(pairs: list[tuple[SupportRequest, SupportRequest, User]]) -> None:
    """Everyone presses in the same moment; a refusal is fine, anything else is not."""
    barrier = Barrier(len(pairs))
    errors: list[Exception] = []

    def join(one: SupportRequest, to: SupportRequest, by: User) -> None:
        barrier.wait()
        try:
            joining.join_request(one, to=to, by=by, now=NOW)
        except (joining.JoinedToAnother, joining.ChangedMeanwhile):
            pass
        except Exception as error:  # what the test is about
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=join, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


@pytest.mark.django_db(transaction=True)
def test_taking_the_one_while_the_other_is_parted_waits_for_nobody_for_ever(office: Office, leader: User) -> None:
    main, row = make_request(office=office), make_request(office=office)
    joining.join_request(row, to=main, by=leader, now=NOW)
    barrier = Barrier(2)
    errors: list[Exception] = []

    def run(act) -> None:
        barrier.wait()
        try:
            act()
        except Exception as error:  # what the test is about
            errors.append(error)
        finally:
            connection.close()

    acts = [
        lambda: handling.take_request(fresh(main), by=leader, now=NOW),
        lambda: joining.part_request(fresh(row), by=leader, now=NOW),
    ]
    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert (fresh(main).leader, fresh(row).joined_to) == (leader, None)


@pytest.mark.django_db(transaction=True)
def test_picking_a_time_while_the_two_are_given_to_a_colleague_waits_for_nobody_for_ever() -> None:
    """Both were offered the same hour before they were joined; the one that is joined has the lower number."""
    office = make_office()
    leader, colleague = make_staff(office=office), make_staff(office=office)
    for _round in range(5):
        joined, main = (make_request(office=office, leader=leader, status=RequestStatus.IN_REVIEW) for _number in "ab")
        slots = [make_slot(support_request=one, leader=leader) for one in (joined, main)]
        joining.join_request(fresh(joined), to=fresh(main), by=leader, now=NOW)

        errors = all_at_once(
            *(partial(take_slot, MeetingSlot.objects.get(pk=slot.pk), now=NOW) for slot in slots),
            partial(give_request_to, fresh(main), to=colleague, by=leader, now=NOW),
        )

        assert [error for error in errors if not isinstance(error, SlotGone | AlreadyBooked)] == []
        IntakeMeeting.objects.all().delete()


def all_at_once(*actions: Callable[[], object]) -> list[Exception]:
    """Each in a thread of its own; returns what they raised."""
    barrier, errors = Barrier(len(actions)), list[Exception]()

    def act(action: Callable[[], object]) -> None:
        try:
            barrier.wait()
            action()
        except Exception as error:  # what the test is about
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=act, args=[action]) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors
