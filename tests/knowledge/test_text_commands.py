"""What editors do with a text in the admin: publish it, take it away, answer for who could be recognised."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client

from groups.actions.approvals import decide_approval
from groups.enums import ApprovalKind, Decision
from groups.models import Approval
from knowledge.actions import links
from knowledge.actions.external_links import Answer
from knowledge.caching import forget
from knowledge.enums import Risk, State
from knowledge.models import Example, LinkCheck, ShortText
from people.models import User
from tests.factories import NOW, TODAY, make_contact, make_group, make_member
from tests.knowledge.desk import address, form_on, listed, whole_example, whole_tool
from tests.knowledge.texts import make_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

ALL_GONE = {risk.value: "gone" for risk in Risk}


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    forget()
    client.force_login(editor)
    return client


@pytest.fixture
def asked(office):
    """An example about a real group that can be asked."""
    group = make_group(office=office)
    member = make_member(group=group)
    example = whole_example("Värmen kom", state=State.REVIEW, is_invented=False, group=group, contributed_at=NOW)
    return example, member


def buttons(client, row):
    """The commands on the page of a row, by name."""
    return [button.name for button in client.get(address(row)).context["buttons"]]


def say(client, row, name, **answers):
    return client.post(address(row, name), answers, follow=True).content.decode()


def test_a_withdrawn_text_is_gone_at_once_and_still_so_when_it_is_written_anew(desk):
    tool = whole_tool()
    url = f"/verktyg/{tool.slug}/"
    assert Client().get(url).status_code == HTTPStatus.OK

    page = desk.get(address(tool, "withdraw")).content.decode()
    assert "svar 410" in page
    say(desk, tool, "withdraw")
    assert Client().get(url).status_code == HTTPStatus.GONE

    say(desk, tool, "put-back")
    assert Client().get(url).status_code == HTTPStatus.GONE
    say(desk, tool, "publish")
    assert Client().get(url).status_code == HTTPStatus.OK


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (whole_tool, "En handbok som redan är gjord har den kvar."),
        (whole_example, "En handbok som har exemplet med sig tas bort"),
        (make_page, "Sidan försvinner direkt"),
    ],
)
def test_what_happens_is_told_in_the_words_of_each_kind(make, words, desk):
    told = desk.get(address(make(), "withdraw")).content.decode()

    assert words in told
    assert ("exemplet" in told) == (make is whole_example)


def test_a_page_that_is_written_anew_says_that_it_is_gone_too(desk):
    page = make_page("/volontar/")
    say(desk, page, "withdraw")

    say(desk, page, "put-back")

    assert Client().get("/volontar/").status_code == HTTPStatus.GONE


def test_what_is_missing_is_said_when_someone_tries_to_publish(desk):
    tool = whole_tool(state=State.DRAFT, when="", steps=[])

    assert "Det här saknas än: när, steg." in say(desk, tool, "publish")
    tool.refresh_from_db()
    assert tool.state == State.DRAFT


def test_a_text_is_scheduled_and_the_page_says_when(desk):
    page = make_page(state=State.DRAFT)

    say(desk, page, "schedule", on="2026-12-01", time="08:30")

    assert "Publiceras 1 december 2026 08.30" in desk.get(address(page)).content.decode()
    assert "Tiden har passerat" in say(desk, page, "schedule", on="2020-12-01", time="08:30")


def test_a_text_that_could_not_come_out_says_so(desk):
    page = make_page(state=State.READY, publish_at=NOW - timedelta(hours=1), body="")

    assert "texten fick inte komma ut" in desk.get(address(page)).content.decode()


def test_a_text_is_marked_as_read_through(desk):
    page = make_page(review_by=TODAY)

    assert "Antecknat." in say(desk, page, "mark-read")

    page.refresh_from_db()
    assert page.reviewed_on == TODAY
    assert "Senast läst igenom" in desk.get(address(page)).content.decode()


@pytest.mark.parametrize(
    ("state", "names"),
    [
        (State.DRAFT, ["ready"]),
        (State.READY, ["publish", "schedule", "put-back"]),
        (State.PUBLISHED, ["mark-read", "withdraw"]),
        (State.WITHDRAWN, ["put-back"]),
    ],
)
def test_only_what_can_be_done_has_a_button(desk, state, names):
    assert buttons(desk, whole_example(state=state)) == names


def test_every_risk_is_answered_for(desk, asked):
    example, _member = asked

    said = say(desk, example, "risks", **ALL_GONE | {Risk.QUOTE.value: ""})

    assert "Svara nej eller ja" in said
    example.refresh_from_db()
    assert (example.risks_cleared, example.checked_at) == ([], None)


def test_a_risk_that_is_left_is_kept_and_nobody_is_asked(desk, asked):
    example, _member = asked

    say(desk, example, "risks", **ALL_GONE | {Risk.NAMES.value: "left"})

    example.refresh_from_db()
    assert (len(example.risks_cleared), example.checked_at) == (len(Risk) - 1, None)
    assert "Ingen har svarat nej på det här än: Det står namn" in desk.get(address(example)).content.decode()
    assert "ask" not in buttons(desk, example)


def test_what_was_answered_about_risks_does_not_hold_for_other_words(desk, asked):
    example, _member = asked
    say(desk, example, "risks", **ALL_GONE)

    desk.post(address(example), form_on(desk, address(example)) | {"quote": "Jag heter Alva och bor på nian."})

    example.refresh_from_db()
    assert (example.quote, example.risks_cleared, example.checked_by) == ("Jag heter Alva och bor på nian.", [], None)
    assert "ask" not in buttons(desk, example)


def test_an_example_goes_from_the_desk_to_the_group_and_out(desk, asked, editor):
    example, member = asked

    say(desk, example, "risks", **ALL_GONE)
    example.refresh_from_db()
    assert (example.checked_by, example.checked_at) == (editor, NOW)
    say(desk, example, "ask")
    example.refresh_from_db()
    assert example.state == State.APPROVAL
    assert "publish" not in buttons(desk, example)
    _yes(example, member)
    say(desk, example, "publish")

    assert Client().get(f"/exempel/{example.slug}/").status_code == HTTPStatus.OK
    assert "Gruppen har sagt ja till just den här texten." in desk.get(address(example)).content.decode()


def test_other_words_than_the_group_said_yes_to_are_nobodys_to_read(desk, asked):
    example, member = asked
    say(desk, example, "risks", **ALL_GONE)
    say(desk, example, "ask")
    _yes(example, member)
    say(desk, example, "publish")
    assert "Ändrar du orden frågar vi gruppen igen." in desk.get(address(example)).content.decode()

    desk.post(address(example), form_on(desk, address(example)) | {"outcome": "Något annat hände."})

    example.refresh_from_db()
    assert example.state == State.APPROVAL
    assert Client().get(f"/exempel/{example.slug}/").status_code != HTTPStatus.OK
    assert Approval.objects.about(example).filter(decision="", superseded_at__isnull=True).count() == 1


def _yes(example, member):
    approval = Approval.objects.about(example).get(kind=ApprovalKind.EXAMPLE, superseded_at__isnull=True)
    decide_approval(approval, decision=Decision.YES, member=member, now=NOW)


def test_whoever_sent_an_example_in_gets_a_page_of_their_own(desk, office):
    example = whole_example(
        state=State.REVIEW, is_invented=False, contact=make_contact(called="Kim"), contributed_at=NOW
    )

    say(desk, example, "take-in", alias="Värmegruppen", office=office.pk)

    example.refresh_from_db()
    assert (example.group.alias, example.contact) == ("Värmegruppen", None)


def test_how_to_reach_whoever_sent_it_in_is_not_on_the_desk(desk):
    contact = make_contact(called="Ulvsnår", channel="sms", phone="+46701740699")
    example = whole_example(state=State.REVIEW, is_invented=False, contact=contact, contributed_at=NOW)

    for url in (address(example), listed(Example), address(example, "take-in")):
        said = desk.get(url).content.decode()
        assert [one for one in ("Ulvsnår", "174 06 99", "1740699") if one in said] == [], url


def test_what_came_in_is_never_made_invented_by_a_tick(desk, asked):
    example, _member = asked

    desk.post(address(example), form_on(desk, address(example)) | {"is_invented": "on"})

    example.refresh_from_db()
    assert not example.is_invented


def test_a_short_text_comes_out_with_a_name_and_goes_with_new_words(desk, editor):
    short = ShortText.objects.create(language="so", title="Taageero", body="Waa bilaash.", changed_at=NOW)

    assert "Skriv vem som kollade texten" in say(desk, short, "checked", checked_by="", checked_on="2026-09-01")
    say(desk, short, "checked", checked_by="Hodan", checked_on="2026-09-01")
    short.refresh_from_db()
    assert (short.checked_by, short.recorded_by) == ("Hodan", editor)
    assert "Waa bilaash." in Client().get("/sprak/so/").content.decode()

    desk.post(address(short), form_on(desk, address(short)) | {"body": "Waa lacag la'aan."})

    short.refresh_from_db()
    assert (short.body, short.checked_on) == ("Waa lacag la'aan.", None)
    assert Client().get("/sprak/so/").status_code == HTTPStatus.NOT_FOUND


def test_broken_links_stand_on_the_page_of_the_text_and_in_their_list(desk):
    page = make_page(title="Om oss", body="[Bort](/finns-inte/)")
    make_page(body="[Hit](https://exempel.se/)")
    links.check_links(NOW, ask=lambda url: Answer(200))

    assert "/finns-inte/" in desk.get(address(page)).content.decode()
    said = desk.get(listed(LinkCheck)).content.decode()
    assert ("Om oss" in said, "https://exempel.se/" in said) == (True, False)
    assert "https://exempel.se/" in desk.get(listed(LinkCheck, "?show=all")).content.decode()
    assert desk.get("/admin/knowledge/linkcheck/add/").status_code == HTTPStatus.FORBIDDEN
    assert "Om oss" in desk.get(listed(type(page), "?show=links")).content.decode()
