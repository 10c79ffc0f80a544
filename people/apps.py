from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("Människor och kontakt")

    def ready(self) -> None:
        from people import emails
        from people.history import Part, tell_together
        from people.models import StaffRole, User

        emails.register()
        tell_together(User, Part(StaffRole, "user"))
