import os
import signal
import time
from collections.abc import Iterator
from typing import Any

import pytest
import redis

from mobilisering import cache as module
from mobilisering.cache import PatientCache


@pytest.fixture
def client(own_valkey: str) -> redis.Redis:
    return redis.Redis.from_url(own_valkey)


@pytest.fixture
def patient(own_valkey: str) -> Iterator[PatientCache]:
    yield PatientCache(own_valkey, {"KEY_PREFIX": "portal"})
    module._breakers.pop(own_valkey)


@pytest.fixture
def frozen(client: redis.Redis) -> Iterator[int]:
    """Takes connections and never answers: the worst way to fail."""
    pid = client.info("server")["process_id"]
    os.kill(pid, signal.SIGSTOP)
    yield pid
    os.kill(pid, signal.SIGCONT)


def everything(patient: Any) -> list[object]:
    """What each call answers, also those that Django's types say nothing about."""
    return [
        patient.get("a", "missing"),
        patient.get_many(["a", "b"]),
        patient.has_key("a"),
        patient.set("a", 1),
        patient.set_many({"a": 1, "b": 2}),
        patient.add("lock", 1),
        patient.incr("count"),
        patient.touch("a"),
        patient.delete("a"),
        patient.delete_many(["a"]),
        patient.clear(),
    ]


NOTHING = ["missing", {}, False, None, ["a", "b"], True, 1, False, False, None, None]


def test_what_is_put_in_can_be_taken_out(patient):
    patient.set("a", {"words": ["å", "ä"]})

    assert patient.get("a") == {"words": ["å", "ä"]}
    assert patient.add("a", 2) is False


def test_clearing_leaves_the_queue_of_celery_alone(patient, client):
    client.rpush("celery", "a task")
    patient.set("a", 1)

    patient.clear()

    assert client.keys() == [b"celery"]


def test_without_a_server_every_call_acts_as_on_an_empty_cache(patient, client):
    client.shutdown(nosave=True)

    assert everything(patient) == NOTHING


def test_a_frozen_server_costs_one_short_wait_and_then_nothing(patient, frozen):
    begin = time.monotonic()

    answers = everything(patient)

    assert answers == NOTHING
    assert time.monotonic() - begin < 2 * module.TIMEOUT


def test_the_server_is_asked_again_after_a_while(patient, frozen):
    patient.set("a", 1)
    os.kill(frozen, signal.SIGCONT)

    patient._breaker.open_until -= module.OPEN_FOR
    patient.set("a", 2)

    assert patient.get("a") == 2
