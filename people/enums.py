"""The closed lists of the people app: what may stand in a column, and what a reader sees for it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How a person wants to be reached. Nothing is ever sent in another way."""

    NONE = "none", _("Inte valt än")
    SMS = "sms", _("Sms")
    CALL = "call", _("Telefonsamtal")
    EMAIL = "email", _("E-post")
    SELF = "self", _("Hör av sig själv")


class YesNoUnknown(models.TextChoices):
    YES = "yes", _("Ja")
    NO = "no", _("Nej")
    UNKNOWN = "unknown", _("Vi vet inte")


class Role(models.TextChoices):
    """What someone does in the programme; what it lets them do stands in `permissions.py`."""

    LEADER = "leader", _("Utvecklingsledare")
    OFFICE_MANAGER = "office_manager", _("Ortsansvarig")
    EDITOR = "editor", _("Redaktör")
    TREASURER = "treasurer", _("Kassör")
    PROGRAMME_MANAGER = "programme_manager", _("Programansvarig")
    ADMINISTRATOR = "administrator", _("Administratör")


class MessageClass(models.TextChoices):
    """The four classes of messages; quiet hours, limits and expiry follow from the class alone."""

    ANSWER = "answer", _("Svar på något personen nyss bad om")
    APPOINTMENT = "appointment", _("Inför en tid")
    REMINDER = "reminder", _("Påminnelse")
    STAFF = "staff", _("Till medarbetare")


class MessageState(models.TextChoices):
    QUEUED = "queued", _("I kö")
    SENDING = "sending", _("Skickas nu")
    SENT = "sent", _("Skickat")
    DELIVERED = "delivered", _("Framme")
    UNKNOWN = "unknown", _("Vi vet inte om det kom fram")
    FAILED = "failed", _("Gick inte att skicka")
    WITHHELD = "withheld", _("Skickades inte")


class JobState(models.TextChoices):
    """How far long work has come. A draft waits for its owner to say go."""

    DRAFT = "draft", _("Inte påbörjat")
    WAITING = "waiting", _("Väntar")
    RUNNING = "running", _("Pågår")
    DONE = "done", _("Klart")
    FAILED = "failed", _("Gick inte")


class CallOutcome(models.TextChoices):
    REACHED = "reached", _("Vi pratade")
    NO_ANSWER = "no_answer", _("Inget svar")
    NOT_NEEDED = "not_needed", _("Behövs inte längre")


class LinkPurpose(models.TextChoices):
    """What a private link opens. The app that owns the purpose owns the page behind it."""

    SUPPORT = "support", _("En grupps egen sida")
    TRAINING = "training", _("En anmälan")

    @property
    def home(self) -> str:
        """The first page behind the link."""
        return {LinkPurpose.TRAINING: "/min-sida/anmalan/"}.get(self, "/min-sida/")


class SpokenLanguage(models.TextChoices):
    """Languages offered in forms, each under its own name. Asked for service, not for ethnicity."""

    SWEDISH = "sv", "Svenska"
    ENGLISH = "en", "English"
    ARABIC = "ar", "العربية"
    SOMALI = "so", "Soomaali"
    DARI = "prs", "دری"
    PERSIAN = "fa", "فارسی"
    TIGRINYA = "ti", "ትግርኛ"
    UKRAINIAN = "uk", "Українська"
    RUSSIAN = "ru", "Русский"
    POLISH = "pl", "Polski"
    SPANISH = "es", "Español"
    FRENCH = "fr", "Français"
    TURKISH = "tr", "Türkçe"
    ROMANI = "rom", "Romani čhib"
    FINNISH = "fi", "Suomi"
    SWEDISH_SIGN = "swl", _("Svenskt teckenspråk")
    OTHER = "other", _("Annat språk")

    @property
    def plain_name(self) -> str:
        """What staff call it, who book the interpreter and may not read the script."""
        return str(PLAIN_NAMES.get(self, self.label))


PLAIN_NAMES = {
    SpokenLanguage.ENGLISH: _("Engelska"),
    SpokenLanguage.ARABIC: _("Arabiska"),
    SpokenLanguage.SOMALI: _("Somaliska"),
    SpokenLanguage.DARI: _("Dari"),
    SpokenLanguage.PERSIAN: _("Persiska"),
    SpokenLanguage.TIGRINYA: _("Tigrinja"),
    SpokenLanguage.UKRAINIAN: _("Ukrainska"),
    SpokenLanguage.RUSSIAN: _("Ryska"),
    SpokenLanguage.POLISH: _("Polska"),
    SpokenLanguage.SPANISH: _("Spanska"),
    SpokenLanguage.FRENCH: _("Franska"),
    SpokenLanguage.TURKISH: _("Turkiska"),
    SpokenLanguage.ROMANI: _("Romani"),
    SpokenLanguage.FINNISH: _("Finska"),
}
"""Those whose own name for themselves is not what Swedish staff call them."""
