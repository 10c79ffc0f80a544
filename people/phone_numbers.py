"""What a telephone number can be used for, and how it is written so that a person can read it aloud."""

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

HOME_REGION = "SE"
HOME_COUNTRY_CODE = 46

_TAKES_SMS = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
_NOT_FOR_CALLS = {PhoneNumberType.PREMIUM_RATE, PhoneNumberType.PAGER, PhoneNumberType.VOICEMAIL}
"""Numbers that cost extra, or that no one answers: nobody gets us to call them."""


def read_number(text: str) -> phonenumbers.PhoneNumber | None:
    """The number that a text means, Swedish unless it begins with + or 00; None when there is no such number."""
    try:
        number = phonenumbers.parse(text, HOME_REGION)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def as_e164(text: str) -> str:
    """The number as +46…; empty when there is no such number."""
    number = read_number(text)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) if number else ""


def can_take_sms(text: str) -> bool:
    number = read_number(text)
    return number is not None and phonenumbers.number_type(number) in _TAKES_SMS


def can_be_called(text: str) -> bool:
    number = read_number(text)
    return number is not None and phonenumbers.number_type(number) not in _NOT_FOR_CALLS


def readable(text: str) -> str:
    """A Swedish number as `070-174 06 15`, one from elsewhere as `+47 40 12 34 56`, anything else as it stands."""
    number = read_number(text)
    if number is None:
        return text
    at_home = number.country_code == HOME_COUNTRY_CODE
    return phonenumbers.format_number(
        number, PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    )
