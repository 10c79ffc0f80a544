"""Who gets in to a group's pages, and what the pages bear: every one of them, in one place."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from groups.enums import Decision
from people.actions.links import open_link, revoke
from people.enums import LinkPurpose
from support.enums import Phase
from tests.factories import NOW, make_approval, make_item, make_request, make_role_contract
from tests.support.at_work import AtWork, a_group_at_work, asked, at_work, text_of
from tests.support.walking import come_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

PAGES = (
    "hur-gar-det/",
    "hur-gar-det/tack/",
    "styrkor/",
    "klarar-vi-oss/",
    "plan/",
    "plan/ny/",
    "fragor/",
    "historik/",
    "moten/",
    "vi-har-traffats/",
    "avslut/",
    "medlemmar/",
    "medlemmar/bjud-in/",
    "att-godkanna/",
    "mojliggorare/",
)

CHANGES = (
    "avslut/borja/",
    "avslut/skriv-under/",
    "avslut/tillbaka/",
    "medlemmar/kontaktperson/",
)


def things_of(ours: AtWork) -> dict[str, int]:
    """One of each of the group's things, by the page it stands on."""
    approval = make_approval(group=ours.period.group, decision=Decision.YES, decided_at=NOW)
    someone = ours.member
    thing = ours.period.kept_things.create(kind="other", text="Nyckeln")
    return {
        "plan/{}/": make_item(period=ours.period).pk,
        "plan/{}/vem/": make_item(period=ours.period).pk,
        "att-godkanna/{}/": approval.pk,
        "mojliggorare/{}/avsluta/": make_role_contract(group=ours.period.group).pk,
        "plan/{}/ta-over/": make_item(period=ours.period).pk,
        "att-godkanna/{}/ta-tillbaka/": approval.pk,
        "avslut/ta-bort/{}/": thing.pk,
        "medlemmar/{}/ta-tillbaka/": someone.pk,
    }


ONLY_POST = ("plan/{}/ta-over/", "att-godkanna/{}/ta-tillbaka/", "avslut/ta-bort/{}/", "medlemmar/{}/ta-tillbaka/")


@pytest.mark.parametrize("path", [*PAGES, *CHANGES, "plan/1/", "att-godkanna/1/", "mojliggorare/1/avsluta/"])
def test_without_a_link_every_page_leads_to_the_way_in(client: Client, path: str) -> None:
    method = client.post if path in CHANGES else client.get

    assert method(f"/min-sida/{path}").url.startswith("/min-sida/in/")  # type: ignore[attr-defined]


def test_a_link_that_was_closed_leads_to_the_way_in(client: Client) -> None:
    ours = at_work(client)
    revoke(ours.link, now=NOW)

    for path in PAGES:
        assert client.get(f"/min-sida/{path}").url.startswith("/min-sida/in/"), path  # type: ignore[attr-defined]


def test_nobody_reaches_another_groups_things(client: Client) -> None:
    theirs = things_of(a_group_at_work())
    at_work(client)

    for path, pk in theirs.items():
        address = f"/min-sida/{path.format(pk)}"
        assert client.post(address, {"status": "done", "decision": "no"}).status_code == 404, path
        assert client.get(address).status_code == (405 if path in ONLY_POST else 404), path


def test_a_number_that_no_row_can_have_is_not_found(client: Client) -> None:
    at_work(client)

    for path in ("plan/{}/", "att-godkanna/{}/", "mojliggorare/{}/avsluta/"):
        assert client.get(f"/min-sida/{path.format('9' * 30)}").status_code == 404


def test_before_there_is_a_group_its_pages_do_not_exist(client: Client) -> None:
    support_request = make_request()
    opened = open_link(LinkPurpose.SUPPORT, contact=support_request.contact, about=support_request, now=NOW)
    come_in(client, opened.link)

    for path in PAGES:
        expected = 200 if path == "moten/" else 404
        assert client.get(f"/min-sida/{path}").status_code == expected, path


def test_looking_changes_nothing_and_is_kept_by_no_cache(client: Client) -> None:
    ours = at_work(client)
    paths = [*PAGES, *(path.format(pk) for path, pk in things_of(ours).items() if path not in ONLY_POST)]
    before = list(ours.period.log.values_list("pk", flat=True))

    for path in paths:
        response = client.get(f"/min-sida/{path}")
        assert (path, response.status_code) == (path, 200)
        assert response["Cache-Control"] == "private, no-store", path
        assert client.head(f"/min-sida/{path}").status_code == 200, path

    ours.period.refresh_from_db()
    assert ours.period.phase == Phase.START
    assert list(ours.period.log.values_list("pk", flat=True)) == before


@pytest.mark.parametrize("path", CHANGES)
def test_what_changes_something_is_only_posted(client: Client, path: str) -> None:
    ours = at_work(client)

    assert client.get(f"/min-sida/{path}").status_code == 405
    ours.period.refresh_from_db()
    assert ours.period.phase == Phase.START


FORMS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("hur-gar-det/", "comment", {"going": "well", "drives": "yes", "wish": "same"}),
    ("vi-har-traffats/", "text", {"held_on": "2026-08-31"}),
    ("plan/ny/", "text", {"kind": "task", "owner_side": "group", "once_key": str(uuid4())}),
    ("plan/ny/", "owner", {"kind": "task", "owner_side": "group", "text": "Ringa"}),
    ("avslut/", "text", {"kind": "other"}),
    ("medlemmar/bjud-in/", "called", {}),
    ("fraga/", "text", {}),
)


@pytest.mark.parametrize(("path", "name", "others"), FORMS)
@pytest.mark.parametrize("bad", ["a\x00b", "a\u202eb", "<script>alert(1)</script>", "x" * 5000])
def test_hostile_text_gets_words(client: Client, path: str, name: str, others: dict[str, Any], bad: str) -> None:
    asked(at_work(client, phase=Phase.EXIT if path == "avslut/" else Phase.START).period)

    response = client.post(f"/min-sida/{path}", {**others, name: bad}, follow=True)

    page = response.content.decode()
    assert response.status_code == 200
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert "\x00" not in page
    if len(bad) > 1000:
        assert "Texten är för lång" in page or "Skriv högst" in page


@pytest.mark.parametrize(("path", "name", "others"), FORMS)
def test_a_megabyte_is_refused_in_words(client: Client, path: str, name: str, others: dict[str, Any]) -> None:
    asked(at_work(client).period)

    response = client.post(f"/min-sida/{path}", {**others, name: "å" * 1_000_000})

    assert response.status_code == 400
    assert "<h1" in response.content.decode()


def test_every_field_bears_what_no_browser_sends(client: Client) -> None:
    ours = at_work(client)
    item = make_item(period=ours.period)
    asked(ours.period)
    for path, data in (
        ("hur-gar-det/", {"going": "\x00", "drives": ["a", "b"], "wish": "x" * 900, "pause_until": "32"}),
        ("hur-gar-det/", {"number": "\x00"}),
        ("styrkor/", {"why": "\x00"}),
        ("klarar-vi-oss/", {"several_lead": "\x00"}),
        (f"plan/{item.pk}/vem/", {"owner_side": "\x00"}),
        ("plan/ny/", {"kind": "\x00", "once_key": "\x00"}),
        ("kontaktsatt/", {"channel": "\x00"}),
        ("moten/", {"slot": "\x00"}),
    ):
        response = client.post(f"/min-sida/{path}", data, follow=True)
        assert (path, response.status_code) == (path, 200)
        assert text_of(response)
