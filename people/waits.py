"""How long the code way waits after wrong tries: too long for guessing, short enough for people to come back."""

from datetime import timedelta

FREE_TRIES = 5
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)


def wait_after(wrong_tries: int) -> timedelta:
    """The programme's own rule: from the fifth wrong try one minute, then twice as long each time, an hour at most."""
    if wrong_tries < FREE_TRIES:
        return timedelta(0)
    doublings = min(wrong_tries - FREE_TRIES, 6)  # 2⁶ minutes is more than the longest wait already
    return min(FIRST_WAIT * 2**doublings, LONGEST_WAIT)
