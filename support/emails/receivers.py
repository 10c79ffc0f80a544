"""Where in the admin staff read about something."""

from django.db.models import Model


def staff_page(thing: Model) -> str:
    """The address of a case in the admin."""
    return f"/admin/{thing._meta.app_label}/{thing._meta.model_name}/{thing.pk}/change/"
