"""All the questions of a request on one page, worded as one asks them aloud, to be answered in any order.

The forms are those of the public pages: what is a valid answer is decided there. Their fields all have names of their
own, so they live on one page as they are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.enums import Channel
from people.form_guards import PersonalNumber
from people.form_pack import Words
from people.forms import STAFF_ASKS
from people.plain_text import plain_post
from support import questions
from support.enums import Asker, GroupKnows
from support.forms.every_question import FORMS
from support.forms.questions import QuestionForm
from support.models import SupportRequest

LABELS: dict[str, Words] = {
    **STAFF_ASKS,
    "channel": _("Hur kan vi nå dig på ett tryggt sätt?"),
    "asker": _("Är du själv med i gruppen?"),
    "group_knows": _("Vet gruppen att du ringer hit?"),
    "what": _("Vad vill ni förändra?"),
    "tells_when_talking": _("Berättar hellre när vi ses"),
    "size_band": _("Ungefär hur många är ni?"),
    "in_common": _("Vad har ni gemensamt?"),
    "place": _("Vilken kommun finns ni i?"),
    "area": _("Vilket område eller vilken stadsdel?"),
    "responsible": _("Vem tror ni kan ändra på det?"),
    "responsible_other": _("Någon annan: vem?"),
    "supports": _("Vilket stöd skulle ni vilja ha?"),
    "urgency": _("Händer något snart, så att det är bråttom?"),
    "urgent_what": _("Inom två veckor: vad händer, och när?"),
    "called": _("Vad ska vi kalla dig?"),
    "languages": _("Vilket språk vill du prata?"),
    "other_language": _("Annat språk: vilket?"),
    "wants_interpreter": _("Vill ni ha tolk när vi ses?"),
    "access_needs": _("Behöver ni något för att kunna vara med?"),
    "access_other": _("Något annat: vad?"),
}
"""How each question is asked aloud, by someone who writes the answer down."""

HELP: dict[str, Words] = {
    "group_knows": _("Fråga bara den som stöttar en grupp. Det är gruppens fråga, så vi börjar aldrig utan den."),
    "what": _("Skriv med deras ord. Skriv inte namn på andra."),
    "channel": _("Läs upp valen. Vi hör bara av oss på det sätt personen väljer."),
    "urgency": _("Är någon i fara nu? Be dem ringa 112."),
    "place": _("Då kommer frågan till rätt ort. Kommunen räcker."),
    "responsible": _("Fler än ett svar går bra."),
    "supports": _("Läs upp valen. Fler än ett svar går bra."),
    "called": _("Förnamn eller smeknamn. De får hitta på."),
    "languages": _("Vi bokar tolk. Det kostar inget."),
    "access_needs": _("Skriv inte om sjukdomar."),
    "size_band": "",
}

CHOICES: dict[str, Mapping[str, Words]] = {
    "asker": {
        Asker.MEMBER: _("Ja, är med i gruppen"),
        Asker.SUPPORTER: _("Nej, stöttar gruppen, till exempel i sitt jobb"),
        Asker.ALONE: _("Är ensam än så länge"),
    },
    "channel": {Channel.SELF: _("Hör av sig själv. Då sparar vi inget nummer och ingen adress.")},
    "supports": {
        "startup": _("Uppstart: komma i gång"),
        "knowledge": _("Kunskap: lära sig hur det fungerar"),
        "resources": _("Resurser: lokal, tolk eller lite pengar"),
        "guidance": _("Vägledning: någon att tänka med"),
        "unknown": _("Vet inte än"),
    },
    "responsible": {"unknown": _("Vet inte än")},
    "size_band": {"1": _("En person än så länge"), "unknown": _("Vet inte")},
}
"""field → option → its words, where those on the public page are said by the reader themselves."""

SHORT: dict[str, Words] = {"vet-gruppen": _("Vet gruppen")}

DONE, WRONG, TO_ASK, NOT_NEEDED = "done", "wrong", "to-ask", "not-needed"

STATES: dict[str, Words] = {
    DONE: _("besvarad"),
    WRONG: _("behöver rättas"),
    TO_ASK: _("inte än"),
    NOT_NEEDED: _("behövs inte"),
}


@dataclass(frozen=True)
class Section:
    """One question as the page shows it."""

    question: questions.Question
    form: QuestionForm
    state: str

    @property
    def anchor(self) -> str:
        return f"fraga-{self.question.slug}"

    @property
    def state_in_words(self) -> Words:
        return STATES[self.state]


class Call:
    """What has been said so far. With `data` what stands on the page that was sent, valid or not: nothing is lost."""

    def __init__(self, support_request: SupportRequest | None, data: Mapping[str, Any] | None = None) -> None:
        self.support_request = support_request
        self.data = None if data is None else plain_post(data)
        self.forms = {question.slug: self._form(question.slug, self.data) for question in questions.QUESTIONS}

    def _form(self, slug: str, data: Mapping[str, Any] | None) -> QuestionForm:
        form_class = FORMS[slug]
        row = self.support_request
        initial = form_class.initial_of(row) if row else {"never_leave_message": True} if slug == "kontakt" else {}
        form = form_class(data, initial=initial)
        _ask_aloud(form)
        return form

    @cached_property
    def _is_for_supporter(self) -> bool:
        form = self.forms["vem"]
        return bool(form["asker"].value() == Asker.SUPPORTER)

    def _was_touched(self, slug: str) -> bool:
        return self._is_asked(slug) and not self.forms[slug].is_untouched()

    def _is_asked(self, slug: str) -> bool:
        return slug != "vet-gruppen" or self._is_for_supporter

    @cached_property
    def numbers(self) -> list[PersonalNumber]:
        """Personal numbers in what was just written, to ask about before that answer is saved."""
        return [number for slug in self._valid() for number in self.forms[slug].personal_numbers()]

    @cached_property
    def answers(self) -> dict[str, dict[str, Any]]:
        """What can be saved: valid, new since last time, without a personal number that nobody has decided about."""
        return {slug: self.forms[slug].answers() for slug in self._valid() if not self.forms[slug].personal_numbers()}

    def _valid(self) -> Iterable[str]:
        if self.data is None:
            return []
        return [slug for slug, form in self.forms.items() if self._was_touched(slug) and form.is_valid()]

    @cached_property
    def wrong(self) -> list[str]:
        """Questions whose answer cannot be saved as it stands."""
        if self.data is None:
            return []
        return [slug for slug, form in self.forms.items() if self._was_touched(slug) and not form.is_valid()]

    @property
    def group_must_know_first(self) -> bool:
        """Someone asks for a group that does not know: then it is not taken in yet."""
        return self._is_for_supporter and self.forms["vet-gruppen"]["group_knows"].value() == GroupKnows.NOT_YET

    def sections(self) -> list[Section]:
        """Every question in order, with how far it has come."""
        return [Section(one, self._shown(one.slug), self._state(one.slug)) for one in questions.QUESTIONS]

    def _shown(self, slug: str) -> QuestionForm:
        """The form as it is drawn: a question nobody has come to yet says nothing of being unanswered."""
        form = self.forms[slug]
        return self._form(slug, None) if form.is_bound and form.is_untouched() else form

    def _state(self, slug: str) -> str:
        if slug in self.wrong:
            return WRONG
        row = self.support_request
        if not self._is_asked(slug):
            return NOT_NEEDED if row and "vem" in row.answered else TO_ASK
        return DONE if slug in self.answers_so_far or (row and slug in row.answered) else TO_ASK

    @property
    def answers_so_far(self) -> set[str]:
        return {*self.answers} if self.data is not None else set()

    @property
    def how_many_asked(self) -> tuple[int, int]:
        """How many questions have an answer, and how many there are to ask this person."""
        asked = [section for section in self.sections() if self._is_asked(section.question.slug)]
        return sum(section.state == DONE for section in asked), len(asked)


def short_label(question: questions.Question) -> Words:
    """What the list of questions calls it."""
    return SHORT.get(question.slug) or question.label


def _ask_aloud(form: QuestionForm) -> None:
    del form.fields["once_key"]
    for name, field in form.fields.items():
        field.label = LABELS.get(name, field.label)  # type: ignore[assignment]  # Django takes any lazy text
        if name in HELP:
            field.help_text = HELP[name]  # type: ignore[assignment]
        said: Mapping[str, Words | Promise] = CHOICES.get(name, {})
        if said:
            field.choices = [(value, said.get(value, label)) for value, label in field.choices]  # type: ignore[attr-defined]
