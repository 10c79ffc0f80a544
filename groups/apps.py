from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    name = "groups"
    verbose_name = _("Grupper och ansvariga")

    def ready(self) -> None:
        from groups import emails
        from groups.models import Enabler, Member
        from people import contact_owners

        emails.register()
        contact_owners.register(Member, Enabler)
