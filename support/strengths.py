"""The nine strengths of a group as a web: nine spokes, one to five from the middle."""

from dataclasses import dataclass
from datetime import datetime
from math import cos, pi, sin

from support.enums import Capacity

RADIUS = 100
MIDDLE = 150
HIGHEST = 5
LABEL_AT = 1.16


@dataclass(frozen=True)
class Spoke:
    """One domain: its mark, if it has one, and where its end and its number stand in the drawing."""

    domain: Capacity
    mark: int | None
    number: int
    end: tuple[int, int]
    label_at: tuple[int, int]


@dataclass(frozen=True)
class Web:
    """Marks of one day. `outline` and `rings` are points for an SVG polygon 300 units wide."""

    spokes: list[Spoke]
    outline: str
    rings: list[str]
    marked_at: datetime | None


def web_of(marks: dict[Capacity, int], marked_at: datetime | None) -> Web:
    """The web of these marks. A domain without a mark leaves its spoke out of the outline."""
    spokes = [
        Spoke(domain, marks.get(domain), number + 1, _point(number, 1), _point(number, LABEL_AT))
        for number, domain in enumerate(Capacity)
    ]
    outline = [_point(spoke.number - 1, spoke.mark / HIGHEST) for spoke in spokes if spoke.mark]
    rings = [_points([_point(number, ring / HIGHEST) for number in range(len(spokes))]) for ring in (1, 2, 3, 4, 5)]
    return Web(spokes=spokes, outline=_points(outline), rings=rings, marked_at=marked_at)


def _point(number: int, share: float) -> tuple[int, int]:
    """Straight up first, then clockwise."""
    angle = 2 * pi * number / len(Capacity) - pi / 2
    return round(MIDDLE + RADIUS * share * cos(angle)), round(MIDDLE + RADIUS * share * sin(angle))


def _points(points: list[tuple[int, int]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)
