from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    name = "groups"
    verbose_name = _("Grupper och ansvariga")

    def ready(self) -> None:
        from groups import emails
        from groups.models import Enabler, Group, Member, RoleContract
        from people import contact_owners
        from people.history import Part, tell_together
        from people.models import Contact

        emails.register()
        contact_owners.register(Member, office="group__office")
        contact_owners.register(Enabler)
        tell_together(Group, Part(Member, "group"), Part(RoleContract, "group"))
        tell_together(Enabler, Part(Contact, "pgh_obj", of="contact_id"))
