"""Sessions on Min dag: those that someone holds this week, whose attendance is not noted, or that are drafts still."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from mobilisering.my_day.acts import Acts
from mobilisering.my_day.rows import Row
from people.admin.commands import page_of
from people.calendar import long_time, stockholm_day
from people.counting import LIMIT
from support.admin import words
from support.day.desk import Desk
from training.enums import RegistrationState, SessionState
from training.models import Registration, Session

THIS_WEEK = timedelta(days=7)
DRAFTS_BEFORE = timedelta(days=14)
"""So long before it begins a session ought to be published: else nobody has time to plan for it."""


def sessions_to_see_to(desk: Desk) -> list[Session]:
    """Of those that I answer for, what has begun first; at most one more than are counted. One query."""
    expected = Registration.objects.filter(session=OuterRef("pk"), state=RegistrationState.REGISTERED)
    published, draft = Q(state=SessionState.PUBLISHED), Q(state=SessionState.DRAFT, starts_at__gt=desk.now)
    rows = Session.objects.visible_to(desk.user).filter(
        published & Q(starts_at__lte=desk.now) & Exists(expected)
        | published & Q(starts_at__gt=desk.now, starts_at__lte=desk.now + THIS_WEEK)
        | draft & Q(starts_at__lte=desk.now + DRAFTS_BEFORE),
        host__in=desk.leaders,
    )
    return list(rows.select_related("course", "office").order_by("starts_at", "pk")[: LIMIT + 1])


def session_row(row: Session, desk: Desk, acts: Acts, *, whose: str) -> Row:
    """Why it is here, and the press that comes next."""
    today, day = desk.today, stockholm_day(row.starts_at)
    has_begun, when = row.starts_at <= desk.now, long_time(row.starts_at, today)
    if row.state == SessionState.DRAFT:
        why = _("Utkast som börjar snart: %(when)s.")
    else:
        why = _("Närvaron är inte antecknad: %(when)s.") if has_begun else _("Börjar %(when)s.")
    return Row(
        title=str(row.course),
        url=page_of(row),
        why=why % {"when": when},
        acts=acts.of(row, "attendance", "publish"),
        order=day,
        facts=row.place,
        due=words.due(day, today) if has_begun else None,
        whose=whose,
        tag=_("Utbildning"),
        tag_icon="users-group",
    )
