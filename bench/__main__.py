"""Measures the portal as it is set up for real: `python -m bench` and one of BENCHES."""

import io
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import django
import environ
from django.core.management import call_command

from mobilisering.new_secrets import lines

ROOT = Path(__file__).resolve().parent.parent
BENCHES = ("pages", "reading", "search", "handbook", "html", "lighthouse", "delivery", "sweeps", "caseload")


def as_if_for_real(static_root: str) -> None:
    """The settings of .env.example with new secrets; only the servers are those of `mobilisering.services exec`."""
    os.environ.pop("DEVELOPMENT", None)
    os.environ |= {"DJANGO_SETTINGS_MODULE": "bench.settings", "STATIC_ROOT": static_root, "LOG_LEVEL": "WARNING"}
    environ.Env.read_env(ROOT / ".env.example")
    environ.Env.read_env(io.StringIO("\n".join(lines())))


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in BENCHES or "DATABASE_URL" not in os.environ:
        print(__doc__)
        return 2
    with tempfile.TemporaryDirectory(prefix="bench-") as static_root:
        as_if_for_real(static_root)
        django.setup()
        call_command("collectstatic", interactive=False, verbosity=0)
        import_module(f"bench.{arguments[0]}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
