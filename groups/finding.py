"""Finding groups: by the code someone says in the telephone, by what the group is called, by where it is."""

import re
import unicodedata
from functools import reduce
from operator import and_
from typing import TypeVar

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet

from groups.models import Group, Member, Municipality
from people.codes import normalise_code
from people.models import PrivateLink

Rows = TypeVar("Rows", bound="QuerySet[Group]")
WORDS_READ = 5
LONGEST_WORD = 40
LONGEST_TEXT = 200
WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """The words that are looked for, each as the beginning of one: at most five."""
    plain = unicodedata.normalize("NFC", text[:LONGEST_TEXT]).lower()
    return [word[:LONGEST_WORD] for word in WORD.findall(plain)[:WORDS_READ]]


def beginning_with(word: str) -> SearchQuery:
    """Rows that have a word that begins like this. Only letters and digits get this far, so nothing needs escaping."""
    return SearchQuery(f"'{word}':*", search_type="raw", config="simple")


def municipalities_named(words: list[str]) -> dict[str, list[str]]:
    """For each word the municipalities that have a word in their name that begins like it. One query."""
    named = [(code, words_of(name)) for code, name in Municipality.objects.values_list("code", "name")] if words else []
    return {
        word: [code for code, parts in named if any(part.startswith(word) for part in parts)] for word in set(words)
    }


def rows_with_code(text: str, model: str) -> list[int] | None:
    """The rows of a model whose private link has the code; None when the text cannot be a code."""
    code = normalise_code(text)
    if code is None:
        return None
    return list(PrivateLink.objects.filter(code=code, about_model=model).values_list("about_id", flat=True))


def find_groups(rows: Rows, text: str) -> Rows:
    """Those that the text may mean: the code of a member or of the group's request, or the beginnings of words.

    Every word must be found: in the group's alias or area, or in the name of its municipality.
    """
    members = rows_with_code(text, Member._meta.label_lower)
    if members is not None:
        of_members = Member.objects.filter(pk__in=members).values("group")
        requests = rows_with_code(text, "support.supportrequest") or []
        of_requests = Group.objects.filter(support_requests__in=requests).values("pk")
        return rows.filter(Q(pk__in=of_members) | Q(pk__in=of_requests))
    words = words_of(text)
    return rows.filter(with_words(words, municipalities_named(words))) if words else rows.none()


def with_words(words: list[str], places: dict[str, list[str]]) -> Q:
    """The condition that every word is found: in the row's own searchable words, or in its municipality's name."""
    return reduce(and_, (Q(search=beginning_with(word)) | Q(municipality__in=places[word]) for word in words))
