from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MobiliseringConfig(AppConfig):
    name = "mobilisering"
    verbose_name = _("Mobilisering")

    def ready(self) -> None:
        """Every process that has loaded Django knows our Celery app, and with it our broker.

        What one subject offers on the pages of another is put there.
        """
        from django.conf import settings

        from knowledge.caching import changes_with
        from mobilisering import course_search, period_commands
        from mobilisering.celery import app
        from mobilisering.stylesheet import stylesheet

        app.set_default()
        period_commands.register()
        course_search.register()
        if settings.DEVELOPMENT:
            changes_with(stylesheet)  # a rule that was just written shows at once
