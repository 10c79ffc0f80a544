"""How heavy a group weighs on its leader: a pure rule, so that work can be shared out with open eyes.

No published measure for such groups was found, so the numbers are the programme's own: what is counted is how often
leader and group are in touch. A group that is met every week weighs 1; with thirteen weeks in between it weighs 1/13.
"""

from collections.abc import Sequence

OPEN_REQUEST = 1.0
"""A request that waits for us asks for something every week: calls, a first meeting, a decision."""

AFTER_CARE = 3 / 52
"""Three contacts in the year after a group became self-reliant."""

RESTING = 0.0
"""A group that rests is asked nothing."""


def weight(step: int, ladder: Sequence[int]) -> float:
    """What a group in an open period weighs: contacts a week, from the gap in weeks at its step of the ladder.

    A step outside the ladder counts as the nearest one. ValueError for a ladder without steps.
    """
    if not ladder:
        raise ValueError("a ladder has at least one step")
    return 1 / ladder[max(0, min(step, len(ladder) - 1))]
