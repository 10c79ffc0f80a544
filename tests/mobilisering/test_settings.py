"""Each test reads the settings anew in a process of its own, with an environment that holds only what it says."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mobilisering.new_secrets import lines
from mobilisering.stores import broker_url

ROOT = Path(__file__).resolve().parent.parent.parent
FOR_REAL = {
    "PORTAL_URL": "https://portal.example",
    "DATABASE_URL": "postgres://portal:secret@database/portal",
    "REDIS_URL": "redis://redis:6379/0",
    "EMAIL_URL": "smtp+tls://user:password@smtp.example:587",
    "FROM_ADDRESS": "hej@portal.example",
    "NEUTRAL_DOMAIN": "kalender.example",
    "PORTAL_PHONE": "031-390 06 10",
    **dict(line.split("=", 1) for line in lines()),
}


def read(expression: str, **env: str) -> "subprocess.CompletedProcess[str]":
    code = f"import json; from mobilisering import settings as s; print(json.dumps({expression}))"
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", sorted(FOR_REAL.keys() - {"POSTGRES_PASSWORD"}))
def test_outside_development_what_is_missing_is_refused_in_words(name):
    env = {key: value for key, value in FOR_REAL.items() if key != name}

    result = read("1", **env)

    assert f"ImproperlyConfigured: {name} is missing." in result.stderr


def test_outside_development_everything_is_safe_without_being_asked():
    names = [
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "STAFF_MFA_REQUIRED",
        "SECURE_HSTS_PRELOAD",
    ]

    result = read(f"[getattr(s, name) for name in {names}] + [s.DEBUG, s.CLOCK_MAY_BE_STEPPED]", **FOR_REAL)

    assert json.loads(result.stdout) == [True] * len(names) + [False, False]


@pytest.mark.parametrize("name", ["DEBUG", "CLOCK_MAY_BE_STEPPED"])
def test_what_only_development_may_do_is_refused_outside_it(name):
    assert f"ImproperlyConfigured: {name} " in read("1", **FOR_REAL, **{name: "1"}).stderr
    assert read("1", DEVELOPMENT="1", **{name: "1"}).returncode == 0


def test_development_needs_nothing_else_and_writes_messages_to_files():
    result = read("[s.EMAIL_BACKEND, s.EMAIL_FILE_PATH, s.SMS_GATEWAY]", DEVELOPMENT="1", DEV_OUTBOX_DIR="/some/where")

    assert json.loads(result.stdout) == [
        "django.core.mail.backends.filebased.EmailBackend",
        "/some/where",
        "people.channels.sms.FileGateway",
    ]


def test_a_database_behind_a_socket_is_understood():
    result = read(
        "[s.DATABASES['default'][k] for k in ('HOST', 'NAME', 'USER')]",
        DEVELOPMENT="1",
        DATABASE_URL="postgres://me@//run/pg/portal",
    )

    assert json.loads(result.stdout) == ["/run/pg", "portal", "me"]


@pytest.mark.parametrize(
    ("address", "for_celery"),
    [
        ("redis://:secret@redis:6379/2", "redis://:secret@redis:6379/2"),
        ("unix:///run/valkey.sock", "redis+socket:///run/valkey.sock?virtual_host=0"),
        ("unix:///run/valkey.sock?db=3", "redis+socket:///run/valkey.sock?virtual_host=3"),
    ],
)
def test_one_address_of_redis_is_written_the_way_celery_wants_it(address, for_celery):
    assert broker_url(address) == for_celery


def test_every_setting_that_is_read_is_explained_in_the_sample():
    source = (ROOT / "mobilisering" / "settings.py").read_text()
    sample = (ROOT / ".env.example").read_text()

    read_names = re.findall(r'(?:needed|env\.\w+)\(\s*"(\w+)"', source)

    assert [name for name in read_names if f"{name}=" not in sample and name != "TEST_TEMPLATE_DB"] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("MESSAGE_LEASE_SECONDS", "20"), ("SMS_SENDER_NAME", "Mobilisering"), ("NEUTRAL_SENDER_NAME", "Min kalender")],
)
def test_what_would_send_a_message_twice_or_not_at_all_is_refused(name, value):
    error = read("1", DEVELOPMENT="1", **{name: value}).stderr

    assert "ImproperlyConfigured" in error
    assert name in error.splitlines()[-1]


def test_the_portal_answers_on_the_neutral_domain_too():
    result = read("[s.ALLOWED_HOSTS, s.NEUTRAL_URL]", **FOR_REAL)

    assert json.loads(result.stdout) == [
        ["portal.example", "127.0.0.1", "kalender.example"],
        "https://kalender.example",
    ]
