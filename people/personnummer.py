"""Finds Swedish personal numbers in free text, so that the person can be asked to leave them out.

A personal number (personnummer) is a date of birth, three digits and a check digit; a coordination number
(samordningsnummer) has 60 added to the day. Both the date and the check digit (Luhn) must be right, so that few other
numbers are taken for one. In an organisation number the month's place holds 20 or more: never a date.
"""

import re
from calendar import isleap
from collections.abc import Iterable

from stdnum import luhn

Span = tuple[int, int, str]

COORDINATION_DAYS = 60
DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_CANDIDATE = re.compile(
    r"""
    (?<![0-9+])
    (?P<century>18|19|20)?
    (?P<year>[0-9]{2}) (?P<dash>(?(century)[-/. \u00a0]?))
    (?P<month>[0-9]{2}) (?P=dash)
    (?P<day>[0-9]{2})
    (?P<mark>[ \u00a0]?[-+\u2010-\u2015\u2212]?[ \u00a0]?)
    (?P<last>[0-9]{4})
    (?![0-9])
    """,
    re.VERBOSE,
)
_COUNTRY_CODE_BEFORE = re.compile(r"(?<![0-9])(?:\+|00)\s?[0-9]{1,3}[\s()0-]*$")


def find_personal_numbers(text: str) -> list[Span]:
    """Every personal and coordination number in the text, as (start, end, the characters).

    Ten digits that begin with 07 and have no hyphen are a mobile number, also when they could be a person born in 2007.
    """
    return [
        (found.start(), found.end(), found.group())
        for found in _CANDIDATE.finditer(text)
        if not _is_phone_number(found) and _has_real_date(found) and luhn.is_valid(_ten_digits(found))
    ]


def without(text: str, spans: Iterable[Span]) -> str:
    """The text with the spans cut out, and no double space where they stood."""
    for start, end, _found in sorted(spans, reverse=True):
        before, after = text[:start], text[end:]
        gap_on_both_sides = before.endswith((" ", "\n")) or not before
        text = before + (after.removeprefix(" ") if gap_on_both_sides else after)
    return text


def _is_phone_number(found: re.Match[str]) -> bool:
    is_mobile = not found["century"] and found["year"] == "07" and not found["mark"].strip()
    return is_mobile or _COUNTRY_CODE_BEFORE.search(found.string, 0, found.start()) is not None


def _has_real_date(found: re.Match[str]) -> bool:
    month, day = int(found["month"]), int(found["day"])
    if day > COORDINATION_DAYS:
        day -= COORDINATION_DAYS
    if not (1 <= month <= len(DAYS_IN_MONTH) and 1 <= day <= DAYS_IN_MONTH[month - 1]):
        return False
    centuries = [found["century"]] if found["century"] else ["19", "20"]
    return (month, day) != (2, 29) or any(isleap(int(century + found["year"])) for century in centuries)


def _ten_digits(found: re.Match[str]) -> str:
    return found["year"] + found["month"] + found["day"] + found["last"]
