from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    """Django's admin with our own site in place of the stock one."""

    default_site = "mobilisering.admin.PortalAdminSite"
