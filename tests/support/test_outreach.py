"""Samtal på fältet in the admin: one line above the list, and a request in one press."""

from datetime import timedelta

import pytest
from django.urls import reverse

from groups.enums import LedTo
from groups.models import OutreachContact
from support.actions.outreach import make_request
from support.enums import RequestStatus
from support.forms.outreach import find_traces
from support.models import SupportRequest
from tests.factories import NOW, TODAY, make_municipality
from tests.support.admin_pages import cells, do, page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

LINE = {"who_with": "En förälder vid lekplatsen", "need": "Hissen står still.", "met_on": "2026-09-01"}


@pytest.fixture
def talk(office, leader) -> OutreachContact:
    return make_talk(office=office, user=leader)


def make_talk(**kwargs) -> OutreachContact:
    fields = {"who_with": "En granne", "need": "Det är kallt.", "met_on": TODAY, "created_at": NOW} | kwargs
    return OutreachContact.objects.create(**fields)


def the_list() -> str:
    return reverse("admin:groups_outreachcontact_changelist")


def the_line() -> str:
    return reverse("admin:groups_outreachcontact_add")


def test_a_talk_is_noted_from_the_line_above_the_list(as_leader, leader, office):
    make_municipality(name="Lindhaga")

    shown = as_leader.get(the_list())
    response = as_leader.post(the_line(), LINE | {"place": "Torget", "municipality": "lindhaga"}, follow=True)

    assert "Anteckna ett samtal" in text_of(shown)
    assert "Samtalet är antecknat." in text_of(response)
    assert response.request["PATH_INFO"] == the_list()
    talk = OutreachContact.objects.get()
    assert (talk.office, talk.user, talk.place, talk.municipality.name) == (office, leader, "Torget", "Lindhaga")
    assert cells(response, "who_with") == ["En förälder vid lekplatsen"]
    assert cells(response, "where") == ["Torget, Lindhaga"]


def test_noted_from_min_dag_one_comes_back_there(as_leader):
    response = as_leader.post(the_line(), LINE | {"back": reverse("admin:index")})
    elsewhere = as_leader.post(the_line(), LINE | {"back": "https://exempel.se/"})

    assert response.headers["Location"] == reverse("admin:index")
    assert elsewhere.headers["Location"] == the_list()


def test_what_is_missing_is_asked_for_and_nothing_is_lost(as_leader):
    response = as_leader.post(the_line(), LINE | {"need": "", "municipality": "Ingenstans"})

    assert "Skriv kort vad det gällde" in text_of(response)
    assert "Det finns ingen kommun som heter så" in text_of(response)
    assert "En förälder vid lekplatsen" in response.content.decode()
    assert OutreachContact.objects.count() == 0


def test_a_double_press_is_one_talk(as_leader):
    key = {"once_key": "0b5a5ba6-9f3c-4f0e-a8c5-1e9c1b6c8f00"}

    for _press in range(2):
        as_leader.post(the_line(), LINE | key)

    assert OutreachContact.objects.count() == 1


def test_what_points_a_person_out_is_asked_about_first(as_leader):
    line = LINE | {"need": "Ring 070-174 06 15 om hissen, alva@exempel.se"}

    asked = as_leader.post(the_line(), line)
    before = OutreachContact.objects.count()
    as_leader.post(the_line(), line | {"personnummer": "ta-bort"})

    assert "Det här kan peka ut en person" in text_of(asked)
    assert "070-174 06 15" in text_of(asked)
    assert before == 0
    assert OutreachContact.objects.get().need == "Ring om hissen,"


def test_who_says_that_it_is_no_person_keeps_it(as_leader):
    as_leader.post(the_line(), LINE | {"need": "Växeln 031-390 06 10 svarar inte", "personnummer": "behall"})

    assert OutreachContact.objects.get().need == "Växeln 031-390 06 10 svarar inte"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ring 0701740615", ["0701740615"]),
        ("Ring +46 70 174 06 15 i morgon", ["+46 70 174 06 15"]),
        ("Skriv till a.b@exempel.se.", ["a.b@exempel.se"]),
        ("Född 811228-9874", ["811228-9874"]),
        ("Vi ses 2026-09-01 klockan 14.00, port 12", []),
        ("Hyran är 10 400 kronor för 30 000 hushåll", []),
    ],
)
def test_numbers_and_addresses_are_told_from_days_and_sums(text, found):
    assert [text for _start, _end, text in find_traces(text)] == found


def test_who_works_at_several_offices_chooses_one(client, programme_manager, office, other_office):
    client.force_login(programme_manager)

    missing = client.post(the_line(), LINE)
    client.post(the_line(), LINE | {"office": other_office.pk})

    assert "Välj vilken ort samtalet hör till" in text_of(missing)
    assert OutreachContact.objects.get().office == other_office


def test_tabs_show_what_came_of_it(as_leader, office, leader):
    for led_to in (LedTo.NOTHING_YET, LedTo.TRAINING, LedTo.NO):
        make_talk(office=office, user=leader, led_to=led_to, who_with=led_to.value)

    shown = {tab: cells(as_leader.get(the_list(), {"show": tab}), "who_with") for tab in ("open", "led", "all")}

    assert shown == {"open": ["nothing_yet"], "led": ["training"], "all": ["no", "training", "nothing_yet"]}
    assert cells(as_leader.get(the_list()), "who_with") == ["nothing_yet"]


def test_a_search_finds_the_place_and_the_need(as_leader, office, leader):
    make_talk(office=office, user=leader, who_with="A", place="Biblioteket")
    make_talk(office=office, user=leader, who_with="B", need="Lekplatsen")

    assert cells(as_leader.get(the_list(), {"q": "bibliotek"}), "who_with") == ["A"]
    assert cells(as_leader.get(the_list(), {"q": "lekplats"}), "who_with") == ["B"]


def test_one_press_makes_a_request_to_go_on_with(as_leader, office, leader):
    municipality = make_municipality(name="Lindhaga", office=office)
    talk = make_talk(office=office, user=leader, place="Almhöjden", municipality=municipality)

    response = as_leader.post(do(talk, "make-request"), follow=True)
    again = as_leader.post(do(talk, "make-request"), follow=True)

    draft = SupportRequest.objects.get()
    assert (draft.status, draft.outreach, draft.written_by) == (RequestStatus.DRAFT, talk, leader)
    assert (draft.what, draft.place, draft.area, draft.municipality) == (
        "Det är kallt.",
        "Lindhaga",
        "Almhöjden",
        municipality,
    )
    assert draft.answered == ["vad", "var"]
    for one in (response, again):
        assert one.request["PATH_INFO"] == reverse("admin:support_supportrequest_call", args=[draft.pk])
    assert "Började med ett samtal den 1 september: En granne." in text_of(response)
    talk.refresh_from_db()
    assert talk.led_to == LedTo.NOTHING_YET
    assert "Fortsätt med förfrågan som du har påbörjat" in text_of(as_leader.get(page(talk)))


def test_a_place_that_is_no_municipality_is_asked_about(talk, leader):
    OutreachContact.objects.update(place="Biblioteket")
    talk.refresh_from_db()

    draft = make_request(talk, by=leader, now=NOW)

    assert (draft.place, draft.answered) == ("", ["vad"])


def test_a_draft_that_a_colleague_has_begun_is_theirs(client, talk, leader, colleague):
    make_request(talk, by=leader, now=NOW)
    client.force_login(colleague)

    response = client.post(do(talk, "make-request"), follow=True)

    assert "En kollega har redan börjat skriva förfrågan." in text_of(response)
    assert SupportRequest.objects.count() == 1
    assert "Fortsätt med förfrågan" not in text_of(client.get(page(talk)))


def test_what_it_led_to_is_written_down(as_leader, talk):
    response = as_leader.post(do(talk, "led-to"), {"led_to": LedTo.REFERRED}, follow=True)
    refused = as_leader.post(do(talk, "led-to"), {"led_to": LedTo.REQUEST})

    assert "Det är antecknat." in text_of(response)
    assert "Välj ett av svaren i listan" in text_of(refused)
    talk.refresh_from_db()
    assert talk.led_to == LedTo.REFERRED


@pytest.mark.parametrize("command", ["make-request", "led-to"])
def test_talks_of_other_offices_do_not_exist(client, talk, other_office_leader, outsider, command):
    sent = {"led_to": LedTo.NO}

    assert "/konto/" in client.post(do(talk, command), sent, follow=True).request["PATH_INFO"]
    client.force_login(outsider)
    assert client.post(do(talk, command), sent).status_code in {302, 403}
    client.force_login(other_office_leader)
    assert client.post(do(talk, command), sent).status_code == 404
    assert client.get(page(talk)).status_code == 404
    assert cells(client.get(the_list(), {"show": "all"}), "who_with") == []
    assert cells(client.get(the_list(), {"q": "granne"}), "who_with") == []
    assert SupportRequest.objects.count() == 0
    assert OutreachContact.objects.get().led_to == LedTo.NOTHING_YET


def test_no_talk_is_noted_by_strangers_or_at_other_offices(client, editor, leader, other_office):
    assert "/konto/" in client.post(the_line(), LINE, follow=True).request["PATH_INFO"]
    client.force_login(editor)
    assert client.post(the_line(), LINE).status_code == 403
    client.force_login(leader)
    client.post(the_line(), LINE | {"office": other_office.pk})

    assert not OutreachContact.objects.filter(office=other_office).exists()


def test_looking_changes_nothing(as_leader, talk):
    for path in (the_line(), do(talk, "led-to"), page(talk)):
        assert as_leader.get(path).status_code == 200
    assert OutreachContact.objects.get().led_to == LedTo.NOTHING_YET


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_however_long_it_is(
    as_leader, office, leader, colleague, count, django_assert_num_queries
):
    for number in range(count):
        make_talk(
            office=office,
            user=[leader, colleague][number % 2],
            municipality=make_municipality(),
            met_on=TODAY - timedelta(days=number),
        )
    as_leader.get(the_list())

    with django_assert_num_queries(12):
        response = as_leader.get(the_list())

    assert len(cells(response, "who_with")) == count
