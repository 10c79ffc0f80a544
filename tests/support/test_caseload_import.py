"""An existing caseload from a spreadsheet: all of it or nothing, again without doubles, and nobody hears of it."""

import io
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from openpyxl import load_workbook

from groups.models import Group
from people import clock
from people.actions.jobs import file_of
from people.enums import Channel, JobState
from people.models import AccessLog, CallTask, Contact, Job, Message, Office, PrivateLink, User
from support.actions import caseload, sweeps
from support.caseload_columns import CaseField
from support.enums import LogKind, Phase
from support.models import CheckIn, ImportedCase, LogEntry, SupportPeriod
from tests.factories import NOW, TODAY, make_municipality
from tests.support.caseload_kit import ROWS, import_rows, make_draft, run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

NOTHING = {"new": 0, "exists": 0, "over": 0, "wrong": 0}


def aliases(office: Office) -> list[str]:
    return sorted(Group.objects.filter(office=office).values_list("alias", flat=True))


def one(by: User, office: Office, **cells: str) -> SupportPeriod:
    """The period of a file with one row."""
    import_rows(by, office, [list(cells.values())], list(cells))
    return SupportPeriod.objects.get()


def test_a_row_becomes_a_group_with_its_period_and_its_person(leader: User, office: Office) -> None:
    job = import_rows(leader, office)

    period = SupportPeriod.objects.get(group__alias="Värmegruppen")
    contact = period.group.members.get().contact
    assert (job.state, job.outcome, job.content) == (JobState.DONE, NOTHING | {"new": 2}, "")
    assert (period.leader, period.office, period.phase) == (leader, office, Phase.START)
    assert (period.next_step, period.next_step_on) == ("Ring om lokalen", date(2026, 9, 10))
    assert (contact.called, contact.channel, contact.phone) == ("Dina", Channel.CALL, "+46701740615")
    assert (contact.may_say_who_we_are, contact.never_leave_message, contact.discreet) == (False, True, True)
    assert PrivateLink.objects.get().contact == contact


def test_a_row_with_an_alias_alone_is_enough(leader: User, office: Office) -> None:
    period = one(leader, office, Alias="Lampan")

    assert (period.next_step, period.next_step_on) == (
        "Vi berättar om er egen sida och ger er koden",
        TODAY + timedelta(days=14),
    )
    assert (period.opened_at, period.group.members.count(), Contact.objects.count()) == (NOW, 0, 0)


def test_everything_a_row_can_say_is_kept(leader: User, colleague: User, office: Office) -> None:
    place = make_municipality(name="Lindhaga")

    period = one(
        leader,
        office,
        Alias="Lampan",
        Kommun="Lindhaga kommun",
        Område="Norrgården",
        Antal="7",
        **{"Har gemensamt": "Bor på samma gård"},
        Utvecklingsledare="sam ek",
        Fas="Förändringsarbete",
        Började="1/3 2026",
        Kontaktperson="Dina",
        Kontaktsätt="e-post",
        **{"E-post": "Dina@Example.org"},
        Språk="arabiska",
        Tolk="ja",
        **{"Får säga varifrån": "ja", "Senaste kontakt": "2026-08-25"},
        Anteckning="Vill helst ses på kvällen.",
        Stöd="kunskap",
    )

    group, contact = period.group, period.group.members.get().contact
    assert (group.municipality, group.area, group.size_band, group.in_common) == (
        place,
        "Norrgården",
        "5-9",
        "Bor på samma gård",
    )
    assert (period.leader, period.phase, period.supports) == (colleague, Phase.CHANGE, ["knowledge"])
    assert period.opened_at == datetime(2026, 3, 1, 11, tzinfo=UTC)
    assert (contact.email, contact.languages, contact.wants_interpreter) == ("dina@example.org", ["ar"], "yes")
    assert (contact.may_say_who_we_are, contact.rechecked_on) == (True, date(2026, 8, 25))
    assert [(line.kind, line.text, line.is_internal) for line in period.log.order_by("pk")] == [
        (LogKind.STATUS, "Hämtad från ett kalkylblad.", True),
        (LogKind.NOTE, "Vill helst ses på kvällen.", True),
        (LogKind.CALL, "Senaste kontakt, enligt kalkylbladet.", True),
    ]


def test_nobody_hears_of_it_that_day_or_before_a_gap_has_passed(leader: User, colleague: User, office: Office) -> None:
    heads = ["Alias", "Kontaktperson", "Kontaktsätt", "E-post", "Senaste kontakt", "Började", "Utvecklingsledare"]
    rows = [
        ["Ett", "Dina", "e-post", "a@example.org", "2024-01-01", "2023-01-01", "Sam Ek"],
        ["Två", "Lo", "e-post", "b@example.org", "2026-08-31", "2026-01-01", ""],
        ["Tre", "Bo", "e-post", "c@example.org", "", "", ""],
    ]
    import_rows(leader, office, rows, heads)

    for days in range(7):
        sweeps.sweep(NOW + timedelta(days=days))

    assert [(Message.objects.count(), CallTask.objects.count())] == [(0, 0)]
    assert CheckIn.objects.count() == 3
    assert min(CheckIn.objects.values_list("expected", flat=True)) >= TODAY + timedelta(days=7)


def test_the_first_follow_up_waits_for_the_next_step(leader: User, office: Office) -> None:
    period = one(leader, office, Alias="Lampan", **{"Nästa steg": "Ses", "Senast": "2026-09-08"})

    check_in = period.check_ins.get()
    assert check_in.expected > date(2026, 9, 8)
    assert check_in.why == "Vi hörs torsdag 10 september. Dagen är räknad från när vi senast hördes."


def test_a_group_that_manages_by_itself_gets_the_after_care_that_is_left(leader: User, office: Office) -> None:
    period = one(leader, office, Alias="Lampan", Fas="Självgående", **{"Senaste kontakt": "2026-05-01"})

    assert (period.phase, period.next_step, period.self_reliant_at) == (
        Phase.SELF_RELIANT,
        "",
        datetime(2026, 5, 1, 10, tzinfo=UTC),
    )
    assert [check_in.expected for check_in in period.check_ins.all()] == [date(2026, 11, 2), date(2027, 5, 3)]


def test_a_protected_identity_is_hidden_and_written_down(leader: User, office: Office) -> None:
    one(leader, office, Alias="Lampan", Kontaktperson="Dina", Kontaktsätt="sms", Telefon="0701740615", Skyddad="ja")

    contact = Contact.objects.get()
    assert contact.protected
    [line] = AccessLog.objects.all()
    assert (line.user, line.what, line.about_id, line.office) == (leader, "protect", contact.pk, office)


def test_the_history_knows_who_took_it_in(leader, office):
    period = one(leader, office, Alias="Lampan")

    contexts = [event.pgh_context for event in period.history.all()]
    assert [context["user"] for context in contexts] == [leader.pk]


def test_the_same_file_again_changes_nothing_and_a_longer_one_only_adds(leader: User, office: Office) -> None:
    import_rows(leader, office)
    longer = [*ROWS, ["3", "Grinden", "", "", "", "", ""]]

    with pytest.raises(caseload.NothingNew):
        import_rows(leader, office)
    job = import_rows(leader, office, longer)

    assert job.outcome == NOTHING | {"new": 1, "exists": 2}
    assert aliases(office) == ["Grinden", "Lampan", "Värmegruppen"]


def test_a_place_that_is_no_municipality_stands_as_the_area(leader: User, office: Office) -> None:
    assert one(leader, office, Alias="Lampan", Kommun="Norrgården").group.area == "Norrgården"


def test_rows_that_are_wrong_stop_all_unless_they_are_left_out(leader, office):
    rows = [["Ett", "2026-09-10"], ["Två", "snart"]]
    heads = ["Alias", "Senast"]

    with pytest.raises(caseload.RowsAreWrong):
        import_rows(leader, office, rows, heads)
    assert aliases(office) == []
    job = import_rows(leader, office, rows, heads, leaves_out_wrong=True)

    assert (aliases(office), job.outcome["new"], job.outcome["wrong"]) == (["Ett"], 1, 1)
    file = file_of(job)
    assert file is not None
    [first, second] = load_workbook(io.BytesIO(file.data)).active.iter_rows(values_only=True)
    assert (first, second) == (("Att rätta", *heads), ("Skriv dagen så här: 2026-09-01.", "Två", "snart"))


def test_the_file_to_mend_has_no_personal_numbers_in_it(leader, office):
    job = make_draft(leader, office, [["Ett", "Född 121212-1212 i maj"]], ["Alias", "Katt"])

    file = caseload.mending_file(["Alias", "Katt"], caseload.check_caseload(job, by=leader, now=NOW))

    assert b"121212" not in file.data
    [_heads, row] = load_workbook(io.BytesIO(file.data)).active.iter_rows(values_only=True)
    assert row[2] == "Född i maj"


def test_a_crash_in_the_middle_leaves_nothing(leader: User, office: Office) -> None:
    rows = [[f"Grupp {number}"] for number in range(600)]
    job = make_draft(leader, office, rows, ["Alias"])
    caseload.start_import(job, leaves_out_wrong=False, by=leader, now=NOW)

    def crash(done: int, total: int) -> None:
        if done >= 250:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        caseload.import_caseload(job, now=NOW, tell=crash)
    assert (aliases(office), ImportedCase.objects.count(), LogEntry.objects.count()) == ([], 0, 0)
    run_jobs()

    assert len(aliases(office)) == 600


def test_whoever_has_lost_the_role_takes_nothing_in(leader: User, office: Office) -> None:
    job = make_draft(leader, office)
    caseload.start_import(job, leaves_out_wrong=False, by=leader, now=NOW)
    leader.roles.update(ends_on=TODAY - timedelta(days=1))

    run_jobs()

    job.refresh_from_db()
    assert (job.state, job.reason) == (
        JobState.FAILED,
        "Du arbetar inte längre med ärenden på orten. Inget är hämtat in.",
    )
    assert aliases(office) == []


def test_called_again_after_it_was_done_it_changes_nothing(leader: User, office: Office) -> None:
    job = import_rows(leader, office)

    caseload.import_caseload(job, now=NOW, tell=lambda done, total: None)

    assert aliases(office) == ["Lampan", "Värmegruppen"]


def test_columns_that_cannot_be_are_refused(leader, office):
    job = make_draft(leader, office)

    with pytest.raises(caseload.AliasColumnNeeded):
        caseload.choose_columns(job, {CaseField.KEY: 0})
    with pytest.raises(caseload.ColumnTwice):
        caseload.choose_columns(job, {CaseField.ALIAS: 0, CaseField.KEY: 0})


@pytest.mark.django_db(transaction=True)
def test_two_who_take_in_the_same_file_at_once_make_no_doubles(leader: User, colleague: User, office: Office) -> None:
    jobs = []
    for user in (leader, colleague):
        job = make_draft(user, office, [[f"Grupp {number}"] for number in range(40)], ["Alias"])
        jobs.append(caseload.start_import(job, leaves_out_wrong=False, by=user, now=NOW))
    together = threading.Barrier(2)

    def take_in(job: Job) -> None:
        together.wait()
        caseload.import_caseload(job, now=clock.now(), tell=lambda done, total: None)
        connection.close()

    threads = [threading.Thread(target=take_in, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    for job in jobs:
        job.refresh_from_db()
    assert sorted(job.outcome["new"] for job in jobs) == [0, 40]
    assert len(aliases(office)) == ImportedCase.objects.count() == 40
