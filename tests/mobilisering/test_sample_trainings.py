"""The term of trainings in the sample programme has something of everything."""

from datetime import timedelta

import pytest

from mobilisering.simulation import sample
from people.models import Message, Office
from tests.factories import NOW
from tests.training.seat_kit import check_seats, check_told
from training.enums import CourseKind, RegistrationState, SessionState
from training.models import Course, Evaluation, Registration, Session

CHRISTMAS = NOW.replace(month=12, day=25)


@pytest.mark.django_db
@pytest.mark.parametrize("now", [NOW, CHRISTMAS + timedelta(hours=14)], ids=["autumn", "Christmas night"])
def test_a_term_is_planned_filled_held_and_evaluated_whenever_it_is_looked_at(settings, tmp_path, now):
    settings.DEV_OUTBOX_DIR, settings.EMAIL_FILE_PATH = tmp_path, str(tmp_path)

    sample.live(now)

    assert set(Registration.objects.values_list("state", flat=True)) == {*RegistrationState}
    assert set(Session.objects.values_list("state", flat=True)) == {*SessionState}
    for office in Office.objects.all():
        network = Session.objects.filter(office=office, course__kind=CourseKind.NETWORK)
        assert (network.filter(ends_at__lt=now).count(), network.upcoming(now).count()) == (1, 1)
    assert Course.objects.filter(kind=CourseKind.TRAINING).count() == 7
    assert Evaluation.objects.count() == 9
    [full] = Session.objects.filter(registrations__state=RegistrationState.OFFERED)
    assert [row.seats for row in full.registrations.in_queue()] == [3, 1]
    assert full.registrations.holding_seats().seat_count() == full.seats
    for session in Session.objects.all():
        check_seats(session, now)
        check_told(session)
    late = Message.objects.filter(kind__startswith="training.", state="failed")
    assert not late.exists()
