"""What follows on pages of other subjects when what a course says, or whether it is public, has changed."""

from collections.abc import Callable

from training.models import Course

Hearer = Callable[[Course], object]
_hearers: list[Hearer] = []


def when_course_changes(hear: Hearer) -> None:
    """The site says, when Django starts, what follows. It is called in the transaction of the change."""
    if hear not in _hearers:
        _hearers.append(hear)


def course_changed(course: Course) -> None:
    """Whoever writes a course calls this when it is written: the search finds it by what it says now, or no more."""
    for hear in _hearers:
        hear(course)
