"""A made-up programme: groups that ask on different days, answer as they please, and find their own way out."""

from datetime import datetime, timedelta
from functools import partial
from random import Random

from django.utils.text import slugify

from groups.enums import SupportKind
from groups.models import Municipality
from mobilisering.simulation.course import Course
from mobilisering.simulation.people import LivingGroup, Reply, answers_to_request, contact_way, days_later
from people.enums import Role
from people.models import Office, StaffRole, User
from support.actions.answers import CheckInOver
from support.actions.exits import keep_thing, sign_exit
from support.actions.periods import change_phase
from support.enums import CheckInKind, CheckInState, Drives, Going, KeepKind, Phase, Wish
from support.models import CheckIn

NAMES = (
    "Värme",
    "Lekplats",
    "Buss",
    "Språk",
    "Hiss",
    "Skol",
    "Tvätt",
    "Park",
    "Nattvandrar",
    "Kök",
    "Bibliotek",
    "Bad",
)
PLACES = ("Göteborg", "Malmö", "Uppsala", "Linköping")
OUT_OF_TEN_ANSWER = 8
GROWS_AT = 3  # answers after which a group drives its question


def make_office(name: str, begins: datetime) -> tuple[Office, User]:
    """An office with its municipality and one leader."""
    office = Office.objects.create(name=name, slug=slugify(name), phone="031-390 06 10")
    Municipality.objects.named(name).update(office=office)
    leader = User.objects.create_user(f"ledare.{office.slug}@example.org", name=f"Ledare {name}", is_staff=True)
    StaffRole.objects.create(user=leader, office=office, role=Role.LEADER, starts_on=begins.date())
    return office, leader


class Programme:
    """`groups` groups at four offices. The same seed gives the same programme."""

    def __init__(self, *, groups: int, seed: int, begins: datetime) -> None:
        self.random = Random(seed)  # noqa: S311 -- a story, no secret
        self.course = Course(begins)
        self.leaders = [make_office(place, begins) for place in PLACES]
        self.groups = [self._group(number) for number in range(groups)]
        for number, group in enumerate(self.groups):
            self.course.at(days_later(begins, 1 + 3 * number), partial(self._asks, group))
        self.course.watchers.append(self._everyone_looks)

    def _group(self, number: int) -> LivingGroup:
        place = PLACES[number % len(PLACES)]
        name = f"{NAMES[number % len(NAMES)]}gruppen" + (f" {number // len(NAMES) + 1}" if number >= len(NAMES) else "")
        phone = f"070174{number % 10000:04d}"
        ways = [
            contact_way(phone=phone, by_sms=True),
            contact_way(phone=phone),
            contact_way(email=f"grupp{number}@example.org"),
        ]
        answers = answers_to_request(
            what="Vi vill förändra något hos oss.", place=place, contact=self.random.choice(ways)
        )
        supports = self.random.sample(list(SupportKind), 2)
        return LivingGroup(alias=name, answers=answers, leader=self.leaders[number % len(PLACES)][1], supports=supports)

    def _asks(self, group: LivingGroup, now: datetime) -> None:
        group.ask_for_support(now)
        taken = days_later(now, self.random.choice([1, 1, 2, 3, 4, 9]))
        self.course.at(taken, group.is_taken)
        self.course.at(taken + timedelta(minutes=30), partial(self._books, group))

    def _books(self, group: LivingGroup, now: datetime) -> None:
        meeting = group.books_meeting(now, in_days=self.random.randint(3, 10))
        self.course.at(meeting.ends_at, partial(self._begins, group))

    def _begins(self, group: LivingGroup, now: datetime) -> None:
        group.meets(now, notes="Vi pratade om vad gruppen vill och vad vi kan göra.")
        self.course.at(days_later(now, 21), partial(self._goes_to_work, group))

    def _goes_to_work(self, group: LivingGroup, now: datetime) -> None:
        assert group.period is not None
        group.period.refresh_from_db()
        if group.period.phase == Phase.START:
            change_phase(group.period, phase=Phase.CHANGE, by=group.leader, now=now)

    def _everyone_looks(self, now: datetime) -> None:
        for group in self.groups:
            if check_in := group.asked_now():
                self._answers_some_day(group, check_in, now)

    def _answers_some_day(self, group: LivingGroup, check_in: CheckIn, now: datetime) -> None:
        if self.random.randrange(10) >= OUT_OF_TEN_ANSWER:
            return
        reply = self._reply(group, check_in)
        some_day = days_later(now, self.random.choice([0, 1, 1, 3, 5]))
        self.course.at(some_day, partial(self._replies, group, check_in, reply))

    def _reply(self, group: LivingGroup, check_in: CheckIn) -> Reply:
        """A group grows into its question; now and then it is set back."""
        assert group.period is not None
        answered = group.period.check_ins.filter(state=CheckInState.ANSWERED).count()
        strong = answered >= GROWS_AT
        going = self.random.choices(list(Going), weights=[6, 3, 1])[0]
        wishes = {
            Wish.FURTHER: 4 + 3 * strong,
            Wish.SAME: 4,
            Wish.CLOSER: 1,
            Wish.FINISH: 2 * (answered > GROWS_AT + 1),
        }
        if check_in.kind == CheckInKind.AFTER_CARE:
            wishes = {Wish.SAME: 1}
        return Reply(
            wish=self.random.choices(list(wishes), weights=list(wishes.values()))[0],
            going=going,
            drives=Drives.YES if strong else Drives.PARTLY,
        )

    def _replies(self, group: LivingGroup, check_in: CheckIn, reply: Reply, now: datetime) -> None:
        assert group.period is not None
        try:
            group.reply(check_in, reply, now)
        except CheckInOver:  # it took so long that the next one has been asked
            return
        group.period.refresh_from_db()
        if group.period.phase == Phase.EXIT and not group.period.self_reliant_at:
            self.course.at(days_later(now, 7), partial(self._signs, group))

    def _signs(self, group: LivingGroup, now: datetime) -> None:
        assert group.period is not None
        group.period.refresh_from_db()
        if group.period.phase != Phase.EXIT:
            return
        keep_thing(group.period, kind=KeepKind.CONTACTS, text="Listan med kontakter", now=now, by=group.leader)
        member = group.period.group.members.contact_persons().get()
        sign_exit(group.period, member=member, now=now)
        sign_exit(group.period, by=group.leader, now=now)
