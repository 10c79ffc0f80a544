"""Ortens siffror: every table with its days, where figures lead, and the same as a file."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    NOW,
    TODAY,
    make_request,
    make_staff,
)
from tests.support.admin_pages import text_of
from tests.support.figures_kit import DAY, FIGURES, FILE, fill, links, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


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
        with CaptureQueriesContext(connection) as queries:
            as_leader.get(FIGURES)
        counts.append(len(queries))

    assert counts == [20, 20, 20]
