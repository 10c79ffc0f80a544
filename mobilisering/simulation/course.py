"""The course of a programme: people do things at their times, and in between the sweeps do what is due."""

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

from people.actions.messages import deliver_due
from support.actions.sweeps import next_due_moment, sweep

A_MINUTE = timedelta(minutes=1)
PATIENCE = 60.0  # seconds of real time for one round of delivery

Deed = Callable[[datetime], object]


class Course:
    """Runs a programme from one moment to the next at which anything is to be done, and stands still in between.

    What people do is planned with `at`; what the programme does by itself is asked of the sweeps. Whoever wants to see
    each moment, to react to it, adds themselves to `watchers`.
    """

    def __init__(self, begins: datetime) -> None:
        self.now = begins
        self.watchers: list[Deed] = []
        self._deeds: list[tuple[datetime, int, Deed]] = []
        self._order = count()

    def at(self, moment: datetime, deed: Deed) -> None:
        """Something that someone does at a moment; what lies in the past is done at once."""
        heapq.heappush(self._deeds, (max(moment, self.now), next(self._order), deed))

    def run_until(self, end: datetime) -> None:
        """Lets time pass. Afterwards it is `end`, and nothing that was due by then is left."""
        self._do_what_is_due()
        while (moment := self._next_moment()) and moment <= end:
            self.now = moment
            while self._deeds and self._deeds[0][0] <= moment:
                heapq.heappop(self._deeds)[2](moment)
            self._do_what_is_due()
        self.now = max(self.now, end)

    def _next_moment(self) -> datetime | None:
        """Never the same moment twice for the sweeps: a row that cannot be done now is tried again a minute later."""
        due = next_due_moment(self.now)
        moments = [max(due, self.now + A_MINUTE)] if due else []
        moments += [self._deeds[0][0]] if self._deeds else []
        return min(moments, default=None)

    def _do_what_is_due(self) -> None:
        sweep(self.now)
        deliver_due(lambda: self.now, seconds=PATIENCE)
        for watch in self.watchers:
            watch(self.now)
