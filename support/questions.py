"""The eleven questions of the request, in order: what they are called, why they are asked, when they count as answered.

The wording of the fields stands in `forms/questions.py`, one form per question; how an answer is read back to a
person in `answers.py`. A new question is one entry here, one form there, one line in `answers.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from support.enums import Asker, GroupKnows, RequestStatus
from support.models import SupportRequest


def is_passed(support_request: SupportRequest, slug: str) -> bool:
    return slug in support_request.answered


def everyone(support_request: SupportRequest) -> bool:
    return True


def a_supporter(support_request: SupportRequest) -> bool:
    return support_request.asker == Asker.SUPPORTER


def the_group_knows(support_request: SupportRequest, slug: str) -> bool:
    """The group owns its cause: nobody asks for it behind its back."""
    return support_request.group_knows == GroupKnows.YES


@dataclass(frozen=True)
class Question:
    """One page of the form. `number` is what the reader sees: a follow-up shares the number of its question."""

    slug: str
    number: int
    subject: Promise
    label: Promise
    why: Promise
    is_needed: bool = True
    is_for: Callable[[SupportRequest], bool] = everyone
    is_settled: Callable[[SupportRequest, str], bool] = is_passed

    def is_missing(self, support_request: SupportRequest) -> bool:
        return self.is_for(support_request) and self.is_needed and not self.is_settled(support_request, self.slug)


QUESTIONS = (
    Question(
        "vem", 1, _("Du"), _("Din roll"), _("Då vet vi hur vi ska prata med dig, och vem som bestämmer i gruppen.")
    ),
    Question(
        "vet-gruppen",
        1,
        _("Du"),
        _("Vet gruppen"),
        _("Det är gruppens fråga. Därför börjar vi aldrig utan att gruppen vill."),
        is_for=a_supporter,
        is_settled=the_group_knows,
    ),
    Question(
        "vad",
        2,
        _("Er fråga"),
        _("Det ni vill förändra"),
        _(
            "Då kan vi välja en utvecklingsledare som kan det ni behöver."
            " Bara de hos oss som tar hand om förfrågningar kan läsa svaret."
        ),
    ),
    Question(
        "hur-manga",
        3,
        _("Er grupp"),
        _("Gruppen"),
        _("Då vet vi hur stort rum vi ska boka. Vi frågar inte vilka ni är."),
    ),
    Question(
        "var",
        4,
        _("Plats"),
        _("Plats"),
        _("Då kommer frågan till den som arbetar närmast er. Vi behöver ingen adress."),
    ),
    Question(
        "ansvar",
        5,
        _("Ansvar"),
        _("Vem har ansvar"),
        _("Då kan vi ta reda på hur beslutet fattas. Många vet inte än, och det går lika bra."),
    ),
    Question("stod", 6, _("Stöd"), _("Stöd ni vill ha"), _("Då kan vi förbereda oss. Ni kan ändra er när vi ses.")),
    Question("brattom", 7, _("Tid"), _("Hur bråttom är det"), _("Den som har bråttom får svar inom en arbetsdag.")),
    Question(
        "kontakt",
        8,
        _("Kontakt"),
        _("Trygg kontakt"),
        _(
            "Alla kan inte ta emot samtal eller brev utan att någon annan ser. Därför gör vi bara som du säger."
            " Bara de hos oss som tar hand om förfrågningar kan se svaret. Vi sparar vem som öppnar din förfrågan."
        ),
    ),
    Question(
        "namn",
        9,
        _("Kontakt"),
        _("Namn att kalla dig"),
        _("Det är vänligare än en kod. Du kan hitta på ett namn."),
        is_needed=False,
    ),
    Question(
        "sprak",
        10,
        _("Språk"),
        _("Språk"),
        _("Då kan vi boka tolk. Vi frågar inte var du kommer ifrån."),
    ),
    Question(
        "behov",
        11,
        _("Vara med"),
        _("För att kunna vara med"),
        _("Då kan vi ordna det till första mötet. Vi behöver inte veta varför."),
        is_needed=False,
    ),
)

LAST_NUMBER = QUESTIONS[-1].number

BY_SLUG = {question.slug: question for question in QUESTIONS}

CONTACT_QUESTIONS = ("kontakt", "namn", "sprak")
"""Answered in the contact, not in the request."""


FIXED_WHEN_SENT = ("vem", "vet-gruppen")
"""Who asked, and that the group knew: what a request rests on once it is sent."""


def may_change(support_request: SupportRequest, slug: str) -> bool:
    """Whether an answer of a sent request can be changed: while it is open, and how to be reached also afterwards."""
    if slug in FIXED_WHEN_SENT:
        return False
    at_work = support_request.status == RequestStatus.ACCEPTED
    return support_request.is_open or (at_work and slug in CONTACT_QUESTIONS)


def questions_for(support_request: SupportRequest) -> list[Question]:
    return [question for question in QUESTIONS if question.is_for(support_request)]


def missing(support_request: SupportRequest) -> list[Question]:
    """The questions that must be answered before the request can be sent, in order."""
    return [question for question in QUESTIONS if question.is_missing(support_request)]


def after(question: Question, support_request: SupportRequest) -> Question | None:
    """The next question for this person; None after the last."""
    later = QUESTIONS[QUESTIONS.index(question) + 1 :]
    return next((one for one in later if one.is_for(support_request)), None)


def before(question: Question, support_request: SupportRequest | None) -> Question | None:
    """The question one came from; None before the first."""
    earlier = reversed(QUESTIONS[: QUESTIONS.index(question)])
    return next((one for one in earlier if support_request is None or one.is_for(support_request)), None)


def first_unpassed(support_request: SupportRequest) -> Question | None:
    """Where someone who comes back goes on; None when every question has been passed."""
    return next(
        (one for one in questions_for(support_request) if not one.is_settled(support_request, one.slug)),
        None,
    )
