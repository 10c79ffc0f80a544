from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MobiliseringConfig(AppConfig):
    name = "mobilisering"
    verbose_name = _("Mobilisering")

    def ready(self) -> None:
        """Every process that has loaded Django knows our Celery app, and with it our broker."""
        from mobilisering.celery import app

        app.set_default()
