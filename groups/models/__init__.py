"""Who acts, who supports them, and who is responsible."""

from groups.models.approvals import Approval
from groups.models.duty_bearers import DutyBearer
from groups.models.enablers import Enabler, RoleContract
from groups.models.groups import Group, Member
from groups.models.outreach import OutreachContact
from groups.models.places import Municipality, Organisation, Topic

__all__ = [
    "Approval",
    "DutyBearer",
    "Enabler",
    "Group",
    "Member",
    "Municipality",
    "Organisation",
    "OutreachContact",
    "RoleContract",
    "Topic",
]
