"""Follow-ups and how often they come, as a leader writes them down on the page of a period."""

from datetime import timedelta

import pytest

from people.enums import YesNoUnknown
from support.enums import CheckInState, Readiness, Wish
from support.models import CheckIn, ReadinessMark, SupportPeriod
from tests.factories import NOW, TODAY, make_check_in, make_contact, make_group, make_member, make_period
from tests.support.admin_pages import buttons, do, page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def period(office, leader) -> SupportPeriod:
    group = make_group(office=office)
    make_member(group=group, contact=make_contact())
    return make_period(group=group, office=office, leader=leader)


def test_signs_are_words_and_never_a_grade(as_leader, period):
    form = {Readiness.SEVERAL_LEAD.value: "yes", Readiness.OWN_MONEY.value: "no"}

    as_leader.post(do(period, "readiness"), form)

    marks = ReadinessMark.objects.values_list("sign", "value", "by_group")
    assert sorted(marks) == [("own_money", YesNoUnknown.NO, False), ("several_lead", YesNoUnknown.YES, False)]
    told = text_of(as_leader.get(page(period)))
    assert "Fler än en kan leda Ja vi, 1 september 2026" in told
    assert "av 5 tecken" not in told


def test_the_answer_is_written_down_from_the_telephone(as_leader, period, leader):
    check_in = make_check_in(period=period, state=CheckInState.ASKED, asked_at=NOW)

    assert "Skriv in svaret" in buttons(as_leader.get(page(period)))
    empty = as_leader.post(do(check_in, "answer"), {})
    form = {"going": "well", "drives": "yes", "wish": "further", "comment": "De har ringt själva."}
    as_leader.post(do(check_in, "answer"), form)
    late = as_leader.post(do(check_in, "answer"), form)

    assert text_of(empty).count("Välj ett av svaren") == 4  # above the form and at each question
    check_in.refresh_from_db()
    assert (check_in.wish, check_in.answered_by_leader) == (Wish.FURTHER, leader)
    assert "Frågan är redan besvarad, eller behövs inte längre." in text_of(late)
    planned = CheckIn.objects.get(state=CheckInState.PLANNED)
    assert planned.step == 1
    assert "Ni ville ha längre mellan gångerna." in text_of(as_leader.get(page(period)))


def test_an_old_contact_way_is_asked_about_on_the_telephone(as_leader, period):
    contact = period.group.members.get().contact
    contact.rechecked_on = TODAY - timedelta(days=91)
    contact.save()
    check_in = make_check_in(period=period, state=CheckInState.ASKED, asked_at=NOW)
    answered = {"going": "well", "drives": "yes", "wish": "same"}

    missing = as_leader.post(do(check_in, "answer"), answered)
    as_leader.post(do(check_in, "answer"), answered | {"still_safe": "no"})

    assert "Är kontaktsättet fortfarande tryggt?" in text_of(missing)
    contact.refresh_from_db()
    assert contact.suppressed_because


def test_every_third_time_the_strengths_can_be_written_down(as_leader, period):
    check_in = make_check_in(period=period, number=3, state=CheckInState.ASKED, asked_at=NOW)

    shown = as_leader.get(do(check_in, "answer"))
    form = {"going": "well", "drives": "yes", "wish": "same", "capacity_leadership": "4", "capacity_control": ""}
    as_leader.post(do(check_in, "answer"), form)

    assert "Många är med och gör" in text_of(shown)
    check_in.refresh_from_db()
    assert check_in.capacity == {"leadership": 4}


def test_a_pause_and_its_end(as_leader, period):
    past = as_leader.post(do(period, "pause"), {"until": "2026-08-01"})
    as_leader.post(do(period, "pause"), {"until": "2026-10-01"})
    rests = as_leader.get(page(period))
    as_leader.post(do(period, "end-pause"))

    assert "Dagen har redan passerat." in text_of(past)
    assert "Vilar till 1 oktober" in text_of(rests)
    period.refresh_from_db()
    assert period.paused_until is None


@pytest.mark.parametrize(
    ("written", "ladder"), [("1, 3, 9", [1, 3, 9]), ("", None), ("2 4", [2, 4]), ("4, 2", "fel"), ("0", "fel")]
)
def test_a_group_can_have_its_own_ladder(as_leader, period, written, ladder):
    response = as_leader.post(do(period, "ladder"), {"ladder": written}, follow=True)

    period.refresh_from_db()
    if ladder == "fel":
        assert "En trappa har ett till åtta steg." in text_of(response)
        assert period.ladder is None
    else:
        assert period.ladder == ladder


@pytest.mark.parametrize("written", ["ett, två", "1,5 veckor", "١, ٢", "9" * 500, "100"])
def test_a_ladder_is_written_in_figures(as_leader, period, written):
    response = as_leader.post(do(period, "ladder"), {"ladder": written})

    assert response.status_code == 200
    assert response.context["form"].errors
    period.refresh_from_db()
    assert period.ladder is None
