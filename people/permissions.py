"""Who may do what: each role's permissions, in one table. Which rows they cover is decided by `visible_to`."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.apps import apps

from people.enums import Role
from people.models import Office, StaffRole, User

Grant = tuple[str, str, str]
"""(app, model, action); a `*` means every one."""

ACTIONS = ("view", "add", "change", "delete")
EVERY = "*"


def _may(actions: str, app: str, models: str) -> frozenset[Grant]:
    return frozenset((app, model, action) for model in models.split() for action in actions.split())


_LEADER = (
    _may("view", "support", EVERY)
    | _may("add change", "support", "supportrequest organisationrequest meetingslot intakemeeting supportperiod")
    | _may("add change", "support", "planitem checkin readinessmark keptthing logentry supervisionsession")
    | _may("add change", "support", "handover meetingneed")
    | _may("view", "groups", EVERY)
    | _may("add change", "groups", "group member approval enabler rolecontract organisation outreachcontact")
    | _may("view change", "people", "contact privatelink calltask")
    | _may("view", "people", "message office")
    | _may(" ".join(ACTIONS), "people", "savedview")
    | _may("view add change", "people", "job calendarfeed")
    | _may("view", "training", EVERY)
    | _may("add change", "training", "session registration")
)
_OFFICE_MANAGER = (
    _LEADER | _may("add change", "support", "officepolicy quickstep") | _may("view", "people", "heartbeat accesslog")
)
_EDITOR = (
    _may("view add change", "groups", "municipality topic organisation dutybearer")
    | _may("view add change", "knowledge", EVERY)
    | _may("view add change", "training", "course")
    | _may("view add change", "people", "job")
)
_PROGRAMME_MANAGER = (
    _OFFICE_MANAGER | _EDITOR | _may("view add change", "people", "office") | _may("view", "people", "user staffrole")
)
_ADMINISTRATOR = (
    _PROGRAMME_MANAGER | _may("view add change", "people", "user") | _may(" ".join(ACTIONS), "people", "staffrole")
)

GRANTS: Mapping[Role, frozenset[Grant]] = {
    Role.LEADER: _LEADER,
    Role.OFFICE_MANAGER: _OFFICE_MANAGER,
    Role.EDITOR: _EDITOR,
    Role.TREASURER: frozenset(),  # money is another app's; a treasurer sees no case
    Role.PROGRAMME_MANAGER: _PROGRAMME_MANAGER,
    Role.ADMINISTRATOR: _ADMINISTRATOR,
}

AT_ONE_OFFICE: Mapping[Role, Role] = {
    Role.PROGRAMME_MANAGER: Role.OFFICE_MANAGER,
    Role.ADMINISTRATOR: Role.OFFICE_MANAGER,
}
"""What a role of the whole programme amounts to when it was given for one office only: accounts are everyone's."""


def grants_of(roles: Iterable[tuple[Role, bool]]) -> frozenset[Grant]:
    """What the roles allow together. Each role comes with whether it holds at every office."""
    counted = (role if is_everywhere else AT_ONE_OFFICE.get(role, role) for role, is_everywhere in roles)
    return frozenset().union(*(GRANTS[role] for role in counted))


def as_django_permissions(grants: Iterable[Grant]) -> set[str]:
    """The grants under Django's names (`support.change_supportrequest`), for models that exist."""
    permissions = set()
    for app, model, action in grants:
        if not apps.is_installed(app):
            continue
        models = [one._meta.model_name for one in apps.get_app_config(app).get_models()]
        permissions |= {f"{app}.{action}_{one}" for one in models if model in {EVERY, one}}
    return permissions


def staff_of(role: Role, office: Office | None, today: date) -> list[User]:
    """Those with the role at the office today, also those who have it for every office.

    Nobody there, or no office yet, means everyone in the programme with the role: nothing lies unseen.
    """
    active = StaffRole.objects.active(today).filter(role=role, user__is_active=True)
    for roles in (active.for_office(office) if office else active, active):
        users = list(User.objects.filter(roles__in=roles).distinct().order_by("pk"))
        if users:
            return users
    return []


def works_for(user: User, today: date) -> list[int]:
    """Whose cases someone answers for today: their own, and those of colleagues they cover for. One query."""
    covers = StaffRole.objects.of(user).active(today).filter(covers__isnull=False).values_list("covers", flat=True)
    return [user.pk, *sorted(set(covers))]


def can_manage_account(by: User, account: User) -> bool:
    """Whether someone may change another's account. Superusers' accounts are changed by superusers alone."""
    return by.is_superuser or (by.has_perm("people.change_user") and not account.is_superuser)
