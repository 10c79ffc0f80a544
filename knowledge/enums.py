"""The closed lists of the knowledge app."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """How far a public text has come. Only examples are reviewed and approved by a group on the way."""

    DRAFT = "draft", _("Utkast")
    REVIEW = "review", _("Läses av oss")
    APPROVAL = "approval", _("Väntar på gruppens ja")
    READY = "ready", _("Klar att publicera")
    PUBLISHED = "published", _("Publicerad")
    WITHDRAWN = "withdrawn", _("Borttagen")


class TermTopic(models.TextChoices):
    CORE = "core", _("Det viktigaste")
    SUPPORT = "support", _("Stödet")
    ROLES = "roles", _("Roller")
    PHASES = "phases", _("Tiden tillsammans")
    PRESSURE = "pressure", _("Sätt att påverka")
    COALITION = "coalition", _("Att gå ihop")
    RIGHTS = "rights", _("Rättigheter")
    MEETING = "meeting", _("Möten")
    MONEY = "money", _("Pengar")
    SAFETY = "safety", _("Trygghet")


class Setting(models.TextChoices):
    """The kind of place an example is from. Enough to recognise oneself in, too little to find anyone by."""

    CITY = "city", _("Storstad")
    TOWN = "town", _("Mellanstor stad")
    SMALL = "small", _("Mindre ort")
    RURAL = "rural", _("Landsbygd")
    COUNTRY = "country", _("Hela landet")


class Cost(models.TextChoices):
    FREE = "free", _("Inget")
    UNDER_1000 = "under_1000", _("Under 1 000 kronor")
    UNDER_5000 = "under_5000", _("1 000–5 000 kronor")
    UNDER_20000 = "under_20000", _("5 000–20 000 kronor")
    MORE = "more", _("Mer än 20 000 kronor")


class Risk(models.TextChoices):
    """What could give people in an example away. An editor answers for each before anyone else reads it."""

    SMALL_PLACE = "small_place", _("Platsen är så liten att någon kan kännas igen")
    RARE_EVENT = "rare_event", _("Det som hände är så ovanligt att det går att spåra")
    EXACT_DATE = "exact_date", _("Det står ett datum som pekar ut någon")
    NAMES = "names", _("Det står namn, smeknamn eller titlar")
    HEALTH = "health", _("Det går att förstå något om hälsa, tro eller uppehållstillstånd")
    OTHERS = "others", _("Någon utanför gruppen pekas ut")
    QUOTE = "quote", _("Citatet låter som en bestämd person")


class ToolKind(models.TextChoices):
    METHOD = "method", _("Metod")
    GUIDE = "guide", _("Vägledning")


class ShortLanguage(models.TextChoices):
    """Languages in which the portal tells shortly what it is. Each is called what it calls itself."""

    ARABIC = "ar", "العربية"
    SOMALI = "so", "Soomaali"
    DARI = "prs", "دری"
    TIGRINYA = "ti", "ትግርኛ"
    UKRAINIAN = "uk", "Українська"


RIGHT_TO_LEFT = frozenset({ShortLanguage.ARABIC, ShortLanguage.DARI})


class EntryKind(models.TextChoices):
    """The kinds of public texts the search knows from this app; others are registered by the apps that own them."""

    EXAMPLE = "example", pgettext_lazy("en text", "Exempel")
    TOOL = "tool", pgettext_lazy("en text", "Verktyg")
    TERM = "term", pgettext_lazy("en text", "Ord")
    PAGE = "page", _("Sida")
