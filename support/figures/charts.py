"""Bars beside a table: how long each is, and where it stands. Whole units, drawn as they are in the page."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 320
LONGEST = 250
"""Leaves room for the number after the bar."""
SHORTEST = 2
"""What is not nothing can be seen."""
STEP, STEP_WITH_BEFORE = 44, 62
MOST_BARS = 20


@dataclass(frozen=True)
class Bar:
    """A label, a bar under it with its number, and where there is something to compare with a second one under that."""

    label: str
    top: int
    words: str
    length: int
    words_before: str = ""
    length_before: int | None = None

    @property
    def label_y(self) -> int:
        return self.top + 14

    @property
    def y(self) -> int:
        return self.top + 20

    @property
    def words_y(self) -> int:
        return self.top + 32

    @property
    def words_x(self) -> int:
        return self.length + 6

    @property
    def before_y(self) -> int:
        return self.top + 38

    @property
    def words_before_y(self) -> int:
        return self.top + 50

    @property
    def words_before_x(self) -> int:
        return (self.length_before or 0) + 6


@dataclass(frozen=True)
class Chart:
    bars: list[Bar]
    height: int
    has_before: bool
    is_cut: bool
    width: int = WIDTH


@dataclass(frozen=True)
class Measured:
    """One thing to draw. `before` is None where nothing is compared."""

    label: str
    value: float
    words: str
    before: float | None = None
    words_before: str = ""


def chart_of(measured: Sequence[Measured]) -> Chart | None:
    """The chart of at most twenty, in their order. None when there is nothing to draw."""
    shown = measured[:MOST_BARS]
    most = max((max(one.value, one.before or 0) for one in shown), default=0)
    if not most:
        return None
    has_before = any(one.before is not None for one in shown)
    step = STEP_WITH_BEFORE if has_before else STEP
    bars = [
        Bar(
            label=one.label,
            top=number * step,
            words=one.words,
            length=length_of(one.value, most),
            words_before=one.words_before,
            length_before=None if one.before is None else length_of(one.before, most),
        )
        for number, one in enumerate(shown)
    ]
    return Chart(bars, height=len(bars) * step, has_before=has_before, is_cut=len(measured) > len(shown))


def length_of(value: float, most: float) -> int:
    """How long the bar of a value is when `most` has the longest."""
    if value <= 0 or most <= 0:
        return 0
    return max(SHORTEST, round(min(value, most) / most * LONGEST))
