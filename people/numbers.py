"""Numbers as one says them."""

from django.utils.translation import gettext_lazy as _

WORDS = (
    _("noll"), _("ett"), _("två"), _("tre"), _("fyra"), _("fem"), _("sex"),
    _("sju"), _("åtta"), _("nio"), _("tio"), _("elva"), _("tolv"),
)  # fmt: skip


def in_words(number: int) -> str:
    """Up to twelve as a word; larger ones, and what is below nought, in figures."""
    return str(WORDS[number] if 0 <= number < len(WORDS) else number)
