"""The lists of groups and of those around them: found by code, name and place, filtered, each office its own."""

from datetime import timedelta

import pytest

from groups.finding import find_groups, words_of
from groups.models import Group, Municipality
from tests.factories import (
    TODAY,
    make_contact,
    make_duty_bearer,
    make_enabler,
    make_group,
    make_link,
    make_member,
    make_organisation,
    make_request,
    make_topic,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

GROUPS = "/admin/groups/group/"
ENABLERS = "/admin/groups/enabler/"
DUTY_BEARERS = "/admin/groups/dutybearer/"


def shown(client, url, **query) -> list[str]:
    return [str(row) for row in client.get(url, query).context["cl"].result_list]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  Ljus-gruppen  ÖST ", ["ljus", "gruppen", "öst"]),
        ("a\u030angstrom", ["ångstrom"]),
        ("'x':* | !y & (z)", ["x", "y", "z"]),
        ("_ % \x00", []),
        ("a b c d e f g", ["a", "b", "c", "d", "e"]),
        ("å" * 90, ["å" * 40]),
    ],
)
def test_words_are_letters_and_digits_alone(text, words):
    assert words_of(text) == words


@pytest.mark.parametrize("text", ["ljus", "ÖSTRA", "arab ljus", "älmhult", "tall 4827", "gran2345", "arab älmh"])
def test_a_group_is_found_by_name_place_and_code(as_leader, office, text):
    almhult = Municipality.objects.get(name="Älmhult")
    group = make_group(office=office, alias="Östra ljuset", area="Araby", municipality=almhult)
    make_link(about=make_request(office=office, group=group), code="TALL 4827")
    make_link(about=make_member(group=group), code="GRAN 2345")
    make_group(office=office, alias="Ostra muren")

    assert shown(as_leader, GROUPS, q=text) == ["Östra ljuset"]


@pytest.mark.parametrize("text", ["jus", "!", "tall 9999", "ljus bortom"])
def test_what_is_not_there_is_not_found(text):
    make_group(alias="Ljusgruppen")

    assert list(find_groups(Group.objects.all(), text)) == []


def test_groups_are_filtered(as_leader, office):
    topic = make_topic()
    group = make_group(office=office, alias="Ljus", visibility="public", size_band="25+")
    group.topics.add(topic)
    make_group(office=office, alias="Mörker")

    for query in ({"topic": topic.pk}, {"visibility": "public"}, {"size": "25+"}):
        assert shown(as_leader, GROUPS, **query) == ["Ljus"]
    assert shown(as_leader, GROUPS, topic="x", visibility="nej", size="9") == ["Ljus", "Mörker"]


def test_enablers_are_filtered_and_found(as_leader, office):
    shares = make_organisation(name="Byggföretaget", sector="private")
    make_enabler(
        office=office, contact=make_contact(called="Bo"), organisation=shares, languages=["ar"], is_active=False
    )
    make_enabler(office=office, contact=make_contact(called="Ada"))

    for query in ({"active": "no"}, {"language": "ar"}, {"sector": "private"}, {"q": "bygg"}):
        assert shown(as_leader, ENABLERS, **query) == ["Bo"]


def test_those_responsible_are_filtered_by_when_they_were_checked(as_administrator):
    make_duty_bearer(name="Gammal skola", checked_on=TODAY - timedelta(days=400))
    make_duty_bearer(name="Ny skola")

    assert shown(as_administrator, DUTY_BEARERS, kind="school", checked="before") == ["Gammal skola"]
    assert shown(as_administrator, DUTY_BEARERS, kind="school", checked="lately") == ["Ny skola"]


def test_another_office_learns_nothing(client, other_office_leader, office, other_office):
    make_enabler(office=office, contact=make_contact(called="Hemlige Bo"))
    make_link(about=make_member(group=make_group(office=office, alias="Hemliga gruppen")), code="TALL 4827")
    make_group(office=other_office, alias="Vår grupp")
    client.force_login(other_office_leader)

    assert [shown(client, GROUPS), shown(client, GROUPS, q="hemliga"), shown(client, GROUPS, q="tall 4827")] == [
        ["Vår grupp"],
        [],
        [],
    ]
    assert shown(client, ENABLERS) == []
    assert client.get(GROUPS).context["cl"].result_count == 1
    assert office.name not in client.get(GROUPS).content.decode()


def test_what_the_list_shows_stands_in_words(as_leader, office):
    make_group(office=office)
    listed = as_leader.get(GROUPS, {"visibility": "private", "q": "värme"}).context["cl"]

    assert [(str(one["words"]), one["undo"]) for one in listed.said()] == [
        ("Vem får veta att gruppen finns: Bara gruppen och de som stöttar den", "?q=v%C3%A4rme"),
        ("sök ”värme”", "?visibility=private"),
    ]
    assert listed.everything == "?"


@pytest.mark.parametrize("nasty", ["\x00", "':*", "9" * 300, "None"])
@pytest.mark.parametrize("url", [GROUPS, ENABLERS, DUTY_BEARERS])
def test_a_nasty_address_is_never_an_error(as_leader, url, nasty):
    names = ("q", "office", "topic", "municipality", "kind", "o", "p", "visibility__exact")

    assert as_leader.get(url, dict.fromkeys(names, nasty)).status_code in {200, 400}
