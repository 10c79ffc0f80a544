"""The kinds of long work there are. Each app says, when Django starts, which function does the work of a kind.

The work is a row (`Job`) that a sweep picks up, so that any page can show how far it is and a crash loses nothing.
"""

from collections.abc import Callable

from people.models import Job

Runner = Callable[[Job], None]
"""Does the work and tells how far it is through `people.actions.jobs.tell_progress`. Called again after a crash: what
is done already must not be done twice. An exception is written down as the reason in words."""


class UnknownJob(LookupError):
    """No app has registered the kind."""


_runners: dict[str, Runner] = {}
_pages: dict[str, str] = {}


def register(kind: str, runner: Runner, *, page: str = "") -> None:
    """`page` names the address of a page of its own for such work, that takes the number of the job."""
    if _runners.setdefault(kind, runner) != runner:
        raise ValueError(f"two runners do the work of {kind}")
    _pages[kind] = page


def page_of_kind(kind: str) -> str:
    """The name of the address where such work is shown; empty when the common page is enough."""
    return _pages.get(kind, "")


def runner_of(kind: str) -> Runner:
    """Who does such work. Raises UnknownJob."""
    try:
        return _runners[kind]
    except KeyError as error:
        raise UnknownJob(kind) from error
