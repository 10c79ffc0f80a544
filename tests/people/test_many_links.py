"""Links for many at once are as those that are opened one by one, except that nobody holds them yet."""

import pytest

from people.actions.links import NoFreeCode
from people.actions.many_links import open_links
from people.enums import Channel, LinkPurpose
from people.models import LinkToken, PrivateLink
from tests.factories import NOW, make_contact, make_link, make_member

pytestmark = pytest.mark.django_db


def test_each_has_a_code_of_its_own_and_no_address(django_assert_num_queries) -> None:
    members = [make_member(contact=make_contact(discreet=True, channel=Channel.SMS)) for _one in range(5)]

    with django_assert_num_queries(6):
        links = open_links(LinkPurpose.SUPPORT, [(member.contact, member) for member in members], now=NOW)

    assert [(link.contact, link.about_id) for link in links] == [(one.contact, one.pk) for one in members]
    assert len({link.code for link in links}) == 5
    assert all(link.asks_for_code and link.words_hash for link in links)
    assert LinkToken.objects.count() == 0


def test_a_taken_code_is_drawn_again() -> None:
    make_link(code="TALL 2222")
    drawn = iter(["TALL 2222", "TALL 3333"])
    member = make_member()

    open_links(LinkPurpose.SUPPORT, [(member.contact, member)], now=NOW, draw=lambda: next(drawn))

    assert PrivateLink.objects.get(contact=member.contact).code == "TALL 3333"


def test_when_no_code_is_free_nothing_is_written() -> None:
    make_link(code="TALL 2222")
    member = make_member()

    with pytest.raises(NoFreeCode):
        open_links(LinkPurpose.SUPPORT, [(member.contact, member)], now=NOW, draw=lambda: "TALL 2222")

    assert PrivateLink.objects.count() == 1


def test_nobody_needs_no_links() -> None:
    assert open_links(LinkPurpose.SUPPORT, [], now=NOW) == []
