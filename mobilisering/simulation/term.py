"""What stands in a term's programme of trainings in the sample: courses, sessions, and who came. All made up."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from people.enums import Channel
from training.enums import AccessFact, Audience, CourseKind, CourseTopic, Usefulness


@dataclass(frozen=True)
class Party:
    """Who registers, under what name, so many days before the session. `came` is written down afterwards."""

    called: str
    seats: int = 1
    days_before: int = 10
    needs: str = ""
    email: str = ""
    phone: str = ""
    came: int | None = None
    answer: tuple[Usefulness, str, str] | None = None
    leaves: bool = False
    """They take it back in the end, so that somebody in the queue is offered the seats."""

    @property
    def channel(self) -> Channel:
        return Channel.EMAIL if self.email else Channel.SMS if self.phone else Channel.SELF


@dataclass(frozen=True)
class Time:
    """One session, so many days from today (before today it has been held)."""

    course: str
    host: str
    days: int
    hour: int = 17
    seats: int = 16
    parties: Sequence[Party] = ()
    called_off: str = ""
    is_draft: bool = False
    more: dict[str, Any] = field(default_factory=dict)


COURSES: Sequence[dict[str, Any]] = (
    {
        "slug": "era-rattigheter",
        "title": "Era rättigheter",
        "lead": "Vilka rättigheter har ni, och vem ska se till att ni får dem? Vi börjar i det ni har varit med om.",
        "audience": Audience.GROUPS,
        "topic": CourseTopic.RIGHTS,
        "outcomes": [
            "säga vilken rättighet det handlar om",
            "ta reda på vem som är skyldig att göra något",
            "skriva ner vad som har hänt, så att det går att visa",
        ],
        "programme": "Vi pratar två och två. Sedan går vi igenom ett fall tillsammans. Vi tar paus efter en timme.",
        "bring": "Ett brev eller ett beslut som ni undrar över, om ni vill.",
        "material": "Affischen om rättigheter och mallen för att skriva ner vad som har hänt.",
    },
    {
        "slug": "bli-fler",
        "title": "Bli fler",
        "lead": "Hur hittar ni andra som är med om samma sak, och hur får ni dem att vilja vara med?",
        "audience": Audience.GROUPS,
        "topic": CourseTopic.MOBILISATION,
        "outcomes": ["börja ett samtal med någon ni inte känner", "dela upp arbetet så att fler orkar"],
        "programme": "Vi övar på korta samtal. Ni gör en plan för de närmaste två veckorna.",
    },
    {
        "slug": "vem-bestammer",
        "title": "Vem bestämmer?",
        "lead": "Vi ritar en karta över vem som bestämmer i er fråga, och vem som kan påverka dem.",
        "audience": Audience.GROUPS,
        "topic": CourseTopic.POWER,
        "outcomes": ["rita en maktkarta", "välja vem ni ska prata med först"],
        "programme": "Varje grupp ritar sin egen karta. Vi hjälper till.",
    },
    {
        "slug": "stall-krav",
        "title": "Ställ krav",
        "lead": "Gör om det ni är arga på till ett krav som någon kan svara ja eller nej på.",
        "audience": Audience.GROUPS,
        "topic": CourseTopic.DEMANDS,
        "outcomes": ["skriva ett krav i en mening", "bestämma vad ni gör om svaret är nej"],
    },
    {
        "slug": "makt-i-motet",
        "title": "Makt i mötet",
        "lead": "För dig som stöttar en grupp: vad gör det med mötet att du vet mer, och får betalt?",
        "audience": Audience.ENABLERS,
        "topic": CourseTopic.POWER,
        "outcomes": ["märka när du tar över", "lämna tillbaka det som är gruppens"],
    },
    {
        "slug": "fyra-satt-att-stotta",
        "title": "Fyra sätt att stötta",
        "lead": "Konsult, assistent, mentor eller dörröppnare: vad är skillnaden, och vad har gruppen bett om?",
        "audience": Audience.ENABLERS,
        "topic": CourseTopic.ROLES,
        "outcomes": ["komma överens med en grupp om vad du gör", "säga nej till det andra"],
    },
    {
        "slug": "handledning",
        "title": "Handledning för möjliggörare",
        "lead": "Ta med något som skaver. Vi tänker tillsammans, och det stannar i rummet.",
        "audience": Audience.ENABLERS,
        "topic": CourseTopic.SUPERVISION,
        "outcomes": ["pröva ett annat sätt nästa gång"],
    },
    {
        "kind": CourseKind.NETWORK,
        "slug": "natverkstraff",
        "title": "Nätverksträff",
        "lead": "Grupper, föreningar och kommunen träffas. Vad är på gång, och vem vill göra något ihop?",
        "audience": Audience.EVERYONE,
        "topic": CourseTopic.NETWORK,
        "programme": "Kort om läget. Samtal vid små bord. Sist bestämmer vi vad som händer sedan, och vem som gör det.",
    },
)

A_LOT, SOME, NOT_MUCH = Usefulness.A_LOT, Usefulness.SOME, Usefulness.NOT_MUCH
LIBRARY = {
    "place": "Biblioteket i Almhöjden, Storgatan 1",
    "way_there": "Gå in från torget. Vi sitter en trappa upp, hissen är till höger.",
    "led_by": "Maja Lind, mobilisering",
    "access": [AccessFact.LIFT, AccessFact.TOILET, AccessFact.CHILDREN, AccessFact.TRANSIT, AccessFact.FOOD],
}
CAFE = {
    "place": "Språkkaféet i Rönnlid, Kyrkogatan 4",
    "led_by": "Kim Berg, mobilisering",
    "access": [AccessFact.STEP_FREE, AccessFact.TOILET, AccessFact.LOOP, AccessFact.QUIET_ROOM],
    "access_notes": "Det finns en parkering för rörelsehindrade precis utanför.",
}
ONLINE = {"link": "https://mote.example.org/mobilisering", "led_by": "Sam Ek, mobilisering"}

PAST = (
    Time(
        "era-rattigheter",
        "Maja Lind",
        -75,
        more=LIBRARY | {"interpreted": ["ar"]},
        parties=(
            Party(
                "Värmegruppen",
                4,
                21,
                email="varmegruppen@example.org",
                came=3,
                answer=(A_LOT, "Vem som ska svara.", ""),
            ),
            Party("Blåmesen", 1, 14, email="blamesen@example.org", came=1, answer=(A_LOT, "", "Längre paus.")),
            Party("Två från Lindhaga", 2, 9, phone="070-174 06 31", came=2, answer=(SOME, "Att vi är fler.", "")),
            Party("Rut", 1, 5, email="rut@example.org", needs="Jag hör dåligt.", came=0),
        ),
    ),
    Time(
        "fyra-satt-att-stotta",
        "Kim Berg",
        -50,
        hour=13,
        more=CAFE,
        parties=(
            Party("Ylva", 1, 20, email="ylva@example.org", came=1, answer=(A_LOT, "Att fråga först.", "")),
            Party("Studieförbundet", 3, 12, email="studier@example.org", came=3, answer=(SOME, "", "Fler exempel.")),
            Party("Anders", 1, 6, email="anders@example.org", came=1, answer=(NOT_MUCH, "", "Jag kunde det mesta.")),
        ),
    ),
    Time(
        "natverkstraff",
        "Sam Ek",
        -40,
        seats=40,
        more=LIBRARY,
        parties=(
            Party("Öppna fredagar", 5, 15, phone="070-174 06 15", came=4, answer=(A_LOT, "Två nya kontakter.", "")),
            Party("Hyresgästerna på gården", 3, 8, email="garden@example.org", came=3, answer=(A_LOT, "", "")),
            Party(
                "Fritid i Mölndal", 2, 4, email="fritid@example.org", came=2, answer=(SOME, "", "Kortare inledning.")
            ),
        ),
    ),
    Time(
        "natverkstraff",
        "Kim Berg",
        -30,
        seats=30,
        more=CAFE,
        parties=(
            Party("Språkkaféet", 6, 18, email="sprakkafeet@example.org", came=6),
            Party("Kommunens jurist", 1, 6, email="jurist@example.org", came=1),
        ),
    ),
    Time(
        "bli-fler",
        "Sam Ek",
        -20,
        more=LIBRARY,
        parties=(
            Party("Leo och Tuva", 2, 9, phone="070-174 06 15", came=2),
            Party("Noor", 1, 3, email="noor@example.org", came=0),
        ),
    ),
)

COMING = (
    Time(
        "era-rattigheter",
        "Maja Lind",
        12,
        seats=6,
        more=LIBRARY | {"interpreted": ["ar", "so"]},
        parties=(
            Party("Hissgruppen", 3, 22, email="hissgruppen@example.org", needs="En av oss har rullstol."),
            Party("Lekplatsen", 2, 21, phone="070-174 06 05", leaves=True),
            Party("Koltrasten", 1, 20, email="koltrasten@example.org"),
            Party("Två grannar", 2, 19, email="grannar@example.org"),
            Party("Pensionärerna", 3, 18, phone="070-174 06 32"),
            Party("Enebär", 1, 17),
        ),
    ),
    Time(
        "fyra-satt-att-stotta",
        "Kim Berg",
        16,
        hour=13,
        more=CAFE,
        parties=(Party("Stina", 1, 21, email="stina@example.org"),),
    ),
    Time(
        "makt-i-motet",
        "Sam Ek",
        19,
        hour=9,
        more=LIBRARY,
        called_off="Lokalen har fått en vattenskada.",
        parties=(Party("Olle", 1, 25, email="olle@example.org"), Party("Mira", 2, 23, email="mira@example.org")),
    ),
    Time("bli-fler", "Kim Berg", 22, more=CAFE | {"language": "en", "interpreted": ["uk"]}),
    Time(
        "vem-bestammer",
        "Sam Ek",
        26,
        hour=18,
        seats=30,
        more=ONLINE,
        parties=(Party("Svalan", 2, 31, email="svalan@example.org"),),
    ),
    Time("handledning", "Kim Berg", 30, hour=15, seats=8, more=CAFE),
    Time("stall-krav", "Maja Lind", 34, more=LIBRARY),
    Time(
        "natverkstraff",
        "Sam Ek",
        40,
        seats=40,
        more=LIBRARY,
        parties=(Party("Värmegruppen", 4, 45, email="varmegruppen@example.org"),),
    ),
    Time("natverkstraff", "Kim Berg", 45, seats=30, more=CAFE),
    Time("stall-krav", "Kim Berg", 60, more=CAFE, is_draft=True),
)
