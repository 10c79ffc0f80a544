"""Why we are in touch next on that day, in plain words: for the group and the leader alike."""

from datetime import date

from django.utils.translation import gettext as _

from people.calendar import long_date, week_of
from support.enums import Going, Phase, Wish
from support.taper_facts import Answer, Decision, History, Moved, Offer, PeriodFacts, Rule


def why(decision: Decision, period: PeriodFacts, history: History, paused_until: date | None, today: date) -> str:
    """A few short sentences, in the active language: when, then what decided, then what else there is to say."""
    answer = history.answers[-1] if history.answers else None
    sentences = [
        _("Vi hörs igen vecka %(week)s.") % {"week": week_of(decision.expected)},
        _pause(paused_until, today) if paused_until else _reason(decision, period, answer),
        _silence(decision, period, history),
        _move(decision, period, today),
        _offer(decision),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _pause(until: date, today: date) -> str:
    if until < today:
        return _("Pausen är slut.")
    return _("Ni har paus till %(day)s.") % {"day": long_date(until, today)}


def _reason(decision: Decision, period: PeriodFacts, answer: Answer | None) -> str:
    if answer is None:
        return _("Så ofta hörs vi i början.")
    if decision.rule == Rule.FINISH:
        if period.phase == Phase.EXIT:
            return _("Vi håller på att avsluta tillsammans.")
        return _("Ni vill avsluta. Vi går igenom tillsammans vad ni tar med er.")
    if decision.rule == Rule.WISH:
        return _wish(decision, answer)
    if decision.rule == Rule.SET_BACK:
        return _set_back(decision, answer)
    return _("Ni ville höras lika ofta.") if answer.wish == Wish.SAME else ""


def _wish(decision: Decision, answer: Answer) -> str:
    if answer.wish == Wish.CLOSER:
        sentences, is_moved = [_("Ni ville höras tätare.")], decision.step < answer.step
        no_more = _("Tätare än så här blir det inte.")
    else:
        sentences, is_moved = [_("Ni ville ha längre mellan gångerna.")], decision.step > answer.step
        no_more = _("Längre än så här blir det inte.")
    if not is_moved:
        sentences += [no_more, _("Er utvecklingsledare pratar med er om det.")] if decision.asks_leader else [no_more]
    return " ".join(sentences)


def _set_back(decision: Decision, answer: Answer) -> str:
    if decision.step >= answer.step:
        return _("Det är tungt just nu, så vi fortsätter att höras ofta.")
    if answer.going == Going.BADLY:
        return _("Det är tungt just nu, så vi hörs tätare ett tag.")
    return _("Ni driver inte frågan själva just nu, så vi hörs tätare ett tag.")


def _silence(decision: Decision, period: PeriodFacts, history: History) -> str:
    if not history.missed_in_row:
        return ""
    if period.waits_for_group:
        return _("Frågan väntar på er sida tills ni vill svara.")
    if decision.asks_leader:
        return _("Vi har inte fått svar på ett tag. Er utvecklingsledare försöker nå er på det sätt ni valt.")
    return _("Förra gången fick vi inget svar.")


def _move(decision: Decision, period: PeriodFacts, today: date) -> str:
    if decision.moved_by == Moved.MEETING and period.next_meeting_on:
        return _("Vi ses %(day)s, så vi väntar till efter det.") % {"day": long_date(period.next_meeting_on, today)}
    if decision.moved_by == Moved.HAND_OVER:
        return _("Er nya utvecklingsledare får några dagar på sig att läsa på.")
    if decision.moved_by == Moved.ACTIVITY:
        return _("Ni är i gång själva, så vi väntar lite.")
    return ""


def _offer(decision: Decision) -> str:
    return {
        Offer.NOTHING: "",
        Offer.CLOSER: _("Säg till om ni vill höras tätare ett tag."),
        Offer.FURTHER: _("Ni gör mycket själva nu. Vill ni ha längre mellan gångerna? Ni bestämmer."),
        Offer.EXIT: _("Ni gör det mesta själva nu. Vill ni avsluta? Ni bestämmer, och ni kan alltid komma tillbaka."),
    }[decision.offers]
