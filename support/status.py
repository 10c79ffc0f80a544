"""Where a request stands, told to the group as a few steps: what has happened, what is now, what comes then."""

from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from people.calendar import long_date, long_time, stockholm_day
from support.enums import MeetingState, RequestStatus
from support.models import IntakeMeeting, SupportRequest

DONE, NOW, NEXT, STOP = "is-done", "is-now", "is-next", "is-stop"

ENDED = (RequestStatus.REFERRED, RequestStatus.DECLINED, RequestStatus.WITHDRAWN)


@dataclass(frozen=True)
class Step:
    state: str
    title: str
    text: str = ""

    @property
    def state_in_words(self) -> str:
        return {DONE: _("Klart"), NOW: _("Nu"), NEXT: _("Sedan"), STOP: _("Slut")}[self.state]


def steps(support_request: SupportRequest, meeting: IntakeMeeting | None, today: date) -> list[Step]:
    """The way from request to work together. `meeting` is the newest one, if there is any."""
    if support_request.status in ENDED:
        return [_received(support_request, today), _end(support_request)]
    met = meeting is not None and meeting.state == MeetingState.HELD
    is_accepted = support_request.status == RequestStatus.ACCEPTED
    return [
        _received(support_request, today),
        _answer(support_request, today),
        _meeting(support_request, meeting, today),
        Step(
            DONE if is_accepted else NOW if met else NEXT,
            _("Vi bestämmer tillsammans"),
            _("Ni säger om ni vill gå vidare. Det är ni som bestämmer."),
        ),
        Step(NOW if is_accepted else NEXT, _("Ni arbetar vidare"), _("Det är er fråga. Vi finns bredvid.")),
    ]


def _received(support_request: SupportRequest, today: date) -> Step:
    on = long_date(stockholm_day(support_request.received_at), today) if support_request.received_at else ""
    return Step(DONE, _("Vi har fått er förfrågan"), on.capitalize())


def _answer(support_request: SupportRequest, today: date) -> Step:
    promised = support_request.promised_by
    has_answer = support_request.first_answer_at is not None or support_request.status == RequestStatus.ACCEPTED
    leader = support_request.leader
    who = _("%(name)s har ert ärende.") % {"name": leader} if leader else ""
    if has_answer:
        return Step(DONE, _("Vi har hört av oss"), who)
    title = _("Vi hör av oss senast %(day)s") % {"day": long_date(promised, today)} if promised else _("Vi hör av oss")
    if promised and promised < today:
        return Step(NOW, _("Vi är sena"), _("Vi skulle ha hört av oss förut. Ring oss om du inte vill vänta."))
    return Step(NOW, title, who)


def _meeting(support_request: SupportRequest, meeting: IntakeMeeting | None, today: date) -> Step:
    title = _("Första mötet")
    if support_request.status == RequestStatus.ACCEPTED or (meeting and meeting.state == MeetingState.HELD):
        return Step(DONE, title)
    if meeting and meeting.state == MeetingState.BOOKED:
        return Step(NOW, title, capfirst(long_time(meeting.starts_at, today)))
    return Step(NOW if support_request.first_answer_at else NEXT, title, _("Vi hittar en tid som passar er."))


def _end(support_request: SupportRequest) -> Step:
    titles = {
        RequestStatus.REFERRED: _("Någon annan kan hjälpa er bättre"),
        RequestStatus.DECLINED: _("Vi kan inte hjälpa till"),
        RequestStatus.WITHDRAWN: _("Ni har tagit tillbaka er förfrågan"),
    }
    text = "\n".join(part for part in (support_request.reason, support_request.turn_to) if part)
    return Step(STOP, titles[RequestStatus(support_request.status)], text)
