"""Scripts, markup and links that someone sends in are only words, from the preview to the public page."""

import json
from html import unescape

import pytest
from django.test import Client

from knowledge.actions.approved_text import text_to_approve
from knowledge.actions.examples import change_example
from knowledge.enums import State
from people.models import Office, User
from tests.factories import NOW
from tests.knowledge.contributing import published, send
from tests.support.admin_pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

HOSTILE = {
    "wrong": "<script>alert(1)</script> [tryck](https://ond.example) <https://ond.example>\n# Stort",
    "who": "<b>vi</b> [oss](https://ond.example)",
    "place": "<img src=x onerror=alert(1)>",
    "duty_bearer": "</title><script>alert(2)</script>",
    "steps": "![bild](https://ond.example/x.png)\n<a href='javascript:alert(1)'>klicka</a>\n1. **fet** &lt;script&gt;",
    "outcome": "\u202ebaklänges\u2066 [a]: https://ond.example\n***\nKlart.",
    "did_not_work": "`kod` ~~struket~~ > citat",
    "learned": "[länk](javascript:alert(1))\n<svg onload=alert(1)>",
}


def test_hostile_words_are_only_words_wherever_they_are_read(client: Client, editor: User, office: Office) -> None:
    preview = send(client, button="", **HOSTILE).content.decode()
    example, approval, _member = published(editor, office, **HOSTILE)

    pages = {path: client.get(path).content.decode() for path in (
        f"/exempel/{example.slug}/", "/exempel/", "/sok/?q=klicka", "/exempel/flode/",
    )}  # fmt: skip
    for where, page in {"preview": preview, **pages}.items():
        assert "<script>alert" not in page, where
        assert "<img src=x" not in page, where
        assert "<svg onload" not in page, where
        assert 'href="https://ond' not in page, where
        assert 'href="javascript' not in page.lower(), where
        assert "\u202e" not in page, where
    said = unescape(text_of(client.get(f"/exempel/{example.slug}/")))
    assert "<script>alert(1)</script> [tryck](https://ond.example) <https://ond.example>" in said
    assert "**fet** &lt;script&gt;" in said
    assert "<script>alert(1)</script> [tryck](https://ond.example)" in approval.text
    as_data = client.get("/oppna-data/exempel.json")
    assert (as_data.headers["Content-Type"], as_data.headers["X-Content-Type-Options"]) == (
        "application/json; charset=utf-8",
        "nosniff",
    )
    assert json.loads(as_data.content)


def test_where_a_link_leads_is_part_of_what_the_group_says_yes_to(editor: User, office: Office) -> None:
    example, _approval, _member = published(editor, office)

    example.outcome = "Värmen [lagades](https://ond.example)."
    example.save()
    before = text_to_approve(example)
    example.outcome = "Värmen [lagades](https://god.example)."
    example.save()
    change_example(example, now=NOW)

    assert "(https://ond.example)" in before
    assert "(https://god.example)" in text_to_approve(example)
    assert example.state == State.APPROVAL
