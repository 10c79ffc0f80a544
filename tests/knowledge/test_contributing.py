"""Anyone may tell what their group did: eight questions without an account, and nothing that can do harm."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.core import signing
from django.db import connection
from django.test import Client

from knowledge.enums import State
from knowledge.models import Example
from people.models import Contact, Message, User
from people.views import floods
from tests.factories import make_staff
from tests.knowledge.contributing import ANSWERS, URL, contributed, send
from tests.support.admin_pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

HEADINGS = ["Vad var fel?", "Vilka är ni?", "Var hände det?", "Vem hade ansvar?", "Vad gjorde ni?", "Vad hände sedan?"]


def test_the_page_has_eight_questions_and_says_that_nothing_is_public_without_a_yes(client: Client) -> None:
    page = text_of(client.get(URL))

    assert [f"{number}. {heading}" in page for number, heading in enumerate(HEADINGS, 1)] == [True] * 6
    assert "7. Vad lärde ni er?" in page
    assert "8. Hur når vi dig?" in page
    assert "9. " not in page
    assert "Inget blir publicerat utan ert ja." in page
    assert "vi kan inte be om ert ja" in page


def test_eight_answers_become_an_example_that_waits_for_an_editor(client: Client) -> None:
    response = send(client)

    example = Example.objects.get()
    steps = [(step.number, step.title, step.text) for step in example.steps.all()]
    assert response.url == f"{URL}tack/"
    assert (example.state, example.is_invented, example.published_at) == (State.REVIEW, False, None)
    assert (example.title, example.slug) == ("Elementen var kalla", "elementen-var-kalla")
    assert (example.who, example.size_band, example.setting, example.place) == (
        "Hyresgäster i samma hus",
        "5-9",
        "town",
        "Lindhaga",
    )
    assert (example.duty_bearer_kind, example.duty_bearer) == ("landlord", "Bostadsbolaget")
    assert (example.outcome, example.did_not_work, example.learned) == (
        "Värmen lagades.",
        "Att ringa.",
        ["Mät själva.", "Gå tillsammans."],
    )
    assert steps == [
        (1, "Vi mätte varje kväll", "Alla skrev upp."),
        (2, "Vi lämnade tabellen till värden", "Vi lämnade tabellen till värden."),
    ]


def test_numbers_and_points_before_the_lines_are_not_words(client: Client) -> None:
    example = contributed(steps="1. Vi gick. Alla.\n2) Vi skrev\n-", learned="- Mät\n• Skriv")

    assert [step.title for step in example.steps.all()] == ["Vi gick", "Vi skrev"]
    assert example.learned == ["Mät", "Skriv"]


def test_what_has_come_in_is_read_by_nobody(client: Client) -> None:
    example = contributed()

    assert client.get(f"/exempel/{example.slug}/").status_code == 404
    assert "Elementen" not in text_of(client.get("/exempel/"))


def test_the_preview_shows_the_words_and_sends_nothing(client: Client) -> None:
    page = send(client, button="")

    text = text_of(page)
    assert "Ingenting är skickat än." in text
    assert "Vi mätte varje kväll Alla skrev upp." in text
    assert "Hyresgäster i samma hus, 5–9" in text
    assert page.headers["Cache-Control"] == "private, no-store"
    assert not Example.objects.exists()


def test_the_preview_is_sent_as_it_stands_and_change_leads_back_with_everything(client: Client) -> None:
    hidden = send(client, button="").context["posted"]
    posted: dict[str, Any] = dict(hidden)

    back = client.post(URL, {**posted, "change": "1"}).content.decode()
    sent = client.post(URL, {**posted, "send": "1"})

    assert [value in back for value in ("Elementen var kalla.", "Lindhaga", "Gå tillsammans.")] == [True] * 3
    assert sent.status_code == 302
    assert Example.objects.get().outcome == "Värmen lagades."


def test_whoever_can_be_reached_gets_thanks_and_the_editors_a_line_without_words(editor: User) -> None:
    example = contributed(wrong="Hemligt fel.")

    contact = Contact.objects.get()
    said = Message.objects.order_by("pk")
    assert (example.contact, contact.called, contact.phone, contact.discreet) == (contact, "Alva", "+46701740615", True)
    assert [(one.kind, one.contact, one.user) for one in said] == [
        ("knowledge.example_thanks", contact, None),
        ("knowledge.example_came_in", None, editor),
    ]
    assert "Hemligt" not in "".join(one.subject + one.text + one.short + one.neutral for one in said)


@pytest.mark.parametrize(
    ("way", "is_known"),
    [({"channel": "none"}, False), ({"channel": "call", "call_phone": "031-390 06 10"}, True)],
)
def test_thanks_are_said_only_where_someone_asked_for_writing(way: dict[str, str], is_known: bool) -> None:
    example = contributed(**{"may_say_who_we_are": "no"} | way)

    assert (example.contact is not None) == is_known
    assert not Message.objects.filter(contact__isnull=False).exists()


def test_whoever_cannot_be_reached_is_told_what_that_means(client: Client) -> None:
    page = text_of(send(client, button="", channel="none"))

    assert "Men vi kan inte publicera det, för vi kan inte be om ert ja." in page


def test_what_is_missing_is_said_and_nothing_that_was_written_is_lost(client: Client) -> None:
    page = send(client, outcome="", sms_phone="123").content.decode()

    assert "Berätta vad som hände sedan" in page
    assert [value in page for value in ("Elementen var kalla.", "Lindhaga", "Gå tillsammans.")] == [True] * 3
    assert not Example.objects.exists()


def test_the_same_page_sent_twice_is_one_example(client: Client, editor: User) -> None:
    key = str(uuid4())

    urls = [send(client, once_key=key).url for _n in range(2)]

    assert urls == [f"{URL}tack/"] * 2
    assert (Example.objects.count(), Contact.objects.count(), Message.objects.count()) == (1, 1, 2)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_are_one_example() -> None:
    key = str(uuid4())

    def click(_n: int) -> int:
        try:
            return int(send(Client(), once_key=key).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(click, range(4)))

    assert answers == [302] * 4
    assert (Example.objects.count(), Contact.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_groups_with_the_same_words_at_the_same_moment_lose_nothing() -> None:
    together = Barrier(4)

    def tell(_number: int) -> int:
        try:
            together.wait()
            return int(send(Client()).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(tell, range(4)))

    assert (answers, Example.objects.count()) == ([302] * 4, 4)


def test_two_groups_with_the_same_words_get_addresses_of_their_own() -> None:
    slugs = {contributed().slug for _n in range(3)}

    assert len(slugs) == 3
    assert contributed(wrong="Lamna").slug != "lamna"
    assert contributed(wrong="سؤال").slug == "exempel"


@pytest.mark.parametrize("guard", [{"website": "https://spam.example"}, {"opened": ""}])
def test_a_program_is_shown_the_page_once_more_and_a_person_loses_nothing(
    client: Client, guard: dict[str, str]
) -> None:
    guard = {"opened": signing.dumps("opened", salt="people.form_guards")} if "opened" in guard else guard

    page = send(client, **guard)

    assert "Kolla texten en gång till." in text_of(page)
    assert "Elementen var kalla." in page.content.decode()
    assert not Example.objects.exists()


def test_a_personal_number_is_asked_about_before_anything_is_kept(client: Client) -> None:
    wrong = "Hon heter 19811218-9876 i registret."

    page = send(client, wrong=wrong)
    posted: dict[str, Any] = dict(page.context["posted"])

    assert "Det ser ut som ett personnummer" in text_of(page)
    assert not Example.objects.exists()
    assert client.post(URL, {**posted, "personnummer": "ta-bort"}).status_code == 302
    assert "9876" not in Example.objects.get().wrong


def test_a_flood_from_one_network_is_stopped_and_keeps_what_was_written(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(floods, "SENT_A_DAY", 1)
    send(client)

    page = send(client, wrong="Lekplatsen var stängd.")

    assert page.status_code == 429
    assert "Lekplatsen var stängd." in page.content.decode()
    assert Example.objects.count() == 1


def test_a_line_longer_than_a_point_becomes_several_and_too_many_lines_are_asked_about(client: Client) -> None:
    example = contributed(learned="Mät själva varje kväll. " * 20 + "\n" + "[" * 290)
    page = text_of(send(client, steps="Vi gick.\n" * 21))

    assert all(len(line) <= 300 for line in example.learned)
    assert " ".join(example.learned).count("Mät själva") == 20
    assert "Skriv högst 20 rader." in page


@pytest.mark.parametrize("name", [name for name in ANSWERS if name != "called"])
@pytest.mark.parametrize("value", ["a\x00b", "\u202eabc", "\ufffd"])
def test_whatever_is_sent_is_answered_with_a_page(client: Client, name: str, value: str) -> None:
    assert send(client, **{name: value}).status_code in {200, 302}


def test_far_too_much_text_is_asked_about_and_what_no_person_wrote_is_refused(client: Client) -> None:
    long = send(client, wrong="x" * 100_000)
    huge = send(client, wrong="x" * 1_000_000)

    assert "Texten är för lång." in text_of(long)
    assert (huge.status_code, Example.objects.exists()) == (400, False)


def test_the_thanks_say_what_happens_now(client: Client) -> None:
    page = text_of(client.get(f"{URL}tack/"))

    assert "Ni får läsa den, och säga ja eller nej." in page
    assert client.post(f"{URL}tack/").status_code == 405
    assert client.put(URL).status_code == 405


def test_only_editors_see_who_has_contributed(leader: User, programme_manager: User, treasurer: User) -> None:
    contributed()
    example, everyone = Example.objects.get(), Example.objects

    readers = [make_staff(is_superuser=True), programme_manager, leader, treasurer]

    assert [example in everyone.visible_to(user) for user in readers] == [True, True, False, False]
    assert [Contact.objects.visible_to(user).exists() for user in readers] == [True, True, False, False]


@pytest.mark.parametrize(
    ("wrong", "title", "step"),
    [
        ("... och så var det kallt. Sedan dog det", "och så var det kallt", "och så var det kallt. Sedan dog det"),
        (". Hej. Då", "Hej", "Hej. Då"),
        ("...", "…", "…"),
        ("\u200d", "…", "…"),
    ],
)
def test_an_example_and_its_steps_always_have_a_title_that_can_be_read(wrong: str, title: str, step: str) -> None:
    example = contributed(wrong=wrong, steps=wrong)

    assert (example.title, [one.title for one in example.steps.all()]) == (title, [step])
