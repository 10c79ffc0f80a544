"""The groups of the sample programme. Names, places and numbers are made up; the numbers are Sweden's for fiction."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from groups.enums import SupportKind
from mobilisering.simulation.people import Answers, Reply, answers_to_request, contact_way
from support.enums import Drives, Going, OwnerSide, PlanKind, Wish


@dataclass(frozen=True)
class PlanPoint:
    """A goal or task; days after the first meeting on which it got under way and was done, if it did."""

    text: str
    kind: PlanKind = PlanKind.TASK
    side: OwnerSide = OwnerSide.GROUP
    owner: str = ""
    begun_after: int | None = None
    done_after: int | None = None


@dataclass(frozen=True)
class Story:
    """How one group fares. Days count from the request; None means that it has not come that far."""

    alias: str
    leader: str
    days_ago: int
    answers: Answers
    supports: Sequence[SupportKind] = (SupportKind.STARTUP,)
    taken_after: int | None = None
    offers_times: bool = False
    meets_after: int | None = None
    meets_at: str = "Biblioteket, grupprum 2"
    notes: str = ""
    to_change_after: int | None = None
    plan: Sequence[PlanPoint] = ()
    replies: Sequence[Reply] = field(default_factory=tuple)


HEAT = Story(
    alias="Värmegruppen",
    leader="Maja Lind",
    days_ago=190,
    answers=answers_to_request(
        what="Det är 16 grader inne hela vintern. Vi ringer felanmälan var för sig, och ingenting händer.",
        place="Göteborg",
        area="Almhöjden",
        size_band="10-24",
        in_common="Vi bor i samma hus.",
        responsible=["landlord", "municipality"],
        supports=["knowledge", "resources"],
        contact=contact_way(email="varmegruppen@example.org"),
        called="Noor",
        languages=["ar", "sv"],
        wants_interpreter="yes",
    ),
    supports=[SupportKind.KNOWLEDGE, SupportKind.RESOURCES],
    taken_after=1,
    meets_after=6,
    notes="Ni vill ha varma lägenheter före nästa vinter. Ni börjar med att mäta.",
    to_change_after=14,
    plan=[
        PlanPoint("Alla ska ha 20 grader inne när vintern kommer", kind=PlanKind.GOAL, begun_after=1),
        PlanPoint("Mäta temperaturen varje kväll i tre veckor", owner="Noor", begun_after=2, done_after=30),
        PlanPoint("Ta reda på vem som bestämmer", side=OwnerSide.PROGRAMME, owner="Maja", begun_after=1, done_after=12),
        PlanPoint("Skriva brev till hyresvärden", owner="Elsa", begun_after=32, done_after=45),
        PlanPoint("Svara på brevet", side=OwnerSide.DUTY_BEARER, owner="Hyresvärden", begun_after=46, done_after=70),
        PlanPoint("Bjuda in till möte på gården", owner="Noor", begun_after=75, done_after=90),
        PlanPoint("Följa upp mätningen i november", owner="Elsa", begun_after=120),
    ],
    replies=[
        Reply(wish=Wish.SAME, after=1),
        Reply(wish=Wish.FURTHER, going=Going.WELL, after=0, comment="Fjorton kom på mötet!"),
        Reply(wish=Wish.FURTHER, drives=Drives.YES, after=2),
        Reply(wish=Wish.FURTHER, drives=Drives.YES, after=1),
        Reply(wish=Wish.SAME, drives=Drives.YES, after=1),
    ],
)

CLUB = Story(
    alias="Öppna fredagar",
    leader="Sam Ek",
    days_ago=120,
    answers=answers_to_request(
        what="Fritidsgården stänger på fredagar. Då har vi ingenstans att vara.",
        place="Mölndal",
        area="Lindhaga",
        size_band="5-9",
        in_common="Vi går på samma fritidsgård.",
        responsible=["municipality"],
        supports=["startup", "guidance"],
        contact=contact_way(phone="070-174 06 15", by_sms=True),
        called="Leo",
    ),
    taken_after=2,
    meets_after=5,
    meets_at="Fritidsgården",
    notes="Ni vill att gården har öppet på fredagar igen. Ni räknar hur många som kommer andra dagar.",
    to_change_after=20,
    plan=[
        PlanPoint("Fritidsgården har öppet på fredagar", kind=PlanKind.GOAL, begun_after=1),
        PlanPoint("Räkna besökare i tre veckor", owner="Leo", begun_after=3, done_after=25),
        PlanPoint("Bjuda in politikerna", side=OwnerSide.PROGRAMME, owner="Sam", begun_after=20),
        PlanPoint("Göra en kort film", owner="Tuva", begun_after=28),
    ],
    replies=[
        Reply(wish=Wish.SAME, after=0),
        Reply(wish=Wish.CLOSER, going=Going.BADLY, drives=Drives.NO, after=1, comment="Två har slutat."),
        Reply(wish=Wish.SAME, after=3),
        Reply(wish=Wish.FURTHER, after=1),
        Reply(after=None),
    ],
)

FORM = Story(
    alias="Språkkaféet",
    leader="Kim Berg",
    days_ago=180,
    answers=answers_to_request(
        what="En blankett går inte att förstå. Många får nej för att de fyller i fel.",
        place="Uppsala",
        area="Rönnlid",
        size_band="5-9",
        in_common="Vi träffas på språkkafé.",
        responsible=["agency"],
        supports=["guidance"],
        contact=contact_way(email="sprakkafeet@example.org"),
        called="Amina",
        languages=["so", "sv"],
    ),
    supports=[SupportKind.GUIDANCE],
    taken_after=1,
    meets_after=4,
    meets_at="Språkkaféet",
    notes="Ni vill att blanketten ska gå att förstå, på fler språk.",
    to_change_after=10,
    plan=[
        PlanPoint("Blanketten finns på fem språk", kind=PlanKind.GOAL, begun_after=1, done_after=80),
        PlanPoint("Samla ord som är svåra", owner="Amina", begun_after=2, done_after=15),
        PlanPoint("Skriva till myndigheten", owner="Hodan", begun_after=16, done_after=30),
        PlanPoint("Ändra blanketten", side=OwnerSide.DUTY_BEARER, begun_after=32, done_after=80),
    ],
    replies=[
        Reply(wish=Wish.FURTHER, after=0),
        Reply(wish=Wish.FURTHER, drives=Drives.YES, after=1),
        Reply(wish=Wish.FURTHER, drives=Drives.YES, after=0),
        Reply(wish=Wish.FINISH, drives=Drives.YES, after=1, comment="Nu finns den på fem språk. Vi klarar oss själva."),
    ],
)

BUS = Story(
    alias="Busslinjen",
    leader="Maja Lind",
    days_ago=12,
    answers=answers_to_request(
        what="Bussen har slutat gå efter klockan sex. Vi kommer inte hem från jobbet.",
        place="Partille",
        size_band="2-4",
        responsible=["region", "unknown"],
        supports=[],
        contact=contact_way(phone="070-174 06 20"),
        called="Bo",
    ),
    taken_after=1,
    meets_after=14,
    meets_at="Biblioteket i Partille",
)

LIFT = Story(
    alias="Hissgruppen",
    leader="Maja Lind",
    days_ago=6,
    answers=answers_to_request(
        what="Hissen har stått stilla sedan i somras. Flera av oss kommer inte ut.",
        place="Göteborg",
        area="Almhöjden",
        size_band="5-9",
        responsible=["landlord"],
        supports=["knowledge"],
        contact=contact_way(email="hissgruppen@example.org"),
        access_needs=["no_stairs"],
    ),
    taken_after=2,
    offers_times=True,
)

PLAYGROUND = Story(
    alias="Lekplatsen",
    leader="Maja Lind",
    days_ago=5,
    answers=answers_to_request(
        what="Lekplatsen på vår gård är avstängd sedan i våras. Ingen säger när den ska lagas.",
        place="Göteborg",
        area="Almhöjden",
        in_common="Vi är föräldrar på samma gård.",
        responsible=["landlord", "unknown"],
        supports=["startup", "guidance"],
        contact=contact_way(phone="070-174 06 05", by_sms=True),
        languages=["ar"],
        wants_interpreter="yes",
    ),
)

SCHOOL = Story(
    alias="Skolvägen",
    leader="Maja Lind",
    days_ago=1,
    answers=answers_to_request(
        what="",
        place="Göteborg",
        asker="alone",
        size_band="1",
        responsible=["unknown"],
        supports=[],
        urgency="two_weeks",
        urgent_what="Ett beslut ska tas nästa vecka.",
        contact=contact_way(),
    ),
)

FARAWAY = Story(
    alias="Långt bort",
    leader="Pia Sten",
    days_ago=2,
    answers=answers_to_request(
        what="Vårdcentralen läggs ned. Vi är många äldre som inte har bil.",
        place="Kiruna",
        size_band="25+",
        responsible=["region"],
        supports=["knowledge", "guidance"],
        contact=contact_way(email="langtbort@example.org"),
        called="Gun",
    ),
)

STORIES = (HEAT, FORM, CLUB, BUS, LIFT, PLAYGROUND, SCHOOL, FARAWAY)
