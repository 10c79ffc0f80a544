"""What can be taken in about a group, and what the column for it is usually called."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class CaseField(StrEnum):
    KEY = "key"
    ALIAS = "alias"
    PLACE = "place"
    AREA = "area"
    SIZE = "size"
    IN_COMMON = "in_common"
    LEADER = "leader"
    PHASE = "phase"
    BEGAN_ON = "began_on"
    CALLED = "called"
    CHANNEL = "channel"
    PHONE = "phone"
    EMAIL = "email"
    LANGUAGES = "languages"
    INTERPRETER = "interpreter"
    MAY_SAY = "may_say"
    NEVER_LEAVE = "never_leave"
    PROTECTED = "protected"
    NEXT_STEP = "next_step"
    NEXT_STEP_ON = "next_step_on"
    LAST_CONTACT_ON = "last_contact_on"
    NOTE = "note"
    SUPPORTS = "supports"


@dataclass(frozen=True)
class Column:
    """A field of ours: its words on the page, and what people write above such a column, in small plain letters.

    `label` and `help` are words for a reader, translated when they are shown.
    """

    field: CaseField
    label: Any
    called: tuple[str, ...]
    help: Any = ""


COLUMNS = (
    Column(
        CaseField.ALIAS,
        _("Gruppens alias"),
        ("alias", "grupp", "gruppens namn", "gruppnamn", "gruppens alias", "group", "group name", "namn pa gruppen"),
        _("Måste finnas. Aldrig en persons namn."),
    ),
    Column(
        CaseField.KEY,
        _("Eget nummer"),
        ("nr", "nummer", "eget nummer", "lopnummer", "id", "arendenummer", "arende", "number", "no", "key"),
        _("Gör att samma rad känns igen nästa gång, även när gruppen har bytt namn."),
    ),
    Column(CaseField.PLACE, _("Kommun"), ("kommun", "ort", "plats", "stad", "municipality", "city", "place")),
    Column(CaseField.AREA, _("Område"), ("omrade", "stadsdel", "bostadsomrade", "area", "district", "neighbourhood")),
    Column(
        CaseField.SIZE,
        _("Hur många"),
        ("antal", "hur manga", "antal personer", "antal deltagare", "storlek", "size", "how many", "members"),
    ),
    Column(CaseField.IN_COMMON, _("Har gemensamt"), ("har gemensamt", "gemensamt", "vilka", "in common", "malgrupp")),
    Column(
        CaseField.LEADER,
        _("Utvecklingsledare"),
        ("utvecklingsledare", "ledare", "ansvarig", "handlaggare", "ul", "leader", "responsible"),
        _("E-post eller namn. Tomt betyder du."),
    ),
    Column(CaseField.PHASE, _("Fas"), ("fas", "lage", "status", "phase", "stage")),
    Column(
        CaseField.BEGAN_ON,
        _("Började"),
        ("borjade", "start", "startdatum", "startade", "inskriven", "sedan", "began", "started", "start date"),
    ),
    Column(
        CaseField.CALLED,
        _("Vad vi kallar kontaktpersonen"),
        ("kontaktperson", "kontakt", "kallas", "tilltalsnamn", "contact", "contact person"),
    ),
    Column(
        CaseField.CHANNEL,
        _("Tryggt kontaktsätt"),
        (
            "kontaktsatt",
            "tryggt kontaktsatt",
            "kontaktvag",
            "kanal",
            "nas genom",
            "hur vi nar",
            "channel",
            "contact by",
        ),
        _("Sms, samtal, e-post eller hör av sig själv. Utan det tar vi inte med något nummer."),
    ),
    Column(
        CaseField.PHONE,
        _("Telefon"),
        ("telefon", "telefonnummer", "mobil", "mobilnummer", "tel", "tfn", "phone", "mobile"),
    ),
    Column(CaseField.EMAIL, _("E-post"), ("e post", "epost", "mejl", "mail", "e mail", "email", "e postadress")),
    Column(CaseField.LANGUAGES, _("Språk"), ("sprak", "modersmal", "language", "languages")),
    Column(CaseField.INTERPRETER, _("Vill ha tolk"), ("tolk", "vill ha tolk", "behover tolk", "interpreter")),
    Column(
        CaseField.MAY_SAY,
        _("Får säga varifrån vi ringer"),
        ("far saga varifran vi ringer", "far saga vilka vi ar", "far saga varifran", "may say who we are"),
        _("Tomt betyder nej."),
    ),
    Column(
        CaseField.NEVER_LEAVE,
        _("Lämna aldrig meddelande"),
        ("lamna aldrig meddelande", "lamna inte meddelande", "inget meddelande", "never leave message", "no message"),
        _("Tomt betyder ja."),
    ),
    Column(
        CaseField.PROTECTED,
        _("Skyddad identitet"),
        ("skyddad identitet", "skyddad", "sekretess", "skyddade uppgifter", "protected", "protected identity"),
        _("Ja betyder att adressen aldrig visas utan skäl."),
    ),
    Column(CaseField.NEXT_STEP, _("Nästa steg"), ("nasta steg", "att gora", "nasta", "next step", "next", "todo")),
    Column(
        CaseField.NEXT_STEP_ON,
        _("Nästa steg senast"),
        ("nasta steg senast", "senast", "datum for nasta steg", "nasta datum", "deadline", "next step date", "due"),
    ),
    Column(
        CaseField.LAST_CONTACT_ON,
        _("Senaste kontakt"),
        ("senaste kontakt", "senast kontakt", "senaste samtal", "senaste mote", "last contact", "last contacted"),
    ),
    Column(
        CaseField.NOTE,
        _("Anteckning"),
        ("anteckning", "anteckningar", "kommentar", "kommentarer", "ovrigt", "notes", "note", "comment", "comments"),
        _("Blir en intern anteckning. Gruppen ser den inte."),
    ),
    Column(CaseField.SUPPORTS, _("Stöd"), ("stod", "typ av stod", "slag av stod", "insatser", "support", "supports")),
)


def simple(text: str) -> str:
    """Small letters without marks, words with one space between: what two ways of writing have in common."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.sub(r"[^0-9a-z]+", " ", "".join(c for c in plain if not unicodedata.combining(c))).split())


def guess_columns(headings: Sequence[str]) -> dict[CaseField, int]:
    """Which column holds what, by its heading: the whole heading first, then as the beginning of a longer one.

    Each column is used once, and each field gets the first column that fits. What is not recognised is left out.
    """
    found: dict[CaseField, int] = {}
    said = [simple(heading) for heading in headings]
    for fits in (_is_same, _begins_with):
        for column in COLUMNS:
            free = [index for index, heading in enumerate(said) if heading and index not in found.values()]
            if column.field not in found and (fitting := [i for i in free if fits(said[i], column.called)]):
                found[column.field] = fitting[0]
    return found


def _is_same(heading: str, names: Sequence[str]) -> bool:
    return heading in names


def _begins_with(heading: str, names: Sequence[str]) -> bool:
    long_names = [name for name in names if len(name) > 3]  # noqa: PLR2004 -- a short name begins many words
    return any(heading.startswith(f"{name} ") for name in long_names)
