"""Finding cases: by the code someone says in the telephone, by group, by place.

What is looked for is found out first, so that the last query has only constants, for which the database has indexes.
"""

from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.search import SearchVector
from django.db.models import Exists, OuterRef, Q, QuerySet

from groups.finding import beginning_with, find_groups, municipalities_named, rows_with_code, with_words, words_of
from groups.models import Group, Member
from people.models import User
from support.models import IntakeMeeting, OrganisationRequest, SupportPeriod, SupportRequest

Requests = TypeVar("Requests", bound="QuerySet[SupportRequest]")
Periods = TypeVar("Periods", bound="QuerySet[SupportPeriod]")
Meetings = TypeVar("Meetings", bound="QuerySet[IntakeMeeting]")
Organisations = TypeVar("Organisations", bound="QuerySet[OrganisationRequest]")

Seeker = User | AnonymousUser

NAMED_ONE_BY_ONE = 1000
"""So many groups are named by their keys; more are left to the database to look up."""
REQUEST = SupportRequest._meta.label_lower
LARGEST_KEY = 2**63 - 1


def find_requests(rows: Requests, text: str, *, user: Seeker) -> Requests:
    """Those that the text may mean: a code, `#` and a number, or the beginnings of words.

    Every word must be found: in what they wrote of the place, in the municipality, or in what the group is called, of
    those groups that the user sees. A word that very many groups have is not looked for in their names one by one.
    """
    keys = keys_in(text)
    if keys is not None:
        return rows.filter(pk__in=keys)
    words = words_of(text)
    if not words:
        return rows.none()
    places, groups = municipalities_named(words), Group.objects.visible_to(user)
    found = Q(group__in=_few(groups.filter(with_words(words, places))))
    one_by_one = Q()
    for word in words:
        named = _few(groups.filter(search=beginning_with(word)))
        in_group = Q(group__in=named) if isinstance(named, list) else Q(pk__in=[])
        one_by_one &= Q(search=beginning_with(word)) | Q(municipality__in=places[word]) | in_group
    return rows.filter(one_by_one | found)


def find_periods(rows: Periods, text: str, *, user: Seeker) -> Periods:
    """Those whose group the text may mean, by the code of its request or of one of its members, or by words."""
    keys = keys_in(text)
    if keys is None:
        return rows.filter(group__in=_few(find_groups(Group.objects.visible_to(user), text)))
    groups = SupportRequest.objects.filter(pk__in=keys, group__isnull=False).values_list("group", flat=True)
    members = rows_with_code(text, Member._meta.label_lower) or []
    of_members = Member.objects.filter(pk__in=members).values_list("group", flat=True)
    return rows.filter(group__in={*groups, *of_members})


def find_meetings(rows: Meetings, text: str, *, user: Seeker) -> Meetings:
    """Those of the requests that the text may mean, those held at such a place, and those of such a leader."""
    named = keys_in(text)
    if named is not None:
        return rows.filter(support_request__in=named)
    words = words_of(text)
    if not words:
        return rows.none()
    leaders, held_there = User.objects.filter(is_staff=True), rows.alias(words=SearchVector("place", config="simple"))
    read_one_by_one = Q()
    for word in words:
        leaders = leaders.filter(name__icontains=word)
        held_there = held_there.filter(words=beginning_with(word))
        read_one_by_one &= Q(place__icontains=word)
    few = _few(held_there)
    # Where the word stands in very many, the newest are found soonest by reading them in their order.
    place = Q(pk__in=few) if isinstance(few, list) else read_one_by_one
    asked = find_requests(SupportRequest.objects.visible_to(user), text, user=user)
    keys = _few(asked)
    one_by_one = Q(Exists(asked.filter(pk=OuterRef("support_request"))))
    requests = Q(support_request__in=keys) if isinstance(keys, list) else one_by_one
    return rows.filter(requests | Q(leader__in=_few(leaders)) | place)


def find_organisation_requests(rows: Organisations, text: str) -> Organisations:
    """Those with every word in the organisation's name, in what they wrote of the place, or in the municipality."""
    words = words_of(text)
    places = municipalities_named(words)
    for word in words:
        said = Q(organisation_name__icontains=word) | Q(place__icontains=word)
        rows = rows.filter(said | Q(municipality__in=places[word]))
    return rows if words else rows.none()


def keys_in(text: str) -> list[int] | None:
    """The requests a text names outright: by code, or as `#` and a number. None when it names none that way."""
    written = text.strip()
    if written.startswith("#") and written[1:].isdecimal() and len(written) < len(str(LARGEST_KEY)):
        return [int(written[1:])]
    return rows_with_code(text, REQUEST)


def _few(rows: QuerySet[Any]) -> list[int] | QuerySet[Any]:
    """The keys of rows when they are few; else what finds them, for the database."""
    keys = list(rows.order_by().values_list("pk", flat=True)[: NAMED_ONE_BY_ONE + 1])
    return keys if len(keys) <= NAMED_ONE_BY_ONE else rows.order_by().values("pk")
