"""Quick steps: one click shows everything that will be done and sent, one more does it; the office changes its own."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from people.enums import Channel
from people.models import Message
from support.actions.messages import NoWayToReach
from support.actions.next_steps import DayGone
from support.actions.quick_steps import do_quick_step
from support.enums import LogKind, Phase, RequestStatus, WaitsFor
from support.models import LogEntry, QuickStep, SupportPeriod, SupportRequest
from tests.factories import NOW, TODAY, make_contact, make_group, make_member, make_office, make_period, make_request
from tests.support.admin_pages import page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

STEPS = "/admin/support/quickstep/"
EVERYTHING = {
    "kind": LogKind.CALL,
    "text": "Vi pratade.",
    "is_internal": False,
    "next_step": "Ring igen",
    "next_step_on": date(2026, 9, 8),
    "waits_for": WaitsFor.GROUP,
    "message": "Hör av er när ni vill.",
}


@pytest.fixture
def period(office, leader) -> SupportPeriod:
    group = make_group(office=office, alias="Värmegruppen")
    make_member(group=group, contact=make_contact(called="Dina", channel=Channel.SMS, phone="070-174 06 15"))
    return make_period(group=group, office=office, leader=leader)


@pytest.fixture
def step(office) -> QuickStep:
    return QuickStep.objects.create(
        office=office,
        name="Bad om mer tid",
        log_text="De bad om mer tid.",
        next_step="Hör hur det går",
        next_step_days=4,
        waits_for=WaitsFor.GROUP,
        message="Ta den tid ni behöver.",
    )


def address(row, step: QuickStep) -> str:
    return reverse(f"admin:support_{row._meta.model_name}_quick-step", args=[row.pk, step.pk])


def filled_in(response) -> dict[str, str]:
    """The page as it is sent back untouched."""
    answers = {field.name: field.value() for field in response.context["form"] if field.name != "shown"}
    answers["is_internal"] = "on" if answers["is_internal"] else ""
    return {**{name: "" if one is None else one for name, one in answers.items()}, "shown": mark_of(response)}


def mark_of(response) -> str:
    preview = response.context.get("preview")
    return preview["shown"].mark if preview else response.context["first"].mark


def test_all_of_it_is_done_at_once(period, leader):
    do_quick_step(period, **EVERYTHING, by=leader, now=NOW)

    period.refresh_from_db()
    assert (period.next_step, period.next_step_on) == ("Ring igen", date(2026, 9, 8))
    assert (period.waits_for, period.waits_since) == (WaitsFor.GROUP, NOW)
    lines = LogEntry.objects.order_by("pk").values_list("kind", "text", "is_internal")
    assert list(lines) == [("call", "Vi pratade.", False), ("message", "Hör av er när ni vill.", False)]
    assert list(Message.objects.values_list("kind", flat=True)) == ["support.message_written"]


@pytest.mark.parametrize(
    ("wrong", "refusal"), [({"next_step_on": date(2026, 8, 31)}, DayGone), ({"message": "Hej."}, NoWayToReach)]
)
def test_or_nothing_of_it_is_done(period, leader, wrong, refusal):
    if refusal is NoWayToReach:
        period.group.members.update(left_at=NOW)

    with pytest.raises(refusal):
        do_quick_step(period, **{**EVERYTHING, **wrong}, by=leader, now=NOW)

    period.refresh_from_db()
    assert (period.next_step, LogEntry.objects.count(), Message.objects.count()) == ("Boka nästa träff", 0, 0)


def test_a_call_that_nobody_answered_is_no_answer_to_the_group(office, leader):
    answered = []
    for is_internal in (True, False):
        support_request = make_request(office=office, leader=leader, status=RequestStatus.IN_REVIEW)
        said = {**EVERYTHING, "is_internal": is_internal, "message": ""}
        do_quick_step(support_request, **said, by=leader, now=NOW)
        answered.append(SupportRequest.objects.get(pk=support_request.pk).first_answer_at)

    assert answered == [None, NOW]


def test_what_is_common_and_what_is_the_offices_own_stands_on_the_page(as_leader, period, step):
    QuickStep.objects.create(office=make_office(), name="En annan orts", log_text="Hej")
    QuickStep.objects.create(office=step.office, name="Bara förfrågningar", log_text="Hej", scope="request")
    QuickStep.objects.create(office=step.office, name="Avstängt", log_text="Hej", is_active=False)

    shown = [str(button.label) for button in as_leader.get(page(period)).context["quick_steps"]]

    common = QuickStep.objects.filter(office=None).exclude(scope="request").values_list("name", flat=True)
    assert sorted(shown) == sorted([*common, "Bad om mer tid"])


def test_one_click_shows_everything_and_one_more_does_it(as_leader, period, step):
    shown = as_leader.get(address(period, step))

    told = text_of(shown)
    for words in (
        "Trygg kontakt: Dina",
        "På gruppens egen sida står Ta den tid ni behöver.",
        "Så här ser sms:et till Dina ut Hej! Vi har skrivit till er. Läs det på er sida.",
    ):
        assert words in told
    done = as_leader.post(address(period, step), filled_in(shown), follow=True)

    assert done.request["PATH_INFO"] == page(period)
    assert "Gjort. Det står i loggen, med nästa steg." in text_of(done)
    period.refresh_from_db()
    assert (period.next_step, period.next_step_on) == ("Hör hur det går", date(2026, 9, 7))  # the 5th is a Saturday
    assert LogEntry.objects.filter(is_internal=True).get().text == "De bad om mer tid."
    assert Message.objects.count() == 1


def test_a_changed_message_is_shown_again_before_it_is_sent(as_leader, period, step):
    answers = {**filled_in(as_leader.get(address(period, step))), "message": "Vi ses på torsdag."}

    again = as_leader.post(address(period, step), answers)
    nothing_yet = Message.objects.count()
    as_leader.post(address(period, step), filled_in(again))

    assert "På gruppens egen sida står Vi ses på torsdag." in text_of(again)
    assert nothing_yet == 0
    assert LogEntry.objects.get(kind=LogKind.MESSAGE).text == "Vi ses på torsdag."


def test_without_a_message_nothing_is_sent(as_leader, period, step):
    answers = {**filled_in(as_leader.get(address(period, step))), "message": ""}

    as_leader.post(address(period, step), answers)
    as_leader.post(address(period, step), {**answers, "shown": ""})

    assert (LogEntry.objects.count(), Message.objects.count()) == (1, 0)


def test_who_wants_a_call_or_gets_in_touch_is_said_in_words(as_leader, period, step):
    told = []
    for channel in (Channel.CALL, Channel.SELF):
        period.group.members.update(contact=make_contact(called="Dina", channel=channel))
        told.append(text_of(as_leader.get(address(period, step))))

    assert "Dina får inget sms eller brev Har valt telefonsamtal. Det blir ett samtal att ringa" in told[0]
    assert "Dina får inget sms eller brev Hör av sig själv. Inget skickas. Texten ligger på gruppens sida." in told[1]


def test_a_closed_way_is_refused_in_words_and_nothing_is_done(as_leader, period, step):
    period.group.members.update(contact=make_contact(called="Dina", suppressed_because="Brevet studsade."))
    shown = as_leader.get(address(period, step))

    refused = as_leader.post(address(period, step), filled_in(shown))

    assert "Dina nås inte Vi skickar inte: Brevet studsade." in text_of(shown)
    assert "Vi kan inte skriva till gruppen nu. Dina: Vi skickar inte: Brevet studsade." in text_of(refused)
    assert LogEntry.objects.count() == 0


def test_a_step_that_says_nothing_of_what_comes_next_keeps_it(as_leader, period, office):
    step = QuickStep.objects.create(office=office, name="Antecknade", log_text="Antecknat.")

    as_leader.post(address(period, step), filled_in(as_leader.get(address(period, step))))

    period.refresh_from_db()
    assert (period.next_step, LogEntry.objects.get().text) == ("Boka nästa träff", "Antecknat.")


def test_steps_of_other_offices_and_cases_of_other_offices_do_not_exist(
    client, other_office_leader, leader, period, step
):
    foreign = QuickStep.objects.create(office=make_office(), name="En annan orts", log_text="Hej")
    assert client.get(address(period, step)).status_code == 302
    client.force_login(leader)
    assert client.get(address(period, foreign)).status_code == 404
    client.force_login(other_office_leader)

    common = QuickStep.objects.filter(office=None, scope="both").first()
    for one in (step, common):
        assert client.get(address(period, one)).status_code == 404
        assert client.post(address(period, one), {}).status_code == 404


def test_looking_changes_nothing_and_what_is_over_has_no_steps(as_leader, period, step):
    assert as_leader.get(address(period, step)).status_code == 200
    assert as_leader.put(address(period, step)).status_code == 405
    SupportPeriod.objects.update(phase=Phase.SELF_RELIANT, self_reliant_at=NOW)

    assert as_leader.get(page(period)).context["quick_steps"] == []
    assert as_leader.get(address(period, step)).status_code == 302
    assert LogEntry.objects.count() == 0


@pytest.mark.parametrize("nasty", ["\x00", "a" * 100_000, "\u202egnip", "\ufffd"])
def test_nasty_text_is_answered_in_words(as_leader, period, step, nasty):
    names = ["kind", "log_text", "next_step", "next_step_on", "waits_for", "message", "shown", "is_internal"]

    assert as_leader.post(address(period, step), dict.fromkeys(names, nasty)).status_code in {200, 302, 400}


def test_an_office_manager_changes_the_offices_own_and_reads_the_common_ones(client, office_manager, office, step):
    client.force_login(office_manager)
    common = QuickStep.objects.filter(office=None).first()
    form = {"name": "Ny", "office": office.pk, "scope": "both", "log_kind": "note", "log_text": "Hej", "position": 1}

    added = client.post(f"{STEPS}add/", form)
    seen = client.get(page(step)).context["adminform"].form.initial.get("seen", "")
    changed = client.post(page(step), {**form, "name": "Ändrat", "is_active": "on", "seen": seen})
    refused = client.post(page(common), {**form, "name": "Kapat"})

    assert (added.status_code, changed.status_code, refused.status_code) == (302, 302, 403)
    assert client.get(page(common)).status_code == 200
    names = QuickStep.objects.filter(office=office).values_list("name", "is_active")
    assert set(names) == {("Ny", False), ("Ändrat", True)}


def test_nobody_writes_steps_for_an_office_that_is_not_theirs(client, office_manager, programme_manager):
    form = {"name": "Ny", "scope": "both", "log_kind": "note", "log_text": "Hej", "position": 1}
    foreign = make_office()

    client.force_login(office_manager)
    for office in ("", foreign.pk):
        assert client.post(f"{STEPS}add/", {**form, "office": office}).status_code == 200
    client.force_login(programme_manager)
    assert client.post(f"{STEPS}add/", {**form, "office": ""}).status_code == 302

    assert list(QuickStep.objects.filter(name="Ny").values_list("office", flat=True)) == [None]


def test_leaders_read_and_others_see_nothing(client, leader, treasurer, other_office_leader, step):
    seen = []
    for user in (leader, other_office_leader, treasurer):
        client.force_login(user)
        seen.append((client.get(STEPS).status_code, client.get(page(step)).status_code))

    client.force_login(leader)
    assert client.post(page(step), {"name": "Kapat"}).status_code == 403
    assert seen == [(200, 200), (200, 404), (403, 403)]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same(client, office_manager, office, rows, django_assert_num_queries):
    for number in range(rows):
        QuickStep.objects.create(office=office, name=f"Steg {number}", log_text="Hej")
    client.force_login(office_manager)

    with django_assert_num_queries(6):
        client.get(STEPS)


def test_a_next_step_always_has_a_day():
    with pytest.raises(IntegrityError), transaction.atomic():
        QuickStep.objects.create(name="Utan dag", log_text="Hej", next_step="Ring")


assert TODAY.weekday() == 1  # the days above are counted from a Tuesday
