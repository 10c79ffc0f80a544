"""What anyone reads about trainings: the list with its picks, a course, and a session in all its states."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.factories import NOW, make_course, make_office, make_registration, make_session
from tests.support.walking import text_of
from tests.training.public_kit import form_of, page_of
from training.enums import AccessFact, Audience, CourseKind, CourseTopic, RegistrationState, SessionState

LIST = "/utbildningar/"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


def test_the_list_shows_what_is_coming_day_by_day_and_nothing_else(client: Client) -> None:
    office = make_office(name="Almhöjden", slug="almhojden")
    make_session(course=make_course(title="Krav som märks"), office=office)
    make_session(course=make_course(title="Förbi"), starts_at=NOW - timedelta(days=1))
    make_session(course=make_course(title="Utkast"), state=SessionState.DRAFT)
    make_session(course=make_course(title="Inte publik", is_public=False))

    text = text_of(client.get(LIST))

    assert "1 tillfälle" in text
    assert "tisdag 29 september Krav som märks" in text
    assert "klockan 10.00–12.00 · Almhöjden" in text
    assert "Inte publik" not in text
    undated = text[text.index("Inget datum än") :]
    assert [title in undated for title in ("Förbi", "Utkast", "Krav som märks")] == [True, True, False]


def test_what_is_called_off_stays_so_that_nobody_comes_in_vain(client: Client) -> None:
    session = make_session(state=SessionState.CANCELLED, cancelled_because="Ledaren är sjuk.")

    assert "Inställt" in text_of(client.get(LIST))
    page = text_of(client.get(page_of(session)))
    assert "Det här tillfället är inställt Ledaren är sjuk." in page
    assert "Anmäl dig" not in page


def test_picks_narrow_and_their_numbers_tell_what_one_would_find(client: Client) -> None:
    here, there = make_office(name="Almhöjden", slug="almhojden"), make_office(name="Rönnlid", slug="ronnlid")
    for_groups = make_course(title="Om krav", topic=CourseTopic.DEMANDS)
    for_all = make_course(title="Om makt", topic=CourseTopic.POWER, audience=Audience.EVERYONE)
    make_session(course=for_groups, office=here, interpreted=["ar"])
    make_session(course=for_groups, office=there)
    make_session(course=for_all, office=here, language="en")

    page = client.get(LIST, {"office": "almhojden", "audience": "groups"})

    facets = {facet.name: [(one.value, one.count) for one in facet.options] for facet in page.context["facets"]}
    assert facets == {
        "audience": [("groups", 2), ("enablers", 1)],
        "topic": [("power", 1), ("demands", 1)],
        "office": [("almhojden", 2), ("ronnlid", 1)],
        "language": [("sv", 1), ("en", 1), ("ar", 1)],
    }
    assert "2 tillfällen passar" in text_of(page)
    assert "1 tillfälle passar" in text_of(client.get(LIST, {"language": "ar"}))


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    assert "Just nu finns inga tillfällen. Ring oss" in text_of(client.get(LIST))
    make_session()
    nothing = text_of(client.get(LIST, {"topic": "roles"}))
    assert "Inget tillfälle passar med allt det här." in nothing
    assert "Visa alla tillfällen" in nothing


@pytest.mark.parametrize("name", ["audience", "topic", "office", "language", "page", "annat"])
def test_whatever_stands_in_the_address_is_answered(client: Client, name: str) -> None:
    make_session()
    for bad in ("a\x00b", "\u202e", "x" * 3000, "<script>alert(1)</script>", "-1", "٣"):
        page = client.get(LIST, {name: [bad, bad]})

        assert page.status_code == 200
        assert "<script>alert" not in page.content.decode()


def test_a_long_list_is_shown_some_at_a_time_and_keeps_the_picks(client: Client) -> None:
    course, office = make_course(), make_office()
    host = make_session(course=course, office=office).host
    for day in range(1, 30):
        make_session(course=course, office=office, host=host, starts_at=NOW + timedelta(days=day))

    first, second = (client.get(LIST, {"audience": "groups", "page": number}) for number in (1, 2))

    assert [sum(len(rows) for _day, rows in page.context["days"]) for page in (first, second)] == [24, 6]
    assert 'href="?audience=groups&amp;page=2"' in first.content.decode()


def test_the_list_costs_as_many_queries_for_one_and_for_three(client: Client, django_assert_num_queries: Any) -> None:
    for _more in (1, 3):
        make_session()
        make_course()
        with django_assert_num_queries(3):  # what is coming, those of the page, the courses without a date
            client.get(LIST)


def test_nothing_of_the_visitor_is_kept_and_no_cookie_is_set(client: Client) -> None:
    session = make_session()
    for path in (LIST, f"/utbildningar/{session.course.slug}/", page_of(session)):
        response = client.get(path)

        assert response.headers["Cache-Control"] == "no-cache"
        assert not response.cookies


def test_a_course_says_what_one_can_do_afterwards_and_when_it_is_held(
    client: Client, django_assert_num_queries: Any
) -> None:
    course = make_course(
        title="Om makt", outcomes=["rita en maktkarta"], programme="Vi börjar med fika.", bring="Penna", kind="network"
    )
    path = f"/utbildningar/{course.slug}/"
    assert "Just nu finns inga tillfällen." in text_of(client.get(path))

    for _more in (1, 3):
        make_session(course=course)
        with django_assert_num_queries(2):
            text = text_of(client.get(path))

    assert str(CourseKind.NETWORK.label) in text
    assert "Det här kan du efteråt rita en maktkarta" in text
    assert "Så går det till Vi börjar med fika. Ta med Penna" in text
    assert text.count("tisdag 29 september") == 2


def test_a_session_says_everything_one_needs_to_know(client: Client, django_assert_num_queries: Any) -> None:
    session = make_session(
        course=make_course(title="Om makt", outcomes=["rita en maktkarta"]),
        office=make_office(name="Almhöjden"),
        place="Biblioteket, Storgatan 1",
        way_there="Buss 4 till torget.",
        interpreted=["ar", "so"],
        access=[AccessFact.LIFT, AccessFact.LOOP],
        access_notes="Ringklocka vid dörren.",
        seats=20,
        link="https://motet.example.org/hemlig",
    )

    with django_assert_num_queries(1):
        page = client.get(page_of(session))

    text = text_of(page)
    for said in (
        "tisdag 29 september klockan 10.00–12.00",
        "rita en maktkarta",
        "Många platser kvar",
        "Biblioteket, Storgatan 1",
        "Buss 4 till torget.",
        "Kostar inget",
        "Svenska",
        "العربية , Soomaali",
        "Hiss Hörslinga Ringklocka vid dörren.",
        "Leds av Maja på mobilisering",
        "För grupper",
        "Anmäl dig",
    ):
        assert said in text, said
    assert "Toalett" not in text
    assert "hemlig" not in page.content.decode()


@pytest.mark.parametrize(
    ("taken", "said"),
    [
        (0, "Många platser kvar"),
        (3, "Några platser kvar"),
        (7, "5 platser kvar"),
        (11, "1 plats kvar"),
        (12, "Fullt. Du kan ställa dig i kö."),
    ],
)
def test_seats_are_said_in_words(client: Client, taken: int, said: str) -> None:
    session = make_session(seats=12)
    for _n in range(taken):
        make_registration(session=session)
    make_registration(session=session, state=RegistrationState.WAITLISTED)

    page = text_of(client.get(page_of(session)))

    assert said in page
    assert ("Ställ dig i kö" in page) == (taken == 12)
    assert said in text_of(client.get(LIST))


def test_a_session_that_has_begun_or_is_over_says_so(client: Client) -> None:
    now = make_session(starts_at=NOW - timedelta(hours=1))
    over = make_session(starts_at=NOW - timedelta(days=1))

    assert "Träffen har börjat Det går inte att anmäla sig längre." in text_of(client.get(page_of(now)))
    assert "Det här tillfället är över" in text_of(client.get(page_of(over)))
    assert client.get(form_of(over)).url == page_of(over)  # type: ignore[attr-defined]


def test_drafts_and_what_is_not_public_are_not_there(client: Client) -> None:
    draft = make_session(state=SessionState.DRAFT)
    hidden = make_session(course=make_course(is_public=False))
    other = make_session()

    paths = [page_of(draft), page_of(hidden), form_of(draft), form_of(hidden)]
    paths += [f"/utbildningar/{hidden.course.slug}/", f"/utbildningar/{draft.course.slug}/{other.pk}/"]
    paths += [f"/utbildningar/{other.course.slug}/{10**30}/", "/utbildningar/finns-inte/"]

    assert [client.get(path).status_code for path in paths] == [404] * 8


def test_the_page_says_to_machines_what_it_says_to_readers(client: Client) -> None:
    session = make_session(course=make_course(title="</script><b>Makt"), state=SessionState.PUBLISHED)

    page = client.get(page_of(session)).content.decode()

    assert '"startDate":"2026-09-29T10:00+02:00"' in page
    assert "</script><b>" not in page
    assert 'rel="canonical"' in page


def test_names_of_those_who_come_stand_nowhere_in_public(client: Client) -> None:
    registration = make_registration(needs="Rullstol")
    registration.contact.called = "Zelda"
    registration.contact.save()
    session = registration.session

    for path in (LIST, f"/utbildningar/{session.course.slug}/", page_of(session), form_of(session)):
        page = client.get(path).content.decode()

        assert "Zelda" not in page
        assert "Rullstol" not in page


@pytest.mark.parametrize("path", [LIST, "course", "session"])
def test_a_change_is_no_matter_of_the_public_pages(client: Client, path: str) -> None:
    session = make_session()
    where = {"course": f"/utbildningar/{session.course.slug}/", "session": page_of(session)}.get(path, path)

    assert client.post(where).status_code == 405
