"""Single cells as people write them. What is not understood, or could mean two things, is asked for in words."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext as _

from groups.enums import SizeBand, SupportKind
from people.enums import Channel, SpokenLanguage, YesNoUnknown
from people.validators import FIRST_YEAR, LAST_YEAR
from support.caseload_columns.fields import simple
from support.enums import Phase

Value = TypeVar("Value")


class Unclear(Exception):
    """The cell cannot be understood; the words say how to write it."""


MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_ENGLISH = {"may": 5, "oct": 10}

CHANNELS: Mapping[str, Channel] = {
    **dict.fromkeys(("sms", "text", "meddelande"), Channel.SMS),
    **dict.fromkeys(("samtal", "telefon", "telefonsamtal", "ring", "ringa", "ringer", "call", "phone"), Channel.CALL),
    **dict.fromkeys(("e post", "epost", "mejl", "mail", "email", "e mail"), Channel.EMAIL),
    **dict.fromkeys(("hor av sig sjalv", "hor av sig", "sjalv", "gruppen hor av sig", "self"), Channel.SELF),
    **dict.fromkeys(("inte valt an", "inget", "inget valt", "none"), Channel.NONE),
}

PHASES: Mapping[str, Phase] = {
    **dict.fromkeys(("upptakt", "uppstart", "start", "ny", "fas 1", "1"), Phase.START),
    **dict.fromkeys(
        ("forandringsarbete", "forandring", "pagar", "pagaende", "aktiv", "change", "fas 2", "2"), Phase.CHANGE
    ),
    **dict.fromkeys(("exit", "avslutas", "pa vag ut", "utfasning", "fas 3", "3"), Phase.EXIT),
    **dict.fromkeys(
        ("sjalvgaende", "eftervard", "efter avslutet", "self reliant", "klarar sig sjalv"), Phase.SELF_RELIANT
    ),
    **dict.fromkeys(("avslutad", "avslutat", "klar", "closed", "slut", "nedlagd"), Phase.CLOSED),
}

YES = frozenset({"ja", "j", "x", "yes", "y", "sant", "true", "1", "behovs", "bokas"})
NO = frozenset({"nej", "n", "no", "falskt", "false", "0", "behovs inte"})

SUPPORTS: Mapping[str, SupportKind] = {
    "uppstart": SupportKind.STARTUP,
    "kunskap": SupportKind.KNOWLEDGE,
    "utbildning": SupportKind.KNOWLEDGE,
    "resurser": SupportKind.RESOURCES,
    "resurs": SupportKind.RESOURCES,
    "vagledning": SupportKind.GUIDANCE,
    "startup": SupportKind.STARTUP,
    "knowledge": SupportKind.KNOWLEDGE,
    "resources": SupportKind.RESOURCES,
    "guidance": SupportKind.GUIDANCE,
}

LANGUAGES: Mapping[str, SpokenLanguage] = {
    "svenska": SpokenLanguage.SWEDISH,
    "engelska": SpokenLanguage.ENGLISH,
    "arabiska": SpokenLanguage.ARABIC,
    "somaliska": SpokenLanguage.SOMALI,
    "dari": SpokenLanguage.DARI,
    "persiska": SpokenLanguage.PERSIAN,
    "farsi": SpokenLanguage.PERSIAN,
    "tigrinja": SpokenLanguage.TIGRINYA,
    "tigrinska": SpokenLanguage.TIGRINYA,
    "ukrainska": SpokenLanguage.UKRAINIAN,
    "ryska": SpokenLanguage.RUSSIAN,
    "polska": SpokenLanguage.POLISH,
    "spanska": SpokenLanguage.SPANISH,
    "franska": SpokenLanguage.FRENCH,
    "turkiska": SpokenLanguage.TURKISH,
    "romani": SpokenLanguage.ROMANI,
    "romani chib": SpokenLanguage.ROMANI,
    "finska": SpokenLanguage.FINNISH,
    "svenskt teckensprak": SpokenLanguage.SWEDISH_SIGN,
    "teckensprak": SpokenLanguage.SWEDISH_SIGN,
    **{simple(one.name): one for one in SpokenLanguage if one != SpokenLanguage.OTHER},
}

SIZE_BANDS = ((1, SizeBand.ALONE), (4, SizeBand.FEW), (9, SizeBand.SOME), (24, SizeBand.MANY))
"""The highest number of each band; more than the last is the largest."""


def read_date(text: str, today: date) -> date | None:
    """A day: 2026-09-01, 1/9 2026, 1.9.2026, 1 sep 2026, 20260901. Without a year it is asked for: Unclear.

    Days stand before months, as in Sweden. Where the first number cannot be told from the second by that custom
    alone (two numbers and a year of two digits), the day is asked for again.
    """
    said = text.strip().casefold().removesuffix(" 00:00")
    if not said:
        return None
    parts = _parts_of_day(said)
    if parts is None:
        raise Unclear(_("Skriv dagen så här: 2026-09-01."))
    try:
        day = date(*parts)
    except ValueError:
        raise Unclear(_("Den dagen finns inte. Skriv dagen så här: 2026-09-01.")) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Unclear(_("Kolla årtalet i datumet."))
    return day


_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?: \d\d:\d\d)?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_DAY_FIRST = re.compile(r"(?:den )?(\d{1,2})\s*[/.-]\s*(\d{1,2})[\s/.-]+(\d{4})")
_WITH_MONTH = re.compile(r"(?:den )?(\d{1,2})[. :]*(?:e |a )?([a-zåäö]{3,9})\.?[ ,]+(\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}\s*[/. -]\s*\d{1,2}[\s/.-]+\d\d|\d{6}")
_NO_YEAR = re.compile(r"\d{1,2}\s*[/.]\s*\d{1,2}|\d{1,2}\.? [a-zåäö]{3,9}\.?")


def _parts_of_day(said: str) -> tuple[int, int, int] | None:
    if found := _YEAR_FIRST.fullmatch(said) or _COMPACT.fullmatch(said):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _DAY_FIRST.fullmatch(said):
        return int(found[3]), int(found[2]), int(found[1])
    if (found := _WITH_MONTH.fullmatch(said)) and (month := _month(found[2])):
        return int(found[3]), month, int(found[1])
    if _SHORT_YEAR.fullmatch(said):
        raise Unclear(_("Det går att läsa på flera sätt. Skriv dagen så här: 2026-09-01."))
    if _NO_YEAR.fullmatch(said):
        raise Unclear(_("Årtalet saknas. Skriv dagen så här: 2026-09-01."))
    return None


def _month(word: str) -> int | None:
    short = word[:3]
    return MONTHS.index(short) + 1 if short in MONTHS else _ENGLISH.get(short)


def read_phase(text: str) -> Phase:
    return _one_of(text, PHASES, Phase.START, _("Skriv Upptakt, Förändringsarbete, Exit eller Självgående."))


def read_channel(text: str) -> Channel:
    """How the person wants to be reached; nothing written is nothing chosen. Two ways at once are asked about."""
    words = _("Skriv ett av orden sms, samtal, e-post eller hör av sig själv.")
    return _one_of(text, CHANNELS, Channel.NONE, words)


def read_yes_no(text: str, *, empty: bool) -> bool:
    said = simple(text)
    if said in YES:
        return True
    if said in NO:
        return False
    if text.strip():
        raise Unclear(_("Skriv ja eller nej."))
    return empty


def read_interpreter(text: str) -> YesNoUnknown:
    if not text.strip() or simple(text) in {"vet inte", "vet ej"}:
        return YesNoUnknown.UNKNOWN
    return YesNoUnknown.YES if read_yes_no(text, empty=False) else YesNoUnknown.NO


_SIZE = re.compile(
    r"(?:ca\.?|cirka|ungefär|minst|över)?\s*(\d{1,4})(?:\s*(?:-|–|till)\s*(\d{1,4}))?\s*"
    r"(?:\+|st\.?|stycken|personer|eller fler)?",
    re.IGNORECASE,
)


def read_size(text: str) -> SizeBand:
    """A number, or two with a line between; the larger of them decides the band."""
    if not text.strip() or simple(text) in {"vet inte", "vet ej", "okant"}:
        return SizeBand.UNKNOWN
    if re.fullmatch(r"\d{4}-\d\d-\d\d.*", text.strip()):
        raise Unclear(_("Kalkylprogrammet har gjort om antalet till ett datum. Skriv till exempel: 5 till 9."))
    found = _SIZE.fullmatch(text.strip())
    if not found or not (found[2] or found[1]).strip("0"):
        raise Unclear(_("Skriv hur många med siffror, till exempel 7 eller 5–9."))
    most = int(found[2] or found[1])
    return next((band for highest, band in SIZE_BANDS if most <= highest), SizeBand.LARGE)


def _words_of(text: str) -> list[str]:
    return [word.strip() for word in re.split(r"[,;/+&\n]| och ", text) if word.strip()]


def read_languages(text: str) -> tuple[list[SpokenLanguage], str]:
    """The languages that we have names for, and the others in the words that were used."""
    known: list[SpokenLanguage] = []
    others: list[str] = []
    for word in _words_of(text):
        language = LANGUAGES.get(simple(word)) or next((one for one in SpokenLanguage if one.label == word), None)
        if language is None:
            others.append(word)
        elif language not in known:
            known.append(language)
    other = ", ".join(others)
    if len(other) > 60:  # noqa: PLR2004 -- Contact.other_language
        raise Unclear(_("Skriv bara språkens namn, med komma mellan."))
    return ([*known, SpokenLanguage.OTHER] if other else known), other


def read_supports(text: str) -> list[SupportKind]:
    found = []
    for word in _words_of(text):
        kind = SUPPORTS.get(simple(word))
        if kind is None:
            raise Unclear(_("Skriv ett eller flera av orden uppstart, kunskap, resurser, vägledning."))
        if kind not in found:
            found.append(kind)
    return found


def read_text(text: str, *, longest: int) -> str:
    """One line of text. Too long is asked about: nothing is cut off."""
    said = " ".join(text.split())
    if len(said) > longest:
        words = _("Skriv högst %(limit)s tecken. Nu är det %(length)s.")
        raise Unclear(words % {"limit": longest, "length": len(said)})
    return said


def _one_of(text: str, choices: Mapping[str, Value], empty: Value, words: str) -> Value:
    said = simple(text)
    if not said:
        return empty
    if said not in choices:
        raise Unclear(words)
    return choices[said]


def is_broken_formula(cells: Sequence[str]) -> bool:
    return any(
        re.fullmatch(r"#(REF|N/A|VALUE|NAME\?|DIV/0|NUM|NULL|REFERENS|VÄRDEFEL|SAKNAS)!?\??", cell) for cell in cells
    )
