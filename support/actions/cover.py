"""Cover during absence (vikariat): a colleague sees to someone's groups for some days, and it ends by itself.

A cover never gets to do more than before: they lead groups at the office already, for as long as the cover lasts.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from people.calendar import ONE_DAY, stockholm_day
from people.enums import Role
from people.models import Office, StaffRole, User
from support.emails import hand_overs as emails
from support.permissions import LEADING_ROLES, answers_for, leaders_of

LONGEST_COVER = timedelta(days=366)
"""Whoever is away longer hands their groups over (the programme's own rule)."""


class CoverDaysWrong(Exception):
    """A cover begins today or later, ends on that day or after, and lasts a year at most."""


class NothingToCover(Exception):
    """Who is away does not lead groups at the office."""


class CannotCover(Exception):
    """Who shall cover must be someone else, who leads groups at the office during the whole time."""


class CoversAlready(Exception):
    """The same person covers for the same colleague on some of the days."""


class NotForYouToArrange(Exception):
    """Cover is arranged by whoever is away, or by who answers for the office."""


def can_arrange(user: User, absent: User | None, office: Office | None) -> bool:
    return bool(absent and absent.pk == user.pk) or answers_for(user, office.pk if office else None)


def can_cover(office: Office, starts_on: date, ends_on: date) -> QuerySet[User]:
    """Who leads groups at the office all those days by a role of their own, not because they cover for someone."""
    roles = StaffRole.objects.for_office(office).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=ends_on), role__in=LEADING_ROLES, covers=None, starts_on__lte=starts_on
    )
    return User.objects.filter(is_active=True, is_staff=True, roles__in=roles).distinct().order_by("name", "pk")


@transaction.atomic
def arrange_cover(
    absent: User, *, cover: User, office: Office, starts_on: date, ends_on: date, by: User, now: datetime
) -> StaffRole:
    """A colleague covers at one office, both days included. Both are told.

    Several may share the work. The same again returns the first. Raises NotForYouToArrange, CoverDaysWrong,
    NothingToCover, CannotCover, CoversAlready.
    """
    User.objects.select_for_update(no_key=True).get(pk=absent.pk)  # one cover for them is arranged at a time
    today = stockholm_day(now)
    if not can_arrange(by, absent, office):
        raise NotForYouToArrange
    if not today <= starts_on <= ends_on <= starts_on + LONGEST_COVER:
        raise CoverDaysWrong
    if not leaders_of(office, today).filter(pk=absent.pk).exists():
        raise NothingToCover
    same = StaffRole.objects.filter(user=cover, covers=absent, office=office)
    if already := same.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).first():
        if (already.starts_on, already.ends_on) == (starts_on, ends_on):
            return already
        raise CoversAlready
    if cover.pk == absent.pk or not can_cover(office, starts_on, ends_on).filter(pk=cover.pk).exists():
        raise CannotCover
    role = StaffRole.objects.create(
        user=cover, office=office, role=Role.LEADER, starts_on=starts_on, ends_on=ends_on, covers=absent
    )
    emails.tell_cover(role, now=now)
    return role


@transaction.atomic
def end_cover(role: StaffRole, *, by: User, now: datetime) -> None:
    """The colleague is back sooner: from now on nobody covers. Both are told. Twice changes nothing.

    One that has not begun, or began today, never was. Raises NotForYouToArrange.
    """
    found = StaffRole.objects.select_for_update(of=("self",)).filter(pk=role.pk, covers__isnull=False).first()
    today = stockholm_day(now)
    if found is None or (found.ends_on and found.ends_on < today):
        return
    if not can_arrange(by, found.covers, found.office):
        raise NotForYouToArrange
    emails.tell_cover_ended(found, now=now)
    if found.starts_on >= today:
        found.delete()
        return
    found.ends_on = today - ONE_DAY
    found.save(update_fields=["ends_on"])
