"""The story of a case: everything in one order, one kind at a time when asked, page by page, at a constant cost."""

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone

from people.enums import CallOutcome, Channel, MessageState
from people.models import CallTask
from support.admin.timeline import A_PAGE, KINDS, Case, Place, place_in, story_page
from support.admin.timeline_lines import name_of_kind
from support.enums import CheckInState, HandOverState, LogKind
from support.models import HandOver, SupportPeriod
from tests.factories import (
    NOW,
    make_check_in,
    make_contact,
    make_group,
    make_log_entry,
    make_member,
    make_message,
    make_period,
    make_request,
)
from tests.support.admin_pages import page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def period(office, leader) -> SupportPeriod:
    group = make_group(office=office, alias="Värmegruppen")
    member = make_member(group=group, contact=make_contact(called="Dina"))
    make_request(office=office, group=group, contact=member.contact, status="accepted", received_at=NOW)
    return make_period(group=group, office=office, leader=leader)


@pytest.fixture
def full(period, leader, colleague, office) -> SupportPeriod:
    """Something of everything, an hour apart, the first the oldest."""
    hours = itertools.count(1)

    def later():
        return NOW + timedelta(hours=next(hours))

    contact = period.group.members.get().contact
    make_log_entry(support_request=period.group.support_requests.get(), text="Före perioden.", at=later())
    for kind in LogKind:
        make_log_entry(period=period, kind=kind, text=f"Rad: {kind.label}", at=later(), user=leader)
    make_log_entry(period=period, text="Nämn inte skolan.", is_internal=True, at=later())
    make_message(
        contact=contact,
        subject="Välj en tid",
        state=MessageState.FAILED,
        reason="Studsade.",
        channel="email",
        sent_at=later(),
    )
    call = make_message(contact=contact, subject="Vi har skrivit", state=MessageState.WITHHELD, created_at=later())
    CallTask.objects.create(
        message=call, contact=contact, created_at=NOW, outcome=CallOutcome.REACHED, done_at=NOW, done_by=colleague
    )
    make_check_in(period=period, state=CheckInState.MISSED, asked_at=later())
    make_check_in(period=period, state=CheckInState.ANSWERED, asked_at=later(), answered_at=NOW)
    make_check_in(period=period, state=CheckInState.PLANNED)
    HandOver.objects.create(
        period=period,
        from_user=leader,
        from_office=office,
        to_user=colleague,
        to_office=office,
        note="De vill ses på kvällen.",
        state=HandOverState.ACCEPTED,
        offered_at=NOW,
        answered_at=later(),
        answered_by=colleague,
        answer="Gärna!",
    )
    return period


def case_of(period: SupportPeriod) -> Case:
    requests = period.group.support_requests.all()
    contacts = period.group.members.values_list("contact_id", flat=True)
    return Case(period.pk, [one.pk for one in requests], list(contacts))


def all_pages(case: Case, *, size: int, kind: str = ""):
    place, lines = None, []
    while True:
        found = story_page(case, kind=kind, before=place, size=size)
        lines += found.lines
        if found.older is None:
            return lines
        place = place_in(str(found.older))


def test_everything_stands_in_one_order_the_newest_first(full):
    lines = story_page(case_of(full)).lines

    assert [(str(line.what), line.text, line.who) for line in lines][:6] == [
        ("Överlämning: mottagen", "De vill ses på kvällen.\nSam Ek: Gärna!", "Maja Lind → Sam Ek"),
        ("Vi frågade hur det går", "", "Besvarad den 1 september"),
        ("Vi frågade hur det går", "", "Ingen svarade"),
        ("Samtal att ringa", "Vi har skrivit", "Vi pratade · Sam Ek"),
        ("Meddelande", "Välj en tid", "E-post: Gick inte att skicka (Studsade.)"),
        ("Anteckning", "Nämn inte skolan.", ""),
    ]
    assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)
    assert lines[-1].text == "Före perioden."
    assert len(lines) == 2 + len(LogKind) + 5


def test_what_only_we_see_and_what_went_wrong_stand_out(full):
    lines = story_page(case_of(full)).lines

    assert [line.text for line in lines if line.is_internal] == [
        "De vill ses på kvällen.\nSam Ek: Gärna!",
        "Nämn inte skolan.",
    ]
    assert [str(line.what) for line in lines if line.is_trouble] == ["Vi frågade hur det går", "Meddelande"]


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("samtal", ["Samtal att ringa", "Samtal"]),
        ("moten", ["Möte"]),
        ("anteckningar", ["Anteckning", "Anteckning", "Anteckning"]),
        ("fragor", ["Svar till gruppen", "Fråga från gruppen"]),
        ("meddelanden", ["Samtal att ringa", "Meddelande", "Meddelande till gruppen"]),
        ("uppfoljningar", ["Vi frågade hur det går", "Vi frågade hur det går", "Hur går det?"]),
        ("planen", ["Planen"]),
        ("beslut", ["Beslut"]),
        ("overlamningar", ["Överlämning: mottagen", "Överlämning"]),
        ("kontakt", ["Kontaktsätt"]),
    ],
)
def test_one_kind_at_a_time(full, kind, shown):
    assert [str(line.what) for line in story_page(case_of(full), kind=kind).lines] == shown


def test_every_kind_of_line_is_found_under_some_kind():
    assert frozenset().union(*(kind.log for kind in KINDS.values())) == frozenset(LogKind)


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_page_by_page_nothing_is_lost_and_nothing_comes_twice(full, size):
    contact = full.group.members.get().contact
    for number in range(4):  # all in the same moment, from several sources
        make_log_entry(period=full, text=f"Samtidigt {number}")
        make_message(contact=contact, subject=f"Samtidigt {number}")
        make_check_in(period=full, state=CheckInState.CANCELLED, asked_at=NOW)
    whole = story_page(case_of(full), size=1000).lines

    assert all_pages(case_of(full), size=size) == whole


@pytest.mark.parametrize("words", ["", "1", "a-0-1", "1-0-", "\x00", "9" * 400, "-1-0-1", "1-0-99999999999999999999"])
def test_an_address_that_is_no_place_shows_the_newest(as_leader, full, words):
    assert place_in(words) is None
    if words != "\x00":
        assert "Sam Ek: Gärna!" in text_of(as_leader.get(page(full), {"fore": words, "visa": words}))


def test_a_place_is_read_back_as_it_was_written():
    place = Place(timezone.now(), 3, 2**40)

    assert place_in(str(place)) == place
    assert place_in("99999999999999999-9-999999999999999999") is not None


def test_the_page_leads_to_what_is_older_and_back(as_leader, period):
    for number in range(A_PAGE + 1):
        make_log_entry(period=period, text=f"Rad nummer {number}.", at=NOW - timedelta(hours=number))

    newest = as_leader.get(page(period), {"visa": "anteckningar"})
    older = as_leader.get(page(period) + newest.context["older_url"])

    assert [line.text for line in older.context["story"]] == [f"Rad nummer {A_PAGE}."]
    assert (older.context["older_url"], older.context["newest_url"]) == ("", "?visa=anteckningar#story")
    assert "Visar bara: Anteckningar · Visa allt Till det senaste" in text_of(older)
    assert "Visar allt, det senaste först." in text_of(as_leader.get(page(period)))


def test_a_kind_without_anything_says_so(as_leader, period):
    assert "Inget sådant har hänt än." in text_of(as_leader.get(page(period), {"visa": "planen"}))


def test_a_message_whose_words_are_gone_is_named_by_its_kind(period):
    make_message(contact=period.group.members.get().contact, kind="support.leader_changed", subject="")

    assert [line.text for line in story_page(case_of(period)).lines] == ["Ni får en ny utvecklingsledare"]
    assert name_of_kind("test.nobody_knows") == "Meddelande"


def test_the_words_of_a_message_are_not_even_fetched(period, django_assert_num_queries):
    make_message(contact=period.group.members.get().contact, text="Koden är EK 2222")
    case = case_of(period)

    with django_assert_num_queries(4) as asked:
        story_page(case)

    assert not any('"people_message"."text"' in query["sql"] for query in asked.captured_queries)


def test_a_call_that_waits_says_so(period):
    contact = make_contact(channel=Channel.CALL)
    message = make_message(contact=contact, state=MessageState.WITHHELD)
    CallTask.objects.create(message=message, contact=contact, created_at=NOW)

    lines = story_page(Case(period.pk, [], [contact.pk])).lines

    assert [(str(line.what), line.who) for line in lines] == [("Samtal att ringa", "Väntar på att någon ringer")]


@pytest.mark.parametrize("rows", [1, 40])
def test_a_long_story_costs_the_same(full, leader, rows, django_assert_num_queries):
    contact = full.group.members.get().contact
    for _each in range(rows):
        make_log_entry(period=full, user=leader)
        make_message(contact=contact)

    with django_assert_num_queries(6):
        found = case_of(full)
        story_page(found)


def test_nothing_of_another_group_stands_in_the_story(full, leader, office):
    other = make_period(office=office, leader=leader)
    make_log_entry(period=other, text="En annan grupps rad.")
    make_log_entry(support_request=make_request(office=office), text="En annan förfrågan.")
    make_message(contact=other.group.members.get().contact, subject="Till en annan grupp")

    texts = [line.text for line in story_page(case_of(full), size=1000).lines]

    assert [text for text in texts if "annan" in text] == []
