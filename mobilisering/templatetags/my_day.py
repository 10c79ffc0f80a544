"""How a person may be reached, in a row of Min dag."""

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from mobilisering.templatetags.face import tel
from people.enums import Channel
from people.models import Contact

register = template.Library()


@register.simple_tag
def safe_way(contact: Contact) -> SafeString:
    """The whole sentence; the number is a link for those who chose to be called, and for nobody else.

    A number for sms is no link: a press on it would call someone who must not be called.
    """
    sentence = escape(contact.safe_sentence)
    may_be_called = contact.channel == Channel.CALL and not (
        contact.protected or contact.suppressed_because or contact.erased_at
    )
    if not may_be_called:
        return sentence
    number = escape(contact.readable_address)
    link = format_html('<a class="number" href="{}">{}</a>', tel(contact.phone), contact.readable_address)
    return mark_safe(sentence.replace(number, link, 1))  # noqa: S308 -- both parts are escaped above
