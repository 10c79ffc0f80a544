"""Ortens siffror: who sees whose, what is asked in the address, every table with its days, and the same as a file."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.enums import Role
from people.models import StaffRole
from support.enums import CheckInState, MeetingState, RequestStatus, Urgency
from tests.factories import (
    NOW,
    TODAY,
    make_check_in,
    make_group,
    make_meeting,
    make_office,
    make_organisation_request,
    make_period,
    make_request,
    make_staff,
)
from tests.support.admin_pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

FIGURES = "/admin/support/siffror/"
FILE = "/admin/support/siffror/fil/"
DAY = timedelta(days=1)


def table(response, slug: str) -> dict[str, list[str]]:
    """The rows of one table: what each is called, and its cells."""
    found = [one for section in response.context["sections"] for one in section.tables if one.slug == slug]
    return {row.label: row.cells for one in found for row in one.rows}


def slugs(response) -> list[str]:
    return [one.slug for section in response.context["sections"] for one in section.tables]


def links(response, slug: str) -> list[str]:
    found = [one for section in response.context["sections"] for one in section.tables if one.slug == slug]
    return [row.url for one in found for row in one.rows if row.url]


def shown(response, name: str) -> list[str]:
    """The errors of one field."""
    return list(response.context["form"].errors.get(name, []))


def fill(office, leader) -> None:
    """Something of everything."""
    make_request(office=office, first_answer_at=NOW + DAY)
    make_request(office=office, urgency=Urgency.TWO_WEEKS, received_at=NOW - 9 * DAY, promised_by=TODAY - 8 * DAY)
    support_request = make_request(office=office, leader=leader, status=RequestStatus.IN_REVIEW)
    make_meeting(
        support_request=support_request, leader=leader, state=MeetingState.HELD, starts_at=NOW - DAY, ends_at=NOW
    )
    period = make_period(group=make_group(office=office, alias="Hemliga gruppen"), office=office, leader=leader)
    make_check_in(period=period, state=CheckInState.MISSED, basket_at=NOW - 9 * DAY)
    make_organisation_request(office=office)


def test_a_leader_sees_the_figures_of_their_office(as_leader, office, other_office, leader):
    fill(office, leader)
    make_request(office=other_office)
    make_request(office=None)

    response = as_leader.get(FIGURES)

    assert table(response, "arrived") == {
        "Alla": ["3", "–", "0"],
        "Bråttom": ["1", "33 %", "0"],
        "Inte bråttom": ["2", "67 %", "0"],
    }
    assert table(response, "answers") == {
        "Fick svar i tid": ["1", "100 %", "0"],
        "Fick svar för sent": ["0", "0 %", "0"],
        "Väntar, och tiden har gått ut": ["0", "0 %", "0"],
        "Väntar, det finns tid kvar": ["1", "–", "0"],
        "Avslutades utan att svar behövdes": ["0", "–", "0"],
        "Mediantid till svar": ["1 dag", "–", "–"],
    }
    assert table(response, "urgent-answers")["Väntar, och tiden har gått ut"] == ["1", "100 %", "0"]
    assert table(response, "phases")["Alla vi arbetar med"] == ["1", "–"]
    assert table(response, "baskets")["Mer än en vecka"] == ["1", "100 %"]
    assert table(response, "meetings")["Vi sågs"] == ["1", "100 %", "0"]
    assert table(response, "organisations")["Väntar, det finns tid kvar"] == ["1", "–", "0"]
    assert table(response, "leaders") == {"Maja Lind": ["1", "0", "0", "1", "2,0"]}


def test_every_table_says_what_it_counts_and_for_which_days(as_leader, office, leader):
    fill(office, leader)

    told = text_of(as_leader.get(FIGURES))

    assert told.count("1 januari – 1 september 2026, jämfört med 1 januari – 1 september 2025.") == 11
    assert "Löftet är svar inom 5 arbetsdagar." in told
    assert "Löftet är svar inom 1 arbetsdag." in told
    assert "Den som har legat längst: 9 dagar." in told
    assert "Almhöjden. 1 januari" in told


def test_no_group_is_named_on_the_page_or_in_the_file(as_leader, office, leader):
    fill(office, leader)

    assert "Hemliga" not in as_leader.get(FIGURES).content.decode()
    assert "Hemliga" not in as_leader.get(FILE).content.decode()


def test_where_there_is_nothing_the_page_says_so(as_leader):
    response = as_leader.get(FIGURES)
    told = text_of(response)

    assert "<svg" not in response.content.decode().partition('class="figures"')[2].partition("<footer")[0]
    for words in (
        "Ingen förfrågan väntar just nu.",
        "Vi arbetar inte med någon grupp just nu.",
        "Korgarna är tomma.",
        "Inget första möte är bokat just nu.",
        "Du antecknar ett samtal med en rad på Min dag.",
    ):
        assert told.count(words) == 1


def test_figures_lead_to_the_lists_that_show_the_rows(as_leader, office, leader):
    fill(office, leader)
    response = as_leader.get(FIGURES)
    here = f"office={office.pk}"

    assert links(response, "open-requests") == [
        f"/admin/support/supportrequest/?show={tab}&{here}" for tab in ("open", "new", "late")
    ]
    assert links(response, "phases") == [
        *(f"/admin/support/supportperiod/?show={tab}&{here}" for tab in ("open", "start", "change", "exit")),
        f"/admin/support/supportperiod/?show=open&rests=yes&{here}",
        f"/admin/support/supportperiod/?show=self_reliant&{here}",
    ]
    assert links(response, "baskets") == [f"/admin/support/checkin/?show=basket&{here}"]
    for slug in ("open-requests", "phases", "baskets", "booked"):
        assert [as_leader.get(url).status_code for url in links(response, slug)] == [200] * len(links(response, slug))


def test_a_list_shows_as_many_as_its_figure(as_leader, office, leader):
    fill(office, leader)
    response = as_leader.get(FIGURES)

    numbers = [cells[0] for cells in table(response, "open-requests").values()]
    lists = [as_leader.get(url).context["cl"].result_count for url in links(response, "open-requests")]

    assert (numbers, lists) == (["3", "2", "2", "1"], [3, 2, 1])


def test_another_offices_figures_do_not_exist_for_a_leader(as_leader, office, other_office):
    foreign = [str(other_office.pk), "999999999999", "queue"]

    assert [as_leader.get(FIGURES, {"office": one}).status_code for one in foreign] == [404, 404, 404]
    assert [as_leader.get(FILE, {"office": one}).status_code for one in foreign] == [404, 404, 404]
    assert as_leader.get(FIGURES, {"office": office.pk}).status_code == 200


def test_a_leader_of_two_offices_sees_both_beside_each_other(client, leader, office, other_office):
    third = make_office(name="Tredje orten")
    StaffRole.objects.create(user=leader, office=other_office, role=Role.LEADER, starts_on=TODAY)
    for one in (office, other_office, third, None):
        make_request(office=one)
    client.force_login(leader)

    both, one = client.get(FIGURES), client.get(FIGURES, {"office": other_office.pk})

    assert table(both, "offices") == {
        "Almhöjden": ["1", "–", "–", "0", "0", "0"],
        "Rönnlid": ["1", "–", "–", "0", "0", "0"],
    }
    assert table(both, "arrived")["Alla"] == ["2", "–", "0"]
    assert links(both, "open-requests") == []  # no list shows just these two
    assert links(both, "offices") == [f"?office={office.pk}", f"?office={other_office.pk}"]
    assert (table(one, "arrived")["Alla"], "offices" in slugs(one)) == (["1", "–", "0"], False)


def test_whoever_answers_for_the_programme_sees_every_office_and_the_queue(
    client, programme_manager, office, other_office, leader
):
    fill(office, leader)
    make_request(office=None, first_answer_at=NOW)
    client.force_login(programme_manager)

    everything = client.get(FIGURES, {"period": "quarter"})
    queue = client.get(FIGURES, {"office": "queue"})

    assert table(everything, "offices") == {
        "Almhöjden": ["3", "50 %", "1 dag", "1", "1", "1"],
        "Rönnlid": ["0", "–", "–", "0", "0", "0"],
        "Den gemensamma kön": ["1", "100 %", "0 dagar", "0", "–", "–"],
    }
    assert links(everything, "offices")[-1] == "?period=quarter&office=queue"
    assert table(everything, "arrived")["Alla"] == ["4", "–", "0"]
    assert "leaders" not in slugs(everything)
    assert table(queue, "arrived")["Alla"] == ["1", "–", "0"]
    assert slugs(queue) == [
        *("open-requests", "arrived", "answers", "urgent-answers", "became"),
        *("booked", "meetings", "talks", "hand-overs", "organisations"),
    ]
    assert links(queue, "open-requests")[0] == "/admin/support/supportrequest/?show=open&office=none"


def test_groups_of_someone_who_no_longer_leads_here_are_not_lost(as_leader, office, other_office_leader):
    make_period(group=make_group(office=office), office=office, leader=other_office_leader)

    assert table(as_leader.get(FIGURES), "leaders") == {
        "Maja Lind": ["0", "0", "0", "0", "0,0"],
        "Andra, som inte leder här längre": ["1", "–", "–", "–", "–"],
    }


@pytest.mark.parametrize("who", ["treasurer", "editor"])
def test_whoever_works_with_no_cases_is_refused(client, request, who, office):
    client.force_login(request.getfixturevalue(who))

    assert [client.get(url).status_code for url in (FIGURES, FILE)] == [403, 403]


def test_anonymous_and_outsiders_are_sent_to_sign_in(client, outsider):
    def goes_to(url):
        return client.get(url).headers.get("Location", "").partition("?")[0]

    anonymous = [goes_to(url) for url in (FIGURES, FILE)]
    client.force_login(outsider)

    assert anonymous == ["/admin/login/", "/admin/login/"]
    assert [client.get(url).status_code for url in (FIGURES, FILE)] == [302, 302]


def test_the_page_only_reads(as_leader):
    assert [as_leader.post(url).status_code for url in (FIGURES, FILE)] == [405, 405]


@pytest.mark.parametrize(
    ("asked", "field", "words"),
    [
        ({"period": "sommaren"}, "period", "Den perioden finns inte. Välj en i listan."),
        ({"office": "Göteborg"}, "office", "Den orten finns inte. Välj en i listan."),
        ({"office": "²"}, "office", "Den orten finns inte. Välj en i listan."),
        ({"period": "own"}, "first", "Skriv en dag."),
        ({"period": "own", "first": "2026-02-30", "last": "2026-03-01"}, "first", "Skriv datumet så här: 2026-09-08"),
        (
            {"period": "own", "first": "1999-12-31", "last": "2000-01-02"},
            "first",
            "Välj en dag från år 2000 eller senare.",
        ),
        (
            {"period": "own", "first": "2026-08-01", "last": "2026-09-02"},
            "last",
            "Välj en dag som har varit, eller i dag.",
        ),
        (
            {"period": "own", "first": "2026-08-02", "last": "2026-08-01"},
            "last",
            "Sista dagen kommer före den första.",
        ),
        ({"period": "own", "first": "2021-01-01", "last": "2026-08-01"}, "last", "Välj högst fem år åt gången."),
    ],
)
def test_what_cannot_be_shown_is_said_in_words(as_leader, asked, field, words):
    response, file = as_leader.get(FIGURES, asked), as_leader.get(FILE, asked)

    assert (response.status_code, response.context["sections"], shown(response, field)) == (200, [], [words])
    assert (file.status_code, file["Location"].partition("?")[0]) == (302, FIGURES)


def test_days_of_ones_own_are_shown(as_leader, office):
    for days in (0, 3, 4, 8):
        make_request(office=office, received_at=NOW - days * DAY)

    response = as_leader.get(FIGURES, {"period": "own", "first": "2026-08-29", "last": "2026-09-01"})

    assert table(response, "arrived")["Alla"] == ["2", "–", "1"]


def test_days_are_left_alone_when_another_period_is_chosen(as_leader):
    response = as_leader.get(FIGURES, {"period": "month", "first": "hej", "last": ""})

    assert (response.context["form"].errors, str(response.context["asked"].spans.now)) == ({}, "1 september 2026")


def test_bars_are_told_apart_by_pattern_and_described(as_leader, office):
    make_request(office=office)
    make_request(office=office, received_at=NOW - 365 * DAY, promised_by=TODAY - 360 * DAY, first_answer_at=NOW)

    page = as_leader.get(FIGURES).content.decode()

    assert re.findall(r'<rect class="bars__before" x="0" y="38" width="(\d+)" height="14" fill="([^"]+)"', page)[0] == (
        "250",
        "url(#arrived-hatch)",
    )
    assert [page.count(one) for one in ("<title id=", "<desc id=", 'role="img"')] == [4, 4, 4]


def test_the_file_holds_the_same_figures(as_leader, office, leader):
    fill(office, leader)

    response = as_leader.get(FILE, {"office": office.pk})
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))

    days = "1 januari – 1 september 2026, jämfört med 1 januari – 1 september 2025"
    assert rows[0] == ["Ort", "Tabell", "Period", "Rad", "Mått", "Värde"]
    assert [row for row in rows if row[1] == "Förfrågningar som kom in"][:3] == [
        ["Almhöjden", "Förfrågningar som kom in", days, "Alla", "Antal", "3"],
        ["Almhöjden", "Förfrågningar som kom in", days, "Alla", "Andel", "–"],
        ["Almhöjden", "Förfrågningar som kom in", days, "Alla", "Perioden före", "0"],
    ]
    assert response["Content-Disposition"] == (
        "attachment; filename*=UTF-8''siffror-almhojden-2026-01-01-2026-09-01.csv"
    )
    assert (response["Content-Type"], response["Cache-Control"]) == ("text/csv; charset=utf-8", "private, no-store")


def test_figures_cost_as_many_queries_whatever_there_is(as_leader, office, leader):
    counts = []
    for _round in range(3):
        fill(office, leader)
        make_staff(office=office)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            as_leader.get(FIGURES)
        counts.append(len(queries))

    assert counts == [20, 20, 20]


def test_every_office_costs_as_many_queries_whatever_their_number(client, programme_manager, office, leader):
    client.force_login(programme_manager)
    counts = []
    for _round in range(3):
        fill(make_office(), leader)
        with CaptureQueriesContext(connection) as queries:
            client.get(FIGURES)
        counts.append(len(queries))

    assert counts == [16, 16, 16]


def test_the_form_shows_what_holds_when_nothing_is_chosen(as_leader):
    response = as_leader.get(FIGURES)

    assert '<option value="year" selected>Det här året</option>' in response.content.decode()
