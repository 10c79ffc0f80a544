"""The closed lists of the support app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestStatus(models.TextChoices):
    DRAFT = "draft", _("Utkast")
    RECEIVED = "received", _("Ny")
    IN_REVIEW = "in_review", _("Någon har tagit den")
    MEETING_BOOKED = "meeting_booked", _("Möte bokat")
    ACCEPTED = "accepted", _("Vi arbetar tillsammans")
    REFERRED = "referred", _("Hänvisad vidare")
    DECLINED = "declined", _("Vi kan inte hjälpa till")
    WITHDRAWN = "withdrawn", _("Tillbakadragen")


OPEN_STATUSES = (RequestStatus.RECEIVED, RequestStatus.IN_REVIEW, RequestStatus.MEETING_BOOKED)
"""A request that someone still owes an answer or a decision."""


class Asker(models.TextChoices):
    MEMBER = "member", _("Jag är med i gruppen")
    SUPPORTER = "supporter", _("Jag stöttar gruppen, till exempel i mitt jobb")
    ALONE = "alone", _("Jag är ensam än så länge")


class GroupKnows(models.TextChoices):
    YES = "yes", _("Ja")
    NOT_YET = "not_yet", _("Inte än")


class Responsible(models.TextChoices):
    """Who the group thinks can change it."""

    MUNICIPALITY = "municipality", _("Kommunen")
    REGION = "region", _("Regionen, till exempel vården")
    AGENCY = "agency", _("En myndighet")
    SCHOOL = "school", _("En skola eller förskola")
    LANDLORD = "landlord", _("En hyresvärd")
    EMPLOYER = "employer", _("En arbetsgivare")
    OTHER = "other", _("Någon annan")
    UNKNOWN = "unknown", _("Vi vet inte än")


class Urgency(models.TextChoices):
    TWO_WEEKS = "two_weeks", _("Ja, något händer inom två veckor")
    MONTHS = "months", _("Inom en månad eller två")
    NO = "no", _("Nej")


class AccessNeed(models.TextChoices):
    """What a person needs to be able to take part. Needs, not diagnoses."""

    NO_STAIRS = "no_stairs", _("Lokal utan trappor")
    HEARING_LOOP = "hearing_loop", _("Hörslinga")
    CHILDREN = "children", _("Barn följer med")
    COMPANION = "companion", _("Någon som stöttar följer med")
    TRAVEL = "travel", _("Hjälp med resan")
    CALM = "calm", _("Lugn miljö och pauser")
    REMOTE = "remote", _("Möte på telefon eller nätet")
    OTHER = "other", _("Något annat")


class OrganisationWish(models.TextChoices):
    """What an organisation that supports groups can ask for."""

    STAFF_TRAINING = "staff_training", _("Utbildning för oss som arbetar")
    PARTICIPANT_TRAINING = "participant_training", _("Utbildning för dem vi möter")
    SUPERVISION = "supervision", _("Handledning")
    PLANNING = "planning", _("Hjälp att planera långsiktigt")
    DEEPENING = "deepening", _("Mer om makt, roller och att organisera sig")


class OrganisationRequestStatus(models.TextChoices):
    RECEIVED = "received", _("Ny")
    IN_REVIEW = "in_review", _("Någon har tagit den")
    ANSWERED = "answered", _("Besvarad")
    CLOSED = "closed", _("Avslutad")


class LogKind(models.TextChoices):
    NOTE = "note", _("Anteckning")
    CALL = "call", _("Samtal")
    MEETING = "meeting", _("Möte")
    QUESTION = "question", _("Fråga från gruppen")
    ANSWER = "answer", _("Svar till gruppen")
    STATUS = "status", _("Beslut")
    CHECK_IN = "check_in", _("Hur går det?")
    PLAN = "plan", _("Planen")
    CONTACT = "contact", _("Kontaktsätt")
    MESSAGE = "message", _("Meddelande till gruppen")
    HAND_OVER = "hand_over", _("Överlämning")


class WaitsFor(models.TextChoices):
    """Whose turn it is, when it is not ours."""

    GROUP = "group", _("Gruppen")
    DUTY_BEARER = "duty_bearer", _("Den som har ansvar")
    OTHER = "other", _("Någon annan")


class HandOverState(models.TextChoices):
    OFFERED = "offered", _("Väntar på svar")
    ACCEPTED = "accepted", _("Mottagen")
    REFUSED = "refused", _("Tackade nej")
    TAKEN_BACK = "taken_back", _("Tillbakatagen")


class NeedState(models.TextChoices):
    """How far we have come with something that is needed at a meeting."""

    TO_ARRANGE = "to_arrange", _("Ska ordnas")
    ARRANGED = "arranged", _("Ordnat")
    MISSING = "missing", _("Gick inte att ordna")


class QuickStepScope(models.TextChoices):
    """Where a quick step stands."""

    REQUEST = "request", _("Förfrågningar")
    PERIOD = "period", _("Stödperioder")
    BOTH = "both", _("Båda")


class PlaceKind(models.TextChoices):
    PLACE = "place", _("Vi ses på en plats")
    PHONE = "phone", _("Telefon")
    VIDEO = "video", _("Video")


class SlotState(models.TextChoices):
    OFFERED = "offered", _("Erbjuden")
    TAKEN = "taken", _("Vald")
    WITHDRAWN = "withdrawn", _("Tillbakadragen")


class MeetingState(models.TextChoices):
    BOOKED = "booked", _("Bokat")
    HELD = "held", _("Vi sågs")
    NOBODY_CAME = "nobody_came", _("Ingen kom")
    CANCELLED_BY_GROUP = "cancelled_by_group", _("Gruppen ställde in")
    CANCELLED_BY_US = "cancelled_by_us", _("Vi ställde in")


class InterpreterState(models.TextChoices):
    NOT_NEEDED = "not_needed", _("Behövs inte")
    TO_BOOK = "to_book", _("Ska bokas")
    BOOKED = "booked", _("Bokad")
    MISSING = "missing", _("Gick inte att få")


class Phase(models.TextChoices):
    """The method's three phases, then two of ours."""

    START = "start", _("Upptakt")
    CHANGE = "change", _("Förändringsarbete")
    EXIT = "exit", _("Exit")
    SELF_RELIANT = "self_reliant", _("Självgående")
    CLOSED = "closed", _("Avslutad")


OPEN_PHASES = (Phase.START, Phase.CHANGE, Phase.EXIT)


class Outcome(models.TextChoices):
    """How a period ended, asked when it is closed."""

    REACHED = "reached", _("Nådde målet")
    PARTLY = "partly", _("Nådde en del")
    PAUSED = "paused", _("Vilar")
    STOPPED = "stopped", _("Avbröt")


class OwnerSide(models.TextChoices):
    GROUP = "group", _("Gruppen")
    ENABLER = "enabler", _("En möjliggörare")
    PROGRAMME = "programme", _("Vi")
    DUTY_BEARER = "duty_bearer", _("Den som har ansvar")


class PlanKind(models.TextChoices):
    GOAL = "goal", _("Mål")
    TASK = "task", _("Att göra")


class PlanStatus(models.TextChoices):
    NOT_STARTED = "not_started", _("Inte börjat")
    UNDER_WAY = "under_way", _("På gång")
    DONE = "done", _("Klart")
    BLOCKED = "blocked", _("Står still")
    NOT_FOR_US = "not_for_us", _("Inte för oss")


class CheckInKind(models.TextChoices):
    FOLLOW_UP = "follow_up", _("Nästa gång vi hörs")
    AFTER_CARE = "after_care", _("Efter avslutet")


class CheckInState(models.TextChoices):
    PLANNED = "planned", _("Planerad")
    ASKED = "asked", _("Frågad")
    ANSWERED = "answered", _("Besvarad")
    MISSED = "missed", _("Utan svar")
    CANCELLED = "cancelled", _("Behövs inte")


class Going(models.TextChoices):
    WELL = "well", _("Bra")
    SO_SO = "so_so", _("Sådär")
    BADLY = "badly", _("Dåligt")


class Drives(models.TextChoices):
    YES = "yes", _("Ja, vi driver den själva")
    PARTLY = "partly", _("Delvis")
    NO = "no", _("Nej, inte än")


class Wish(models.TextChoices):
    """How close the group wants the support to be from now on."""

    CLOSER = "closer", _("Tätare")
    SAME = "same", _("Lika ofta")
    FURTHER = "further", _("Mer sällan")
    PAUSE = "pause", _("Paus")
    FINISH = "finish", _("Vi är klara")


class Readiness(models.TextChoices):
    """The five signs that a group manages by itself. Never shown as a grade."""

    MEETS_WITHOUT_US = "meets_without_us", _("Träffas utan oss")
    SEVERAL_LEAD = "several_lead", _("Fler än en kan leda")
    OWN_CONTACT = "own_contact", _("Har egen kontakt med den som har ansvar")
    KNOWS_WHERE_TO_TURN = "knows_where_to_turn", _("Vet vart man vänder sig härnäst")
    OWN_MONEY = "own_money", _("Sköter sina pengar, eller behöver inga")


class Capacity(models.TextChoices):
    """Nine domains of a group's strength (after Laverack; the wording is ours), each marked 1–5 by the group."""

    PARTICIPATION = "participation", _("Många är med och gör")
    LEADERSHIP = "leadership", _("Flera kan leda")
    PROBLEM = "problem", _("Vi vet vad problemet är")
    WHY = "why", _("Vi frågar varför det är så")
    STRUCTURE = "structure", _("Vi har ordning på arbetet")
    RESOURCES = "resources", _("Vi skaffar det vi behöver")
    LINKS = "links", _("Vi har kontakt med andra")
    OUTSIDERS = "outsiders", _("De som stöttar lyssnar på oss")
    CONTROL = "control", _("Vi bestämmer själva")


class KeepKind(models.TextChoices):
    """What a group keeps when the support ends."""

    CONTACTS = "contacts", _("Kontakter")
    TEMPLATES = "templates", _("Mallar och texter")
    LOGINS = "logins", _("Konton och inloggningar")
    MONEY = "money", _("Pengar")
    OTHER = "other", _("Annat")
