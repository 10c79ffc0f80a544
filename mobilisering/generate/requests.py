"""Made-up requests: what was asked when, by whom, who took it, and what became of it."""

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from random import Random
from typing import Any

from groups.models import Group
from mobilisering.generate import words
from mobilisering.generate.calendar import DAYS, Days
from mobilisering.generate.people import OPEN_SHARE, Place
from mobilisering.generate.tables import NULL, Tables
from people.codes import DIGITS, DIGITS_IN_CODE, all_names
from people.crypto import encrypt, keyed_hash
from people.models import Contact, Message, PrivateLink
from support.models import IntakeMeeting, LogEntry, SupportRequest

OPEN_FOR = round(DAYS * OPEN_SHARE)
"""A request that came in so many days ago still waits for us; an older one is decided."""

TAKEN_WITHIN = 2
"""Days until someone has taken a request."""

REMEMBERED = 365
"""After so many days nothing is left of codes, addresses and messages."""

DECIDED = ("accepted", "referred", "declined", "declined", "withdrawn")
SIZES = ("2-4", "5-9", "5-9", "10-24", "25+", "unknown")
RESPONSIBLE = ("{municipality}", "{landlord}", "{region}", "{school}", "{employer,agency}", "{unknown}")
SUPPORTS = ("{startup}", "{knowledge}", "{resources,guidance}", "{startup,knowledge}", "{}")
URGENCIES = ("two_weeks", "months", "months", "no", "no", "no")
CHANNELS = ("sms", "sms", "sms", "email", "call", "self")


@dataclass(frozen=True)
class Asked:
    """A request that has been written, for what grows out of it."""

    contact: int
    place: Place
    leader: int
    municipality: tuple[str, str]
    area: str
    ago: int
    decided: int


def codes(rng: Random) -> Iterator[str]:
    """Every code there is, in an order of its own."""
    names = list(all_names())
    rng.shuffle(names)
    for digits in product(rng.sample(DIGITS, len(DIGITS)), repeat=DIGITS_IN_CODE):
        for name in names:
            yield f"{name} {''.join(digits)}"


class Requests:
    def __init__(self, tables: Tables, places: list[Place], shares: list[float], days: Days, rng: Random) -> None:
        self.of, self.places, self.shares, self.days, self.rng = tables.of, places, shares, days, rng
        self.codes = codes(rng)
        self.subject = encrypt("Vi har tagit emot det du skrev")
        self.turn = dict.fromkeys(range(len(places)), 0)

    def make(self) -> Asked | None:
        """Writes one with all that belongs to it; given back when it led to a period."""
        rng = self.rng
        number = bisect(self.shares, rng.random() * self.shares[-1])
        place = self.places[min(number, len(self.places) - 1)]
        ago = int(rng.random() * DAYS)
        status = self._status(ago)
        leader = 0 if status == "received" else self._next_leader(number, place)
        municipality = rng.choice(place.municipalities)
        contact = self._contact(ago)
        decided = max(ago - 10 - int(rng.random() * 30), 0)
        asked = Asked(contact, place, leader, municipality, rng.choice(words.AREAS), ago, decided)
        pk = self._request(asked, status)
        self._link(pk, contact, ago)
        self._story(pk, asked, status)
        return asked if status == "accepted" else None

    def _status(self, ago: int) -> str:
        if ago >= OPEN_FOR:
            return self.rng.choice(DECIDED)
        return "received" if ago < TAKEN_WITHIN else self.rng.choice(("in_review", "in_review", "meeting_booked"))

    def _next_leader(self, number: int, place: Place) -> int:
        """One after the other, so that nobody has much more than anybody else."""
        self.turn[number] += 1
        return place.leaders[self.turn[number] % len(place.leaders)]

    def _contact(self, ago: int) -> int:
        rng, values = self.rng, {}
        if ago < REMEMBERED:
            channel = rng.choice(CHANNELS)
            address = f"+4670174{rng.randrange(10_000):04}" if channel in {"sms", "call"} else "grupp@example.org"
            kind = {"sms": "phone", "call": "phone", "email": "email"}.get(channel)
            values = {"called": rng.choice(words.CALLED), "channel": channel}
            if kind:
                values |= {kind: encrypt(address), f"{kind}_hash": keyed_hash(address)}
        language = rng.choice(words.LANGUAGES)
        return self.of[Contact].add(
            languages="{" + language + "}",
            wants_interpreter="no" if language == "sv" else "yes",
            protected="t" if rng.random() < 0.01 else "f",  # noqa: PLR2004 -- one in a hundred
            rechecked_on=self.days.day(ago),
            created_at=self.days.moment(ago),
            **values,
        )

    def _request(self, asked: Asked, status: str) -> int:
        rng, days, ago = self.rng, self.days, asked.ago
        is_open = ago < OPEN_FOR
        values: dict[str, Any] = {}
        if asked.leader:
            values = {"leader_id": str(asked.leader), "taken_at": days.moment(max(ago - 2, 0))}
            values["first_answer_at"] = values["taken_at"] if rng.random() < 0.9 else NULL  # noqa: PLR2004
        if asked.leader and is_open:
            values |= {"next_step": rng.choice(words.STEPS), "next_step_on": days.day(rng.randrange(-20, 6))}
        if asked.leader and is_open and rng.random() < 0.2:  # noqa: PLR2004 -- every fifth waits for someone
            values |= {"waits_for": rng.choice(("group", "duty_bearer")), "waits_since": days.moment(ago // 2)}
        if not is_open:
            values["decided_at"] = days.moment(asked.decided)
        if status == "accepted":
            values["group_id"] = str(self.of[Group].newest + 1)
        return self.of[SupportRequest].add(
            status=status,
            contact_id=str(asked.contact),
            office_id=NULL if asked.place.office is None else str(asked.place.office),
            asker="member",
            what=f"{rng.choice(words.PROBLEMS)}, och vi vill ändra på det.",
            size_band=rng.choice(SIZES),
            in_common=rng.choice(words.COMMON),
            place=asked.municipality[1],
            municipality_id=asked.municipality[0],
            area=asked.area,
            responsible=rng.choice(RESPONSIBLE),
            supports=rng.choice(SUPPORTS),
            urgency=rng.choice(URGENCIES),
            access_needs="{children}" if rng.random() < 0.3 else "{}",  # noqa: PLR2004
            created_at=days.moment(ago),
            received_at=days.moment(ago),
            promised_by=days.day(ago - 7),
            **values,
        )

    def _link(self, pk: int, contact: int, ago: int) -> None:
        self.of[PrivateLink].add(
            purpose="support",
            contact_id=str(contact),
            about_model="support.supportrequest",
            about_id=str(pk),
            code=next(self.codes, "") if ago < REMEMBERED else "",
            created_at=self.days.moment(ago),
        )

    def _story(self, pk: int, asked: Asked, status: str) -> None:
        """The log, the meeting, and what was sent."""
        rng, days, ago, log = self.rng, self.days, asked.ago, self.of[LogEntry]
        log.add(support_request_id=str(pk), kind="status", text="Förfrågan kom in.", at=days.moment(ago))
        if not asked.leader:
            return
        leader = str(asked.leader)
        said = rng.choice(words.LOG_LINES)
        log.add(support_request_id=str(pk), kind="call", text=said, user_id=leader, at=days.moment(max(ago - 2, 0)))
        if status == "meeting_booked" or (status == "accepted" and ago >= OPEN_FOR):
            self._meeting(pk, leader, status, asked)
        if ago < REMEMBERED:
            self.of[Message].add(
                contact_id=str(asked.contact),
                office_id=NULL if asked.place.office is None else str(asked.place.office),
                kind="support.request_taken",
                message_class="appointment",
                about_model="support.supportrequest",
                about_id=str(pk),
                language="sv",
                subject=self.subject,
                dedupe_key=f"generated:{pk}",
                message_id=f"<generated-{pk}@example.org>",
                created_at=days.moment(ago),
                not_before=days.moment(ago),
                state="sent",
                channel="sms",
                sent_at=days.moment(ago),
            )

    def _meeting(self, pk: int, leader: str, status: str, asked: Asked) -> None:
        rng, days = self.rng, self.days
        on = min(rng.randrange(-13, 4), asked.ago) if status == "meeting_booked" else asked.decided
        hour = rng.randrange(8, 15)
        self.of[IntakeMeeting].add(
            support_request_id=str(pk),
            office_id=NULL if asked.place.office is None else str(asked.place.office),
            leader_id=leader,
            uid=f"{rng.getrandbits(128):032x}",
            state="booked" if status == "meeting_booked" else "held",
            starts_at=f"{days.day(on)} {hour:02}:00:00+00",
            ends_at=f"{days.day(on)} {hour + 1:02}:00:00+00",
            place_kind="place",
            place="Biblioteket",
            interpreter=rng.choice(("not_needed", "to_book", "booked")),
            changed_at=days.moment(asked.ago),
            created_at=days.moment(asked.ago),
        )
