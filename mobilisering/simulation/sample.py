"""The sample programme of `make run`: two offices, some weeks of work, people and places made up.

It is lived through by the portal's own actions and sweeps up to this very day, so that everything in it is as it would
be: logs, messages, promises that are due, a group that is about to end.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction

from groups.actions.people import add_enabler
from groups.actions.roles import agree_role
from groups.enums import EnablerRole, Sector
from groups.models import Group, Municipality, Organisation
from mobilisering.simulation.course import Course
from mobilisering.simulation.desk import lay_out
from mobilisering.simulation.people import LivingGroup, Reply, contact_way, days_later, working_morning
from mobilisering.simulation.stories import STORIES, Story
from mobilisering.simulation.trainings import plan_term
from people.calendar import stockholm_day
from people.enums import Role
from people.models import Office, StaffRole, User
from support.actions.exits import keep_thing, sign_exit
from support.actions.periods import change_phase
from support.actions.plans import add_item, set_item_status
from support.actions.slots import offer_slots
from support.enums import KeepKind, OwnerSide, Phase, PlaceKind, PlanStatus
from support.models import CheckIn, PlanItem

LONGEST_STORY = timedelta(days=200)


@dataclass(frozen=True)
class Staff:
    name: str
    email: str
    role: Role
    office: str | None


STAFF = (
    Staff("Maja Lind", "maja@example.org", Role.LEADER, "Göteborg"),
    Staff("Sam Ek", "sam@example.org", Role.LEADER, "Göteborg"),
    Staff("Inga Holm", "inga@example.org", Role.OFFICE_MANAGER, "Göteborg"),
    Staff("Kim Berg", "kim@example.org", Role.LEADER, "Uppsala"),
    Staff("Ebba Fors", "ebba@example.org", Role.EDITOR, None),
    Staff("Pia Sten", "pia@example.org", Role.PROGRAMME_MANAGER, None),
    Staff("Ada Alm", "ada@example.org", Role.ADMINISTRATOR, None),
)


@transaction.atomic
def make_places(today: date) -> None:
    """Offices with their municipalities, and the people who work there."""
    offices = {}
    for name, around in {"Göteborg": ("Mölndal", "Partille"), "Uppsala": ("Knivsta", "Enköping")}.items():
        office = Office.objects.create(
            name=name,
            slug={"Göteborg": "goteborg", "Uppsala": "uppsala"}[name],
            phone="031-390 06 10",
            email=f"{name.lower().replace('ö', 'o')}@example.org",
            visiting_address="Storgatan 1",
        )
        Municipality.objects.filter(name__in=[name, *around]).update(office=office)
        offices[name] = office
    for one in STAFF:
        user = User.objects.create_user(one.email, name=one.name, is_staff=True, phone="031-390 06 11")
        StaffRole.objects.create(
            user=user, office=offices.get(one.office or ""), role=one.role, starts_on=today - 2 * LONGEST_STORY
        )


def live(now: datetime) -> None:
    """Lets every story run its course, up to now."""
    today = stockholm_day(now)
    make_places(today)
    course = Course(now - LONGEST_STORY)
    for story in STORIES:
        leader = User.objects.get(name=story.leader)
        group = LivingGroup(alias=story.alias, answers=story.answers, leader=leader, supports=story.supports)
        _plan(course, story, group, today)
    plan_term(course, now=now)
    course.run_until(now)
    _add_enabler(now)
    lay_out(now)


def _plan(course: Course, story: Story, group: LivingGroup, today: date) -> None:
    """Everything of a story that happens by itself; replies come when they are asked for."""
    asked = working_morning(today - timedelta(days=story.days_ago))
    course.at(asked, group.ask_for_support)
    if story.taken_after is None:
        return
    taken = days_later(asked, story.taken_after) + timedelta(hours=1)
    course.at(taken, group.is_taken)
    if story.offers_times:
        course.at(taken, partial(_offer_times, group))
    if story.meets_after is None:
        return
    course.at(taken + timedelta(hours=1), partial(group.books_meeting, in_days=story.meets_after, place=story.meets_at))
    met = days_later(taken + timedelta(hours=1), story.meets_after) + timedelta(hours=1)
    if stockholm_day(met) >= today:
        return
    course.at(met, partial(_begin, course, story, group))
    if story.to_change_after:
        course.at(days_later(met, story.to_change_after), partial(_goes_to_work, group))
    course.watchers.append(partial(_look, course, iter(story.replies), group))


def _offer_times(group: LivingGroup, now: datetime) -> None:
    assert group.support_request is not None
    days = [days_later(now, ahead) for ahead in (3, 5, 6)]
    times = [(day + timedelta(hours=4), day + timedelta(hours=5)) for day in days]
    offer_slots(
        group.support_request,
        times=times,
        place_kind=PlaceKind.PLACE,
        place="Biblioteket, grupprum 2",
        by=group.leader,
        now=now,
        despite=[start for start, _end in times],
    )


def _begin(course: Course, story: Story, group: LivingGroup, now: datetime) -> None:
    period = group.meets(now, notes=story.notes)
    for number, point in enumerate(story.plan):
        item = add_item(
            period,
            text=point.text,
            kind=point.kind,
            owner_side=point.side,
            owner=point.owner,
            by_group=True,
            now=now + timedelta(minutes=number),
        )
        for days, status in ((point.begun_after, PlanStatus.UNDER_WAY), (point.done_after, PlanStatus.DONE)):
            if days is not None:
                by_group = point.side == OwnerSide.GROUP
                course.at(days_later(now, days), partial(_comes_along, item, status, by_group))


def _comes_along(item: PlanItem, status: PlanStatus, by_group: bool, now: datetime) -> None:
    set_item_status(item, status=status, by_group=by_group, now=now)


def _goes_to_work(group: LivingGroup, now: datetime) -> None:
    assert group.period is not None
    change_phase(group.period, phase=Phase.CHANGE, by=group.leader, now=now)


def _look(course: Course, replies: Iterator[Reply], group: LivingGroup, now: datetime) -> None:
    check_in = group.asked_now()
    reply = next(replies, None) if check_in else None
    if check_in and reply and reply.after is not None:
        course.at(days_later(now, reply.after), partial(_replies, course, group, check_in, reply))


def _replies(course: Course, group: LivingGroup, check_in: CheckIn, reply: Reply, now: datetime) -> None:
    group.reply(check_in, reply, now)
    assert group.period is not None
    group.period.refresh_from_db()
    if group.period.phase == Phase.EXIT:
        course.at(days_later(now, 5), partial(_sign, group))


def _sign(group: LivingGroup, now: datetime) -> None:
    """What the group keeps is written down, and both sides sign."""
    assert group.period is not None
    keep_thing(group.period, kind=KeepKind.CONTACTS, text="Namn och nummer till dem vi har pratat med", now=now)
    keep_thing(group.period, kind=KeepKind.TEMPLATES, text="Brevet vi skickade", now=now)
    sign_exit(group.period, member=group.period.group.members.contact_persons().get(), now=now)
    sign_exit(group.period, by=group.leader, now=now)


def _add_enabler(now: datetime) -> None:
    """Someone at the library who opens doors for one of the groups."""
    library = Organisation.objects.create(name="Biblioteket i Almhöjden", sector=Sector.PUBLIC)
    group = Group.objects.get(alias="Värmegruppen")
    enabler = add_enabler(
        called="Ylva på biblioteket",
        way=contact_way(email="ylva@example.org"),
        office=group.office,
        organisation=library,
        competences="Kan visa hur man anmäler till kommunen.",
        languages=["sv", "en"],
        now=now,
    )
    agree_role(
        group,
        enabler=enabler,
        role=EnablerRole.DOOR_OPENER,
        task="Visa vem vi ska prata med på kommunen",
        review_on=stockholm_day(now) + timedelta(days=60),
        employer_is_duty_bearer=False,
        now=now,
    )
