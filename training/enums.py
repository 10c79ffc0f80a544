"""The closed lists of the training app: what may stand in a column, and what a reader sees for it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CourseKind(models.TextChoices):
    """A training teaches; a network meeting lets those who work with the same thing meet."""

    TRAINING = "training", _("Utbildning")
    NETWORK = "network", _("Nätverksträff")


class Audience(models.TextChoices):
    GROUPS = "groups", _("För grupper")
    ENABLERS = "enablers", _("För möjliggörare")
    EVERYONE = "everyone", _("För alla")


class CourseTopic(models.TextChoices):
    """What a training is about: the first four for groups, the last four for enablers (issue of the programme)."""

    RIGHTS = "rights", _("Rättigheter")
    MOBILISATION = "mobilisation", _("Mobilisering")
    POWER = "power", _("Makt")
    DEMANDS = "demands", _("Krav")
    ROLES = "roles", _("Rollerna")
    ORGANISING = "organising", _("Organisering")
    SUPERVISION = "supervision", _("Handledning")
    NETWORK = "network", _("Nätverk")


class SessionState(models.TextChoices):
    DRAFT = "draft", _("Utkast")
    PUBLISHED = "published", _("Publicerat")
    CANCELLED = "cancelled", _("Inställt")


class AccessFact(models.TextChoices):
    """What is known of how one gets in and takes part. What is not ticked is not promised."""

    STEP_FREE = "step_free", _("Inga trappor eller trösklar")
    LIFT = "lift", _("Hiss")
    TOILET = "toilet", _("Toalett för rullstol")
    LOOP = "loop", _("Hörslinga")
    QUIET_ROOM = "quiet_room", _("Ett lugnt rum")
    CHILDREN = "children", _("Barn får vara med")
    TRANSIT = "transit", _("Hållplats nära")
    FOOD = "food", _("Vi bjuder på något att äta")


class RegistrationState(models.TextChoices):
    """How far a registration has come. Seats are held by those that are registered, offered, attended or absent."""

    REGISTERED = "registered", _("Anmäld")
    WAITLISTED = "waitlisted", _("I kö")
    OFFERED = "offered", _("Erbjuden plats")
    CANCELLED = "cancelled", _("Avanmäld")
    ATTENDED = "attended", _("Var med")
    ABSENT = "absent", _("Kom inte")


class EndedBy(models.TextChoices):
    """How a registration came to its end before the day."""

    THEMSELVES = "themselves", _("De avanmälde sig")
    OFFER_LAPSED = "offer_lapsed", _("De svarade inte på erbjudandet i tid")
    SESSION = "session", _("Vi ställde in")
    STAFF = "staff", _("Vi avanmälde dem")


class Usefulness(models.TextChoices):
    """The first of the three questions afterwards."""

    A_LOT = "a_lot", _("Ja, mycket")
    SOME = "some", _("Ja, en del")
    NOT_MUCH = "not_much", _("Inte så mycket")
    NOT_AT_ALL = "not_at_all", _("Nej")


HOLDS_SEATS = (
    RegistrationState.REGISTERED,
    RegistrationState.OFFERED,
    RegistrationState.ATTENDED,
    RegistrationState.ABSENT,
)
"""In these states nobody else can have the seats."""

STILL_ON = (RegistrationState.REGISTERED, RegistrationState.WAITLISTED, RegistrationState.OFFERED)
"""In these states someone waits to hear from us, or is expected."""
