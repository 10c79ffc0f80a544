from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from people.calendar import SwedishCalendar, week_of
from people.enums import YesNoUnknown
from support.enums import OPEN_PHASES, Drives, Going, Readiness, Wish
from support.taper import Answer, History, Offer, PeriodFacts, Policy, ReadinessTick, Rule, next_contact

CALENDAR = SwedishCalendar()
FIRST_DAY, TODAY_AT_MOST = date(2026, 1, 1), date(2029, 12, 31)

LADDERS = st.just((1, 2, 4, 8, 13)) | st.lists(st.integers(1, 26), min_size=1, max_size=6, unique=True).map(
    lambda weeks: tuple(sorted(weeks))
)
POLICIES = st.builds(Policy, ladder=LADDERS, tolerance=st.sampled_from([0.0, 0.1, 0.2, 0.3]))


def past(today):
    return st.dates(FIRST_DAY, today)


def near(today):
    return st.dates(today - timedelta(days=60), today + timedelta(days=120))


def answers(today):
    answer = st.builds(
        Answer,
        on=past(today),
        step=st.integers(0, 5),
        wish=st.sampled_from([*Wish, ""]),
        going=st.sampled_from([*Going, ""]),
        drives=st.sampled_from([*Drives, ""]),
        pause_until=st.none() | near(today),
    )
    return st.lists(answer, max_size=4).map(lambda some: tuple(sorted(some, key=lambda one: one.on)))


def ticks(today):
    tick = st.builds(
        ReadinessTick, sign=st.sampled_from(Readiness), value=st.sampled_from(YesNoUnknown), on=past(today)
    )
    return st.lists(tick, max_size=12).map(lambda some: tuple(sorted(some, key=lambda one: one.on)))


@st.composite
def cases(draw):
    """Anything that can have happened in a period until a day: (period, history, policy, today)."""
    today = draw(st.dates(FIRST_DAY, TODAY_AT_MOST))
    period = PeriodFacts(
        opened_on=draw(past(today)),
        phase=draw(st.sampled_from(OPEN_PHASES)),
        step=draw(st.integers(0, 5)),
        paused_until=draw(st.none() | near(today)),
        handed_over_on=draw(st.none() | past(today) | near(today).filter(lambda day: day <= today)),
        next_meeting_on=draw(st.none() | st.dates(today, today + timedelta(days=120))),
        waits_for_group=draw(st.booleans()),
    )
    history = History(
        answers=draw(answers(today)),
        missed_in_row=draw(st.integers(0, 3)),
        last_contact_on=draw(st.none() | past(today)),
        last_asked_on=draw(st.none() | past(today)),
        last_activity_on=draw(st.none() | past(today)),
        readiness=draw(ticks(today)),
    )
    return period, history, draw(POLICIES), today


@st.composite
def undisturbed_cases(draw):
    """An answer today, and nothing that moves the window."""
    period, history, policy, today = draw(cases())
    newest = draw(answers(today).filter(bool))[-1]
    period = replace(period, paused_until=None, handed_over_on=None, next_meeting_on=None)
    history = replace(history, answers=(*history.answers, replace(newest, on=today)), last_activity_on=None)
    return period, history, policy, today


def decide(case):
    period, history, policy, today = case
    return next_contact(period, history, policy, CALENDAR, today)


def asked_at(case):
    period, history, policy, _today = case
    return policy.nearest_step(history.answers[-1].step if history.answers else period.step)


def newest_wish(case):
    history = case[1]
    return history.answers[-1].wish if history.answers else ""


def with_newest(case, **changes):
    period, history, policy, today = case
    newest = replace(history.answers[-1], **changes)
    return period, replace(history, answers=(*history.answers[:-1], newest)), policy, today


@given(cases())
def test_no_day_is_in_the_past_and_the_expected_day_lies_in_the_window(case):
    decision = decide(case)

    assert case[3] <= decision.earliest <= decision.expected <= decision.latest


@given(cases())
def test_the_window_is_never_wider_than_the_tolerance_on_each_side(case):
    decision = decide(case)

    assert decision.gap_weeks == case[2].ladder[decision.step]
    assert (decision.latest - decision.earliest).days <= 2 * case[2].tolerance * decision.gap_weeks * 7 + 1e-6


@given(cases())
def test_a_decision_moves_at_most_one_step_and_stays_on_the_ladder(case):
    decision = decide(case)

    assert 0 <= decision.step < len(case[2].ladder)
    assert abs(decision.step - asked_at(case)) <= 1


@given(cases())
def test_only_the_groups_own_wish_makes_the_gap_longer(case):
    decision = decide(case)

    if decision.step > asked_at(case):
        assert (decision.rule, newest_wish(case)) == (Rule.WISH, Wish.FURTHER)


@given(cases())
def test_only_a_wish_or_a_set_back_without_a_wish_makes_the_gap_shorter(case):
    decision = decide(case)

    if decision.step < asked_at(case):
        assert (decision.rule, newest_wish(case)) in {(Rule.WISH, Wish.CLOSER), (Rule.SET_BACK, "")}


@given(undisturbed_cases(), st.sampled_from(Wish))
def test_the_groups_wish_always_wins(case, wish):
    case = with_newest(case, wish=wish)
    first, last = 0, len(case[2].ladder) - 1

    decision = decide(case)

    steps = {Wish.CLOSER: max(asked_at(case) - 1, first), Wish.FURTHER: min(asked_at(case) + 1, last)}
    rules = {Wish.FINISH: Rule.FINISH, Wish.PAUSE: Rule.PAUSE, Wish.CLOSER: Rule.WISH, Wish.FURTHER: Rule.WISH}
    assert decision.step == steps.get(wish, asked_at(case))
    if wish == Wish.PAUSE:
        case = with_newest(case, pause_until=case[3] + timedelta(days=30))
        decision = decide(case)
    assert decision.rule in ({rules[wish]} if wish in rules else {Rule.STEADY, Rule.SUGGESTION})


@given(undisturbed_cases(), undisturbed_cases(), st.sampled_from([Wish.CLOSER, Wish.SAME, Wish.FURTHER, Wish.FINISH]))
def test_whatever_the_evidence_says_a_wish_gives_the_same_step(case, other, wish):
    case = with_newest(case, wish=wish)
    evidence = other[1]
    changed = replace(
        case[1],
        answers=(
            *evidence.answers[:-1],
            replace(case[1].answers[-1], going=evidence.answers[-1].going, drives=evidence.answers[-1].drives),
        ),
        readiness=evidence.readiness,
        missed_in_row=evidence.missed_in_row,
    )

    assert decide((case[0], changed, case[2], case[3])).step == decide(case).step


@given(cases())
def test_what_is_only_offered_is_never_done(case):
    decision = decide(case)

    if decision.offers == Offer.FURTHER:
        assert decision.step == asked_at(case) < len(case[2].ladder) - 1
    if decision.offers == Offer.CLOSER:
        assert decision.step == asked_at(case) > 0
    if decision.offers == Offer.EXIT:
        assert decision.step == len(case[2].ladder) - 1


@given(cases(), st.integers(0, 50))
def test_silence_never_ends_the_contact_and_never_changes_the_step(case, missed):
    period, history, policy, today = case
    silent = replace(history, missed_in_row=missed)

    assert decide((period, silent, policy, today)).step == decide(case).step


@given(cases())
def test_a_group_that_makes_contact_itself_is_never_called(case):
    period, history, policy, today = case

    assert not decide((replace(period, waits_for_group=True), history, policy, today)).asks_leader


@given(cases())
def test_asking_twice_gives_the_same_answer(case):
    period, history, policy, today = case
    decision = decide(case)

    assert (
        decide((replace(period, step=decision.step) if history.answers else period, history, policy, today)) == decision
    )


@given(undisturbed_cases(), st.data())
def test_the_day_stays_when_nothing_happens_until_it_comes(case, data):
    period, history, policy, today = case
    expected = decide(case).expected

    later = data.draw(st.dates(today, expected))

    assert decide((period, history, policy, later)).expected == expected


@given(undisturbed_cases())
def test_the_expected_day_is_a_working_day_if_the_window_has_one(case):
    decision = decide(case)

    window = [
        decision.earliest + timedelta(days=count) for count in range((decision.latest - decision.earliest).days + 1)
    ]
    assert CALENDAR.is_working_day(decision.expected) is any(map(CALENDAR.is_working_day, window))


@given(undisturbed_cases(), st.integers(0, 400))
def test_activity_only_moves_the_day_later_and_never_past_one_and_a_half_gaps(case, days_later):
    period, history, policy, today = case
    assume(newest_wish(case) != Wish.PAUSE)
    later = today + timedelta(days=days_later)
    without = decide((period, history, policy, later))

    active = decide((period, replace(history, last_activity_on=later), policy, later))

    limit = history.answers[-1].on + timedelta(days=active.gap_weeks * 7 * 1.5)
    assert min(without.expected, limit) <= active.expected <= max(without.expected, limit)


@given(cases())
def test_a_new_leader_always_gets_seven_days(case):
    handed_over_on = case[0].handed_over_on

    if handed_over_on:
        assert decide(case).earliest >= handed_over_on + timedelta(days=7)


@given(cases())
def test_a_booked_meeting_is_never_inside_the_window(case):
    decision = decide(case)
    meeting_on = case[0].next_meeting_on

    assert meeting_on is None or not decision.earliest <= meeting_on <= decision.latest


@given(cases())
def test_nobody_is_contacted_before_a_pause_ends_unless_the_group_is_done(case):
    paused_until = case[0].paused_until

    if paused_until and newest_wish(case) != Wish.FINISH:
        assert decide(case).earliest >= paused_until


@given(cases())
def test_every_decision_says_when_and_why_in_short_sentences(case):
    decision = decide(case)

    sentences = [sentence for sentence in decision.why.replace("?", ".").split(".") if sentence.strip()]
    assert decision.why.startswith(f"Vi hörs igen vecka {week_of(decision.expected)}.")
    assert all(len(sentence.split()) <= 20 for sentence in sentences)
    assert "  " not in decision.why
