"""What the editors say on pages of other apps, which know nothing of the editors."""

from django import template
from django.db import InterfaceError, OperationalError

from knowledge.models import Page, ShortText
from knowledge.texts import language_now
from knowledge.views.shown import ShownPage, shown

register = template.Library()


@register.simple_tag
def guide(path: str) -> ShownPage | None:
    """The public page with the address. None when there is none, or the database does not answer: the template then
    says the least itself, and the page does what it is there for. Two queries.
    """
    try:
        page = Page.objects.published().filter(path=path).first()
        return shown(page, language_now()) if page else None
    except (OperationalError, InterfaceError):
        return None


@register.simple_tag
def short_texts() -> list[ShortText]:
    """The languages in which there is a checked text of what the portal is. One query."""
    try:
        return list(ShortText.objects.published())
    except (OperationalError, InterfaceError):
        return []
