"""Days and moments of ten years as text, made once."""

from datetime import date, timedelta
from random import Random

YEARS = 10
DAYS = YEARS * 365


class Days:
    """`day(n)` is n days ago as COPY reads it; days to come are negative."""

    def __init__(self, today: date, rng: Random) -> None:
        self.rng = rng
        self._text = {ago: (today - timedelta(days=ago)).isoformat() for ago in range(-400, DAYS + 400)}

    def day(self, ago: int) -> str:
        return self._text[ago]

    def moment(self, ago: int) -> str:
        """Some time of an office day."""
        minutes = int(self.rng.random() * 480)
        return f"{self._text[ago]} {7 + minutes // 60:02}:{minutes % 60:02}:00+00"
