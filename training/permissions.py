"""Who may read what those who come have told us they need."""

from people.enums import Role
from people.models import User, held_roles

READS_NEEDS = (Role.LEADER, Role.OFFICE_MANAGER)
"""Those who prepare sessions. Others who see the session of an office, to follow the programme up, need no needs."""


def can_read_needs(user: User, office_id: int) -> bool:
    """Whether someone prepares sessions at the office today, so that they must know what those who come need."""
    if not (user.is_active and user.is_staff):
        return False
    held = {office for role, office in held_roles(user) if role in READS_NEEDS}
    return office_id in held or None in held
