"""A group invites by itself: the actions behind the page, also when two taps come at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from groups.actions.groups import leave_group
from groups.actions.invitations import (
    AlreadyIn,
    AlreadyInvited,
    HasLeft,
    invite_member,
    take_back_invitation,
    unopened,
)
from groups.enums import MemberRole
from groups.models import Member
from people.enums import Channel, LinkPurpose
from people.models import Contact, Message, PrivateLink
from tests.factories import NOW, make_contact, make_member

pytestmark = pytest.mark.django_db


def test_whoever_is_invited_has_a_contact_and_a_link_of_their_own_and_is_never_written_to() -> None:
    alva = make_member(contact=make_contact(called="Alva", reads="en"))

    opened = invite_member(alva, called="Bo", once_key=uuid4(), now=NOW)

    bo = Member.objects.get(invited_by=alva)
    assert (bo.group, bo.role, bo.contact.called) == (alva.group, MemberRole.MEMBER, "Bo")
    assert (bo.contact.channel, bo.contact.discreet, bo.contact.reads) == (Channel.SELF, True, "en")
    assert (opened.link.contact, opened.link.purpose, opened.link.about_id) == (bo.contact, LinkPurpose.SUPPORT, bo.pk)
    assert not Message.objects.exists()


def test_the_same_key_again_makes_nothing_new() -> None:
    alva, key = make_member(), uuid4()
    invite_member(alva, called="Bo", once_key=key, now=NOW)

    with pytest.raises(AlreadyInvited):
        invite_member(alva, called="Bo", once_key=key, now=NOW)

    assert alva.group.members.count() == 2


def test_whoever_has_left_invites_nobody() -> None:
    alva = make_member()
    leave_group(alva, now=NOW)

    with pytest.raises(HasLeft):
        invite_member(alva, called="Bo", once_key=uuid4(), now=NOW)


def test_an_invitation_is_taken_back_until_it_is_opened() -> None:
    alva = make_member()
    first = invite_member(alva, called="Bo", once_key=uuid4(), now=NOW)
    second = invite_member(alva, called="Cim", once_key=uuid4(), now=NOW)
    PrivateLink.objects.filter(pk=second.link.pk).update(opened_at=NOW)
    bo, cim = (Member.objects.get(contact=opened.link.contact) for opened in (first, second))

    assert list(unopened(alva)) == [bo]
    take_back_invitation(bo, now=NOW)
    with pytest.raises(AlreadyIn):
        take_back_invitation(cim, now=NOW)

    assert Contact.objects.get(pk=bo.contact_id).erased_at == NOW
    assert [member.contact.called for member in alva.group.members.current()] == ["Alva", "Cim"]


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_the_same_moment_make_one_invitation() -> None:
    alva, key = make_member(), uuid4()

    def tap(_n: int) -> bool:
        try:
            invite_member(Member.objects.get(pk=alva.pk), called="Bo", once_key=key, now=NOW)
        except AlreadyInvited:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        made = sorted(pool.map(tap, range(2)))

    assert made == [False, True]
    assert alva.group.members.count() == 2
