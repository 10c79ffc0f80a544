"""Whatever happens to a session, in whatever order, its seats and its queue stay right and everyone knows it."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from people.actions.contacts import erase_contact
from people.models import User
from tests.factories import NOW, make_session
from tests.training.seat_kit import check_seats, check_told, comes
from training.actions.queue import OfferGone, lapse_offers, take_offer
from training.actions.registering import RegistrationEnded, SeatsTaken, SessionClosed, cancel, change_seats
from training.actions.sessions import SessionOver, TooFewSeats, call_off, change_session, note_attendance
from training.enums import HOLDS_SEATS, EndedBy, RegistrationState
from training.models import Registration, Session

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
one_to_six = st.integers(1, 6)
which = st.integers(0, 50)


class LifeOfASession(RuleBasedStateMachine):
    """People come, change their minds, answer or do not; the office moves, widens and calls off. Time goes on."""

    leader: User

    @initialize(seats=st.integers(1, 8), days=st.sampled_from([1, 3, 20]))
    def begin(self, seats: int, days: int) -> None:
        Registration.objects.all().delete()
        self.now: datetime = NOW
        self.session: Session = make_session(seats=seats, starts_at=NOW + timedelta(days=days), host=self.leader)
        self.forgotten: set[int] = set()

    def _one(self, number: int) -> Registration | None:
        self.now += SECOND
        rows = list(self.session.registrations.exclude(pk__in=self.forgotten).order_by("pk"))
        return rows[number % len(rows)] if rows else None

    @rule(seats=one_to_six)
    def someone_comes(self, seats: int) -> None:
        self.now += SECOND
        self.session.refresh_from_db()
        try:
            comes(self.session, seats, now=self.now)
        except SessionClosed:
            assert not self.session.is_open(self.now)

    @rule(number=which, staff=st.booleans())
    def someone_takes_it_back(self, number: int, staff: bool) -> None:
        if row := self._one(number):
            try:
                cancel(row, now=self.now, ended_by=EndedBy.STAFF if staff else EndedBy.THEMSELVES)
            except RegistrationEnded:
                self.session.refresh_from_db()
                assert row.state in {"attended", "absent"} or not self.session.is_open(self.now)

    @rule(number=which, seats=one_to_six)
    def someone_is_more_or_fewer(self, number: int, seats: int) -> None:
        if row := self._one(number):
            most = seats
            try:
                change_seats(row, seats=seats, now=self.now)
            except SeatsTaken as refusal:
                most = refusal.most
            except RegistrationEnded:
                self.session.refresh_from_db()
                assert row.state != RegistrationState.REGISTERED or not self.session.is_open(self.now)
            assert min(row.seats, seats) <= most <= seats

    @rule(number=which)
    def someone_takes_an_offer(self, number: int) -> None:
        if row := self._one(number):
            was = row.state
            try:
                take_offer(row, now=self.now)
            except OfferGone:
                row.refresh_from_db()
                assert row.state == was != RegistrationState.REGISTERED

    @rule(hours=st.sampled_from([1, 12, 49]))
    def time_goes_on_and_the_sweep_comes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        lapse_offers(self.session, now=self.now)
        assert not self.session.registrations.lapsed(self.now).exists()

    @rule(minutes=st.integers(1, 90))
    def time_goes_on_without_a_sweep(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(seats=st.integers(1, 12))
    def the_office_has_other_seats(self, seats: int) -> None:
        self._change({"seats": seats})

    @rule(hours=st.integers(1, 96))
    def the_office_moves_it(self, hours: int) -> None:
        starts_at = self.now + timedelta(hours=hours)
        self._change({"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2)})

    def _change(self, values: dict) -> None:
        self.now += SECOND
        held = self.session.registrations.holding_seats().seat_count()
        try:
            change_session(self.session, values=values, by=self.leader, now=self.now)
        except TooFewSeats:
            assert held > values["seats"]
        except SessionOver:
            self.session.refresh_from_db()
            assert self.session.state == "cancelled" or self.session.is_over(self.now)

    @rule(number=which)
    def someone_asks_to_be_forgotten(self, number: int) -> None:
        if row := self._one(number):
            erase_contact(row.contact, now=self.now)
            self.forgotten.add(row.pk)

    @rule(luck=st.integers(0, 9))
    def the_office_calls_it_off(self, luck: int) -> None:
        self.session.refresh_from_db()
        if luck == 0 and self.session.starts_at > self.now:
            call_off(self.session, because="Maja är sjuk", by=self.leader, now=self.now)
            assert not self.session.registrations.still_on().exists()

    @precondition(lambda self: self.session.starts_at <= self.now)
    @rule(number=which, came=st.integers(0, 6))
    def someone_is_counted(self, number: int, came: int) -> None:
        if row := self._one(number):
            note_attendance(self.session, came={row.pk: came}, by=self.leader, now=self.now)

    @invariant()
    def the_seats_and_the_queue_are_right(self) -> None:
        check_seats(self.session, self.now)

    @invariant()
    def everyone_has_been_told_what_holds(self) -> None:
        check_told(self.session, besides=self.forgotten)

    @invariant()
    def nobody_is_held_a_seat_past_the_beginning(self) -> None:
        self.session.refresh_from_db()
        offers = self.session.registrations.filter(state=RegistrationState.OFFERED)
        assert not offers.filter(offered_until__gt=self.session.starts_at).exists()

    @invariant()
    def who_has_ended_holds_nothing(self) -> None:
        for row in self.session.registrations.exclude(ended_by=""):
            assert row.state not in HOLDS_SEATS
            assert (row.offered_until, row.queued_at) == (None, None)


def test_seats_queue_and_words_are_right_whatever_happens(leader):
    LifeOfASession.leader = leader

    run_state_machine_as_test(
        LifeOfASession,
        settings=hypothesis_settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
