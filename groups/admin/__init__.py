"""Groups, those who support them and those responsible, in the admin: plain lists, plain forms, changes by action."""

from groups.admin import approvals, duty_bearers, enablers, groups, places

__all__ = ["approvals", "duty_bearers", "enablers", "groups", "places"]
