from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeConfig(AppConfig):
    name = "knowledge"
    verbose_name = _("Kunskap")

    def ready(self) -> None:
        """What the rest of the portal does with public texts and with those who tell about themselves in them."""
        from groups import views as group_pages
        from groups.actions import approvals
        from groups.enums import ApprovalKind
        from knowledge import emails
        from knowledge.actions import handbooks
        from knowledge.actions.contributing import forget_contributor
        from knowledge.actions.examples import group_answered
        from knowledge.actions.own_sources import register_own
        from knowledge.admin.handbooks import run_handbook
        from knowledge.models import Example
        from people import contact_owners, jobs

        jobs.register(handbooks.KIND, run_handbook, page="admin:knowledge_handbookedition_job")
        register_own()
        emails.register()
        approvals.when_answered(ApprovalKind.EXAMPLE, group_answered)
        group_pages.shown_with(ApprovalKind.EXAMPLE, "knowledge/approval.html")
        contact_owners.register(Example, office="group__office")
        contact_owners.when_erased(forget_contributor)
