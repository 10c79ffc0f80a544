"""What someone writes in the eight questions, and an example that has come as far as a question to its group."""

from typing import Any
from uuid import uuid4

from django.test import Client

from groups.actions.approvals import decide_approval
from groups.enums import Decision
from groups.models import Approval, Member
from knowledge.actions.examples import ask_group, clear_risks, take_in
from knowledge.actions.publishing import publish
from knowledge.enums import Cost, Risk
from knowledge.models import Example
from people.models import Office, User
from tests.factories import NOW, make_member
from tests.support.walking import opened_a_while_ago

URL = "/exempel/lamna/"

ANSWERS: dict[str, Any] = {
    "wrong": "Elementen var kalla. Ingen svarade när vi ringde.",
    "who": "Hyresgäster i samma hus",
    "size_band": "5-9",
    "setting": "town",
    "place": "Lindhaga",
    "duty_bearer_kind": "landlord",
    "duty_bearer": "Bostadsbolaget",
    "steps": "Vi mätte varje kväll. Alla skrev upp.\nVi lämnade tabellen till värden.",
    "outcome": "Värmen lagades.",
    "did_not_work": "Att ringa.",
    "learned": "Mät själva.\nGå tillsammans.",
    "channel": "sms",
    "sms_phone": "070-174 06 15",
    "called": "Alva",
}


def send(client: Client, *, button: str = "send", **instead: Any) -> Any:
    """The eight answers, sent with the button under the preview unless another is named."""
    guards = {"once_key": str(uuid4()), "opened": opened_a_while_ago()}
    return client.post(URL, {**guards, **ANSWERS, **instead, **({button: "1"} if button else {})})


def contributed(**instead: Any) -> Example:
    """As it has come in."""
    assert send(Client(), **instead).status_code == 302
    return Example.objects.latest("pk")


def completed(example: Example) -> Example:
    """With what an editor adds before it is whole."""
    example.lead, example.period, example.cost = "Det var kallt. Sedan blev det varmt.", "November till maj", Cost.FREE
    example.save()
    return example


def asked(editor: User, office: Office, **instead: Any) -> tuple[Example, Approval, Member]:
    """Taken in, cleared, and asked about: the example, the question, and who can answer it."""
    example = completed(contributed(**instead))
    take_in(example, by=editor, office=office, now=NOW)
    clear_risks(example, risks=[*Risk], by=editor, now=NOW)
    ask_group(example, now=NOW)
    return example, Approval.objects.about(example).get(), Member.objects.get(group=example.group)


def published(editor: User, office: Office, **instead: Any) -> tuple[Example, Approval, Member]:
    """Public, with the yes of its group."""
    example, approval, member = asked(editor, office, **instead)
    decide_approval(approval, decision=Decision.YES, member=member, now=NOW)
    example.refresh_from_db()
    publish(example, now=NOW)
    return example, approval, member


def another_in(example: Example) -> Member:
    assert example.group is not None
    return make_member(group=example.group)
