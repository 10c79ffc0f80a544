"""The closed lists of the groups app."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SizeBand(models.TextChoices):
    """How many a group is, in bands: enough to choose a room, too little to recognise anyone."""

    ALONE = "1", _("Jag är själv än så länge")
    FEW = "2-4", _("2–4")
    SOME = "5-9", _("5–9")
    MANY = "10-24", _("10–24")
    LARGE = "25+", _("25 eller fler")
    UNKNOWN = "unknown", _("Vi vet inte")


class Visibility(models.TextChoices):
    PRIVATE = "private", _("Bara gruppen och de som stöttar den")
    PROGRAMME = "programme", _("Alla i programmet")
    PUBLIC = "public", pgettext_lazy("vem som ser", "Alla")


class MemberRole(models.TextChoices):
    CONTACT_PERSON = "contact_person", _("Kontaktperson")
    MEMBER = "member", _("Med i gruppen")


class Sector(models.TextChoices):
    CIVIL = "civil", _("Civilsamhälle")
    PUBLIC = "public", _("Offentlig")
    PRIVATE = "private", _("Privat")
    ACADEMIA = "academia", _("Akademi")


class EnablerRole(models.TextChoices):
    """The four roles someone who supports a group can take in a task."""

    CONSULTANT = "consultant", _("Konsult")
    ASSISTANT = "assistant", _("Assistent")
    MENTOR = "mentor", _("Mentor")
    DOOR_OPENER = "door_opener", _("Dörröppnare")


class DutyBearerKind(models.TextChoices):
    MUNICIPALITY = "municipality", _("Kommun")
    REGION = "region", _("Region")
    AGENCY = "agency", _("Statlig myndighet")
    SCHOOL = "school", _("Skola eller förskola")
    LANDLORD = "landlord", _("Hyresvärd")
    EMPLOYER = "employer", _("Arbetsgivare")
    OTHER = "other", _("Någon annan")


class ApprovalKind(models.TextChoices):
    """What a group must agree to before it happens."""

    PROJECT_PAGE = "project_page", _("Sida om ert projekt")
    EXAMPLE = "example", _("Er berättelse som exempel")
    QUOTE = "quote", _("Citat")
    INTRODUCTION = "introduction", _("Presentera er för någon")


class Decision(models.TextChoices):
    YES = "yes", _("Ja")
    NO = "no", _("Nej")


class SupportKind(models.TextChoices):
    """The four ways the programme supports a group."""

    STARTUP = "startup", _("Uppstart")
    KNOWLEDGE = "knowledge", _("Kunskap")
    RESOURCES = "resources", _("Resurser")
    GUIDANCE = "guidance", _("Vägledning")


class LedTo(models.TextChoices):
    """What came of a talk before there was a request."""

    NOTHING_YET = "nothing_yet", _("Inget än")
    REQUEST = "request", _("En förfrågan om stöd")
    TRAINING = "training", _("En utbildning")
    NETWORK = "network", _("En nätverksträff")
    REFERRED = "referred", _("Hjälp någon annanstans")
    OTHER = "other", _("Något annat")
    NO = "no", _("Inget mer")
