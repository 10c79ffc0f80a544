from datetime import date, timedelta

import pytest

from people.enums import YesNoUnknown
from support.enums import Phase, Readiness, Wish
from support.taper import Offer, Rule, readiness_on
from tests.support.taper_cases import FOUR_SIGNS, POLICY, TUESDAY, WIDEST, answer, decide, ticks


def test_unknown_and_no_do_not_count_as_signs():
    some = ticks(Readiness.OWN_CONTACT) + ticks(Readiness.OWN_MONEY, value=YesNoUnknown.UNKNOWN)

    assert readiness_on(TUESDAY, some + ticks(Readiness.SEVERAL_LEAD, value=YesNoUnknown.NO), POLICY) == 1


def test_the_newest_tick_of_a_sign_counts():
    changed = ticks(Readiness.OWN_CONTACT, on=date(2026, 8, 1)) + ticks(
        Readiness.OWN_CONTACT, value=YesNoUnknown.NO, on=date(2026, 8, 20)
    )

    assert readiness_on(date(2026, 8, 10), changed, POLICY) == 1
    assert readiness_on(TUESDAY, changed, POLICY) == 0


def test_a_tick_is_good_for_twenty_six_weeks():
    ticked = ticks(Readiness.OWN_CONTACT)

    assert readiness_on(TUESDAY + timedelta(weeks=26), ticked, POLICY) == 1
    assert readiness_on(TUESDAY + timedelta(weeks=26, days=1), ticked, POLICY) == 0
    assert readiness_on(TUESDAY - timedelta(days=1), ticked, POLICY) == 0


def test_exit_is_offered_at_the_widest_step_when_the_group_was_ready_twice_in_a_row():
    before = answer(Wish.SAME, step=WIDEST, on=date(2026, 6, 2))

    decision = decide(before, answer(Wish.SAME, step=WIDEST), readiness=ticks(*FOUR_SIGNS, on=date(2026, 6, 1)))

    assert (decision.offers, decision.step, decision.rule) == (Offer.EXIT, WIDEST, Rule.SUGGESTION)
    assert decision.why.endswith("Vill ni avsluta? Ni bestämmer, och ni kan alltid komma tillbaka.")


@pytest.mark.parametrize(
    ("first_step", "ticked_on", "phase"),
    [
        (3, date(2026, 6, 1), Phase.CHANGE),
        (WIDEST, date(2026, 6, 3), Phase.CHANGE),
        (WIDEST, date(2026, 6, 1), Phase.EXIT),
    ],
    ids=["once at the widest step", "ready only once", "exit is under way"],
)
def test_exit_is_not_offered_before_that_or_again(first_step, ticked_on, phase):
    before = answer(Wish.SAME, step=first_step, on=date(2026, 6, 2))

    decision = decide(
        before,
        answer(Wish.SAME, step=WIDEST),
        readiness=ticks(*FOUR_SIGNS, on=ticked_on),
        facts={"phase": phase},
    )

    assert decision.offers == Offer.NOTHING


def test_a_ready_group_that_wants_more_space_than_the_ladder_has_is_offered_exit():
    before = answer(Wish.FURTHER, step=WIDEST, on=date(2026, 6, 2))

    decision = decide(before, answer(Wish.FURTHER, step=WIDEST), readiness=ticks(*Readiness, on=date(2026, 6, 1)))

    assert (decision.rule, decision.offers) == (Rule.WISH, Offer.EXIT)
