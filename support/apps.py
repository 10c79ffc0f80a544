from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupportConfig(AppConfig):
    name = "support"
    verbose_name = _("Stöd till grupper")

    def ready(self) -> None:
        from people import contact_owners
        from support import emails
        from support.models import OrganisationRequest, SupportRequest

        emails.register()
        contact_owners.register(SupportRequest, OrganisationRequest)
