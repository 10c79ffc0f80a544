"""What is erased goes out of the history too: that something happened stays there, what it was does not."""

from contextlib import suppress
from typing import Any

from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Model

from groups.actions.invitations import leave_and_forget
from people.actions.contacts import ContactErased, choose_contact_way, erase_contact, reveal_contact
from people.crypto import decrypt, keyed_hash
from people.enums import Channel
from people.history import steps_of, versions_of
from people.models import Contact, Office, User
from support.actions.own_page import delete_request
from support.actions.requests import remove_draft
from support.enums import RequestStatus
from support.models import HandOver, IntakeMeeting, SupportRequest
from tests.factories import NOW, make_contact, make_enabler, make_group, make_meeting, make_member, make_request

SAID = "Dina är rädd för hyresvärden"
PHONE = "+46701740615"


def everything_kept() -> str:
    """Every column of every version in the database, as the database holds it and with what is encrypted opened."""
    found = []
    for model in apps.get_models():
        versions = versions_of(model)
        if versions is None:
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {versions._meta.db_table}")
            found += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join([*found, *(decrypt(value) for value in found if value.startswith("gAAAA"))])


def words_left() -> list[str]:
    kept = everything_kept()
    return [one for one in (SAID, "Dina", PHONE, keyed_hash(PHONE), "Dari", "gAAAA") if one in kept]


def make_dina(**kwargs: Any) -> Contact:
    return make_contact(called="Dina", channel=Channel.SMS, phone=PHONE, other_language="Dari", **kwargs)


def whats(row: Model, user: User) -> list[str]:
    return [step.what for step in steps_of(row, user)[0]]


def test_there_is_something_to_erase(office: Office) -> None:
    make_request(office=office, contact=make_dina(), what=SAID)

    assert words_left() == [SAID, "Dina", PHONE, keyed_hash(PHONE), "Dari", "gAAAA"]


def test_of_someone_erased_no_version_holds_name_or_number(leader: User, office: Office) -> None:
    contact = make_member(group=make_group(office=office), contact=make_dina()).contact
    choose_contact_way(
        contact,
        channel=Channel.CALL,
        phone="070-174 06 15",
        may_say_who_we_are=False,
        never_leave_message=False,
        now=NOW,
    )

    erase_contact(contact, now=NOW)

    assert words_left() == []
    assert whats(contact, leader) == ["Ändrades. Vad det var är borttaget."] * 2 + ["Skapades"]


def test_someone_who_leaves_a_group_for_good_leaves_no_name_in_it(office: Office) -> None:
    leave_and_forget(make_member(group=make_group(office=office), contact=make_dina()), now=NOW)

    assert words_left() == []


def test_when_everything_is_taken_away_no_version_holds_a_word_of_it(leader: User, office: Office) -> None:
    support_request = make_request(
        office=office, contact=make_dina(), what=SAID, in_common=SAID, place=SAID, access_other=SAID, next_step=SAID
    )
    make_meeting(support_request=support_request, leader=leader, place=SAID, shared_notes=SAID, agenda=SAID)
    HandOver.objects.create(
        support_request=support_request, from_user=leader, to_office=office, note=SAID, offered_at=NOW
    )
    SupportRequest.objects.filter(pk=support_request.pk).update(area=SAID[:80], status=RequestStatus.IN_REVIEW)

    delete_request(support_request, now=NOW)

    assert words_left() == []
    assert HandOver.objects.get().note == ""
    assert "Ändrades. Vad det var är borttaget." in whats(support_request, leader)


def test_what_happened_to_the_case_stays_to_be_counted(leader: User, office: Office) -> None:
    support_request = make_request(office=office, contact=make_dina(), what=SAID)
    meeting = make_meeting(support_request=support_request, leader=leader)
    before = [versions_of(model).objects.count() for model in (SupportRequest, IntakeMeeting)]

    delete_request(support_request, now=NOW)

    after = [versions_of(model).objects.count() for model in (SupportRequest, IntakeMeeting)]
    assert all(now > then for now, then in zip(after, before, strict=True))
    assert versions_of(IntakeMeeting).objects.filter(pgh_obj=meeting.pk).exists()


def test_of_a_draft_no_version_stays(office: Office) -> None:
    draft = make_request(status=RequestStatus.DRAFT, contact=make_dina(), what=SAID, draft_until=NOW)

    remove_draft(draft)

    assert words_left() == []
    assert [versions_of(model).objects.exists() for model in (SupportRequest, Contact)] == [False, False]


def test_others_history_is_left_alone(leader: User, office: Office) -> None:
    other = make_request(office=office, contact=make_contact(called="Sara"), what="Något annat")
    before = steps_of(other, leader)

    delete_request(make_request(office=office, contact=make_dina(), what=SAID), now=NOW)

    assert steps_of(other, leader) == before


def test_erasing_that_is_undone_leaves_the_history_as_it_was(office: Office) -> None:
    contact = make_dina()

    with suppress(ContactErased), transaction.atomic():
        erase_contact(contact, now=NOW)
        raise ContactErased

    assert "Dina" in words_left()


def test_the_admins_own_log_forgets_the_name_everywhere(leader: User, office: Office) -> None:
    enabler = make_enabler(office=office, contact=make_dina())
    for row in (enabler, enabler.contact):
        LogEntry.objects.create(
            user=leader,
            content_type=ContentType.objects.get_for_model(row),
            object_id=str(row.pk),
            object_repr=str(row),
            action_flag=CHANGE,
        )

    erase_contact(enabler.contact, now=NOW)

    assert set(LogEntry.objects.values_list("object_repr", flat=True)) == {
        str(Contact.objects.get(pk=enabler.contact.pk))
    }


def test_the_reasons_for_looking_are_forgotten(leader: User, office: Office) -> None:
    contact = make_request(office=office, contact=make_dina(protected=True)).contact
    entry = reveal_contact(contact, by=leader, reason="Dina ringde", now=NOW)

    erase_contact(contact, now=NOW)

    entry.refresh_from_db()
    assert (entry.user, entry.reason) == (leader, "")
