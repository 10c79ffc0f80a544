"""How long an sms is, in the GSM 7-bit alphabet (3GPP TS 23.038). There å, ä and ö cost no more than other letters.

A single sms holds 160 characters of that alphabet. One character outside it and the whole sms holds only 70.
"""

GSM_ALPHABET = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_DOUBLE = frozenset("\f^{}\\[~]|€")

MOST_IN_GSM = 160
MOST_IN_UNICODE = 70


def is_gsm(text: str) -> bool:
    """Whether every character has a place in the GSM alphabet."""
    return GSM_ALPHABET.union(GSM_DOUBLE).issuperset(text)


def sms_length(text: str) -> int:
    """What the text takes of an sms: GSM characters (some count twice), or else 16-bit units as emoji are counted."""
    if is_gsm(text):
        return len(text) + sum(character in GSM_DOUBLE for character in text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fits_one_sms(text: str) -> bool:
    return sms_length(text) <= (MOST_IN_GSM if is_gsm(text) else MOST_IN_UNICODE)
