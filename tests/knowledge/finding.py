"""What a search finds, and how a text comes to be found."""

from knowledge.actions.indexing import enter_all
from knowledge.searching.answers import answer


def found(text, **more):
    """The titles of what a search finds, without marks."""
    hits = answer(text, **{"language": "sv"} | more).hits
    return [hit.title.replace("<mark>", "").replace("</mark>", "") for hit in hits]


def public(*texts):
    enter_all(texts)
    return texts
