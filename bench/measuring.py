"""What the measurements share: an empty database of their own, and figures from several rounds."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

from django.core.management import call_command
from django.db import connection

from tests.system.portal import own_database


@contextmanager
def empty_portal() -> Iterator[None]:
    """A migrated database for this process and for those it starts."""
    with own_database() as url:
        os.environ["DATABASE_URL"] = url
        call_command("migrate", verbosity=0)
        yield


def use_database(name: str = "") -> str:
    """The name of the database of this process; with a name, from now on that one."""
    if name and name != connection.settings_dict["NAME"]:
        connection.close()
        connection.settings_dict["NAME"] = name
    return str(connection.settings_dict["NAME"])


def seconds_for(work: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def questions_in(work: Callable[[], Any]) -> int:
    """How many statements the work sends to the database."""
    count = 0

    def counted(execute: Callable[..., Any], *args: Any) -> Any:
        nonlocal count
        count += 1
        return execute(*args)

    with connection.execute_wrapper(counted):
        work()
    return count


def spread(values: list[float], form: str = ".2f") -> str:
    """The median, and between what the rounds lay."""
    return f"{median(values):{form}} ({min(values):{form}}–{max(values):{form}})"
