"""Several web processes keep the same page, and none of them shows it once its text is withdrawn."""

import urllib.request
from pathlib import Path
from urllib.error import HTTPError

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from knowledge.actions.publishing import withdraw
from people import clock
from tests.knowledge.texts import make_tool
from tests.system.portal import running_portal

pytestmark = pytest.mark.system

PROCESSES = 3
VISITS = 8 * PROCESSES
"""So many that no process is left out, in all likelihood."""


def statuses_of(url: str) -> set[int]:
    found = set()
    for _ in range(VISITS):
        try:
            with urllib.request.urlopen(url, timeout=20) as answer:
                found.add(answer.status)
        except HTTPError as error:
            found.add(error.code)
    return found


def test_what_is_withdrawn_is_gone_from_every_process_with_the_transaction(
    tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    with (
        django_db_blocker.unblock(),
        running_portal(tmp_path, redis_db=6, with_beat=False, WEB_CONCURRENCY=str(PROCESSES)) as portal,
    ):
        tool = make_tool(slug="mat-sjalva")
        url = f"{portal.url}/verktyg/mat-sjalva/"
        kept = statuses_of(url)

        with transaction.atomic():
            withdraw(tool, now=clock.now())
            before_it_is_done = statuses_of(url)
        after = statuses_of(url)

    assert (kept, before_it_is_done, after) == ({200}, {200}, {410})
