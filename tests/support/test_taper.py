from datetime import date, timedelta

import pytest
from django.utils import translation

from support.enums import Drives, Going, Phase, Readiness, Wish
from support.taper import Offer, Policy, Rule, after_care_dates, reminder_days
from tests.support.taper_cases import FOUR_SIGNS, TUESDAY, WIDEST, answer, days, decide, ticks


def test_the_first_contact_is_a_week_after_the_period_opened():
    decision = decide(facts={"opened_on": TUESDAY, "phase": Phase.START})

    assert days(decision) == (date(2026, 9, 7), date(2026, 9, 8), date(2026, 9, 9))
    assert (decision.step, decision.gap_weeks, decision.rule) == (0, 1, Rule.STEADY)
    assert decision.why == "Vi hörs igen vecka 37. Så ofta hörs vi i början."


@pytest.mark.parametrize(
    ("wish", "step", "rule"),
    [
        (Wish.CLOSER, 1, Rule.WISH),
        (Wish.SAME, 2, Rule.STEADY),
        (Wish.FURTHER, 3, Rule.WISH),
        (Wish.PAUSE, 2, Rule.PAUSE),
        (Wish.FINISH, 2, Rule.FINISH),
    ],
)
def test_each_wish_has_its_rule_and_moves_at_most_one_step(wish, step, rule):
    decision = decide(answer(wish))

    assert (decision.step, decision.rule) == (step, rule)


def test_the_gap_grows_when_the_group_wants_it_to():
    decision = decide(answer(Wish.FURTHER, step=2))

    assert days(decision) == (date(2026, 10, 16), date(2026, 10, 27), date(2026, 11, 7))
    assert decision.why == "Vi hörs igen vecka 44. Ni ville ha längre mellan gångerna."


def test_a_wish_is_taken_also_when_everything_speaks_against_it():
    decision = decide(
        answer(Wish.SAME, step=1, drives=Drives.YES, on=date(2026, 8, 1)),
        answer(Wish.FURTHER, going=Going.BADLY, drives=Drives.NO),
    )

    assert (decision.step, decision.rule, decision.offers) == (3, Rule.WISH, Offer.NOTHING)


def test_a_group_that_wants_to_be_closer_gets_it_also_when_it_manages_well():
    decision = decide(answer(Wish.CLOSER, drives=Drives.YES), readiness=ticks(*Readiness))

    assert (decision.step, decision.offers) == (1, Offer.NOTHING)


@pytest.mark.parametrize(("wish", "step"), [(Wish.CLOSER, 0), (Wish.FURTHER, WIDEST)])
def test_a_wish_that_the_ladder_has_no_step_for_goes_to_the_leader(wish, step):
    decision = decide(answer(wish, step=step))

    assert (decision.step, decision.asks_leader) == (step, True)
    assert decision.why.endswith("Er utvecklingsledare pratar med er om det.")


def test_when_it_goes_badly_and_no_wish_was_said_the_gap_shrinks_a_step():
    decision = decide(answer(going=Going.BADLY))

    assert (decision.step, decision.rule) == (1, Rule.SET_BACK)
    assert decision.why == "Vi hörs igen vecka 38. Det är tungt just nu, så vi hörs tätare ett tag."


def test_a_group_that_no_longer_drives_the_question_has_a_set_back():
    decision = decide(answer(drives=Drives.YES, on=date(2026, 8, 1)), answer(drives=Drives.NO))

    assert (decision.step, decision.rule) == (1, Rule.SET_BACK)
    assert decision.why.endswith("Ni driver inte frågan själva just nu, så vi hörs tätare ett tag.")


def test_a_group_that_never_drove_the_question_has_no_set_back():
    decision = decide(answer(drives=Drives.NO, on=date(2026, 8, 1)), answer(drives=Drives.NO))

    assert (decision.step, decision.rule) == (2, Rule.STEADY)


def test_a_set_back_at_the_first_step_stays_there():
    decision = decide(answer(step=0, going=Going.BADLY))

    assert (decision.step, decision.rule, decision.asks_leader) == (0, Rule.SET_BACK, False)


def test_nothing_closer_is_offered_where_there_is_nothing_closer():
    assert decide(answer(Wish.SAME, step=0, going=Going.BADLY)).offers == Offer.NOTHING


def test_a_group_that_said_same_is_not_moved_by_a_set_back_but_is_offered_to_be_closer():
    decision = decide(answer(Wish.SAME, going=Going.BADLY))

    assert (decision.step, decision.rule, decision.offers) == (2, Rule.STEADY, Offer.CLOSER)
    assert decision.why == (
        "Vi hörs igen vecka 40. Ni ville höras lika ofta. Säg till om ni vill höras tätare ett tag."
    )


def test_a_longer_gap_is_offered_in_words_and_not_taken():
    decision = decide(answer(Wish.SAME), readiness=ticks(*FOUR_SIGNS))

    assert (decision.step, decision.rule, decision.offers) == (2, Rule.SUGGESTION, Offer.FURTHER)
    assert decision.why.endswith("Ni gör mycket själva nu. Vill ni ha längre mellan gångerna? Ni bestämmer.")


def test_three_signs_are_not_enough_for_an_offer():
    assert decide(answer(Wish.SAME), readiness=ticks(*FOUR_SIGNS[:3])).offers == Offer.NOTHING


def test_nothing_is_offered_after_a_set_back_or_in_silence():
    assert decide(answer(going=Going.BADLY), readiness=ticks(*Readiness)).offers == Offer.NOTHING
    assert decide(answer(Wish.SAME, going=Going.BADLY), readiness=ticks(*Readiness)).offers == Offer.CLOSER
    assert decide(answer(Wish.SAME), readiness=ticks(*Readiness), missed_in_row=1).offers == Offer.NOTHING


def test_asking_twice_about_one_answer_moves_only_one_step():
    first = decide(answer(Wish.FURTHER))

    second = decide(answer(Wish.FURTHER), facts={"step": first.step}, today=date(2026, 9, 3))

    assert second == first


def test_an_office_can_have_a_ladder_of_its_own():
    decision = decide(answer(Wish.FURTHER, step=0), policy=Policy(ladder=(2, 6)))

    assert (decision.step, decision.gap_weeks) == (1, 6)


def test_a_step_that_a_shorter_ladder_no_longer_has_is_its_last():
    assert decide(answer(Wish.SAME, step=4), policy=Policy(ladder=(1, 2, 4))).step == 2


def test_a_new_period_starts_at_the_step_it_was_given():
    assert decide(facts={"step": 3}).gap_weeks == 8


@pytest.mark.parametrize("phase", [Phase.SELF_RELIANT, Phase.CLOSED])
def test_nobody_is_contacted_when_the_support_is_over(phase):
    with pytest.raises(ValueError, match=phase):
        decide(facts={"phase": phase})


def test_a_group_that_is_done_starts_its_exit_with_the_leader():
    decision = decide(answer(Wish.FINISH))

    assert (decision.rule, decision.asks_leader) == (Rule.FINISH, True)
    assert decision.why == "Vi hörs igen vecka 40. Ni vill avsluta. Vi går igenom tillsammans vad ni tar med er."


def test_an_exit_that_is_under_way_is_not_started_again():
    decision = decide(answer(Wish.FINISH), facts={"phase": Phase.EXIT})

    assert (decision.rule, decision.asks_leader) == (Rule.FINISH, False)


def test_finish_goes_before_a_pause():
    assert decide(answer(Wish.FINISH), facts={"paused_until": date(2026, 12, 1)}).rule == Rule.FINISH


def test_nobody_is_contacted_before_the_pause_ends():
    decision = decide(answer(Wish.PAUSE, pause_until=date(2026, 11, 1)))

    assert days(decision) == (date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 6))
    assert decision.why == "Vi hörs igen vecka 45. Ni har paus till söndag 1 november."


def test_a_pause_without_a_day_lasts_as_long_as_the_widest_gap():
    assert decide(answer(Wish.PAUSE)).expected == TUESDAY + timedelta(weeks=13)


def test_the_later_of_two_pauses_holds():
    decision = decide(answer(Wish.PAUSE, pause_until=date(2026, 10, 1)), facts={"paused_until": date(2026, 11, 2)})

    assert decision.expected == date(2026, 11, 2)


def test_when_the_pause_has_ended_we_are_in_touch_and_the_step_is_as_before():
    paused = answer(Wish.PAUSE, going=Going.BADLY, pause_until=date(2026, 10, 1))

    decision = decide(paused, today=date(2026, 10, 2))

    assert (decision.step, decision.expected) == (2, date(2026, 10, 2))
    assert decision.why == "Vi hörs igen vecka 40. Pausen är slut."


def test_talking_during_a_pause_does_not_end_it():
    paused = answer(Wish.PAUSE, pause_until=date(2026, 11, 2))

    decision = decide(paused, last_contact_on=date(2026, 10, 6), today=date(2026, 10, 6))

    assert (decision.rule, decision.expected) == (Rule.PAUSE, date(2026, 11, 2))


def test_a_pause_until_a_day_that_has_passed_is_no_pause():
    assert decide(answer(Wish.PAUSE, pause_until=date(2026, 8, 1))).rule == Rule.STEADY


def test_a_pause_is_over_when_we_have_been_in_touch_after_it():
    paused = answer(Wish.PAUSE, pause_until=date(2026, 10, 1))

    decision = decide(paused, last_contact_on=date(2026, 10, 6), today=date(2026, 10, 6))

    assert (decision.rule, decision.step, decision.expected) == (Rule.STEADY, 2, date(2026, 11, 3))


def test_one_missed_changes_nothing_but_the_day():
    decision = decide(answer(Wish.SAME), missed_in_row=1, last_asked_on=date(2026, 9, 29), today=date(2026, 10, 9))

    assert (decision.step, decision.expected, decision.asks_leader) == (2, date(2026, 10, 27), False)
    assert decision.why == "Vi hörs igen vecka 44. Ni ville höras lika ofta. Förra gången fick vi inget svar."


def test_after_two_missed_in_a_row_the_leader_tries_the_chosen_channel():
    decision = decide(answer(Wish.SAME), missed_in_row=2, last_asked_on=date(2026, 10, 27), today=date(2026, 11, 6))

    assert (decision.step, decision.asks_leader) == (2, True)
    assert decision.why.endswith("Er utvecklingsledare försöker nå er på det sätt ni valt.")


def test_a_group_that_makes_contact_itself_is_waited_for():
    decision = decide(answer(Wish.SAME), missed_in_row=2, facts={"waits_for_group": True})

    assert not decision.asks_leader
    assert decision.why.endswith("Frågan väntar på er sida tills ni vill svara.")


def test_silence_never_ends_the_contact():
    decision = decide(answer(Wish.SAME), missed_in_row=20, last_asked_on=TUESDAY)

    assert decision.rule == Rule.STEADY
    assert decision.expected > TUESDAY


def test_why_is_in_the_language_of_the_moment():
    with translation.override("en"):
        assert "Tuesday 1 December" in decide(answer(Wish.PAUSE)).why


def test_a_long_gap_is_announced_three_days_before_and_a_short_one_is_not():
    four_weeks, three_weeks = decide(answer(Wish.SAME)), decide(answer(Wish.SAME), policy=Policy(ladder=(1, 2, 3)))

    assert reminder_days(four_weeks).before == date(2026, 9, 26)
    assert reminder_days(three_weeks).before is None


def test_a_question_is_reminded_after_four_days_and_the_leaders_on_the_tenth():
    planned = reminder_days(decide(answer(Wish.SAME, step=2)))

    assert (planned.on, planned.after, planned.basket) == (date(2026, 9, 29), date(2026, 10, 3), date(2026, 10, 9))


@pytest.mark.parametrize(
    ("self_reliant_on", "dates"),
    [
        (date(2026, 11, 20), (date(2027, 2, 20), date(2027, 5, 20), date(2027, 11, 20))),
        (date(2026, 11, 30), (date(2027, 2, 28), date(2027, 5, 30), date(2027, 11, 30))),
        (date(2027, 8, 31), (date(2027, 11, 30), date(2028, 2, 29), date(2028, 8, 31))),
        (date(2028, 2, 29), (date(2028, 5, 29), date(2028, 8, 29), date(2029, 2, 28))),
    ],
)
def test_after_care_comes_three_six_and_twelve_calendar_months_later(self_reliant_on, dates):
    assert after_care_dates(self_reliant_on) == dates
