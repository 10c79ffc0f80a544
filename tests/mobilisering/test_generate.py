"""Made-up data in any amount: believable, the same for the same seed, and never among real cases."""

from io import StringIO
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count, Exists, OuterRef

from groups.models import Member
from mobilisering.generate.everything import generate
from mobilisering.generate.people import CASES_OF_A_LEADER, make_places
from mobilisering.generate.tables import as_text
from people.history import versions_of
from people.models import Contact, Office, PrivateLink, StaffRole
from support.actions.planning import plan_next_check_in
from support.enums import OPEN_PHASES, RequestStatus
from support.models import CheckIn, LogEntry, SupportPeriod, SupportRequest
from tests.factories import NOW, TODAY, make_request

pytestmark = pytest.mark.django_db

MODELS = (Contact, PrivateLink, SupportRequest, Member, SupportPeriod, CheckIn, LogEntry)


def make(requests: int = 400, seed: int = 1) -> int:
    return generate(requests=requests, seed=seed, today=TODAY, progress=lambda rows: None)


def test_it_tells_how_many_rows_it_wrote() -> None:
    told: list[int] = []

    rows = generate(requests=50, seed=1, today=TODAY, progress=told.append)

    assert (sum(told), SupportRequest.objects.count()) == (rows, 50)
    assert rows > 50 * len(MODELS)


def test_a_fifth_or_so_of_the_requests_became_groups_with_a_period() -> None:
    make()

    accepted = SupportRequest.objects.filter(status=RequestStatus.ACCEPTED)
    assert SupportPeriod.objects.count() == accepted.count()
    assert 400 * 0.12 < accepted.count() < 400 * 0.28
    assert not accepted.exclude(group__periods__office__isnull=False).exists()


def test_some_wait_in_every_stage_and_most_are_over() -> None:
    make(2000)

    found = set(SupportRequest.objects.values_list("status", flat=True))
    assert found == {status.value for status in RequestStatus} - {RequestStatus.DRAFT}
    assert 0.01 < SupportRequest.objects.open().count() / 2000 < 0.06


def test_an_open_group_has_a_contact_person_a_next_step_and_a_next_time() -> None:
    make(2000)

    periods = SupportPeriod.objects.filter(phase__in=OPEN_PHASES)
    people = Member.objects.contact_persons().filter(group=OuterRef("group"))
    to_come = CheckIn.objects.live().filter(period=OuterRef("pk"))
    assert periods.exists()
    assert not periods.exclude(Exists(people), Exists(to_come)).exists()
    assert not periods.filter(next_step="").exists()


def test_the_portal_can_go_on_with_what_was_made() -> None:
    make()
    period = SupportPeriod.objects.open()[0]

    check_in = plan_next_check_in(period, now=NOW)

    assert check_in == period.check_ins.live().get()
    assert make_request().pk > SupportRequest.objects.exclude(place="Lindhaga").latest("pk").pk


def test_a_larger_programme_has_more_offices_and_not_more_to_do_for_each_leader() -> None:
    with transaction.atomic():
        make(2000)
        few = Office.objects.count()
        transaction.set_rollback(True)
    make(12_500)

    assert (few, Office.objects.count()) == (4, 5)
    busiest = SupportRequest.objects.open().values("leader").annotate(count=Count("pk")).order_by("-count")[0]
    assert busiest["count"] < 2 * CASES_OF_A_LEADER


def test_offices_are_of_very_different_size_and_everyone_works_at_one() -> None:
    make(2000)

    sizes = sorted((office.support_requests.count() for office in Office.objects.all()), reverse=True)
    assert sizes[0] > 1.4 * sizes[-1]
    assert not StaffRole.objects.filter(office__isnull=True).exists()


def test_a_large_programme_has_forty_offices_the_largest_with_ten_times_as_much_as_the_smallest() -> None:
    places, until = make_places(1_000_000, Random(1), TODAY)

    shares = [until[0], *(after - before for before, after in pairwise(until))]
    offices = [share for place, share in zip(places, shares, strict=True) if place.office is not None]
    assert len(offices) == Office.objects.count() == 40
    assert 10 < offices[0] / offices[-1] < 12
    assert offices == sorted(offices, reverse=True)
    assert sum(len(place.leaders) for place in places if place.office is not None) > 1000


def test_the_same_seed_gives_the_same_and_another_something_else() -> None:
    def what_comes_of(seed: int) -> list[Any]:
        with transaction.atomic():
            make(30, seed)
            rows = SupportRequest.objects.order_by("pk").values_list("status", "place", "what", "received_at")
            found = list(rows)
            transaction.set_rollback(True)
        return found

    assert what_comes_of(1) == what_comes_of(1)
    assert what_comes_of(1) != what_comes_of(2)


def test_made_up_rows_have_no_history_and_rows_after_them_do() -> None:
    make(30)

    row = SupportRequest.objects.all()[0]
    versions = versions_of(SupportRequest).objects
    assert not versions.exists()
    SupportRequest.objects.filter(pk=row.pk).update(area="Nybygget")
    assert [(version.pgh_obj_id, version.area) for version in versions.all()] == [(row.pk, "Nybygget")]


@pytest.mark.parametrize(
    ("value", "text"), [(None, r"\N"), (True, "t"), ([1, 2], "{1,2}"), ({}, "{}"), (TODAY, "2026-09-01"), (3, "3")]
)
def test_values_are_written_as_copy_reads_them(value: Any, text: str) -> None:
    assert as_text(value) == text


def test_the_command_says_how_fast_it_was(settings: Any) -> None:
    settings.DEVELOPMENT = True
    said = StringIO()

    call_command("generate", requests=20, seed=3, stdout=said)

    assert said.getvalue().endswith("rows a second.\n")
    assert SupportRequest.objects.count() == 20


def test_made_up_cases_are_never_mixed_with_others(settings: Any) -> None:
    settings.DEVELOPMENT = True
    make_request()

    with pytest.raises(CommandError, match="never mixed"):
        call_command("generate", requests=20)


@pytest.mark.parametrize(("development", "requests"), [(False, 20), (True, 0)])
def test_nothing_is_made_where_it_does_not_belong(settings: Any, development: bool, requests: int) -> None:
    settings.DEVELOPMENT = development

    with pytest.raises(CommandError):
        call_command("generate", requests=requests)

    assert not SupportRequest.objects.exists()
