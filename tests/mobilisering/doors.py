"""One row of everything that an office has, all of it with a word that nobody else may ever read."""

import re
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from groups.models import OutreachContact
from knowledge.enums import State
from knowledge.models import HandbookEdition, LinkCheck, ShortText
from people.enums import Channel, JobState
from people.models import AccessLog, CalendarFeed, CallTask, Job, Office, SavedView, User
from support.enums import KeepKind
from support.models import (
    HandOver,
    ImportedCase,
    KeptThing,
    MeetingNeed,
    OfficePolicy,
    QuickStep,
    SupervisionSession,
)
from tests.factories import (
    NOW,
    TODAY,
    make_approval,
    make_check_in,
    make_contact,
    make_course,
    make_enabler,
    make_group,
    make_item,
    make_link,
    make_log_entry,
    make_meeting,
    make_member,
    make_message,
    make_organisation_request,
    make_period,
    make_registration,
    make_request,
    make_role_contract,
    make_session,
    make_slot,
)
from tests.knowledge.texts import make_example, make_page, make_term, make_tool
from training.models import Course

MARK = "Ulvsnår"
CODE = "TALL 4711"

EVERYONES = {
    "groups.municipality",
    "groups.topic",
    "groups.organisation",
    "groups.dutybearer",
    "training.course",
    "people.office",
    "people.heartbeat",
    "people.user",
}
"""Rows of the whole programme, of no office in particular."""


def one_of_each(office: Office, user: User) -> dict[str, Model]:
    """A row of every kind in the admin, by its name; with the mark wherever there are words."""
    contact = make_contact(called=MARK, channel=Channel.SMS, phone="+46701740699")
    asked = make_request(
        office=office, leader=user, contact=contact, place=MARK, area=MARK, what=MARK, promised_by=TODAY
    )
    group = make_group(office=office, alias=f"{MARK}gruppen", area=MARK)
    member = make_member(group=group, contact=make_contact(called=MARK))
    period = make_period(group=group, office=office, leader=user, next_step=MARK, next_step_on=TODAY)
    meeting = make_meeting(
        support_request=asked, leader=user, place=MARK, starts_at=NOW, ends_at=NOW + timedelta(hours=1)
    )
    enabler = make_enabler(office=office, contact=make_contact(called=MARK))
    message = make_message(contact=contact, office=office, subject=MARK, about_model=asked._meta.label_lower)
    job = Job.objects.create(user=user, office=office, name=MARK, kind="support.export", created_at=NOW)
    session = make_session(
        office=office,
        host=user,
        course=Course.objects.first() or make_course(),
        place=MARK,
        led_by=MARK,
        starts_at=NOW - timedelta(minutes=1),
    )
    asks = make_period(group=make_group(office=office, alias=f"{MARK}kretsen"), office=office, leader=user)
    rows: list[Model] = [
        contact,
        asked,
        group,
        member,
        period,
        meeting,
        enabler,
        message,
        job,
        make_link(about=asked, code=CODE),
        session,
        make_registration(session=session, contact=make_contact(called=MARK), needs=MARK),
        CallTask.objects.create(message=message, contact=contact, office=office, created_at=NOW),
        AccessLog.objects.create(
            user=user,
            what="reveal",
            about_model="people.contact",
            about_id=contact.pk,
            reason=MARK,
            office=office,
            at=NOW,
        ),
        ImportedCase.objects.create(office=office, key=MARK, period=period, job=job, imported_at=NOW),
        make_approval(group=group, title=MARK, text=MARK),
        make_role_contract(group=group, enabler=enabler, task=MARK),
        make_check_in(period=period, why=MARK, expected=TODAY, latest=TODAY, earliest=TODAY, asks_leader=True),
        CalendarFeed.objects.create(user=user, token_hash="0" * 64, created_at=NOW),
        HandOver.objects.create(
            period=asks, from_user=user, from_office=office, to_office=office, note=MARK, offered_at=NOW
        ),
        make_log_entry(support_request=asked, text=MARK, user=user),
        make_slot(support_request=make_request(office=office, place=MARK, promised_by=TODAY), leader=user, place=MARK),
        MeetingNeed.objects.create(meeting=meeting, need="other", text=MARK),
        make_organisation_request(office=office, organisation_name=MARK, about=MARK),
        OutreachContact.objects.create(
            office=office, user=user, met_on=TODAY, who_with=MARK, place=MARK, need=MARK, created_at=NOW
        ),
        QuickStep.objects.create(office=office, name=MARK, log_text=MARK),
        KeptThing.objects.create(period=period, kind=KeepKind.choices[0][0], text=MARK),
        make_item(period=period, text=MARK),
        SupervisionSession.objects.create(enabler=enabler, supervisor=user, held_on=TODAY, dilemma=MARK),
        OfficePolicy.objects.create(office=office, ladder=[1, 2, 4]),
        SavedView.objects.create(
            user=user, office=office, model="support.supportrequest", name=MARK, query=f"q={MARK}", created_at=NOW
        ),
        make_term(MARK, meaning=MARK),
        make_example(MARK, state=State.REVIEW, is_invented=False, contact=make_contact(called=MARK)),
        make_tool(MARK),
        make_page(title=MARK),
        ShortText.objects.create(language="so", title=MARK, body=MARK, changed_at=NOW),
        LinkCheck.objects.create(url=f"/{MARK}/", about_model="knowledge.page", about_id=1, checked_at=NOW),
        HandbookEdition.objects.create(number=1, title=MARK, asked_at=NOW),
    ]
    Job.objects.filter(pk=job.pk).update(state=JobState.DONE)
    return {row._meta.label_lower: row for row in rows}


def addresses() -> list[str]:
    """Every address of the admin as it is written in the urls, without Django's own doors in and out."""
    found = [one for one in _walk(get_resolver().url_patterns, "") if one.startswith("admin/")]
    skipped = (
        "admin/login/",
        "admin/logout/",
        "admin/password_change",
        "admin/jsi18n/",
        "admin/^",
        "admin/(",
        "admin/r/",
    )
    return [f"/{one}" for one in found if not one.startswith(skipped)]


def _walk(patterns: Any, prefix: str) -> Any:
    for pattern in patterns:
        whole = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, whole)
        elif isinstance(pattern, URLPattern):
            yield whole


def model_of(address: str) -> str:
    """ "/admin/support/supportrequest/<int:pk>/take/" is about a support.supportrequest."""
    parts = address.split("/")
    if "/vyer/" in address:
        return "people.savedview"
    if address.startswith("/admin/support/importedcase/"):
        return "people.job"
    if "/handover/vikarie/" in address:
        return "people.staffrole"
    return f"{parts[2]}.{parts[3]}"


def filled(address: str, pk: int, step: int) -> str:
    address = address.replace("<int:step>", str(step))
    return re.sub(r"<(int|path):\w+>", str(pk), address)


def registered() -> set[str]:
    return {model._meta.label_lower for model in admin.site._registry}


def as_seen(response: Any) -> str:
    """The page without what is new each time: tokens, keys, nonces."""
    text = response.content.decode()
    text = re.sub(r'name="(csrfmiddlewaretoken|once|seen|once_key)" value="[^"]*"', "", text)
    return re.sub(r"nonce-?=?\"?[\w+/=-]+", "", text)
