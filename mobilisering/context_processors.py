"""What the frame of every page shows: menu, telephone, the way out. No query, so that error pages can use it too."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class MenuItem:
    label: Promise
    url_name: str

    @property
    def url(self) -> str:
        return reverse(self.url_name)


MENU: tuple[MenuItem, ...] = (
    MenuItem(_("Få stöd"), "start"),
    MenuItem(_("Exempel"), "knowledge:examples"),
    MenuItem(_("Verktyg"), "knowledge:tools"),
    MenuItem(_("Ordlista"), "knowledge:terms"),
    MenuItem(_("Utbildningar"), "training:list"),
    MenuItem(_("Sök"), "knowledge:search"),
    MenuItem(_("För dig som stöttar"), "support:organisation"),
)
"""One line per page in the main menu, in the order shown. Only pages that exist."""

FOOTER: tuple[MenuItem, ...] = (
    MenuItem(_("Er egen sida"), "support:my_page"),
    MenuItem(_("Om oss"), "knowledge:about"),
    MenuItem(_("Så går det till"), "knowledge:how_it_works"),
    MenuItem(_("Kontakt"), "knowledge:contact"),
    MenuItem(_("Så surfar du tryggt"), "knowledge:safe"),
    MenuItem(_("Så hanterar vi uppgifter"), "knowledge:personal_data"),
    MenuItem(_("Tillgänglighet"), "knowledge:accessibility"),
    MenuItem(_("Lättläst"), "knowledge:easy_pages"),
    MenuItem(_("Handbok"), "knowledge:handbooks"),
    MenuItem(_("Öppna data"), "knowledge:open_data"),
    MenuItem(_("Språk"), "language"),
    MenuItem(_("För medarbetare"), "account_login"),
)
"""The same for the links at the foot of every page."""


def face(request: HttpRequest | None = None) -> dict[str, Any]:
    """The values `base.html` needs; also called by hand for error pages."""
    return {
        "menu": MENU,
        "footer_links": FOOTER,
        "portal_phone": settings.PORTAL_PHONE,
        "exit_url": settings.EXIT_URL,
        "current_path": request.path if request else "",
    }
