"""Which words a group says yes to: all that is read, in both languages, and what others may do with it."""

import pytest
from django.test import Client

from groups.actions.approvals import decide_approval, hash_of
from groups.enums import Decision
from groups.models import Approval
from knowledge.actions.approved_text import has_yes, in_languages, text_to_approve
from knowledge.actions.examples import change_example
from knowledge.actions.publishing import NotReady, publish
from knowledge.enums import State
from knowledge.models import Example, ExampleStep
from people.models import Office, User
from tests.factories import NOW, make_link
from tests.knowledge.contributing import asked, published
from tests.support.admin_pages import text_of
from tests.support.walking import come_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

SWEDISH = """Elementen var kalla

Det var kallt. Sedan blev det varmt.

Plats: Lindhaga, Mellanstor stad
Tid: November till maj
Gruppen: Hyresgäster i samma hus, 5–9
Ansvarig: Bostadsbolaget, Hyresvärd
Kostnad: Inget

Vad var fel?
Elementen var kalla. Ingen svarade när vi ringde.

Så gjorde gruppen
1. Vi mätte varje kväll
Alla skrev upp.
2. Vi lämnade tabellen till värden
Vi lämnade tabellen till värden.

Vad hände sedan?
Värmen lagades.

Det som inte fungerade
Att ringa.

Det här lärde de sig
– Mät själva.
– Gå tillsammans."""
"""As it stood when the first groups said yes. A yes holds for these very signs."""

ENGLISH = """The heating was off

It was cold. Then it was warm.

November to May
Tenants in one building
The landlord

The heating was off.

1. We measured
Everyone wrote it down.
2. We handed it in
To the landlord.

It was mended.

To call.

– Measure."""


def translate(example: Example) -> Example:
    """Into English, whole."""
    Example.objects.filter(pk=example.pk).update(
        title_en="The heating was off",
        lead_en="It was cold. Then it was warm.",
        period_en="November to May",
        who_en="Tenants in one building",
        duty_bearer_en="The landlord",
        wrong_en="The **heating** was off.",
        outcome_en="It was mended.",
        did_not_work_en="To call.",
        learned_en=["Measure."],
    )
    for number, (title, text) in enumerate(
        [("We measured", "Everyone wrote it down."), ("We handed it in", "To the landlord.")], 1
    ):
        ExampleStep.objects.filter(example=example, number=number).update(title_en=title, text_en=text)
    return Example.objects.get(pk=example.pk)


def test_without_english_the_words_are_those_they_have_always_been(editor: User, office: Office) -> None:
    example, approval, _member = asked(editor, office)
    Example.objects.filter(pk=example.pk).update(title_en="The heating", lead_en="It was cold.")

    assert text_to_approve(Example.objects.get()) == SWEDISH
    assert approval.text_hash == hash_of(SWEDISH)


def test_english_that_is_whole_is_part_of_what_is_asked_about(editor: User, office: Office) -> None:
    example, _approval, _member = asked(editor, office)

    text = text_to_approve(translate(example))

    assert text == f"{SWEDISH}\n\nPå engelska\n\n{ENGLISH}"
    assert in_languages(text) == [("sv", SWEDISH), ("en", ENGLISH)]
    assert in_languages(SWEDISH) == [("sv", SWEDISH)]


def test_a_translation_and_each_change_of_it_are_asked_about_anew(editor: User, office: Office) -> None:
    example, _old, member = published(editor, office)

    for changed in (translate(example), "A"):
        if changed == "A":
            Example.objects.filter(pk=example.pk).update(outcome_en="Nobody came.")
        example = Example.objects.get()
        assert not has_yes(example)
        change_example(example, now=NOW)
        assert example.state == State.APPROVAL
        with pytest.raises(NotReady):
            publish(example, now=NOW)
        decide_approval(Approval.objects.waiting().get(), decision=Decision.YES, member=member, now=NOW)
        example.refresh_from_db()
        assert publish(example, now=NOW).is_public


def test_the_group_reads_the_english_as_english_and_what_a_yes_means(
    client: Client, editor: User, office: Office
) -> None:
    example, _old, member = published(editor, office)
    change_example(translate(example), now=NOW)
    new = Approval.objects.waiting().get()
    come_in(client, make_link(about=member, contact=member.contact))

    answer = client.get(f"/min-sida/att-godkanna/{new.pk}/")

    page = answer.content.decode()
    assert page.count('lang="en"') == 1
    assert page.index('lang="en"') < page.index("Tenants in one building")
    said = text_of(answer)
    assert "Alla får använda texten och sprida den vidare." in said
    assert "Men de måste säga var den kommer ifrån." in said
    assert "Men kopior som andra har gjort kan finnas kvar." in said
    assert "CC BY" not in new.text
