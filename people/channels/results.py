"""What became of one attempt to hand a message over."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Accepted:
    """The other side has taken the message; `provider_id` is what it calls it."""

    provider_id: str = ""


@dataclass(frozen=True)
class Refused:
    """The other side has not taken the message, and that is certain.

    Permanent: asking again gives the same answer. Bad address: and so does everything else sent there.
    """

    reason: str
    is_permanent: bool = False
    is_bad_address: bool = False


@dataclass(frozen=True)
class Unknown:
    """Nobody can say whether the message went out."""

    reason: str


Result = Accepted | Refused | Unknown
