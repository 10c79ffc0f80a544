"""A group's whole life with the programme, through the real thing, in the time it takes to drink a cup of coffee.

HTTP form → admin → Celery worker woken by beat over a real broker → real SMTP server. Time is stepped to each next
moment at which something is due.
"""

import re
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from groups.models import Municipality
from people import clock
from people.calendar import STOCKHOLM, stockholm_moment
from people.enums import Role
from people.form_guards import FASTEST_SECONDS
from people.models import Message, PrivateLink
from support.actions.sweeps import next_due_moment
from support.enums import CheckInState, Phase
from support.models import CheckIn, SupportPeriod, SupportRequest
from tests.factories import make_office, make_staff
from tests.system.portal import Letter, NoHeartbeat, Portal, running_portal
from tests.system.visitor import Visitor

pytestmark = pytest.mark.system

GROUP = "noor@example.org"
LEADER = "maja@example.org"
BEGINS = stockholm_moment(date(2026, 1, 13), time(9, 0))  # a Tuesday; a step ahead or back is all the same

Told = tuple[str, str, str, str]
"""When in Stockholm, to whom, under which subject, and of which kind one letter came."""


def told(letter: Letter) -> Told:
    at = letter.at.astimezone(STOCKHOLM)
    kind = Message.objects.get(message_id=letter.message["Message-ID"]).kind
    return (f"{at:%Y-%m-%d %H}", letter.to, letter.subject, kind)


def to_group(at: str, kind: str) -> Told:
    """A discreet contact: every letter looks the same from outside."""
    return (at, GROUP, "Svar på din fråga", f"support.{kind}")


def to_leader(at: str, subject: str, kind: str) -> Told:
    return (at, LEADER, subject, kind)


EXPECTED = [
    to_group("2026-01-13 09", "request_received"),
    to_leader("2026-01-13 09", "Ny förfrågan", "support.request_new"),
    to_leader("2026-01-13 09", "Koden för att logga in", "people.sign_in_code"),
    to_group("2026-01-13 09", "request_taken"),
    to_group("2026-01-13 09", "slots_offered"),
    to_group("2026-01-13 09", "meeting_booked"),
    to_leader("2026-01-13 09", "En grupp har valt en tid", "support.slot_taken"),
    to_group("2026-01-17 19", "meeting_reminder"),  # 48 hours before is a Sunday: earlier, in the last open hour
    to_group("2026-01-20 08", "meeting_reminder"),  # 2 hours before
    to_group("2026-01-20 12", "request_accepted"),
    to_group("2026-01-27 08", "check_in_asked"),
    to_group("2026-02-11 08", "check_in_asked"),
    to_group("2026-02-16 08", "check_in_reminder"),  # four days later is a Sunday: on Monday
    to_leader("2026-02-21 00", "En grupp har inte svarat", "support.check_in_missed"),  # day ten
    to_group("2026-02-25 08", "check_in_asked"),
    to_group("2026-03-23 08", "check_in_soon"),  # four weeks or more: said three days before
    to_group("2026-03-26 08", "check_in_asked"),
    to_group("2026-05-19 08", "check_in_soon"),
    to_group("2026-05-22 08", "check_in_asked"),
    to_leader("2026-05-23 09", "En grupp vill avsluta", "support.exit_wished"),
    to_leader("2026-05-23 09", "En grupp har skrivit under avslutet", "support.exit_signed"),
    to_group("2026-05-23 09", "self_reliant"),
    to_group("2026-08-21 08", "check_in_soon"),  # after three months, then six, then twelve
    to_group("2026-08-24 08", "after_care_asked"),
    to_group("2026-11-20 08", "check_in_soon"),
    to_group("2026-11-23 08", "after_care_asked"),
    to_group("2027-05-21 08", "check_in_soon"),
    to_group("2027-05-24 08", "after_care_asked"),
    to_group("2027-05-25 09", "period_closed"),
]


@pytest.fixture
def redis_db(worker_id: str) -> int:
    """A database number of Valkey that no other test uses at the same time."""
    return 8 + int(worker_id.removeprefix("gw")) % 8 if worker_id != "master" else 8


def begin(portal: Portal) -> None:
    portal.step_to(BEGINS)
    office = make_office(name="Göteborg", slug="goteborg")
    Municipality.objects.filter(name="Göteborg").update(office=office)
    make_staff(Role.LEADER, office=office, email=LEADER, name="Maja Lind")


def ask_for_support(portal: Portal) -> Visitor:
    """The eleven questions, one page after the other, and the page that says thank you: there the person is now."""
    person = Visitor(portal.url)
    person.get("/stod/")
    person.get("/stod/vem/").submit(asker="member")
    person.submit(what="Det är 16 grader inne hela vintern.")
    person.submit(size_band="5-9", in_common="Vi bor i samma hus.")
    person.submit(place="Göteborg", area="Almhöjden")
    person.submit(responsible=["landlord"])
    person.submit(supports=["startup", "knowledge"])
    person.submit(urgency="no")
    person.submit(channel="email", email=GROUP, may_say_who_we_are="no")
    person.submit(called="Noor")
    person.submit(languages=["sv"], wants_interpreter="no")
    person.submit()
    assert "Kolla svaren" in person.text
    sleep(FASTEST_SECONDS + 0.5)  # as a person who reads does; a program would get the page once more
    person.submit()
    assert "Tack. Vi har fått er förfrågan." in person.text
    return person


def sign_in(portal: Portal) -> Visitor:
    """With a code by e-mail, as staff do."""
    leader = Visitor(portal.url)
    leader.get("/admin/")
    leader.get("/konto/login/code/").submit(form_with="email", email=LEADER)
    portal.settle()
    code = re.search(r"Din kod är (\S+)\.", portal.letterbox.to(LEADER)[-1].text)
    assert code is not None, portal.letterbox.to(LEADER)[-1].text
    leader.submit(form_with="code", code=code[1])
    leader.get("/admin/")
    assert "Logga ut" in leader.text
    return leader


def do(leader: Visitor, row: SupportRequest | SupportPeriod, command: str, **answers: Any) -> None:
    """One of the leader's commands in the admin."""
    path = f"/admin/support/{row._meta.model_name}/{row.pk}/{command}/"
    leader.get(path).submit(**answers)
    if any("send" in dict(form.buttons) for form in leader.page.forms):
        leader.submit(button="send")
    assert "Fel:" not in leader.text, leader.text


def open_letter(portal: Portal, code: str) -> Visitor:
    """The group opens the link in its newest letter; a discreet one asks for the code as well."""
    person = Visitor(portal.url)
    address = re.search(r"https?://\S+/min-sida/\S+", portal.letterbox.to(GROUP)[-1].text)
    assert address is not None, portal.letterbox.to(GROUP)[-1].text
    person.get("/min-sida/" + address[0].partition("/min-sida/")[2])
    if any(form.has("code") for form in person.page.forms if form.in_main):
        person.submit(form_with="code", code=code)
    return person


def meet_and_begin(portal: Portal, leader: Visitor) -> SupportPeriod:
    """Taken, a time offered and picked, met, begun."""
    request = SupportRequest.objects.get()
    code = PrivateLink.objects.get().code
    do(leader, request, "take")
    do(leader, request, "offer", day_1="2026-01-20", clock_1="10:00", place_kind="place", place="Biblioteket")
    portal.settle()
    slot = str(request.slots.get().pk)
    picked = open_letter(portal, code).submit(slot=slot)
    assert "Mötet är bestämt" in picked.text
    live_until(portal, stockholm_moment(date(2026, 1, 20), time(12, 0)))
    meeting = request.meetings.get()
    path = f"/admin/support/intakemeeting/{meeting.pk}/record/"
    leader.get(path).submit(state="held", shared_notes="Ni börjar med att mäta.", internal_note="")
    do(leader, request, "accept", which="new", alias="Värmegruppen", supports=["knowledge"])
    portal.settle()
    return SupportPeriod.objects.get()


def live_until(portal: Portal, end: datetime) -> None:
    """Steps from one moment at which something is due to the next."""
    while (moment := next_due_moment(clock.now())) and moment < end:
        portal.step_to(max(moment, clock.now()))
    portal.step_to(end)


def next_question(portal: Portal, period: SupportPeriod) -> CheckIn:
    """Lives on until the group is asked how it is going, and to the morning after."""
    asked = period.check_ins.filter(state=CheckInState.ASKED)
    while not asked.exists():
        portal.step_to(next_due_moment(clock.now()) or clock.now())
    question = asked.get()
    live_until(portal, stockholm_moment(question.expected + timedelta(days=1), time(9, 30)))
    return question


def answer(portal: Portal, code: str, **answers: Any) -> Visitor:
    """The three taps, and the fourth where the contact way is to be checked."""
    page = open_letter(portal, code)
    asks_still_safe = any(form.has("still_safe") for form in page.page.forms)
    page.submit(**answers, **({"still_safe": "yes"} if asks_still_safe else {}))
    assert "Tack för svaret" in page.text or "Ert nät av styrkor" in page.text, page.text
    portal.settle()
    return page


def end_together(portal: Portal, leader: Visitor, period: SupportPeriod, page: Visitor) -> None:
    """What the group keeps is listed, and both sides sign."""
    page.get("/min-sida/avslut/")
    assert "Vi avslutar tillsammans" in page.text, page.text
    page.submit(form_with="kind", kind="contacts", text="Listan med kontakter")
    page.submit(form_with="Vi skriver under")
    portal.settle()
    do(leader, period, "sign")
    portal.settle()


def test_a_group_is_followed_from_its_first_question_to_self_reliance(
    tmp_path: Path, redis_db: int, django_db_blocker: DjangoDbBlocker, settings: Any
) -> None:
    settings.CLOCK_MAY_BE_STEPPED = True

    with django_db_blocker.unblock(), running_portal(tmp_path, redis_db=redis_db) as portal:
        begin(portal)
        ask_for_support(portal)
        leader = sign_in(portal)
        period = meet_and_begin(portal, leader)
        code = PrivateLink.objects.get().code
        next_question(portal, period)
        answer(portal, code, going="well", drives="partly", wish="further")
        next_question(portal, period)  # nobody answers this one
        live_until(portal, clock.now() + timedelta(days=11))
        for _ in range(2):
            next_question(portal, period)
            answer(portal, code, going="well", drives="yes", wish="further")
        next_question(portal, period)
        page = answer(portal, code, going="well", drives="yes", wish="finish")
        end_together(portal, leader, period, page)
        period.refresh_from_db()
        assert period.phase == Phase.SELF_RELIANT
        for _ in range(3):
            next_question(portal, period)
            answer(portal, code, going="well", drives="yes", wish="same")
        portal.settle()
        period.refresh_from_db()
        came = [told(letter) for letter in portal.letterbox.letters]

    assert period.phase == Phase.CLOSED
    assert sorted(came) == sorted(EXPECTED)  # two workers may send what is due at once in either order


def test_without_beat_nothing_of_it_happens(
    tmp_path: Path, redis_db: int, django_db_blocker: DjangoDbBlocker, settings: Any
) -> None:
    settings.CLOCK_MAY_BE_STEPPED = True

    with django_db_blocker.unblock(), running_portal(tmp_path, redis_db=redis_db, with_beat=False) as portal:
        ask_for_support(portal)
        with pytest.raises(NoHeartbeat):
            begin(portal)

        assert portal.letterbox.letters == []
