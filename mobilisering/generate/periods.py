"""Made-up support periods: the group, who is in it, the plan, the follow-ups, the log, and how it ended."""

from random import Random
from typing import Any

from groups.models import Group, Member
from mobilisering.generate import words
from mobilisering.generate.calendar import Days
from mobilisering.generate.requests import Asked
from mobilisering.generate.tables import Tables
from people.models import Contact
from support.models import CheckIn, LogEntry, PlanEvent, PlanItem, SupportPeriod

LASTS = (120, 900)
"""The shortest and the longest time a group is followed, in days."""

AFTER_CARE = 365
LADDER = (7, 14, 28, 56, 91)
"""Days between follow-ups, from the first step to the widest."""

SIDES = ("group", "group", "group", "enabler", "programme", "duty_bearer")
STATUSES = ("not_started", "under_way", "done", "done", "blocked")


class Periods:
    def __init__(self, tables: Tables, office_of: dict[int, int], days: Days, rng: Random) -> None:
        self.of, self.office_of, self.days, self.rng = tables.of, office_of, days, rng

    def make(self, asked: Asked) -> None:
        """The period that a request became when it was accepted."""
        rng = self.rng
        ends = asked.decided - rng.randrange(*LASTS)
        is_open = ends <= 0
        group = self._group(asked)
        pk = self._period(asked, group, ends, is_open=is_open)
        self._members(asked, group)
        self._check_ins(pk, asked, ends, is_open=is_open)
        self._plan(pk, asked, max(ends, 0))
        for _ in range(rng.randrange(1, 4)):
            self.of[LogEntry].add(
                period_id=str(pk),
                kind=rng.choice(("call", "note", "meeting")),
                text=rng.choice(words.LOG_LINES),
                is_internal="t" if rng.random() < 0.2 else "f",  # noqa: PLR2004 -- every fifth is ours alone
                user_id=str(asked.leader),
                at=self.days.moment(rng.randint(max(ends, 0), asked.decided)),
            )

    def _group(self, asked: Asked) -> int:
        rng = self.rng
        where = f"{rng.choice(words.AREAS)} {asked.municipality[1]}"
        return self.of[Group].add(
            alias=f"{rng.choice(words.FIRST)}{rng.choice(words.LAST)} {where}",
            office_id=str(self.office_of[asked.leader]),
            municipality_id=asked.municipality[0],
            area=asked.area,
            size_band="5-9",
            in_common=rng.choice(words.COMMON),
            created_at=self.days.moment(asked.decided),
        )

    def _members(self, asked: Asked, group: int) -> None:
        contacts = [asked.contact]
        for _ in range(self.rng.randrange(0, 3)):
            name = self.rng.choice(words.CALLED)
            contacts.append(self.of[Contact].add(called=name, channel="self", created_at=self.days.moment(asked.ago)))
        for number, contact in enumerate(contacts):
            self.of[Member].add(
                group_id=str(group),
                contact_id=str(contact),
                role="member" if number else "contact_person",
                joined_at=self.days.moment(asked.decided),
            )

    def _period(self, asked: Asked, group: int, ends: int, *, is_open: bool) -> int:
        rng, days = self.rng, self.days
        values: dict[str, Any] = {"phase": rng.choice(("start", "change", "change", "exit"))}
        if is_open:
            values |= {"next_step": rng.choice(words.STEPS), "next_step_on": days.day(rng.randrange(-60, 8))}
        elif ends < AFTER_CARE:
            values = {"phase": "self_reliant", "self_reliant_at": days.moment(ends)}
        else:
            values = {"phase": "closed", "closed_at": days.moment(ends), "outcome": rng.choice(("reached", "partly"))}
        if is_open and rng.random() < 0.1:  # noqa: PLR2004 -- every tenth waits for someone
            values |= {"waits_for": "duty_bearer", "waits_since": days.moment(rng.randrange(0, 60))}
        return self.of[SupportPeriod].add(
            group_id=str(group),
            office_id=str(self.office_of[asked.leader]),
            leader_id=str(asked.leader),
            supports=rng.choice(("{startup}", "{knowledge,guidance}", "{resources}")),
            step=str(rng.randrange(len(LADDER))),
            opened_at=days.moment(asked.decided),
            phase_since=days.moment(max(ends, 0)),
            **values,
        )

    def _check_ins(self, period: int, asked: Asked, ends: int, *, is_open: bool) -> None:
        """Answered ones along the ladder, and in an open period the one to come."""
        rng, days, ago = self.rng, self.days, asked.decided
        for number, gap in enumerate(LADDER):
            ago -= gap
            if ago <= max(ends, 0):
                break
            self.of[CheckIn].add(
                **self._window(period, number + 1, ago),
                state="answered",
                asked_at=days.moment(ago),
                answered_at=days.moment(ago - 1),
                going=rng.choice(("well", "well", "so_so", "badly")),
                drives=rng.choice(("yes", "partly", "no")),
                wish=rng.choice(("same", "same", "closer", "further")),
            )
        if is_open:
            self.of[CheckIn].add(**self._window(period, len(LADDER) + 1, -rng.randrange(1, 90)), state="planned")

    def _window(self, period: int, number: int, ago: int) -> dict[str, str]:
        day = self.days.day
        step = str(min(number, len(LADDER)) - 1)
        words_for_it = {"period_id": str(period), "number": str(number), "step": step, "why": "Vi hörs som vi sa."}
        return words_for_it | {"earliest": day(ago + 2), "expected": day(ago), "latest": day(ago - 2)}

    def _plan(self, period: int, asked: Asked, ends: int) -> None:
        rng, days = self.rng, self.days
        for _ in range(rng.randrange(1, 4)):
            written, status = days.moment(asked.decided), rng.choice(STATUSES)
            side = rng.choice(SIDES)
            ago = rng.randint(min(ends, asked.decided), asked.decided)
            done = {"done_at": days.moment(ago)} if status == "done" else {}
            item = self.of[PlanItem].add(
                period_id=str(period),
                kind=rng.choice(("goal", "task", "task")),
                text=rng.choice(words.TASKS),
                owner_side=side,
                status=status,
                created_at=written,
                **done,
            )
            self.of[PlanEvent].add(
                item_id=str(item), at=done.get("done_at", written), owner_side=side, status=status, by_group="t"
            )
