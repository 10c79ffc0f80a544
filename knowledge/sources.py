"""What the search finds: each kind of public text, and how its texts are listed. Every app's texts may be found.

This app's own kinds are registered in `apps.py`. Another app cannot call this one; the site registers its kinds in
`mobilisering/apps.py`:

    register(Source("course", _("Utbildning"), _("Utbildningar"), texts=public_courses, still_public=of_these_public))

`manage.py reindex` then enters its texts. What has been taken away since is never shown, since every hit is asked for
with `still_public` before a reader sees it.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise


@dataclass(frozen=True)
class SearchText:
    """A public text in one language, without markup. `also` are other words that lead to it."""

    about_id: int
    language: str
    title: str
    path: str
    published_at: datetime
    lead: str = ""
    text: str = ""
    also: str = ""


@dataclass(frozen=True)
class Source:
    """A kind of public text: what one and several are called, all there is to find, and what of it is public now."""

    kind: str
    name: str | Promise
    names: str | Promise
    texts: Callable[[], Iterable[SearchText]]
    still_public: Callable[[Collection[int]], Collection[int]]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """The search knows the kind from now on, listed after those it knew. A second time replaces the first."""
    _sources[source.kind] = source


def unregister(kind: str) -> None:
    """The search finds nothing of the kind any more, whatever it has entered."""
    _sources.pop(kind, None)


def sources() -> dict[str, Source]:
    """All kinds by their key, in the order they were registered."""
    return dict(_sources)
