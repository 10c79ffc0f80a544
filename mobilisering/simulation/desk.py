"""What lies on the leaders' desks in the sample programme: so that Min dag has something of everything this morning."""

from datetime import datetime, timedelta
from uuid import UUID

from groups.actions.outreach import note_talk
from people.actions.saved_views import save_view
from people.calendar import stockholm_day
from people.models import Office, User
from support.actions.hand_overs import offer_hand_over
from support.actions.next_steps import set_next_step
from support.actions.phone_intake import save_call_answers, start_call
from support.models import SupportPeriod, SupportRequest

CALL = UUID("5f1b7a2c-0b5e-4c5b-9b0e-5d7a1f6c2e11")


def lay_out(now: datetime) -> None:
    """A step that is late, a question to take over, a call half written down, some talks."""
    maja, sam = User.objects.get(name="Maja Lind"), User.objects.get(name="Sam Ek")
    _steps(maja, now)
    _hand_over(maja, sam, now)
    _half_a_call(maja, now)
    _talks(maja, now)
    office = Office.objects.get(name="Göteborg")
    model = SupportRequest._meta.label_lower
    save_view(name="Bråttom hos oss", model=model, query="show=open&urgency=two_weeks", office=office, by=maja, now=now)


def _steps(maja: User, now: datetime) -> None:
    """Written three days ago for yesterday, and not done yet."""
    period = SupportPeriod.objects.open().filter(leader=maja).order_by("pk")[0]
    yesterday = stockholm_day(now) - timedelta(days=1)
    what = "Ring och hör hur mötet med värden gick"
    set_next_step(period, text=what, on=yesterday, by=maja, now=now - timedelta(days=3))


def _hand_over(maja: User, sam: User, now: datetime) -> None:
    """Sam goes on leave, and asks Maja to take over a group."""
    theirs = SupportPeriod.objects.open().filter(leader=sam).order_by("pk").first()
    if theirs is not None:
        note = "De vill helst ses på torsdagar, och de har ett brev på gång till kommunen. Allt står i planen."
        offer_hand_over(theirs, to_office=theirs.office, to_user=maja, note=note, by=sam, now=now - timedelta(hours=3))


def _half_a_call(maja: User, now: datetime) -> None:
    call = start_call(once_key=CALL, by=maja, now=now - timedelta(hours=1))
    what = "Vi får ingen plats på fritids, fast barnen är små."
    save_call_answers(call, answers={"vad": {"what": what, "tells_when_talking": False}}, by=maja, now=now)


def _talks(maja: User, now: datetime) -> None:
    office, today = Office.objects.get(name="Göteborg"), stockholm_day(now)
    for ago, who, place, need in (
        (1, "En mamma vid lekplatsen", "Lindhaga", "Gungorna är borta sedan i våras. Fler på gården undrar."),
        (4, "Två på språkkaféet", "Biblioteket", "Tolk på vårdcentralen, de får vänta i veckor."),
    ):
        note_talk(
            office=office, who_with=who, place=place, need=need, met_on=today - timedelta(days=ago), by=maja, now=now
        )
