"""Reading Min dag in a test, and pressing its buttons as a browser would."""

import re
from typing import Any

DAY = "/admin/"


def block(response: Any, slug: str) -> str:
    """What a reader reads in one block."""
    html = response.content.decode()
    found = re.search(rf'<section id="{slug}".*?</section>', html, re.DOTALL)
    assert found, f"no block {slug}"
    text = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", found.group(0), flags=re.DOTALL)
    return re.sub(r"\s+", " ", text).strip()


def rows(response: Any, slug: str) -> list[str]:
    """The titles of one block, from the top."""
    shown = {one.about.slug: one for one in response.context["day"].blocks}
    return [row.title for row in shown[slug].rows]


def counts(response: Any) -> dict[str, int]:
    return {one.about.slug: one.count for one in response.context["day"].blocks}


def follow(client: Any, response: Any) -> Any:
    """The page one comes back to; the browser keeps the block to itself."""
    return client.get(response.url.partition("#")[0])


def forms_of(response: Any, command: str) -> list[str]:
    """Each form on the page that is sent to a command."""
    html = response.content.decode()
    return re.findall(rf'<form method="post" action="[^"]*/{command}/".*?</form>', html, re.DOTALL)


def names_in(form: str) -> list[str]:
    return re.findall(r' name="([^"]+)"', form)


def sent(form: str, **written: str) -> dict[str, str]:
    """What a browser would send when someone presses the button of the form."""
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: value for name, value in hidden if name != "csrfmiddlewaretoken"} | written
