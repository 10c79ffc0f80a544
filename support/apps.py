from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupportConfig(AppConfig):
    name = "support"
    verbose_name = _("Stöd till grupper")

    def ready(self) -> None:
        from people import contact_owners, jobs
        from people.history import Part, tell_together
        from people.models import Contact
        from support import emails
        from support.actions import caseload, exporting
        from support.admin.caseload_import import run_import
        from support.admin.exporting import run_export
        from support.models import (
            HandOver,
            IntakeMeeting,
            KeptThing,
            OrganisationRequest,
            PlanItem,
            SupportPeriod,
            SupportRequest,
        )

        emails.register()
        jobs.register(caseload.KIND, run_import, page="admin:support_import")
        jobs.register(exporting.KIND, run_export)
        contact_owners.register(SupportRequest, OrganisationRequest)
        of_contact = Part(Contact, "pgh_obj", of="contact_id")
        tell_together(
            SupportRequest, of_contact, Part(IntakeMeeting, "support_request"), Part(HandOver, "support_request")
        )
        tell_together(SupportPeriod, Part(PlanItem, "period"), Part(KeptThing, "period"), Part(HandOver, "period"))
        tell_together(OrganisationRequest, of_contact)
