"""The Celery app. What runs when stands in the beat table of settings.py."""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mobilisering.settings")

app = Celery("mobilisering")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_our_logging(**kwargs: Any) -> None:
    """Being connected is enough: Celery then leaves the logging of settings.py alone."""
